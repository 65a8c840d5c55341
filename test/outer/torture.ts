// What the tests by torture share: the program, run with few kills or none, and what it counted.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Runs the torture program, and answers its counts: the last line that it prints. */
export function torture(...flags: string[]): {
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
