// The built program, copied so that a build beside a run changes nothing, and run in a process group of its own.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, watch } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Copies the built program into a folder, and answers the file to run. Builds it where that was not done yet. */
export function copyProgram(folder: string): string {
  if (!existsSync(path.join(root, 'dist/mlc.cjs')))
    execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'ignore' });
  mkdirSync(folder, { recursive: true });
  for (const part of ['bin', 'dist', 'package.json', 'schemas', 'templates'])
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  return path.join(folder, 'bin/mlc.js');
}

/** What is killed: everything that the command started too, or its own process alone. */
type Victim = 'group' | 'parent';

/** A moment to kill at: so many milliseconds after the command began, or after it took its turn to write. */
export interface Doom {
  victim: Victim;
  from: 'start' | 'writing';
  delay: number;
}

/** How a command is run. */
export interface RunSettings {
  cwd: string;
  env: Record<string, string>;
  /** The folder in which a command that begins to write leaves its ticket. */
  queue?: string;
  doom?: Doom;
  /** Does something to the running command, once it is started. */
  meddle?: (child: ChildProcess) => void;
  /** Other words before the program, such as a tracer. */
  launcher?: readonly string[];
}

/** A command that ended. */
export interface Ended {
  /** Null where a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  /** All that it said. */
  said: string;
  took: number;
  /** How long it wrote, or had been writing when it was killed; undefined where it never began. */
  wrote: number | undefined;
}

// A command that takes longer than this hangs, whatever the machine does besides.
const longest = 120_000;

function kill(child: ChildProcess, victim: Victim): void {
  if (child.pid === undefined) return;
  try {
    process.kill(victim === 'group' ? -child.pid : child.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/** Runs the program, and kills it where its doom says so. */
export async function runProgram(
  program: string,
  args: readonly string[],
  settings: RunSettings,
): Promise<Ended> {
  const { cwd, env, queue, doom, meddle, launcher = [] } = settings;
  const [command = process.execPath, ...words] = [...launcher, process.execPath, program, ...args];
  const timers: NodeJS.Timeout[] = [];
  const begun = performance.now();
  let writingSince: number | undefined;
  const watcher =
    queue === undefined
      ? undefined
      : watch(queue, () => {
          if (writingSince !== undefined) return;
          writingSince = performance.now();
          if (doom?.from === 'writing') timers.push(setTimeout(() => kill(child, doom.victim), doom.delay));
        });
  const child = spawn(command, words, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  if (doom?.from === 'start') timers.push(setTimeout(() => kill(child, doom.victim), doom.delay));
  timers.push(setTimeout(() => kill(child, 'group'), longest));
  let [stdout, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    said += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  meddle?.(child);
  const closed = new Promise((resolve) => child.on('close', resolve));
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (...ended) => resolve(ended));
  });
  const ended = performance.now();
  // Whoever goes on without its parent may hold the streams open.
  await Promise.race([closed, sleep(signal === null ? 2000 : 50)]);
  timers.forEach(clearTimeout);
  watcher?.close();
  if (ended - begun > longest) throw new Error(`mlc ${args.join(' ')} hung for ${longest / 1000} s: ${said}`);
  const wrote = writingSince === undefined ? undefined : ended - writingSince;
  return { code, signal, stdout, said, took: ended - begun, wrote };
}
