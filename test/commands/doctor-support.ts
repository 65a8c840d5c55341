// What the tests of doctor share: a diagnosis in short, and what killed runs leave behind.
import { execFileSync } from 'node:child_process';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { deepExaminations } from '../../src/registry/doctor/examinations.js';
import type { Finding } from '../../src/registry/doctor/examination.js';
import { examine, subjectOf } from '../../src/registry/doctor/examine.js';
import { ownMark } from '../../src/registry/processes.js';
import { locateRegistry } from '../../src/registry/registry.js';
import { answerChecker } from './answer-schemas.js';
import type { RunSettings, World } from '../support/world.js';

/** A check-up as `--json` has it. */
export interface CheckUp {
  healthy: boolean;
  examinations: { name: string; outcome: string; findings: Finding[] }[];
  fixed: string[];
}

export const tag = '11111111-2222-4333-8444-555555555555';
/** No process has this number: it is above the largest that Linux gives. */
export const deadOwner = { ...ownMark(), pid: 4_194_999, started: '1' };
export const livingOwner = ownMark();
export const strangeOwner = { ...deadOwner, host: 'another-machine' };

/** A path in the private folder of a world's repository. */
export function inGit(world: World, ...parts: string[]): string {
  return path.join(world.folder, '.git', ...parts);
}

/** Writes a file that is so many seconds old. */
export async function aged(file: string, text: string, seconds: number): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  const time = Date.now() / 1000 - seconds;
  await utimes(file, time, time);
  return file;
}

let check: Awaited<ReturnType<typeof answerChecker>> | undefined;

/** Makes a check-up, and holds its parts together. */
export async function checkUp(
  world: World,
  flags: readonly string[] = [],
  settings: RunSettings = {},
): Promise<CheckUp> {
  const { code, data, stderr } = await world.json<CheckUp>(['doctor', ...flags], settings);
  check ??= await answerChecker();
  expect(check('doctor', data)).toEqual([]);
  expect({ code, stderr }, JSON.stringify(data)).toEqual({ code: data.healthy ? 0 : 1, stderr: '' });
  const all = data.examinations.flatMap((examination) => examination.findings);
  for (const finding of all) expect(finding.hint, `${finding.code} names no way out`).toBeTruthy();
  expect(data.fixed).toEqual(all.flatMap((finding) => finding.fixed ?? []));
  return data;
}

/** The findings of one examination, which is made alone. */
export async function findings(
  world: World,
  name: string,
  flags: readonly string[] = [],
  settings: RunSettings = {},
): Promise<Finding[]> {
  const examination = deepExaminations.find((made) => made.name === name);
  if (!examination) throw new Error(`there is no examination ${name}`);
  const person = ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, 'Ada'],
    [`GIT_${role}_EMAIL`, 'ada@example.com'],
  ]);
  const env = { ...process.env, ...(Object.fromEntries(person) as Record<string, string>), ...settings.env };
  const registry = await locateRegistry({ cwd: settings.cwd ?? world.folder, env });
  const subject = await subjectOf(registry, () => undefined);
  const [made] = await examine(subject, [examination], flags.includes('--fix') ? 'mend' : 'tell');
  const found = made?.findings ?? [];
  for (const { code, hint } of found) expect(hint, `${code} names no way out`).toBeTruthy();
  return found;
}

/** They in short: `severity code file`. */
export async function codes(
  world: World,
  name: string,
  flags: readonly string[] = [],
  settings: RunSettings = {},
): Promise<string[]> {
  return (await findings(world, name, flags, settings)).map((finding) =>
    [finding.severity, finding.code, ...(finding.file === undefined ? [] : [finding.file])].join(' '),
  );
}

/** Runs the command that a hint ends with. */
export function follow(world: World, hint: string | undefined, after: string): void {
  const at = hint?.indexOf(after) ?? -1;
  expect(at, hint).toBeGreaterThanOrEqual(0);
  execFileSync('sh', ['-ec', hint?.slice(at + after.length) ?? ''], { cwd: world.folder, stdio: 'pipe' });
}
