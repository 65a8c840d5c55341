// Version numbers: which one a change gets, and which version a selector means.
import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, test } from 'vitest';
import type { VersionRecord } from '../../src/generated/types.js';
import {
  changeTypeOf,
  latestVersion,
  newestFirst,
  nextVersion,
  selectVersion,
} from '../../src/lifecycle/versions.js';
import { approved, deprecated, entry, registered, rejected, retired, serving } from '../support/records.js';

const records = (...list: VersionRecord[]): Map<string, VersionRecord> =>
  new Map(list.map((record) => [record.version, record]));

describe('the next number', () => {
  test.each([
    [[], null, 'architecture', '1.0.0'],
    [[], null, 'configuration', '1.0.0'],
    [['1.2.3'], '1.2.3', 'architecture', '2.0.0'],
    [['1.2.3'], '1.2.3', 'retraining', '1.3.0'],
    [['1.2.3'], '1.2.3', 'configuration', '1.2.4'],
    [['1.0.0', '1.1.0'], '1.0.0', 'retraining', '1.2.0'],
    [['1.0.0', '1.0.1', '1.0.2'], '1.0.0', 'configuration', '1.0.3'],
    [['1.0.0', '2.0.0'], '1.0.0', 'architecture', '3.0.0'],
    [['1.0.0'], null, 'architecture', '2.0.0'],
    [['1.9.0'], '1.9.0', 'retraining', '1.10.0'],
  ] as const)('%j, %s, %s: %s', (used, from, change, next) => {
    expect(nextVersion(used, from, change)).toBe(next);
  });

  test('was never used, is higher than what it is bumped from, and bumps the part that the change asks for', () => {
    const part = fc.integer({ min: 0, max: 4 });
    const number = fc.tuple(part, part, part).map((parts) => parts.join('.'));
    const change = fc.constantFrom('architecture' as const, 'retraining' as const, 'configuration' as const);
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), change, fc.nat(), (used, type, pick) => {
        const from = used[pick % used.length] as string;
        const next = nextVersion(used, from, type);
        expect(used).not.toContain(next);
        expect(semver.gt(next, from)).toBe(true);
        const part = { architecture: 'major', retraining: 'minor', configuration: 'patch' }[type];
        expect(semver.diff(from, next)).toBe(part);
      }),
    );
  });
});

test('numbers sort as numbers, newest first', () => {
  expect(newestFirst(['1.9.0', '1.10.0', '2.0.0', '1.0.0-rc.1', '1.0.0'])).toEqual([
    '2.0.0',
    '1.10.0',
    '1.9.0',
    '1.0.0',
    '1.0.0-rc.1',
  ]);
});

test.each([
  ['2.0.0', 'architecture'],
  ['2.1.0', 'retraining'],
  ['2.1.3', 'configuration'],
])('the change of a hand-written %s is %s', (version, type) => {
  const record = approved(version);
  delete record.change;
  expect(changeTypeOf(record)).toBe(type);
});

describe('latest', () => {
  test('is the newest that is not rejected or retired', () => {
    const all = records(approved('1.9.0'), deprecated('1.10.0'), retired('1.11.0'), rejected('2.0.0'));
    expect(latestVersion(all)).toBe('1.10.0');
    expect(latestVersion(records(registered('1.0.0'), approved('0.9.0')))).toBe('1.0.0');
    expect(latestVersion(records(retired('1.0.0')))).toBeUndefined();
  });

  test('goes by what the record implies where it states no status', () => {
    const gone = retired('2.0.0');
    delete gone.status;
    expect(latestVersion(records(approved('1.0.0'), gone))).toBe('1.0.0');
  });
});

describe('selecting', () => {
  const environments = ['staging', 'production'];
  const select = (selector: string, all: Map<string, VersionRecord>): unknown =>
    selectVersion('churn', selector, all, environments);
  const split = records(serving('1.0.0', 30), serving('1.1.0', 70), approved('2.0.0'));

  test.each([
    ['1.0.0', '1.0.0'],
    ['latest', '2.0.0'],
    ['production', '1.1.0'],
  ])('%s is %s', (selector, version) => {
    expect(select(selector, split)).toMatchObject({ version });
  });

  test('a version in shadow is not the one with most live traffic', () => {
    const shadow = [entry('production', 0, { mirror_pct: 100 })];
    const all = records(serving('1.0.0', 1), approved('1.1.0', { deployment_history: shadow }));
    expect(select('production', all)).toMatchObject({ version: '1.0.0' });
  });

  test.each([
    ['1.0.1', 'address/unknown-version', '1.0.0'],
    ['productoin', 'address/unknown-selector', 'production'],
    ['lastest', 'address/unknown-selector', 'latest'],
    ['v1.1.0', 'address/unknown-selector', '1.1.0'],
  ])('the near miss %s is refused with %s', (selector, code, meant) => {
    expect(select(selector, split)).toMatchObject({ code, hint: expect.stringContaining(meant) as string });
  });

  test('a tie lists the candidates', () => {
    const tie = records(serving('1.0.0', 40), serving('1.1.0', 40), serving('1.2.0', 20));
    expect(select('production', tie)).toMatchObject({
      code: 'address/ambiguous',
      hint: expect.stringMatching(/^(?=.*churn@1\.0\.0)(?=.*churn@1\.1\.0)(?!.*churn@1\.2\.0)/) as string,
    });
  });

  test.each([
    ['an environment that nobody serves in', 'staging', split, 'address/not-serving'],
    ['a model without versions', 'latest', records(), 'address/no-versions'],
    [
      'a model whose every version has ended',
      'latest',
      records(retired(), rejected('1.1.0')),
      'address/no-latest',
    ],
  ])('%s', (_what, selector, all, code) => {
    expect(select(selector, all)).toMatchObject({ code, hint: expect.any(String) as string });
  });
});
