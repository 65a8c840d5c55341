// incidents: the clock for telling the authority, the versions that are held, and how one ends.
import { describe, expect, test } from 'vitest';
import type { Incident } from '../../../src/generated/types.js';
import type { Decision, ModelState } from '../../../src/lifecycle/decisions.js';
import { openIncidents } from '../../../src/lifecycle/ledger.js';
import { deploy } from '../../../src/lifecycle/operations/deploy.js';
import {
  type OpenIncidentInput,
  type Severity,
  type UpdateIncidentInput,
  closeIncident,
  openIncident,
  updateIncident,
} from '../../../src/lifecycle/operations/incident.js';
import { ramp } from '../../../src/lifecycle/operations/ramp.js';
import { retire } from '../../../src/lifecycle/operations/retire.js';
import { rollback } from '../../../src/lifecycle/operations/rollback.js';
import {
  acting,
  ada,
  alan,
  approved,
  carriedOut,
  codesOf,
  deprecated,
  entry,
  planOf,
  refusalOf,
  serving,
  stateOf,
  versionOf,
} from '../../support/records.js';
import { incidentOf, ledgerOf } from '../../support/watching.js';

const id = '20260601T090000Z';
const both = stateOf([serving('1.0.0', 90), serving('2.0.0', 10), approved('3.0.0')]);
const opened = (changes: Partial<OpenIncidentInput> = {}, state: ModelState = both): Decision =>
  openIncident(
    state,
    { severity: 'serious', versions: [], summary: 'wrong letters', ...changes },
    acting(ada),
  );
const incidentIn = (state: ModelState): Incident => {
  const found = state.ledger.incidents.get(id);
  if (!found) throw new Error('there is no incident');
  return found;
};
const begun = (changes: Partial<OpenIncidentInput> = {}): ModelState => carriedOut(both, opened(changes));
const updated = (state: ModelState, changes: Partial<UpdateIncidentInput> = {}): Decision =>
  updateIncident(state, { id, note: 'more is known', versions: [], ...changes }, acting(alan, '2026-06-03'));
const ended = (state: ModelState, reason: string | undefined = 'cause removed'): Decision =>
  closeIncident(state, { id, reason }, acting(alan, '2026-06-04'));

describe('opening', () => {
  test('holds what serves, newest first', () => {
    expect(planOf(opened())).toMatchObject({
      operation: 'incident-open',
      version: null,
      summary: 'serious, 2.0.0 and 1.0.0 held',
      reason: 'wrong letters',
    });
    expect(incidentIn(begun())).toEqual({
      schema: 'mlc/incident@1',
      model_id: 'churn',
      id,
      severity: 'serious',
      versions: ['2.0.0', '1.0.0'],
      opened_at: '2026-06-01T09:00:00Z',
      opened_by: ada,
      aware_at: '2026-06-01T09:00:00Z',
      report_by: '2026-06-16',
      summary: 'wrong letters',
    });
  });

  test.each<[Severity, string | null]>([
    ['minor', null],
    ['serious', '2026-06-10'],
    ['death', '2026-06-05'],
    ['widespread', '2026-05-28'],
    ['critical-infrastructure', '2026-05-28'],
  ])('of severity %s is to be reported by %s', (severity, day) => {
    expect(incidentIn(begun({ severity, awareAt: '2026-05-26T23:59:59Z' })).report_by).toBe(day);
  });

  test('what is named is held, each once, served or not', () => {
    expect(incidentIn(begun({ versions: ['1.0.0', '3.0.0', '1.0.0'] })).versions).toEqual(['3.0.0', '1.0.0']);
  });

  test.each<[string, Partial<OpenIncidentInput>, string[]]>([
    ['without what happened', { summary: undefined }, ['reason/missing']],
    ['of a version that is not there', { versions: ['9.0.0'] }, ['incident/unknown-version']],
    ['of what is no version', { versions: ['1.0.0', 'nonsense'] }, ['incident/unknown-version']],
    ['before anybody knows', { awareAt: '2026-06-01T09:00:01Z' }, ['incident/future']],
    ['at no moment', { awareAt: '2026-02-30' }, ['date/form']],
    ['on a day to come', { awareAt: '2026-06-02' }, ['incident/future']],
  ])('is refused %s', (_what, changes, codes) => {
    expect(codesOf(opened(changes))).toEqual(codes);
  });

  test('is refused where nothing serves and nothing is named', () => {
    expect(codesOf(opened({}, stateOf([approved()])))).toEqual(['input/affected']);
  });

  test('two of one second have ids of their own', () => {
    expect([...carriedOut(begun(), opened({}, begun())).ledger.incidents.keys()]).toEqual([id, `${id}-2`]);
  });
});

