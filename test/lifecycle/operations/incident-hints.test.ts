// incidents: what a person is told who holds more than was meant, or is held up.
import { expect, test } from 'vitest';
import type { Decision } from '../../../src/lifecycle/decisions.js';
import { type OpenIncidentInput, openIncident } from '../../../src/lifecycle/operations/incident.js';
import { retire } from '../../../src/lifecycle/operations/retire.js';
import {
  acting,
  ada,
  carriedOut,
  planOf,
  refusalOf,
  serving,
  stateOf,
  versionOf,
} from '../../support/records.js';

const id = '20260601T090000Z';
const both = stateOf([serving('1.0.0', 90), serving('2.0.0', 10)]);
const opened = (changes: Partial<OpenIncidentInput> = {}, state = both): Decision =>
  openIncident(
    state,
    { severity: 'serious', versions: [], summary: 'wrong letters', ...changes },
    acting(ada),
  );

test('opening warns where several serve and none was named, and says how to narrow it', () => {
  const [warning, ...others] = planOf(opened()).warnings;
  expect(others).toEqual([]);
  expect(warning).toMatchObject({
    code: 'incident/all-held',
    message: expect.stringContaining('2.0.0 and 1.0.0') as string,
    hint: expect.stringContaining(`incident update churn ${id} --affected VERSION -m NOTE`) as string,
  });
  expect(planOf(opened({ versions: ['1.0.0', '2.0.0'] })).warnings).toEqual([]);
  expect(planOf(opened({}, stateOf([serving('1.0.0', 100)]))).warnings).toEqual([]);
});

test('a refusal names both ways out, and does not send to --withdraw for an incident', () => {
  const held = carriedOut(both, opened());
  const input = { version: versionOf(held, '1.0.0'), coldStorage: [], releasedConsumers: [] };
  const hints = refusalOf(retire(held, input as never, acting(ada)));
  expect(hints['incident/open']).toContain(`incident close churn ${id}`);
  expect(hints['incident/open']).toContain(`incident update churn ${id} --affected VERSION`);
  expect(hints['status/not-allowed']).toContain('--withdraw');
  expect(hints['status/not-allowed']).not.toContain('incident');
});
