// Zombies: all five kinds, each to the day.
import { describe, expect, test } from 'vitest';
import type { Deployment, VersionRecord } from '../../../src/generated/types.js';
import type { WatchedModel } from '../../../src/lifecycle/health/watched-model.js';
import { zombiesOf } from '../../../src/lifecycle/health/zombies.js';
import { seriesOf } from '../../../src/lifecycle/monitoring/series.js';
import {
  ada,
  alan,
  approved,
  configOf,
  deprecated,
  entry,
  modelOf,
  retired,
  serving,
} from '../../support/records.js';
import { metric, psi, reportOf, watchAt, watchedOf } from '../../support/watching.js';

const fresh = { '1.0.0': seriesOf([psi('2026-05-31', 0.1)]), '2.0.0': seriesOf([psi('2026-05-31', 0.1)]) };
const kinds = (changes: Partial<WatchedModel>, now = '2026-06-01', policy = {}): string[] =>
  zombiesOf(watchedOf({ reports: fresh, ...changes }), {
    ...watchAt(now),
    policy: { ...watchAt(now).policy, ...policy },
  }).map(({ kind, version }) => `${kind} ${version}`);
const at = (day: string, share: number, changes: Partial<Deployment> = {}): Deployment =>
  entry('production', share, { deployed_at: `${day}T09:00:00Z`, ...changes });

test('what serves, is watched and is owned is none', () => {
  expect(kinds({})).toEqual([]);
});

describe('past its target', () => {
  test.each([
    ['2026-06-01', []],
    ['2026-05-31', ['past-target 1.0.0']],
  ])('of %s', (deprecation_target, wanted) => {
    expect(kinds({ versions: [serving('1.0.0', 100, { deprecation_target })] })).toEqual(wanted);
    expect(kinds({ versions: [approved('1.0.0', { deprecation_target })] }), 'not serving').toEqual([]);
    expect(
      kinds({
        versions: [
          serving('1.0.0', 0, {
            deprecation_target,
            deployment_history: [entry('production', 0, { mirror_pct: 5 })],
          }),
        ],
      }),
      'in shadow',
    ).toEqual(wanted);
    expect(
      kinds({
        versions: [retired('1.0.0', { deprecation_target, deployment_history: [entry('production', 5)] })],
      }),
      'final',
    ).toEqual([]);
  });
});

describe('not watched', () => {
  test.each([
    ['2026-06-14', []],
    ['2026-06-15', ['unwatched 1.0.0']],
  ])('on %s, with weekly reports until 31 May', (now, wanted) => {
    expect(kinds({}, now)).toEqual(wanted);
  });

  test('from the beginning', () => {
    expect(kinds({ reports: {} }, '2026-02-15')).toEqual([]);
    const [found] = zombiesOf(watchedOf(), watchAt('2026-02-16'));
    expect(found).toMatchObject({
      kind: 'unwatched',
      since: '2026-02-15',
      message: 'it serves since 2026-02-01, and there is no report on it',
    });
  });

  test('daily for high risk', () => {
    const model = modelOf({ eu_ai_act_risk_class: 'high' });
    expect(kinds({ model }, '2026-06-02')).toEqual([]);
    expect(kinds({ model }, '2026-06-03')).toEqual(['unwatched 1.0.0']);
  });

  test('a version that serves nowhere need not be', () => {
    expect(kinds({ reports: {}, versions: [approved()] })).toEqual([]);
  });
});

describe('without an owner', () => {
  test.each(['nobody', 'N/A', ' tbd ', '-', 'Unassigned'])('"%s"', (owner) => {
    expect(kinds({ model: modelOf({ owner }) })).toEqual(['unowned 1.0.0']);
    expect(kinds({ model: modelOf({ owner }), versions: [approved()] })).toEqual([]);
  });

  test('who left, and what is a machine', () => {
    expect(kinds({ model: modelOf({ owner: ada }) }, undefined, { departed: [ada] })).toEqual([
      'unowned 1.0.0',
    ]);
    expect(kinds({ model: modelOf({ owner: ada }) }, undefined, { bots: [ada] })).toEqual(['unowned 1.0.0']);
    expect(kinds({ model: modelOf({ owner: alan }) }, undefined, { departed: [ada], bots: [ada] })).toEqual(
      [],
    );
  });
});

