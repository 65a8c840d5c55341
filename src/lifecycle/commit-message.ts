// The message of a transition's commit: a subject, the reason, and trailers that history and audit read.
import type { Plan } from './decisions.js';
import { escapeLine, escapeText } from './escape.js';

/** What a commit says of its transition, by name of the trailer without `Mlc-`. */
export interface TransitionTrailers {
  operation: string;
  model?: string;
  version?: string;
  from?: string;
  to?: string;
  actor: string;
  transaction: string;
  environment?: string;
  supersedes?: string[];
  evidence?: string[];
}

const order = [
  ['Operation', 'operation'],
  ['Model', 'model'],
  ['Version', 'version'],
  ['From', 'from'],
  ['To', 'to'],
  ['Environment', 'environment'],
  ['Supersedes', 'supersedes'],
  ['Evidence', 'evidence'],
  ['Actor', 'actor'],
  ['Transaction', 'transaction'],
] as const;

/** A reason as the body of a message. No line of it can be taken for a trailer: those stand in a paragraph of their own. */
function bodyOf(reason: string | undefined): string {
  if (!reason?.trim()) return '';
  const lines = escapeText(reason.trim()).split('\n');
  // Tools stop at a line of dashes (a patch begins) or at a cut line, and would miss the trailers behind it.
  return `\n${lines.map((line) => (/^---|^# -+ >8 -+/.test(line) ? ` ${line}` : line).trimEnd()).join('\n')}\n`;
}

/** The whole message. */
export function formatMessage(
  subject: string,
  reason: string | undefined,
  trailers: TransitionTrailers,
): string {
  const lines = order.flatMap(([name, key]) => {
    const value = trailers[key];
    const text = Array.isArray(value) ? value.join(', ') : value;
    return text === undefined || text === '' ? [] : [`Mlc-${name}: ${escapeLine(text)}`];
  });
  return `${escapeLine(subject)}\n${bodyOf(reason)}\n${lines.join('\n')}\n`;
}

/** What a plan is about: a version, or the model as a whole. */
export function addressOf({ model, version }: Pick<Plan, 'model' | 'version'>): string {
  return version === null ? model : `${model}@${version}`;
}

/** The subject of a plan's commit. */
export function subjectOf(plan: Plan): string {
  return `${plan.operation}(${addressOf(plan)}): ${plan.summary}`;
}

/** The trailers of a plan's commit. */
export function trailersOf(plan: Plan, actor: string, transaction: string): TransitionTrailers {
  return {
    operation: plan.operation,
    model: plan.model,
    ...(plan.version === null
      ? {}
      : { version: plan.version, from: plan.from ?? 'none', to: plan.to ?? 'none' }),
    actor,
    transaction,
    ...(plan.environment === undefined ? {} : { environment: plan.environment }),
    ...(plan.supersedes?.length ? { supersedes: [...plan.supersedes] } : {}),
    ...(plan.evidence?.length ? { evidence: plan.evidence.map((digest) => `sha256:${digest}`) } : {}),
  };
}

const trailerLine = /^([A-Za-z][A-Za-z0-9-]*): ?(.*)$/;

/** Reads one paragraph as trailers. A line that is none, or a name that stands twice, makes it no transition's. */
function readBlock(lines: readonly string[]): TransitionTrailers | undefined {
  const found = new Map<string, string>();
  for (const line of lines) {
    const match = trailerLine.exec(line);
    if (!match?.[1]) return undefined;
    if (!match[1].startsWith('Mlc-')) continue;
    if (found.has(match[1])) return undefined;
    found.set(match[1], match[2] ?? '');
  }
  const [operation, actor, transaction] = ['Mlc-Operation', 'Mlc-Actor', 'Mlc-Transaction'].map((name) =>
    found.get(name),
  );
  if (!operation || !actor || !transaction) return undefined;
  const trailers: TransitionTrailers = { operation, actor, transaction };
  for (const key of ['model', 'version', 'from', 'to', 'environment'] as const) {
    const value = found.get(`Mlc-${key[0]?.toUpperCase()}${key.slice(1)}`);
    if (value !== undefined) trailers[key] = value;
  }
  for (const key of ['supersedes', 'evidence'] as const) {
    const value = found.get(`Mlc-${key[0]?.toUpperCase()}${key.slice(1)}`);
    if (value !== undefined) trailers[key] = value.split(', ');
  }
  return trailers;
}

function paragraphsOf(message: string): string[] {
  return message.trimEnd().split(/\n[ \t]*\n/);
}

/**
 * Reads the trailers of a message: those of its last paragraph, and only where every line of it is a trailer. A name
 * that stands twice makes the message no transition.
 */
export function parseTrailers(message: string): TransitionTrailers | undefined {
  return readBlock((paragraphsOf(message).at(-1) ?? '').split('\n'));
}

/** Every paragraph of a message that is a transition's trailers, indented or not, as a squash leaves the messages of its commits. */
export function parseTrailerBlocks(message: string): TransitionTrailers[] {
  return paragraphsOf(message).flatMap((paragraph) => {
    const lines = paragraph.split('\n').filter((line) => line.trim() !== '');
    return readBlock(lines.map((line) => line.trim())) ?? [];
  });
}

/** The reason in a message's body: what stands between subject and trailers. */
export function reasonOf(body: string): string {
  const paragraphs = paragraphsOf(body);
  return paragraphs.slice(0, -1).join('\n\n').trim();
}
