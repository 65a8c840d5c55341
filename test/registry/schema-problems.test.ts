// What the schema refuses: each fault with its line, its path and a way out. The required keys alone are a record.
import { expect, test } from 'vitest';
import type { Problem } from '../../src/lifecycle/problems.js';
import { readRecord } from '../../src/registry/read-record.js';
import { handWritten, lineOf, withText } from './hand-written.js';

const role = { kind: 'version', model: 'churn', version: '1.0.0' } as const;
const file = 'models/churn/versions/1.0.0.yaml';

async function problemsOf(text: string): Promise<Problem[]> {
  return (await readRecord('version', role, Buffer.from(text), file)).problems;
}

test('the required keys alone make a valid record', async () => {
  const read = await readRecord('version', role, Buffer.from(handWritten), file);
  expect(read.problems).toEqual([]);
  expect(read.data).toMatchObject({ model_id: 'churn', version: '1.0.0' });
});

test('a review that is outstanding and an empty history are valid too', async () => {
  const fresh = handWritten
    .replace('approved_by: Grace Hopper <grace@example.com>', 'approved_by: null')
    .replace('approved_at: "2026-01-11T09:00:00Z"', 'approved_at: null')
    .replace(/deployment_history:\n[^]*(?=deprecation_target)/, 'deployment_history: []\n');
  expect(await problemsOf(fresh)).toEqual([]);
});

const faults: [name: string, text: string, at: string, expected: Partial<Problem>, hint: RegExp][] = [
  [
    'a version without quotes',
    withText('version: "1.0.0"', 'version: 2.10'),
    'version: 2.10',
    { code: 'schema/type', path: 'version', quoted: 'version: 2.10' },
    /"2\.10"/,
  ],
  [
    'a truth value for text',
    withText('gdpr_status: assessed', 'gdpr_status: false'),
    'gdpr_status',
    { code: 'schema/type', path: 'compliance.gdpr_status' },
    /"false"/,
  ],
  [
    'no for a truth value',
    withText('gate_passed: true', 'gate_passed: no'),
    'gate_passed',
    { code: 'schema/type', path: 'approval.gate_passed' },
    /\bfalse\b/,
  ],
  [
    'an unknown key',
    withText('  gdpr_status', '  gdpr_statu: x\n  gdpr_status'),
    'gdpr_statu:',
    { code: 'schema/unknown-key', path: 'compliance.gdpr_statu' },
    /labels|extensions|delete/,
  ],
  [
    'a near miss',
    withText('registered_by:', 'registred_by:'),
    'registred_by',
    { code: 'schema/unknown-key', path: 'registred_by' },
    /registered_by/,
  ],
  [
    'a near miss in a list',
    withText('    traffic_pct: 50', '    trafic_pct: 50'),
    'trafic_pct',
    { code: 'schema/unknown-key', path: 'deployment_history[1].trafic_pct' },
    /traffic_pct/,
  ],
  [
    'a value that is none of the allowed',
    withText('risk_class: limited', 'risk_class: limitted'),
    'limitted',
    { code: 'schema/value', path: 'compliance.eu_ai_act_risk_class' },
    /limited/,
  ],
  [
    'a day that is none',
    withText('target: "2027-01-10"', 'target: "10.01.2027"'),
    '10.01.2027',
    { code: 'schema/form', path: 'deprecation_target' },
    /2026-03-01|YYYY|quotes/,
  ],
  [
    'a day that the calendar lacks',
    withText('target: "2027-01-10"', 'target: "2027-02-30"'),
    '2027-02-30',
    { code: 'schema/form', path: 'deprecation_target' },
    /2026-03-01|YYYY|quotes/,
  ],
  [
    'a time without a zone',
    withText('registered_at: "2026-01-10T09:00:00Z"', 'registered_at: "2026-01-10T09:00:00"'),
    'registered_at',
    { code: 'schema/form', path: 'registered_at' },
    /Z/,
  ],
  [
    'a time in another zone',
    withText('registered_at: "2026-01-10T09:00:00Z"', 'registered_at: "2026-01-10T09:00:00+02:00"'),
    'registered_at',
    { code: 'schema/form', path: 'registered_at' },
    /Z/,
  ],
  [
    'a digest that is too short',
    `${handWritten}artifacts:\n  - {uri: "s3://m/w", sha256: abc123, kind: weights}\n`,
    'abc123',
    { code: 'schema/form', path: 'artifacts[0].sha256' },
    /64|sha256sum/,
  ],
  [
    'a version that is none',
    withText('version: "1.0.0"', 'version: "v1.0"'),
    '"v1.0"',
    { code: 'schema/form', path: 'version' },
    /1\.2\.0/,
  ],
  [
    'a share beyond all',
    withText('traffic_pct: 50', 'traffic_pct: 150'),
    'traffic_pct: 150',
    { path: 'deployment_history[1].traffic_pct' },
    /./,
  ],
  [
    'null for a person',
    withText('registered_by: Ada Lovelace <ada@example.com>', 'registered_by:'),
    'registered_by',
    { code: 'schema/type', path: 'registered_by' },
    /./,
  ],
];

