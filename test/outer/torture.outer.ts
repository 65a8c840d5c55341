// The torture program, with few kills: MLC_KILLS=1000 MLC_SEED=7. What it promises is in stress/torture.ts.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const kills = Number(process.env.MLC_KILLS ?? 60);

/** Runs the program, and answers its counts: the last line that it prints. */
function torture(...flags: string[]): {
  status: number | null;
  counts: Record<string, number>;
  said: string;
} {
  const seed = process.env.MLC_SEED === undefined ? [] : ['--seed', process.env.MLC_SEED];
  const ended = spawnSync('npx', ['tsx', 'stress/torture.ts', ...seed, ...flags], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  const said = `${ended.stdout}${ended.stderr}`;
  process.stdout.write(ended.stdout);
  const last = ended.stdout.trim().split('\n').at(-1) ?? '{}';
  return { status: ended.status, counts: JSON.parse(last) as Record<string, number>, said };
}

test(
  `${kills} kills at random points of real transitions: nothing is lost, nothing is half done`,
  () => {
    const { status, counts, said } = torture('--kills', String(kills), '--faults', '0', '--steps', '0');
    expect(status, said).toBe(0);
    expect(counts.kills).toBe(kills);
    expect(counts.landed ?? 0).toBeGreaterThan(0);
    expect(counts['not landed'] ?? 0).toBeGreaterThan(0);
    expect(counts.mended ?? 0).toBeGreaterThan(0);
  },
  kills * 10_000 + 120_000,
);

test('full and read-only disks, stale locks, damage, late clocks, hanging hooks: told, and nothing half done', () => {
  const { status, counts, said } = torture('--kills', '0', '--steps', '0');
  expect(status, said).toBe(0);
  expect(counts['faults met'] ?? 0).toBeGreaterThan(25);
  // As root, as in CI, there is nothing that cannot be brought about.
  if (process.getuid?.() === 0) expect(counts['faults skipped'] ?? 0).toBe(0);
});

test('some of all steps of a transition disturbed: a git command, a change of a file', () => {
  const { status, counts, said } = torture('--kills', '0', '--faults', '0', '--steps', '25');
  expect(status, said).toBe(0);
  expect(counts['git commands disturbed'] ?? 0).toBeGreaterThan(0);
  expect(counts['file changes disturbed'] ?? 0).toBeGreaterThan(0);
});
