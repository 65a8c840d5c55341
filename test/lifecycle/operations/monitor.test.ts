// monitor: what a report says enters the ledger once, in order, about this version and signal, and unmeasured is never fine.
import { describe, expect, test } from 'vitest';
import type { MonitoringReport, VersionRecord } from '../../../src/generated/types.js';
import type { Decision } from '../../../src/lifecycle/decisions.js';
import { type MonitorInput, monitor } from '../../../src/lifecycle/operations/monitor.js';
import type { Observation } from '../../../src/lifecycle/monitoring/observation.js';
import {
  acting,
  ada,
  approved,
  carriedOut,
  codesOf,
  deprecated,
  entry,
  planOf,
  refusalOf,
  registered,
  rejected,
  retired,
  serving,
  sha,
  stateOf,
} from '../../support/records.js';
import { ledgerOf, psi } from '../../support/watching.js';

const now = '2026-03-15T06:00:00Z';
const window = { start: '2026-03-08T00:00:00Z', end: '2026-03-15T00:00:00Z' };
const seen = (value: number | null, changes: Partial<Observation> = {}): Observation => ({
  name: 'tenure',
  method: 'psi',
  value,
  threshold: 0.2,
  breached: null,
  ...changes,
});

function given(changes: Partial<MonitorInput> = {}): MonitorInput {
  return {
    version: serving('1.0.0', 100),
    signal: 'input-drift',
    observations: [seen(0.31)],
    source: { file: 'drift.json', sha256: sha('d'), format: 'plain' },
    window,
    ...changes,
  };
}

function recorded(changes: Partial<MonitorInput> = {}, reports: MonitoringReport[] = []): Decision {
  const input = given(changes);
  return monitor(stateOf([input.version], { ledger: ledgerOf({ reports }) }), input, acting(ada, now));
}

function reportIn(decision: Decision): MonitoringReport {
  const [change] = planOf(decision).changes;
  if (change?.kind !== 'create-file') throw new Error('nothing is created');
  return change.data as MonitoringReport;
}

describe('a report', () => {
  test('is one file, named after the end of its window', () => {
    const decision = recorded({
      samples: { reference: 500, current: 300 },
      note: 'after the launch',
      leftOut: 2,
    });
    expect(planOf(decision)).toMatchObject({
      operation: 'monitor',
      version: '1.0.0',
      from: 'deployed',
      to: 'deployed',
      summary: 'input-drift, 1 of 1 breached',
      evidence: [sha('d')],
      warnings: [{ code: 'monitor/left-out' }],
      changes: [{ kind: 'create-file', file: { kind: 'report', id: '1.0.0/20260315T000000Z-input-drift' } }],
      answer: { breached: 1, unmeasured: 0, unjudged: 0, breaches: [{ name: 'tenure' }], left_out: 2 },
    });
    expect(reportIn(decision)).toEqual({
      schema: 'mlc/report@1',
      model_id: 'churn',
      version: '1.0.0',
      signal: 'input-drift',
      recorded_at: now,
      recorded_by: ada,
      window,
      source: { file: 'drift.json', sha256: sha('d'), format: 'plain' },
      samples: { reference: 500, current: 300 },
      observations: [{ name: 'tenure', method: 'psi', value: 0.31, threshold: 0.2, verdict: 'breached' }],
      left_out: 2,
      note: 'after the launch',
    });
    const state = stateOf([serving('1.0.0', 100)]);
    expect([...carriedOut(state, decision).ledger.reports]).toEqual(['1.0.0/20260315T000000Z-input-drift']);
  });

  test('says what could not be measured, and why', () => {
    const decision = recorded({
      observations: [seen(null, { unmeasured: 'the tool wrote NaN' }), seen(null), seen(0.1)],
    });
    expect(planOf(decision).warnings).toMatchObject([{ code: 'monitor/unmeasured' }]);
    expect(planOf(decision).warnings[0]?.message).toBe(
      '2 observations could not be measured, and count as neither good nor bad',
    );
    expect(reportIn(decision).observations).toMatchObject([
      { verdict: 'unmeasured', reason: 'the tool wrote NaN' },
      { verdict: 'unmeasured', reason: 'the report has no value' },
      { verdict: 'within' },
    ]);
    expect(planOf(decision).answer).toMatchObject({ observations: 3, breached: 0, unmeasured: 2 });
  });

  test('nothing is said of what is left out where nothing is', () => {
    const { warnings, answer } = planOf(recorded());
    expect(warnings).toEqual([]);
    expect(answer).not.toHaveProperty('left_out');
  });

  test('what has no limit is unjudged, and holds none', () => {
    const decision = recorded({ observations: [seen(0.9, { threshold: null })] });
    expect(reportIn(decision).observations).toEqual([
      { name: 'tenure', method: 'psi', value: 0.9, verdict: 'unjudged' },
    ]);
    expect(planOf(decision).answer).toMatchObject({ unjudged: 1, breached: 0 });
  });

  test('the same file again changes nothing, whatever became of the version', () => {
    const present = { ...psi('2026-03-15', 0.31) };
    for (const version of [serving('1.0.0', 100), retired()])
      expect(recorded({ present, version }, [present])).toMatchObject({
        kind: 'unchanged',
        version: '1.0.0',
        operation: 'monitor',
      });
  });
});

