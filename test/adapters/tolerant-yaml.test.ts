// YAML of other tools within the size that is read: refused or read soon, whatever is in it.
import { expect, test } from 'vitest';
import { parseData } from '../../src/adapters/tolerant-data.js';
import { parseYaml } from '../../src/yaml-document.js';

async function outcome(text: string): Promise<{ code: string; message: string } | undefined> {
  const begun = process.cpuUsage();
  const failed = await parseData(text, 'results.yaml').then(
    () => undefined,
    (error: unknown) => error as { code: string; message: string },
  );
  // It once took as long as the square of the keys, or of the faults: up to a minute.
  expect(process.cpuUsage(begun).user).toBeLessThan(5_000_000);
  return failed;
}

test('20,000 keys are read', async () => {
  expect(
    await outcome(Array.from({ length: 20_000 }, (_, index) => `k${index}: 1\n`).join('')),
  ).toBeUndefined();
});

test('a key that stands twice is refused, wherever it stands', async () => {
  expect(await outcome('accuracy: 0.9\naccuracy: 0.8\n')).toMatchObject({ code: 'input/duplicate-key' });
  expect(await outcome('a:\n  - {b: 1, "b": 2}\n')).toMatchObject({
    code: 'input/duplicate-key',
    message: '"b" stands twice in results.yaml, and only one of the two can be right',
  });
  expect(await outcome('a: {b: 1}\nb: {b: 2}\n')).toBeUndefined();
});

test('thousands of faults are told as the first, with its place', async () => {
  const failed = await outcome(`a: 1\nb: ${'"x" "y" '.repeat(15_000)}\n`);
  expect(failed?.code).toBe('input/syntax');
  expect(failed?.message).toMatch(/at line 2, column \d+$/);
});

test('a hundred thousand faults are told as the first, and traced by nobody', async () => {
  const text = `g": {\n  "pr399,${'"'.repeat(200_000)}`;
  const [error, ...others] = parseYaml(text).errors;
  expect(others.length).toBeGreaterThan(50_000);
  expect(error?.stack).toBe(`YAMLParseError: ${error?.message ?? ''}`);
  expect((await outcome(text))?.code).toBe('input/syntax');
  expect(new Error('of another').stack).toContain('tolerant-yaml.test');
});
