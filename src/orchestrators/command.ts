// The one file that starts a command of the user's: the request on its standard input and in its environment.
import type { Command } from '../generated/types.js';
import type { HandOverOutcome, HandOverRequest, HandOverSetting, Parameters } from './hand-over.js';
import { lastOf, type Tail, tailOf } from './output-tail.js';
import { oneLine, refused, unknown } from './outcomes.js';
import { requestDocument, requestEnvironment } from './request-document.js';
import type { Secret } from './redact.js';

// What programs need to start at all, and to find their own settings.
const needed = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR'],
  ...[
    'SystemRoot',
    'SystemDrive',
    'ComSpec',
    'PATHEXT',
    'TEMP',
    'TMP',
    'USERPROFILE',
    'APPDATA',
    'LOCALAPPDATA',
  ],
];
const defaultSeconds = 600;
// How long a program may take to end by itself when told to, and its output to come to an end when it has ended.
const graceMilliseconds = 2000;
const pollMilliseconds = 50;

/** The environment of the command: what every program needs, what the settings name, and the request. */
function commandEnvironment(
  settings: Command,
  request: HandOverRequest,
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  const passed = [...needed, ...(settings.env ?? [])].flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(passed), ...requestEnvironment(request) };
}

interface Ended {
  exitCode?: number | undefined;
  signal?: string | undefined;
  /** Why it could not be started. */
  fault?: string | undefined;
  stopped?: 'time limit' | 'interrupted';
}

function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/** Ends a process with all that it started: they share its process group. Windows has its own tool for that. */
async function endGroup(pid: number): Promise<void> {
  if (process.platform === 'win32') {
    const { execa } = await import('execa');
    await execa('taskkill', ['/pid', String(pid), '/t', '/f'], { reject: false, stdio: 'ignore' });
    return;
  }
  signalGroup(pid, 'SIGTERM');
  for (let waited = 0; waited < graceMilliseconds && signalGroup(pid, 0); waited += pollMilliseconds)
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  signalGroup(pid, 'SIGKILL');
}

/** Waits for something, but not for ever. */
async function within(milliseconds: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([promise, limit]);
  clearTimeout(timer);
}

async function run(
  settings: Command,
  request: HandOverRequest,
  parameters: Parameters,
  setting: HandOverSetting,
  tail: Tail,
): Promise<Ended> {
  const { execa } = await import('execa');
  const [program = '', ...args] = settings.argv;
  const child = execa(program, args, {
    cwd: setting.cwd,
    env: commandEnvironment(settings, request, setting.env),
    extendEnv: false,
    input: `${JSON.stringify(requestDocument(request, parameters))}\n`,
    buffer: false,
    reject: false,
    // A process group of its own, so that what it started can be ended with it.
    detached: true,
    cleanup: false,
  });
  child.stdout.on('data', tail.add);
  child.stderr.on('data', tail.add);
  const { pid } = child;
  const whole = child.then(({ exitCode, signal, code, originalMessage }): Ended => {
    const fault = pid === undefined ? (code ?? originalMessage ?? 'no reason given') : undefined;
    return { exitCode, signal, fault };
  });
  if (pid === undefined) return whole;

  const limit = AbortSignal.timeout((settings.timeout_seconds ?? defaultSeconds) * 1000);
  const giveUp = setting.signal ? AbortSignal.any([limit, setting.signal]) : limit;
  let over = false;
  const ended = new Promise<Ended>((resolve) => {
    child.once('exit', (exitCode, signal) => {
      if (giveUp.aborted) return;
      over = true;
      const end = { exitCode: exitCode ?? undefined, signal: signal ?? undefined };
      // What the program leaves running keeps its output open; that is no reason to wait for it.
      void within(graceMilliseconds, whole).then(() => resolve(end));
    });
  });
  const stopped = new Promise<Ended>((resolve) => {
    const stop = (): void => {
      if (over) return;
      void endGroup(pid).then(() => resolve({ stopped: limit.aborted ? 'time limit' : 'interrupted' }));
    };
    if (giveUp.aborted) stop();
    else giveUp.addEventListener('abort', stop, { once: true });
  });
  const endWithMlc = (): void => void signalGroup(pid, 'SIGKILL');
  process.once('exit', endWithMlc);
  try {
    return await Promise.race([ended, stopped]);
  } finally {
    process.removeListener('exit', endWithMlc);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

function startFault(program: string, fault: string): string {
  if (fault === 'ENOENT')
    return `there is no program ${program}; check argv in model.yaml, PATH, and the folder`;
  if (fault === 'EACCES') return `${program} may not be run; make it executable`;
  return `${program} could not be started (${fault})`;
}

function outcomeOf(program: string, settings: Command, end: Ended): HandOverOutcome {
  if (end.fault !== undefined) return refused(startFault(program, end.fault));
  if (end.stopped === 'time limit')
    return unknown(
      `${program} was ended after ${settings.timeout_seconds ?? defaultSeconds} s with all that it started; see how far it came, then hand it over again`,
    );
  if (end.stopped === 'interrupted' || end.signal !== undefined)
    return unknown(
      `${program} was ended${end.signal === undefined ? '' : ` by ${end.signal}`}; see how far it came, then hand it over again`,
    );
  if (end.exitCode === 0) return { outcome: 'accepted', detail: `${program} ended with exit code 0` };
  return refused(`${program} ended with exit code ${end.exitCode ?? 'none'}`);
}

/**
 * Runs the command and waits for it. Exit code 0 accepts the request; any other refuses it; a signal or the time limit
 * leaves it unknown. `secrets` are kept out of the output.
 */
export async function runCommand(
  settings: Command,
  request: HandOverRequest,
  parameters: Parameters,
  setting: HandOverSetting,
  secrets: readonly Secret[],
): Promise<HandOverOutcome> {
  const tail = tailOf();
  const end = await run(settings, request, parameters, setting, tail);
  return {
    ...outcomeOf(oneLine(settings.argv[0] ?? '', 200), settings, end),
    output: lastOf(tail, secrets),
  };
}