describe('an update', () => {
  test('adds a note, and leaves the clock', () => {
    const after = incidentIn(carriedOut(begun(), updated(begun())));
    expect(after).toEqual({
      ...incidentIn(begun()),
      updates: [{ at: '2026-06-03T09:00:00Z', by: alan, note: 'more is known' }],
    });
  });

  test.each<[Severity, Severity, string | null]>([
    ['serious', 'death', '2026-06-11'],
    ['death', 'widespread', '2026-06-03'],
    ['death', 'serious', '2026-06-16'],
    ['serious', 'minor', null],
    ['minor', 'serious', '2026-06-16'],
  ])('from %s to %s moves the clock, which runs from the same moment', (before, severity, day) => {
    const state = begun({ severity: before });
    const after = incidentIn(carriedOut(state, updated(state, { severity })));
    expect(after).toMatchObject({ severity, report_by: day, updates: [{ severity }] });
  });

  test('changes what is held', () => {
    const state = begun();
    const after = carriedOut(state, updated(state, { versions: ['3.0.0', '2.0.0', '3.0.0'] }));
    expect(incidentIn(after).versions).toEqual(['3.0.0', '2.0.0']);
    expect(openIncidents(after.ledger, versionOf(after, '1.0.0'))).toEqual([]);
    expect(openIncidents(after.ledger, versionOf(after, '3.0.0'))).toHaveLength(1);
  });

  test('says that it was reported', () => {
    const decision = updated(begun(), { reported: 'case 114' });
    expect(planOf(decision)).toMatchObject({ summary: `${id} reported`, answer: { reported: 'case 114' } });
    expect(incidentIn(carriedOut(begun(), decision)).reported).toEqual({
      at: '2026-06-03T09:00:00Z',
      by: alan,
      reference: 'case 114',
    });
  });

  test.each<[string, Partial<UpdateIncidentInput>, string[]]>([
    ['without a note', { note: ' ' }, ['reason/missing']],
    ['on a version that is not there', { versions: ['x'] }, ['incident/unknown-version']],
    ['on an incident that is not there', { id: 'x' }, ['incident/unknown-incident']],
    ['with a report that is nowhere', { reported: ' ' }, ['incident/reference']],
  ])('is refused %s', (_what, changes, codes) => {
    expect(codesOf(updated(begun(), changes))).toEqual(codes);
  });
});

describe('closing', () => {
  const reported = carriedOut(begun(), updated(begun(), { reported: 'case 114' }));

  test('releases the versions', () => {
    const after = carriedOut(reported, ended(reported));
    expect(incidentIn(after).closed).toEqual({
      at: '2026-06-04T09:00:00Z',
      by: alan,
      reason: 'cause removed',
    });
    expect(openIncidents(after.ledger)).toEqual([]);
  });

  test('is refused before the authority was told, and says both ways out', () => {
    expect(refusalOf(ended(begun()))['incident/unreported']).toContain(
      '--reported REFERENCE -m NOTE, or --severity minor',
    );
    planOf(ended(begun({ severity: 'minor' })));
    planOf(ended(carriedOut(begun(), updated(begun(), { severity: 'minor' }))));
  });

  test('is refused without a reason, of nothing, and twice', () => {
    expect(codesOf(ended(reported, ' '))).toEqual(['reason/missing']);
    expect(codesOf(ended(both))).toEqual(['incident/unknown-incident']);
    const after = carriedOut(reported, ended(reported));
    expect(codesOf(ended(after))).toEqual(['incident/closed']);
    expect(codesOf(updated(after))).toEqual(['incident/closed']);
  });
});

describe('while it is open', () => {
  const ledger = ledgerOf({ incidents: [incidentOf('2026-05-30', { versions: ['1.0.0'] })] });
  const closed = ledgerOf({
    incidents: [incidentOf('2026-05-30', { closed: { at: '2026-05-31T00:00:00Z', by: ada, reason: 'x' } })],
  });
  const moved = (first: number, then: number): Parameters<typeof serving>[2] => ({
    deployment_history: [
      entry('production', first, { sequence: 1 }),
      entry('production', then, { sequence: 2, deployed_at: '2026-03-01T09:00:00Z' }),
    ],
  });
  const codes = (decision: Decision): string[] => (decision.kind === 'plan' ? [] : codesOf(decision));

  test.each([
    [ledger, ['incident/open']],
    [closed, []],
  ])('deploying is refused', (having, wanted) => {
    const version = approved('1.0.0');
    const state = stateOf([version], { ledger: having });
    expect(codes(deploy(state, { version, env: 'staging', pattern: 'blue-green' }, acting(ada)))).toEqual(
      wanted,
    );
  });

  test('ramping up is refused, and ramping down is not', () => {
    const version = serving('1.0.0', 50);
    const state = stateOf([version, serving('2.0.0', 50)], { ledger });
    expect(codes(ramp(state, { version, env: 'production', trafficPct: 60 }, acting(ada)))).toEqual([
      'incident/open',
    ]);
    expect(codes(ramp(state, { version, env: 'production', trafficPct: 40 }, acting(ada)))).toEqual([]);
  });

  test('what another version gives up does not go to it', () => {
    const version = serving('2.0.0', 50);
    const state = stateOf([serving('1.0.0', 50), version], { ledger });
    const after = carriedOut(state, ramp(state, { version, env: 'production', trafficPct: 0 }, acting(ada)));
    expect(versionOf(after, '1.0.0').deployment_history).toHaveLength(1);
  });

  test('rolling back to it is refused', () => {
    const state = stateOf(
      [
        serving('1.0.0', 0, moved(100, 0)),
        serving('2.0.0', 100, {
          deployment_history: [
            entry('production', 100, { sequence: 2, deployed_at: '2026-03-01T09:00:00Z' }),
          ],
        }),
      ],
      { ledger },
    );
    expect(codes(rollback(state, { env: 'production' }, acting(ada)))).toEqual(['incident/open']);
    expect(codes(rollback({ ...state, ledger: closed }, { env: 'production' }, acting(ada)))).toEqual([]);
  });

  test('retiring is refused', () => {
    const version = deprecated('1.0.0');
    const state = stateOf([version], { ledger });
    expect(
      codesOf(retire(state, { version, coldStorage: [], releasedConsumers: [] } as never, acting(ada))),
    ).toContain('incident/open');
  });

  test('another version is free', () => {
    const version = approved('2.0.0');
    expect(
      codes(
        deploy(
          stateOf([version], { ledger }),
          { version, env: 'staging', pattern: 'blue-green' },
          acting(ada),
        ),
      ),
    ).toEqual([]);
  });
});
