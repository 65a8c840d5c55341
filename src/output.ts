// The one file that talks to the terminal: what is printed, coloured, asked, and shown while work goes on.
import type { Context, TextSink } from './context.js';
import { Failure } from './errors.js';
import type { Ask, Question } from './commands/command.js';
import { type Style, plainStyle } from './views/style.js';

/** How a person wants to be talked to. */
export interface Manner {
  json: boolean;
  quiet: boolean;
  color: boolean;
}

function isTerminal(sink: TextSink, env: NodeJS.ProcessEnv): boolean {
  return sink.isTTY === true && env.TERM !== 'dumb';
}

/** The style of one stream: coloured and fitted on a terminal, plain off it, where nothing is loaded for it. */
export async function styleFor(sink: TextSink, context: Context, manner: Manner): Promise<Style> {
  if (!isTerminal(sink, context.env)) return plainStyle;
  const { default: columnsOf } = await import('string-width');
  const base = {
    // A terminal that does not know its width says 0.
    width: sink.columns || 80,
    columnsOf: (text: string) => columnsOf(text),
    interactive: true,
  };
  if (!manner.color || context.env.NO_COLOR) return { ...plainStyle, ...base };
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return {
    ...base,
    strong: (text) => chalk.bold(text),
    quiet: (text) => chalk.dim(text),
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    warn: (text) => chalk.yellow(text),
    accent: (text) => chalk.cyan(text),
  };
}

/** Prints the answer. */
export function print(context: Context, text: string): void {
  if (text !== '') context.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Says something beside the answer. */
export function talk(context: Context, text: string): void {
  if (text !== '') context.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Whether there is a person to ask. */
function canAsk(context: Context, manner: Manner): boolean {
  return (
    !manner.json && context.stdin.isTTY === true && isTerminal(context.stderr, context.env) && !context.env.CI
  );
}

/** Someone to ask, until the questions are over. */
export interface Questioner {
  /** Undefined where nobody can be asked. */
  ask: Ask | undefined;
  close: () => void;
}

/**
 * Asks on the terminal, on stderr, so that the answer on stdout stays clean. One reader serves all questions, so that
 * lines typed ahead of them are not lost.
 */
export function questioner(context: Context, manner: Manner): Questioner {
  if (!canAsk(context, manner)) return { ask: undefined, close: () => undefined };
  let reader: { lines: AsyncIterator<string>; close: () => void } | undefined;
  const nextLine = async (): Promise<string> => {
    if (!reader) {
      const { createInterface } = await import('node:readline');
      const opened = createInterface({ input: context.stdin, terminal: false });
      reader = { lines: opened[Symbol.asyncIterator](), close: () => opened.close() };
    }
    const line = await reader.lines.next();
    if (line.done) throw new Failure({ code: 'interrupted', message: 'interrupted', exitCode: 130 });
    return line.value.trim();
  };
  const ask = async (question: Question): Promise<string> => {
    const choices = question.choices ? ` (${question.choices.join(', ')})` : '';
    for (;;) {
      context.stderr.write(`${question.text}${choices}: `);
      const answer = await nextLine();
      if (answer !== '' && (!question.choices || question.choices.includes(answer))) return answer;
    }
  };
  return { ask, close: () => reader?.close() };
}

/** Shows that long work goes on. Off a terminal, or when quiet, it shows nothing. */
export async function showProgress<T>(
  context: Context,
  manner: Manner,
  text: string,
  work: (update: (text: string) => void) => Promise<T>,
): Promise<T> {
  if (manner.quiet || manner.json || !isTerminal(context.stderr, context.env)) return work(() => undefined);
  let spinner: { text: string; stop: () => unknown } | undefined;
  let shown = text;
  let over = false;
  // Most work is over before a spinner would be seen; ora is loaded only when it is not.
  const timer = setTimeout(() => {
    void import('ora').then(({ default: ora }) => {
      if (!over) spinner = ora({ text: shown, stream: process.stderr }).start();
    });
  }, 300);
  try {
    return await work((update) => {
      shown = update;
      if (spinner) spinner.text = update;
    });
  } finally {
    over = true;
    clearTimeout(timer);
    spinner?.stop();
  }
}
