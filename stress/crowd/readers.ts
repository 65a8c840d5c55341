// Readers beside writers: every answer is whole, and is the one that the same commit gives where there is no cache.
import path from 'node:path';
import { oneOf } from '../campaign.js';
import { type Bystander, keepDoing } from './bystanders.js';
import { type Ended, git, start } from './program.js';

/** What a reader was told. */
export interface Reading {
  command: string;
  ended: Ended;
}

// Whatever the hour, the same commit gives the same answer.
const clock = { GIT_COMMITTER_DATE: new Date(Date.now() + 86_400_000).toISOString() };
const commands = ['list', 'validate', 'due', 'triggers', 'list churn', 'health'];

/** Reads once, by the clock that all readers go by. */
export function ask(program: string, folder: string, command: string): Promise<Ended> {
  return start(process.execPath, [program, ...command.split(' '), '--json'], folder, 'ada', clock);
}

/** Someone who reads one thing after another. */
export function reader(
  program: string,
  folder: string,
  random: () => number,
  readings: Reading[],
): Bystander {
  return keepDoing(
    async () => {
      const command = oneOf(random, commands);
      readings.push({ command, ended: await ask(program, folder, command) });
      return true;
    },
    () => 20 + random() * 100,
  );
}

/** The commit that an answer is about; undefined where it is about the working tree. */
function commitOf({ ended }: Reading): string | undefined {
  return (JSON.parse(ended.stdout) as { commit?: string }).commit;
}

/** What is wrong with an answer, whatever it says. */
function faultOf({ command, ended }: Reading): string | undefined {
  const { code, stdout, stderr } = ended;
  // Triggers and health say no with 1 where something fired, or a version is unwatched.
  const allowed = command === 'triggers' || command === 'health' ? [0, 1] : [0];
  const told = `mlc ${command} exited ${code} beside writers: ${stdout.slice(0, 2000)}${stderr}`;
  if (code === null || !allowed.includes(code)) return told;
  try {
    const answer = JSON.parse(stdout) as { error?: unknown };
    return answer.error === undefined ? undefined : told;
  } catch {
    return told;
  }
}

/** Asks once more in a clone of its own, at the same commit, with no cache. */
async function isRepeated(
  program: string,
  scratch: string,
  reading: Reading,
  commit: string,
): Promise<boolean> {
  await git(scratch, 'checkout', '-q', '-B', 'main', commit);
  await git(scratch, 'clean', '-qfdx');
  await start('rm', ['-rf', path.join(scratch, '.git/mlc')], scratch);
  const again = await ask(program, scratch, reading.command);
  return again.code === reading.ended.code && again.stdout === reading.ended.stdout;
}

/** Holds answers against those that the same commits give without a cache; of many, some. */
export async function readingFaults(
  program: string,
  folder: string,
  scratch: string,
  readings: readonly Reading[],
  random: () => number,
): Promise<{ faults: string[]; repeated: number }> {
  const faults = readings.flatMap((reading) => faultOf(reading) ?? []);
  if (faults.length > 0) return { faults, repeated: 0 };
  await git(path.dirname(scratch), 'clone', '-q', folder, scratch);
  const dated = readings.flatMap((reading) => {
    const commit = commitOf(reading);
    return commit === undefined ? [] : [{ reading, commit }];
  });
  const some = dated
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, 60);
  for (const { one } of some)
    if (!(await isRepeated(program, scratch, one.reading, one.commit)))
      faults.push(
        `mlc ${one.reading.command} at ${one.commit} says otherwise without a cache: ${one.reading.ended.stdout.slice(0, 2000)}`,
      );
  return { faults, repeated: some.length };
}
