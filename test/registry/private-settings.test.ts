// A credential in model.yaml is told by nothing: no quoted line, no message, no path, whatever else is wrong.
import { expect, test } from 'vitest';
import type { Problem } from '../../src/lifecycle/problems.js';
import { readRecord } from '../../src/registry/read-record.js';

const token = `glpat-${'a'.repeat(20)}`;
const head = `schema: mlc/model@1
model_id: churn
title: Churn
owner: Ada Lovelace <ada@example.com>
intended_use:
  tasks: [ranking of customers]
  out_of_scope: [pricing]
`;

async function problemsOf(text: string): Promise<Problem[]> {
  const role = { kind: 'model', model: 'churn' } as const;
  return (await readRecord('model', role, Buffer.from(text), 'models/churn/model.yaml')).problems;
}

const block = (...lines: string[]): string => `${head}retraining:\n${lines.join('\n')}\n`;
const inAirflow = (...lines: string[]): string =>
  block('  hand_over:', '    to: airflow', '    airflow:', '      dag_id: train', ...lines);

const leaks: [name: string, text: string][] = [
  [
    'a key is missing, all on one line',
    `${head}retraining: {hand_over: {to: gitlab, gitlab: {host: "https://gitlab.com", token_env: ${token}}}}\n`,
  ],
  ['an unknown key', inAirflow(`      token: ${token}`)],
  ['a key that is the credential', inAirflow(`      ${token}: x`)],
  ['an unknown target', block('  hand_over:', `    to: ${token}`)],
  ['a form', inAirflow('      base_url: https://a.example.com', `      token_env: ${token}`)],
  ['text for a mapping', block(`  hand_over: ${token}`)],
  ['a list for a mapping', block(`  hand_over: [${token}]`)],
  ['a target that is a mapping', block(`  hand_over: {to: {x: ${token}}, gitlab: {token_env: ${token}}}`)],
  ['no mapping at all', `${head}retraining: ${token}\n`],
  ['a slip of the pen', `${head}retraning: {hand_over: {to: gitlab, gitlab: {token_env: ${token}}}}\n`],
  ['a hand-over at the top', `${head}hand_over: {to: gitlab, gitlab: {token_env: ${token}}}\n`],
  ['no YAML', `${head}retraining: {hand_over: {to: gitlab, token_env: ${token}}\n`],
  ['no YAML either', inAirflow(`      token: ${token} "x": {`)],
  ['a stray text', inAirflow(`      ${token}`)],
  ['an alias of nothing', inAirflow(`      token_env: *${token}`)],
  ['one key twice', inAirflow(`      token: ${token}`, `      token: ${token}`)],
  ['a key that is marked as one', `${head}? retraining\n: {hand_over: {token_env: ${token}}}\n`],
  ['a key that is disguised', `${head}"retr\\x61ining": {hand_over: {to: ${token}}}\n`],
  ['a tab', inAirflow(`\ttoken: ${token}`)],
  [
    'the whole file on one line',
    `{model_id: churn, titel: x, retraining: {hand_over: {to: gitlab, gitlab: {token_env: ${token}}}}}\n`,
  ],
];

test.each(leaks)('where there is %s', async (_name, text) => {
  const problems = await problemsOf(text);
  expect(problems.length).toBeGreaterThan(0);
  expect(JSON.stringify(problems)).not.toContain(token);
});

test('a number is not told either', async () => {
  const problems = await problemsOf(inAirflow('      token_env: 4815162342'));
  expect(problems.map(({ code }) => code)).toContain('schema/type');
  expect(JSON.stringify(problems)).not.toContain('4815162342');
});

test('an unknown key is named, with its place, and its line is not quoted', async () => {
  const [found] = (await problemsOf(inAirflow('      token: SECRETpw'))).filter(
    ({ code }) => code === 'schema/unknown-key',
  );
  expect(found).toMatchObject({ line: 13, path: 'retraining.hand_over.airflow.token' });
  expect(found?.message).toContain('"token"');
  expect(found).not.toHaveProperty('quoted');
});

test('the credential is found where the schema complains too', async () => {
  const codes = (await problemsOf(leaks[0]?.[1] ?? '')).map(({ code }) => code);
  expect(codes).toContain('schema/missing');
  expect(codes).toContain('hand-over/credential-in-settings');
});

test('what stands above and below is quoted as ever', async () => {
  const text = `${head}titel: x\nretraining:\n  hand_over: {to: print, x: ${token}}\nlabels: 3\n`;
  const quoted = (await problemsOf(text)).flatMap((problem) => problem.quoted ?? []);
  expect([...new Set(quoted)].sort()).toEqual(['labels: 3', 'schema: mlc/model@1', 'titel: x']);
});
