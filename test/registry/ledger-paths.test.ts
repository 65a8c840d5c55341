// Where the files of a ledger are: names that are read back as they were written, and names that nobody knows.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type LedgerKind,
  ledgerFolders,
  ledgerPath,
  momentOf,
  reportId,
  reportName,
  stampOf,
} from '../../src/lifecycle/ledger.js';
import { signals } from '../../src/lifecycle/monitoring/observation.js';
import { roleOf } from '../../src/registry/paths.js';
import { requestId } from '../../src/registry/request-id.js';

const moment = fc
  .integer({ min: 0, max: 4_102_444_800 })
  .map((seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'));
const version = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => parts.join('.'));

describe('names', () => {
  test('a moment is read back from its stamp, and stamps sort as moments do', () => {
    fc.assert(
      fc.property(moment, moment, (one, other) => {
        expect(momentOf(stampOf(one))).toBe(one);
        expect(stampOf(one) < stampOf(other)).toBe(one < other);
      }),
    );
  });

  test('the id of a report is taken apart as it was put together, and is a role', () => {
    fc.assert(
      fc.property(version, moment, fc.constantFrom(...signals), (number, end, signal) => {
        const id = reportId({ version: number, end, signal });
        expect(reportName(id)).toEqual({ version: number, end, signal });
        expect(roleOf(ledgerPath('churn', { kind: 'report', id }))).toEqual({
          kind: 'report',
          model: 'churn',
          id,
        });
      }),
    );
  });

  test.each(Object.keys(ledgerFolders) as LedgerKind[])('a %s is found where it is written', (kind) => {
    const ids = {
      report: '1.0.0/20260308T000000Z-cost',
      profile: '1.0.0/input-drift',
      event: 'a',
      request: 'b',
      incident: 'c',
    };
    expect(roleOf(ledgerPath('churn', { kind, id: ids[kind] }))).toEqual({
      kind,
      model: 'churn',
      id: ids[kind],
    });
  });
});

test.each([
  'monitoring/x.yaml',
  'monitoring/1.0/20260308T000000Z-cost.yaml',
  'monitoring/1.0.0/20260308T000000Z-mood.yaml',
  'monitoring/1.0.0/2026-03-08-cost.yaml',
  'monitoring/1.0.0/20260308T000000Z-cost.yml',
  'monitoring/1.0.0/20260308T000000Z-cost',
  'monitoring/1.0.0/a/20260308T000000Z-cost.yaml',
  'monitoring/../1.0.0/20260308T000000Z-cost.yaml',
  'profiles/input-drift.yaml',
  'profiles/1.0.0/Input.yaml',
  'events/a/b.yaml',
  'incidents/.yaml.yaml/x.yaml',
  'reports/1.0.0/20260308T000000Z-cost.yaml',
])('%s is nothing that mlc knows', (name) => {
  expect(roleOf(`models/churn/${name}`)).toMatchObject({ kind: 'unknown' });
});

test.each(['monitoring/readme.md', 'monitoring/1.0.0/plot.png', 'incidents/notes.md'])(
  "%s is nobody else's business",
  (name) => {
    expect(roleOf(`models/churn/${name}`)).toEqual({ kind: 'other' });
  },
);

test('a request has the id of its trigger, data, seed and commit, and of nothing else', () => {
  const inputs = { data_snapshot: 'a@1', seed: 1, commit: '0123456' };
  const request = { model_id: 'churn', trigger: 'calendar', inputs } as const;
  const id = requestId(request);
  expect(id).toMatch(/^calendar-[0-9a-f]{12}$/);
  expect(requestId({ ...request, version: '9.9.9', reason: 'x' } as never)).toBe(id);
  const others = [
    { ...request, model_id: 'fraud' },
    { ...request, trigger: 'upstream-change' as const },
    { ...request, inputs: { ...inputs, data_snapshot: 'a@2' } },
    { ...request, inputs: { ...inputs, seed: 2 } },
    { ...request, inputs: { ...inputs, commit: '0123457' } },
  ];
  expect(new Set([id, ...others.map(requestId)]).size).toBe(6);
});
