// Files with thousands of faults, or with keys that objects have already, are refused soon and without a bug.
import { expect, test } from 'vitest';
import { readRecord } from '../../src/registry/read-record.js';
import { roleOf } from '../../src/registry/paths.js';

async function problemsOf(kind: 'version' | 'gate' | 'report', file: string, text: string) {
  const begun = process.cpuUsage();
  const { data, problems } = await readRecord(kind, roleOf(file), Buffer.from(text), file);
  expect(data).toBeUndefined();
  // Processor time, in microseconds: a busy machine changes it little. It once grew with the square of the faults.
  expect(process.cpuUsage(begun).user).toBeLessThan(4_000_000);
  return problems;
}

const version = 'models/churn/versions/1.0.0.yaml';
const gate = 'models/churn/gate.yaml';

test('4,900 unknown keys: twenty are told, the rest is counted', async () => {
  const text = Array.from({ length: 4900 }, (_, index) => `k${index}: 1\n`).join('');
  const problems = await problemsOf('version', version, text);
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)?.message).toMatch(/^and 4[89]\d\d more problems$/);
  expect(problems.slice(0, 20).every(({ line, quoted }) => line !== undefined && quoted !== undefined)).toBe(
    true,
  );
});

test('2,400 checks without a bound: each fails every branch of a union', async () => {
  const checks = Array.from({ length: 2400 }, () => '  - {id: 5}\n').join('');
  const problems = await problemsOf('gate', gate, `schema: mlc/gate@1\nchecks:\n${checks}`);
  expect(problems).toHaveLength(21);
});

test.each(['toString', 'valueOf', 'hasOwnProperty', 'then', 'length'])(
  'a mapping with a key %s stands where a word should',
  async (key) => {
    const problems = await problemsOf('version', version, `model_id: {${key}: 1}\nstatus: {${key}: null}\n`);
    expect(problems.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^status is (?:a mapping; it has to be text|a mapping; it has to be one of)/),
    );
  },
);