describe('deprecated and growing', () => {
  const notice = (history: Deployment[]): VersionRecord =>
    deprecated('1.0.0', { deployment_history: history });

  test.each([
    ['as it was', [at('2026-02-01', 10)], []],
    ['less', [at('2026-02-01', 10), at('2026-03-02', 5)], []],
    ['more before the notice', [at('2026-02-01', 10), at('2026-02-20', 50)], []],
    ['more after it', [at('2026-02-01', 10), at('2026-03-02', 20)], ['deprecated-growing 1.0.0']],
    ['more for a while', [at('2026-02-01', 10), at('2026-03-02', 20), at('2026-03-09', 10)], []],
    [
      'back in service',
      [at('2026-02-01', 10), at('2026-02-20', 0), at('2026-03-02', 1)],
      ['deprecated-growing 1.0.0'],
    ],
  ])('%s', (_what, history, wanted) => {
    expect(kinds({ versions: [notice(history)] })).toEqual(wanted);
  });

  test('a deprecation that was taken back is none', () => {
    const record = notice([at('2026-02-01', 10), at('2026-03-02', 20)]);
    const reinstated = { at: '2026-04-01T09:00:00Z', by: alan, reason: 'why' };
    const deprecation = { ...record.deprecation, reinstated } as VersionRecord['deprecation'];
    expect(kinds({ versions: [{ ...record, status: 'deployed', deprecation }] })).toEqual([]);
  });

  test('by its requests', () => {
    const asked = (day: string, value: number | null) => reportOf(day, 'cost', [metric('requests', value)]);
    const growing = (first: number, last: number | null): string[] =>
      kinds({
        versions: [notice([at('2026-02-01', 10)])],
        reports: {
          '1.0.0': seriesOf([asked('2026-02-08', 1), asked('2026-03-08', first), asked('2026-05-31', last)]),
        },
      });
    expect(growing(100, 101)).toEqual(['deprecated-growing 1.0.0']);
    expect(growing(100, 100)).toEqual([]);
    expect(growing(100, null)).toEqual([]);
  });
});

describe('superseded and never retired', () => {
  const old = (
    history: Deployment[] = [at('2026-02-01', 100), at('2026-05-01', 0)],
    changes: Partial<VersionRecord> = {},
  ): VersionRecord => approved('1.0.0', { deployment_history: history, ...changes });
  const next = (history: Deployment[] = [at('2026-05-01', 100)], version = '2.0.0'): VersionRecord =>
    approved(version, { status: 'deployed', deployment_history: history });
  const zombie = ['superseded-not-retired 1.0.0'];

  test('thirty days after it left, and not on the last of them', () => {
    expect(kinds({ versions: [old(), next()] }, '2026-05-31')).toEqual([]);
    expect(kinds({ versions: [old(), next()] }, '2026-06-01')).toEqual(zombie);
  });

  test('though its successor was superseded in its turn, and another serves since yesterday', () => {
    const between = next([at('2026-05-01', 100), at('2026-06-10', 0)]);
    const last = next([at('2026-06-10', 100)], '3.0.0');
    expect(kinds({ versions: [old(), between, last] }, '2026-06-11')).toEqual(zombie);
  });

  test.each<[string, VersionRecord[], string[]]>([
    [
      'a newer one in shadow alone takes nobody’s place',
      [old(), next([at('2026-05-01', 0, { mirror_pct: 50 })])],
      [],
    ],
    [
      'nor does an older one',
      [approved('3.0.0', { deployment_history: old().deployment_history }), next()],
      [],
    ],
    ['it never served', [approved(), next()], []],
    [
      'another environment is its own still',
      [old([entry('staging', 100), at('2026-02-01', 100), at('2026-05-01', 0)]), next()],
      [],
    ],
    [
      'it left one that nobody else serves',
      [
        old([
          entry('staging', 100),
          entry('staging', 0, { deployed_at: '2026-03-01T09:00:00Z' }),
          at('2026-02-01', 100),
          at('2026-05-01', 0),
        ]),
        next(),
      ],
      [],
    ],
    ['the newer one came later', [old(), next([at('2026-05-20', 100)])], []],
    ['it is retired', [retired('1.0.0', { deployment_history: old().deployment_history }), next()], []],
    [
      'its notice runs',
      [
        deprecated('1.0.0', {
          deployment_history: old().deployment_history,
          deprecation: {
            ...deprecated().deprecation,
            notice_ends: '2026-06-02',
          } as VersionRecord['deprecation'],
        }),
        next(),
      ],
      [],
    ],
    [
      'its notice ends today',
      [
        deprecated('1.0.0', {
          deployment_history: old().deployment_history,
          deprecation: {
            ...deprecated().deprecation,
            notice_ends: '2026-06-01',
          } as VersionRecord['deprecation'],
        }),
        next(),
      ],
      [],
    ],
    [
      'its notice is over',
      [deprecated('1.0.0', { deployment_history: old().deployment_history }), next()],
      zombie,
    ],
    [
      'it was in shadow alone, and a newer one is',
      [
        old([at('2026-02-01', 0, { mirror_pct: 5 }), at('2026-05-01', 0)]),
        next([at('2026-05-01', 0, { mirror_pct: 5 })]),
      ],
      zombie,
    ],
  ])('%s', (_what, versions, wanted) => {
    expect(kinds({ versions })).toEqual(wanted);
  });

  test('the days are those of a notice', () => {
    expect(kinds({ versions: [old(), next()] }, '2026-06-01', { noticeDays: 31 })).toEqual([]);
  });
});

test('each says what to do next', () => {
  const found = zombiesOf(
    watchedOf({
      model: modelOf({ owner: 'nobody' }),
      versions: [serving('1.0.0', 100, { deprecation_target: '2026-05-01' })],
    }),
    watchAt('2026-06-01'),
  );
  expect(found.map(({ kind }) => kind)).toEqual(['past-target', 'unwatched', 'unowned']);
  for (const { next, since } of found)
    expect([next.length > 5, /^\d{4}-\d\d-\d\d$/.test(since)]).toEqual([true, true]);
  expect(configOf().name).toBe('test');
});
