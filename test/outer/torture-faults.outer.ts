// The torture program, with the faults of a machine, and some of the steps of a transition disturbed.
import { expect, test } from 'vitest';
import { torture } from './torture.js';

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