describe('a window that runs to today', () => {
  const earlier = psi('2026-03-14T18:00:00Z', 0.31, { window: { ...window, end: '2026-03-14T18:00:00Z' } });
  const again = (newest: MonitoringReport, changes: Partial<MonitorInput> = {}): Decision =>
    recorded({ newest, ...changes }, [newest]);

  test('has another end at every moment: the same file is the same report', () => {
    expect(again(earlier)).toMatchObject({
      kind: 'unchanged',
      message: 'already recorded: input-drift of the window that ends at 2026-03-14T18:00:00Z',
    });
  });

  test('with another file, or from another start, is another report', () => {
    planOf(again(earlier, { source: { file: 'drift.json', sha256: sha('e'), format: 'plain' } }));
    planOf(again(earlier, { window: { ...window, start: '2026-03-09T00:00:00Z' } }));
  });
});

describe('a window that ends before the version was first deployed', () => {
  const ending = (end: string, version = serving('1.0.0', 100)): Decision =>
    recorded({ version, window: { start: '2026-01-20T00:00:00Z', end } });

  test('is refused', () => {
    expect(codesOf(ending('2026-02-01T08:59:59Z'))).toEqual(['monitor/before-serving']);
    planOf(ending('2026-02-01T09:00:00Z'));
  });

  test('counts from mirrored traffic on, and not from an entry that takes none', () => {
    const none = entry('staging', 0, { sequence: 1, deployed_at: '2026-01-25T09:00:00Z' });
    const later = entry('production', 100, { sequence: 1 });
    const shadow = { ...none, mirror_pct: 10 };
    const end = '2026-01-31T00:00:00Z';
    const after = (first: typeof none): Decision =>
      ending(end, serving('1.0.0', 100, { deployment_history: [first, later] }));
    expect(codesOf(after(none))).toEqual(['monitor/before-serving']);
    planOf(after(shadow));
  });
});

describe('is refused', () => {
  test.each<[string, Partial<MonitorInput>, string[]]>([
    ['about another version', { claimed: { version: '2.0.0' } }, ['monitor/other-version']],
    ['about another model', { claimed: { model: 'fraud' } }, ['monitor/other-version']],
    ['about another signal', { claimed: { signal: 'quality' } }, ['monitor/other-signal']],
    ['with nothing in it', { observations: [] }, ['monitor/empty']],
    ['without a window', { window: undefined }, ['input/window']],
    ['with a window of no length', { window: { start: window.end, end: window.end } }, ['monitor/window']],
    [
      'with a window that runs backwards',
      { window: { start: window.end, end: window.start } },
      ['monitor/window'],
    ],
    [
      'with a window that is not over',
      { window: { start: window.start, end: '2026-03-15T06:00:01Z' } },
      ['monitor/future'],
    ],
    [
      'for all its reasons at once',
      { window: undefined, observations: [], claimed: { version: '9.9.9', signal: 'cost' } },
      ['input/window', 'monitor/empty', 'monitor/other-signal', 'monitor/other-version'],
    ],
  ])('%s', (_what, changes, codes) => {
    expect(codesOf(recorded(changes))).toEqual(codes);
  });

  test('with the address that the report names as the way out', () => {
    expect(
      refusalOf(recorded({ claimed: { model: 'churn', version: '2.0.0' } }))['monitor/other-version'],
    ).toBe('mlc monitor churn@2.0.0 --signal input-drift --report drift.json');
  });

  test.each([registered(), approved(), retired(), rejected()])('for a version that is $status', (version) => {
    expect(codesOf(recorded({ version }))).toEqual(['status/not-allowed']);
  });
});

test.each<[string, VersionRecord]>([
  ['deployed', serving('1.0.0', 100)],
  ['deprecated', deprecated()],
])('a version that is %s stays so', (status, version) => {
  expect(planOf(recorded({ version }))).toMatchObject({ from: status, to: status });
});

test('what the file says itself may be what is asked', () => {
  planOf(recorded({ claimed: { model: 'churn', version: '1.0.0', signal: 'input-drift' } }));
});

describe('windows of one signal come in order', () => {
  test.each<[string, string, string[]]>([
    ['later', '2026-03-14', []],
    ['the same', '2026-03-15', ['monitor/window-taken']],
    ['older', '2026-03-15T00:00:01Z', ['monitor/older-window']],
  ])('%s', (_what, newest, codes) => {
    const reports = [psi('2026-03-01', 0.1), psi(newest, 0.1)];
    const decision = recorded({}, reports);
    expect(decision.kind === 'plan' ? [] : codesOf(decision)).toEqual(codes);
  });

  test('a window that ends now is over', () => {
    planOf(recorded({ window: { start: window.start, end: now } }));
  });

  test('another signal and another version have their own order', () => {
    const later = '2026-03-15T03:00:00Z';
    planOf(recorded({}, [psi(later, 0.1, { signal: 'quality' }), psi(later, 0.1, { version: '2.0.0' })]));
  });

  test('another file of a window that is taken is named', () => {
    const present = psi('2026-03-15', 0.1, {
      source: { file: 'first.json', sha256: sha('e'), format: 'plain' },
    });
    const decision = recorded({ present }, [present]);
    expect(codesOf(decision)).toEqual(['monitor/window-taken']);
    expect(decision.kind === 'refused' && decision.problems[0]?.message).toContain('first.json');
  });
});
