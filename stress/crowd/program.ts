// The built program in a folder of its own, so that a build beside a run does not change it, and its processes.
import { spawn } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** How a process ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  /** Milliseconds. */
  took: number;
}

async function copyParts(folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const part of ['bin', 'dist', 'package.json', 'schemas', 'templates'])
    await cp(path.join(root, part), path.join(folder, part), { recursive: true });
  return path.join(folder, 'bin/mlc.js');
}

/** Copies the built program, and answers its entry. A build beside it may be half done, so it has to answer first. */
export async function copyProgram(folder: string): Promise<string> {
  for (let tries = 1; ; tries++) {
    const said = await copyParts(folder)
      .then((program) => start(process.execPath, [program, 'schema', 'version', '--json'], folder))
      .catch((error: unknown) => ({ code: 1, stderr: String(error) }));
    if (said.code === 0) return path.join(folder, 'bin/mlc.js');
    if (tries === 10) throw new Error(`the built program does not start (npm run build): ${said.stderr}`);
    await sleep(2000);
  }
}

/** The environment of one person on a machine without settings of git's. */
function environmentOf(person: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(GIT|MLC|NODE)_/.test(name));
  const name = person.charAt(0).toUpperCase() + person.slice(1);
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: `${person}@example.com`,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: `${person}@example.com`,
    CI: 'true',
    ...more,
  };
}

/** Runs a program in a process of its own, and waits for its end. */
export function start(
  command: string,
  args: readonly string[],
  cwd: string,
  person = 'ada',
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd,
      env: environmentOf(person, more),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said, took: performance.now() - begun }));
  });
}

/** Runs git, and answers what it said; throws where it fails. */
export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await start('git', args, cwd);
  if (code !== 0) throw new Error(`git ${args.join(' ')} exited ${code} in ${cwd}: ${stderr}`);
  return stdout;
}
