// mlc health: zombies, and the report per owner.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import type { World } from '../support/world.js';
import { driftedWorld, plainReport, recording, soon, watchedWorld } from './watch-scene.js';

let quiet: World;
let drifted: World;
beforeAll(async () => {
  quiet = await watchedWorld();
  drifted = await driftedWorld(quiet);
});

interface Health {
  totals: { zombies: number; fired_triggers: number };
  owners: { versions: { zombies: { kind: string }[]; series: { points: object[] }[] }[] }[];
}

test('no zombie is exit code 0', async () => {
  const { code, data } = await drifted.json<Health>(['health'], soon);
  expect([code, data.totals.zombies, data.totals.fired_triggers]).toEqual([0, 0, 1]);
  expect(data.owners[0]?.versions[0]?.series[0]?.points).toHaveLength(1);
});

test('a version that serves past its target, and is not watched, is two', async () => {
  const { code, data } = await quiet.json<Health>(['health'], { at: '2028-01-01T09:00:00Z' });
  expect(code).toBe(1);
  const kinds = data.owners.flatMap(({ versions }) =>
    versions.flatMap(({ zombies }) => zombies.map(({ kind }) => kind)),
  );
  expect(kinds.sort()).toEqual(['past-target', 'unwatched']);
});

test.each([
  ['health.html', '<!doctype html>'],
  ['health.md', '#'],
])('--output %s', async (name, begins) => {
  const file = path.join(await temporaryFolder(), name);
  const { data } = await drifted.json<{ output: string }>(['health', '--output', file], soon);
  expect(data.output).toBe(file);
  const text = await readFile(file, 'utf8');
  expect(text.toLowerCase().startsWith(begins)).toBe(true);
  expect(text).toContain('tenure');
  expect(text).not.toMatch(/(?:src|href)="https?:/);
});

test('--format prints it, --owner chooses, --since begins', async () => {
  expect((await drifted.mlc(['health', '--format', 'markdown'], soon)).stdout).toContain('churn');
  const other = await drifted.json<Health>(['health', '--owner', 'grace@example.com'], soon);
  expect(other.data.owners).toEqual([]);
  const since = await drifted.json<Health>(['health', '--since', '2026-03-09'], soon);
  expect(since.data.owners[0]?.versions[0]?.series.flatMap(({ points }) => points) ?? []).toEqual([]);
});

test.each([
  ['an ending that tells no format', ['health', '--output', 'health.pdf']],
  ['no day', ['health', '--since', 'May']],
  ['an unknown format', ['health', '--format', 'pdf']],
  ['an unknown model', ['health', 'chrun']],
])('%s', async (_name, args) => {
  expect((await quiet.mlc(args, soon)).code).toBe(2);
});

test('hostile names are escaped in every format', async () => {
  const world = await driftedWorld(quiet);
  const hostile = '<script>alert(1)</script>|[x](javascript:1)';
  const file = await plainReport(0.5, hostile);
  await world.ok(
    (await recording(file)).map((word) =>
      word === '2026-03-02..2026-03-08' ? '2026-03-02..2026-03-09' : word,
    ),
    soon,
  );
  for (const format of ['markdown', 'html']) {
    const { stdout } = await world.mlc(['health', '--format', format], soon);
    expect(stdout).not.toContain('<script>alert');
    if (format === 'markdown') expect(stdout).not.toContain('](javascript:');
  }
});
