// The fuzzer at a size for every run of CI: mutated inputs for every reader, and random lives against the reference.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');

test('800 mutated inputs and 20 sequences of operations break no promise', () => {
  const seed = process.env.MLC_SEED ?? '20260301';
  const args = ['--import', 'tsx', 'stress/fuzz.ts', '--seed', seed, '--inputs', '800', '--sequences', '20'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  const counts = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, number>;
  expect(counts).toMatchObject({
    seed: Number(seed),
    inputs: 800,
    'through the built program': 32,
    broken: 0,
    'lives: sequences': 20,
  });
  // Refusing everything would keep most promises too.
  expect(counts.taken).toBeGreaterThan(80);
  expect(counts.refused).toBeGreaterThan(250);
});
