// What command tests share: copies of a world, files beside it, the width of what was printed, and a person at a terminal.
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { run } from '../../src/main.js';
import { temporaryFolder } from '../support/folders.js';
import { type RunSettings, type Said, type World, worldIn } from '../support/world.js';

/** A failure as `--json` prints it. */
export interface ErrorAnswer {
  error: {
    code: string;
    message: string;
    hint?: string;
    problems: {
      code: string;
      message: string;
      hint?: string;
      file?: string;
      line?: number;
      column?: number;
    }[];
  };
}

/** The escape character, as an attacker or a careless tool puts it into a value. */
export const escape = '\u001b';

/** A copy of a world, to change without harm to the tests that share it. */
export async function copyOf(world: World): Promise<World> {
  const folder = await temporaryFolder();
  await cp(world.folder, folder, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  return worldIn(folder);
}

/** A file outside of any registry. */
export async function fileWith(name: string, text: string): Promise<string> {
  const file = path.join(await temporaryFolder(), name);
  await writeFile(file, text);
  return file;
}

/** Columns that the widest line takes. */
export function widest(text: string): number {
  return Math.max(0, ...text.split('\n').map((line) => stringWidth(stripVTControlCharacters(line))));
}

/** Codes of the problems of a failure, in order of the alphabet. */
export function codesOf(answer: ErrorAnswer): string[] {
  return answer.error.problems.map((problem) => problem.code).sort();
}

/** The number of commits on HEAD. */
export function commits(world: World): number {
  return Number(world.git('rev-list', '--count', 'HEAD'));
}

/** Runs mlc for a person who answers each question when it is asked. */
export async function answering(
  world: World,
  args: readonly string[],
  answers: readonly string[],
  settings: RunSettings = {},
): Promise<Said & { unasked: string[] }> {
  const said = { stdout: '', stderr: '' };
  const left = [...answers];
  let answeredAt = 0;
  const stdin = new PassThrough() as PassThrough & { isTTY?: boolean };
  stdin.isTTY = true;
  const stream = (name: 'stdout' | 'stderr'): Writable & { isTTY: boolean; columns: number } => {
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        const text = chunk.toString('utf8');
        said[name] += text;
        // A question ends in a colon and a space; the answer is typed then, once, and not before.
        const seen = stripVTControlCharacters(said.stderr);
        if (name === 'stderr' && seen.length > answeredAt && seen.endsWith(': ') && left.length > 0) {
          answeredAt = seen.length;
          const answer = `${left.shift()}\n`;
          setTimeout(() => stdin.write(answer), 5);
        }
        done();
      },
    });
    return Object.assign(sink, { isTTY: true, columns: settings.terminal ?? 80 });
  };
  const person = settings.as ?? 'ada';
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1', ...settings.env };
  for (const role of ['AUTHOR', 'COMMITTER']) {
    env[`GIT_${role}_NAME`] = person;
    env[`GIT_${role}_EMAIL`] = `${person}@example.com`;
    if (settings.at) env[`GIT_${role}_DATE`] = settings.at;
  }
  if (settings.env?.CI === undefined) delete env.CI;
  const code = await run(args, {
    cwd: settings.cwd ?? world.folder,
    env,
    stdin,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  });
  return { code, ...said, unasked: left };
}
