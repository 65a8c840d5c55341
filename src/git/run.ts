// The one runner of git, through simple-git: constant arguments, data on stdin, a scrubbed environment.
import path from 'node:path';
import { type SimpleGitOptions, simpleGit } from 'simple-git';
import { usage } from '../errors.js';
import { ownSignal } from '../own-signal.js';

/** Where git runs, and with whose environment. */
export interface GitPlace {
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** One call of git. Text that a user wrote never stands in `args`: it goes through `input`. */
export interface GitCall {
  args: readonly string[];
  input?: string | Buffer;
  env?: Record<string, string>;
  /** Settings of this call alone, as `key=value`. */
  config?: readonly string[];
  /** Bytes of output beyond which git is stopped, and TooMuchOutput thrown. */
  most?: number;
  /** Exit codes that are answers rather than failures. */
  accept?: readonly number[];
  /**
   * Reads run nothing of the repository's. Writes honour its hooks and settings. Hooks are started as git itself starts
   * them, without the settings that are ours alone.
   */
  access?: 'read' | 'write' | 'hook';
}

/** What git answered. */
export interface GitAnswer {
  stdout: Buffer;
  stderr: string;
  exitCode: number;
}

/** git failed in a way that nobody expected at the call. */
export class GitError extends Error {
  constructor(
    readonly args: readonly string[],
    readonly exitCode: number,
    readonly stderr: string,
  ) {
    super(`git ${args[0] ?? ''} failed (${exitCode}): ${stderr.trim()}`);
    this.name = 'GitError';
  }
}

/** git had more to say than the call takes. */
export class TooMuchOutput extends Error {}

// What git may take from the environment: identity, transport, trust, tracing. Everything else that begins with GIT_
// (another index, another repository, grafts, injected configuration) would change what a record is read from.
const keptVariables =
  /^GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)$|^GIT_(SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|TERMINAL_PROMPT|PROXY_COMMAND|CONFIG_GLOBAL|CONFIG_SYSTEM|CONFIG_NOSYSTEM|CEILING_DIRECTORIES|HTTP_USER_AGENT|ALLOW_PROTOCOL|PROTOCOL_FROM_USER|NO_LAZY_FETCH)$|^GIT_(TRACE|SSL|CURL)/;
const droppedVariables = new Set(['EDITOR', 'VISUAL', 'PAGER', 'PREFIX']);

/**
 * A program that is named without a folder is never taken from the folder that git happens to run in: an empty or
 * relative entry of the PATH means a stranger's repository there.
 */
function absoluteFolders(folders: string): string {
  return folders
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .join(path.delimiter);
}

/**
 * What a read goes without: in a partial clone git would fetch an object that is not there, and so start whatever the
 * repository names as its transport. Older git knows the second variable alone; empty, it allows no transport.
 */
export const withoutTransport = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: '' } as const;

function environmentFor(
  place: GitPlace,
  access: GitCall['access'],
  extra: Record<string, string> = {},
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(place.env)) {
    if (value === undefined || droppedVariables.has(name)) continue;
    if (!name.startsWith('GIT_') || keptVariables.test(name)) env[name] = value;
  }
  if (env.PATH !== undefined) env.PATH = absoluteFolders(env.PATH);
  if (access === 'hook') return { ...env, ...extra };
  return {
    ...env,
    ...(access === 'write' ? {} : withoutTransport),
    GIT_TERMINAL_PROMPT: env.GIT_TERMINAL_PROMPT ?? '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    // Replace refs and grafts rewrite what history says without changing a commit.
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null',
    LC_ALL: 'C',
    LANGUAGE: 'C',
    ...extra,
  };
}

const always = [
  'core.fsmonitor=false',
  'core.quotePath=false',
  'advice.graftFileDeprecated=false',
  'log.showSignature=false',
  // A file is what its path says, whatever it was called before.
  'log.follow=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'protocol.ext.allow=never',
  'safe.bareRepository=explicit',
  'user.useConfigOnly=true',
];
// A read runs no hook (post-index-change is one that reads can trigger).
const forReads = [...always, 'core.hooksPath=/dev/null'];
// git syncs nothing it writes by default, and a lost ref is a lost transition.
const forWrites = [...always, 'core.fsync=committed,loose-object,reference', 'core.fsyncMethod=batch'];
const settings: Record<NonNullable<GitCall['access']>, string[]> = {
  read: forReads,
  write: forWrites,
  hook: [],
};