test.each(faults)('%s is refused with line and path', async (_name, text, at, expected, _hint) => {
  const problems = await problemsOf(text);
  const found = problems.find((problem) => problem.path === expected.path);
  expect(found).toMatchObject({ ...expected, file, line: lineOf(text, at) });
  expect(found?.column).toBeGreaterThan(0);
});

test.each(faults)('%s: the way out is named', async (_name, text, _at, expected, hint) => {
  const found = (await problemsOf(text)).find((problem) => problem.path === expected.path);
  expect(`${found?.message} ${found?.hint ?? ''}`).toMatch(hint);
});

const required = [
  ...[
    'model_id',
    'version',
    'registered_at',
    'registered_by',
    'parent_run_id',
    'dataset_version',
    'training_commit',
  ],
  ...['evaluation_results', 'approval', 'compliance', 'deployment_history', 'deprecation_target'],
];

test.each(required)('%s is required', async (key) => {
  const without = handWritten.replace(new RegExp(`^${key}:.*\\n(?:  .*\\n)*`, 'm'), '');
  expect(without).not.toContain(`\n${key}:`);
  const problems = await problemsOf(without);
  expect(problems).toMatchObject([
    { code: 'schema/missing', message: expect.stringContaining(`"${key}"`) as string },
  ]);
  expect(problems[0]?.hint).toMatch(/mlc schema/);
  expect(problems[0]?.line).toBeGreaterThan(0);
});

test('a nested key that is missing is told with the mapping that lacks it', async () => {
  const text = withText('  soc2_evidence_id: null\n', '');
  const [problem] = await problemsOf(text);
  expect(problem).toMatchObject({
    code: 'schema/missing',
    path: 'compliance',
    line: lineOf(text, 'compliance:'),
  });
  expect(problem?.message).toContain('soc2_evidence_id');
});

test('every fault of a file is told, not only the first', async () => {
  const text = withText('gate_passed: true', 'gate_passed: 1')
    .replace('"1.0.0"', '1.0')
    .replace('limited', 'small');
  expect((await problemsOf(text)).map((problem) => problem.path).sort()).toEqual([
    'approval.gate_passed',
    'compliance.eu_ai_act_risk_class',
    'version',
  ]);
});

test('a period that is none is refused in a model', async () => {
  const text = [
    'schema: mlc/model@1',
    'model_id: churn',
    'title: Churn',
    'owner: Ada <ada@example.com>',
    'intended_use: {tasks: [rank]}',
    'eu_ai_act_risk_class: limited',
    'approvers: [Grace <grace@example.com>]',
    'retention:',
    '  - {kind: weights, period: 5 years, anchor: retired_at}',
    '',
  ].join('\n');
  const read = await readRecord('model', { kind: 'model', model: 'churn' }, Buffer.from(text), 'model.yaml');
  expect(read.problems).toMatchObject([{ code: 'schema/form', line: 9, path: 'retention[0].period' }]);
  expect(`${read.problems[0]?.message}`).toMatch(/P7Y|P30D/);
});

test('a record in the wrong place is told', async () => {
  const other = { kind: 'version', model: 'fraud', version: '1.0.1' } as const;
  const { problems } = await readRecord('version', other, Buffer.from(handWritten), file);
  expect(problems.map(({ code, line }) => [code, line])).toEqual([
    ['record/path', 2],
    ['record/path', 3],
  ]);
});
