// A small crowd: the program that `npm run crowd` is, with fewer writers and transitions, and what it counted.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const numbers = { writers: 4, transitions: 12, beside: 6, starved: 2, clones: 3, pushes: 6 };

beforeAll(() => {
  if (!existsSync(path.join(root, 'dist/mlc.cjs')))
    execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'ignore' });
});

test('4 writers in one clone, among others, and 3 clones of one remote: no update is lost', async () => {
  const flags = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, ['--import', 'tsx', 'stress/crowd.ts', ...flags], { cwd: root });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  expect(code, said).toBe(0);
  const counts = JSON.parse(said.trim().split('\n').at(-1) ?? '') as Record<string, number>;
  process.stdout.write(`${JSON.stringify(counts)}\n`);
  expect(counts).toMatchObject({
    'clone.asked': 48,
    'beside.asked': 24,
    'starved.asked': 2,
    'starved.landed': 2,
    'remote.asked': 18,
  });
  for (const part of ['clone', 'beside', 'remote']) {
    const of = (name: string): number => counts[`${part}.${name}`] ?? NaN;
    expect(of('landed') + of('unchanged') + of('refused') + of('gaveUp')).toBe(of('asked'));
    // Most of what is asked for suits the version, or a crowd would be a crowd of refusals.
    expect(of('landed')).toBeGreaterThan(of('asked') / 2);
  }
  for (const name of ['userCommits', 'ticketsTaken', 'cachesSpoilt', 'readingsRepeated'])
    expect(counts[`beside.${name}`], name).toBeGreaterThan(0);
});
