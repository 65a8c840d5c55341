// run(argv, context) → exit code. The one place where anything that goes wrong is caught and told.
import path from 'node:path';
import type { Answer, Session } from './commands/command.js';
import type { Context } from './context.js';
import { Failure, usage } from './errors.js';
import { damageIn } from './git/damage.js';
import { GitError } from './git/run.js';
import { escapeText } from './lifecycle/escape.js';
import type { Warning } from './lifecycle/problems.js';
import { type Manner, print, questioner, showProgress, styleFor, talk } from './output.js';
import { commandTable } from './command-table.js';
import { type Call, type HelpText, completeCall, readCommandLine } from './program.js';
import { readySchemas } from './registry/schema-problems.js';
import { answerVersion } from './version.js';
import { failureView, problemView, warningView } from './views/problems.js';

/** The exit code of a bug in mlc. */
const bug = 70;

/** How to talk, read from the raw words: an error in the command line itself has to be told in the right way too. */
function mannerOf(argv: readonly string[]): Manner & { debug: boolean } {
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  return {
    json: words.includes('--json'),
    quiet: words.includes('--quiet'),
    color: !words.includes('--no-color'),
    debug: words.includes('--debug'),
  };
}

function sessionFor(
  context: Context,
  globals: Record<string, unknown>,
  manner: Manner,
  warnings: Warning[],
  ask: Session['ask'],
): Session {
  const folder = globals.registry ?? context.env.MLC_REGISTRY;
  const cwd = typeof globals.C === 'string' ? path.resolve(context.cwd, globals.C) : context.cwd;
  return {
    cwd,
    env: context.env,
    request: {
      cwd,
      env: context.env,
      folder: typeof folder === 'string' && folder !== '' ? folder : undefined,
    },
    ask,
    progress: (text, work) => showProgress(context, manner, text, work),
    note: (warning) => warnings.push(warning),
    commands: commandTable,
  };
}

/** What was noted on the way belongs to the answer too. */
function withWarnings(json: unknown, noted: readonly Warning[]): unknown {
  if (noted.length === 0 || typeof json !== 'object' || json === null) return json;
  const { warnings = [] } = json as { warnings?: readonly Warning[] };
  return { ...json, warnings: [...warnings, ...noted] };
}

/** JSON leaves most control and reordering characters as they are, and a person may look at it on a terminal. */
function jsonText(data: unknown): string {
  return escapeText(JSON.stringify(data, null, 2));
}

async function printAnswer(
  answer: Answer,
  context: Context,
  manner: Manner,
  warnings: readonly Warning[],
): Promise<void> {
  if (manner.json) {
    print(context, jsonText(withWarnings(answer.json, warnings)));
    return;
  }
  print(context, answer.view(await styleFor(context.stdout, context, manner)));
  if (manner.quiet) return;
  const style = await styleFor(context.stderr, context, manner);
  const said = [
    ...(answer.problems ?? []).map((problem) => problemView(problem, style)),
    ...[...warnings, ...(answer.warnings ?? [])].map((warning) => warningView(warning, style)),
    ...(style.interactive && answer.next?.length
      ? ['', style.quiet('Next:'), ...answer.next.map((command) => `  ${command}`)]
      : []),
  ];
  talk(context, said.join('\n'));
}

function printHelp(call: HelpText, context: Context, manner: Manner): number {
  print(context, manner.json ? jsonText({ help: call.help }) : call.help);
  return 0;
}

async function runCall(
  call: Call,
  globals: Record<string, unknown>,
  context: Context,
  manner: Manner,
): Promise<number> {
  const warnings: Warning[] = [];
  const { ask, close } = questioner(context, manner);
  try {
    const session = sessionFor(context, globals, manner, warnings, ask);
    if (call.command.commits) readySchemas(['config', 'model', 'gate', 'version']).catch(() => undefined);
    const input = await completeCall(call, session);
    const answer = await call.command.run(session, input);
    await printAnswer(answer, context, manner, warnings);
    return answer.exitCode ?? 0;
  } finally {
    close();
  }
}

const systemFaults: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'a file may not grow that large here',
  EMFILE: 'too many open files',
  EIO: 'the disk failed',
};

/** What was thrown, as a failure that can be told; undefined for a bug. */
function expected(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error;
  if (error instanceof GitError) {
    if (/from promisor remote/.test(error.stderr))
      return usage(
        'git/partial',
        'this is a partial clone, and an object that was asked for is not in it; a read fetches nothing',
        'fetch the rest once: git fetch --refetch --no-filter',
      );
    const damage = damageIn(error.stderr);
    if (damage) return damage;
    const fault = Object.entries({
      'No space left on device': 'ENOSPC',
      'Read-only file system': 'EROFS',
      'Permission denied': 'EACCES',
      'Disk quota exceeded': 'EDQUOT',
      'File too large': 'EFBIG',
    }).find(([said]) => error.stderr.includes(said));
    const hint = fault ? systemFaults[fault[1]] : 'run it again with --debug for more';
    return usage(
      'git/failed',
      `git ${error.args[0] ?? ''} failed: ${error.stderr.trim() || `exit code ${error.exitCode}`}`,
      hint,
    );
  }
  const { code, path: file } = error as NodeJS.ErrnoException;
  const fault = code === undefined ? undefined : systemFaults[code];
  return fault === undefined
    ? undefined
    : usage(
        `system/${code?.toLowerCase()}`,
        `${fault}${file ? `: ${file}` : ''}, and nothing was changed`,
        'mend that, and run the command again',
      );
}

async function printFailure(
  error: unknown,
  context: Context,
  manner: Manner & { debug: boolean },
): Promise<number> {
  const failure = expected(error);
  const thrown = error instanceof Error ? error : new Error(String(error));
  const code = failure?.code ?? 'internal/bug';
  const message = failure?.message ?? `this is a bug in mlc: ${thrown.message}`;
  const hint = failure ? failure.hint : 'please report it with the command and the text above';
  const problems = failure?.problems ?? [];
  if (manner.json) {
    print(context, jsonText({ error: { code, message, ...(hint === undefined ? {} : { hint }), problems } }));
  }
  const style = await styleFor(context.stderr, context, manner);
  if (!manner.json) talk(context, failureView({ message, hint, problems }, style));
  if (!failure || manner.debug) talk(context, escapeText(thrown.stack ?? ''));
  return failure?.exitCode ?? bug;
}

/** Runs one command line and answers the exit code. Throws nothing. */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  const manner = mannerOf(argv);
  try {
    if (await answerVersion(argv, context)) return 0;
    const { call, globals } = await readCommandLine(argv, context.stdout.columns ?? 100);
    return 'help' in call ? printHelp(call, context, manner) : await runCall(call, globals, context, manner);
  } catch (error) {
    return printFailure(error, context, manner);
  }
}