// A program that a signal ended has no exit code, and a shell that ran it has one above git's own for a failure.
const bySignal = -1;
const fatal = 128;

const running = new Set<AbortController>();

/** Asks every git that runs now to stop. Those that are started afterwards, to clear up, are not concerned. */
export function interruptGit(): void {
  for (const controller of running) controller.abort();
}

function optionsFor(place: GitPlace, call: GitCall, env: Record<string, string>): Partial<SimpleGitOptions> {
  return {
    baseDir: place.cwd,
    config: [...settings[call.access ?? 'read'], ...(call.config ?? [])],
    allowEnvironment: Object.keys(env),
    // What simple-git warns of are our own constants, or what the user set for their git.
    unsafe: {
      allowUnsafeEditor: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeHooksPath: true,
      allowUnsafeSshCommand: true,
      allowUnsafeAskPass: true,
      allowUnsafeGitProxy: true,
      allowUnsafeProtocolOverride: true,
      allowUnsafePack: true,
      allowUnsafeGpgProgram: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeFilter: true,
      allowAbbreviatedOptions: true,
    },
    ...(call.input === undefined ? {} : { input: () => call.input }),
  };
}

/** Runs git and answers its raw output. Throws GitError on an exit code that is not accepted. */
export async function git(place: GitPlace, call: GitCall): Promise<GitAnswer> {
  const env = environmentFor(place, call.access, call.env);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  let size = 0;
  let exitCode = 0;
  const controller = new AbortController();
  running.add(controller);
  const accepted = (code: number): boolean => code === 0 || (call.accept?.includes(code) ?? false);
  try {
    await simpleGit({
      ...optionsFor(place, call, env),
      abort: controller.signal,
      // Without this, simple-git takes a command that failed in silence (a hook without a word) for a success.
      errors: (error, result) => {
        exitCode = result.exitCode ?? bySignal;
        return accepted(exitCode) ? undefined : (error ?? new Error('it was ended by a signal'));
      },
    })
      .env(env)
      .outputHandler((_command, stdout, stderr) => {
        // simple-git collects the output too, and makes text of it at the end: a tenth of a first validate, and some
        // 30 MB. Nothing but its collector listens yet.
        stdout.removeAllListeners('data');
        stdout.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= (call.most ?? Infinity)) out.push(chunk);
          else controller.abort();
        });
        stderr.on('data', (chunk: Buffer) => err.push(chunk));
        // simple-git waits 50 ms more for a command that said nothing. At its end there is nothing to wait for.
        stdout.once('end', () => stdout.emit('data', Buffer.alloc(0)));
      })
      .raw([...call.args]);
  } catch (error) {
    if (size > (call.most ?? Infinity)) throw new TooMuchOutput();
    if (exitCode === bySignal || exitCode > fatal) await ownSignal();
    const said = Buffer.concat(err).toString('utf8');
    throw exitCode > 0 ? new GitError(call.args, exitCode, said) : notStarted(error, call, place, said);
  } finally {
    running.delete(controller);
  }
  if (size > (call.most ?? Infinity)) throw new TooMuchOutput();
  return { stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString('utf8'), exitCode };
}

function notStarted(error: unknown, call: GitCall, place: GitPlace, said: string): Error {
  const text = (error instanceof Error ? error.message : String(error)).replace(/^Error: /, '');
  if (/spawn git ENOENT/.test(text)) {
    return usage('git/not-found', 'git is not installed, or not on the PATH', 'install git 2.39 or newer');
  }
  if (text.includes('directory that does not exist'))
    return usage('path/not-found', `there is no folder ${place.cwd}`);
  return new GitError(call.args, bySignal, said || text);
}

/** Runs git and answers its output as text without the last line break. */
export async function gitText(place: GitPlace, call: GitCall): Promise<string> {
  return (await git(place, call)).stdout.toString('utf8').replace(/\n$/, '');
}
