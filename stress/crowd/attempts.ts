// What every writer asked for, and what it was told: the account that history is held against at the end.
import { type Ended, start } from './program.js';
import type { Wish } from './mixture.js';

/** One transition that was asked for. */
export interface Attempt {
  token: string;
  operation: string;
  model: string;
  /** The whole command, to be looked at where something is wrong. */
  command: string;
  code: number | null;
  /** The commit that was told; null where nothing was to be done, or it was refused. */
  commit: string | null;
  transaction: string | null;
  version: string | null;
  pushed: boolean;
  /** Codes of warnings. */
  warnings: string[];
  /** The code of the refusal. */
  refusal: string | null;
  /** Everything that was said. */
  said: string;
  took: number;
}

interface Answer {
  commit: string | null;
  transaction?: string;
  version: string | null;
  pushed: boolean;
  warnings: { code: string }[];
}

function read(ended: Ended, command: string): Partial<Answer> & { error?: { code: string } } {
  try {
    return JSON.parse(ended.stdout) as Answer;
  } catch {
    throw new Error(
      `${command} exited ${ended.code} without one JSON document: ${ended.stdout}${ended.stderr}`,
    );
  }
}

/** Asks for one transition, in a process of its own. */
export async function attempt(
  program: string,
  folder: string,
  token: string,
  wish: Wish,
  flags: readonly string[],
): Promise<Attempt> {
  const words = [...wish.args, ...flags, '--json'];
  const command = `mlc ${words.join(' ')}`;
  const ended = await start(process.execPath, [program, ...words], folder, wish.person);
  const answer = read(ended, command);
  const done = { token, operation: wish.operation, model: wish.model, command, took: ended.took };
  if (ended.code !== 0 && ended.code !== 1 && ended.code !== 2)
    throw new Error(`${command} exited ${ended.code}: ${ended.stdout}${ended.stderr}`);
  if ((ended.code === 0) !== (answer.error === undefined))
    throw new Error(`${command} exited ${ended.code}, and answered ${ended.stdout}`);
  return {
    ...done,
    code: ended.code,
    commit: answer.commit ?? null,
    transaction: answer.transaction ?? null,
    version: answer.version ?? null,
    pushed: answer.pushed ?? false,
    warnings: (answer.warnings ?? []).map(({ code }) => code),
    refusal: answer.error?.code ?? null,
    said: `${ended.stdout}${ended.stderr}`,
  };
}

// Refusals that are about the machinery and not about the rules.
const gaveUp = new Set(['git/contended', 'git/index-locked', 'push/rejected', 'push/diverged']);

/** Whether a writer gave up because others were faster. */
export function hasGivenUp({ refusal }: Attempt): boolean {
  return refusal !== null && gaveUp.has(refusal);
}

// What a rule may answer to a writer that was too late, or that asked for what does not suit the version.
const byRule =
  /^(register|approve|reject|review|deploy|ramp|rollback|monitor|deprecate|reinstate|retire|hold|release|event|traffic|status|version|policy|approval|rollout|gate|shadow|pattern|environment)\//;

/** Whether a rule refused. */
export function isRuled({ refusal }: Attempt): boolean {
  return refusal !== null && byRule.test(refusal);
}
