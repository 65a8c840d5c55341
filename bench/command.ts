// Runs one command as it is measured: its answer goes to a file, and a command that fails or says nothing is an error.
import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LimitReached } from './measure.js';

/** A command, and what is expected of it. */
interface Command {
  file: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Exit codes that mean that it did its work; 0 where it is left out. */
  accepted?: readonly number[];
  /** Whether it says something on stdout when it did its work. */
  speaks: 'always' | 'never';
  /** Milliseconds after which it is ended. */
  limit?: number;
}

let answerFile: string | undefined;

function answerPath(): string {
  answerFile ??= path.join(mkdtempSync(path.join(tmpdir(), 'mlc-bench-answer-')), 'stdout');
  return answerFile;
}

/** The folder that holds the last answer, to be removed at the end. */
export function answerFolder(): string {
  return path.dirname(answerPath());
}

/** What the last command said. */
export function lastAnswer(): string {
  return readFileSync(answerPath(), 'utf8');
}

/** Holds the last command to having said at least so many lines. */
export function expectLines(least: number): void {
  const lines = lastAnswer().split('\n').length - 1;
  if (lines < least) throw new Error(`${lines} lines, where ${least} were expected`);
}

/** Runs it once. Every command has the same stdio, so that none is faster for writing into nothing. */
export function runCommand(command: Command): void {
  const { file, args, cwd, env, accepted = [0], speaks, limit } = command;
  const output = openSync(answerPath(), 'w');
  const { status, signal, stderr } = spawnSync(file, args, {
    cwd,
    env,
    stdio: ['ignore', output, 'pipe'],
    maxBuffer: 1 << 28,
    killSignal: 'SIGKILL',
    ...(limit === undefined ? {} : { timeout: limit }),
  });
  const said = fstatSync(output).size;
  closeSync(output);
  if (signal === 'SIGKILL' && limit !== undefined) throw new LimitReached(limit);
  const shown = `${file} ${args.join(' ').slice(0, 400)}`;
  if (!accepted.includes(status ?? -1))
    throw new Error(`${shown} exited ${status ?? signal}: ${stderr.toString().slice(0, 2000)}`);
  if (said > 0 !== (speaks === 'always')) throw new Error(`${shown} wrote ${said} bytes`);
}
