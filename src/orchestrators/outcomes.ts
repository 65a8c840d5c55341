// From an orchestrator's answer to what became of a hand-over.
import { escapeLine } from '../lifecycle/escape.js';
import type { HandOverOutcome } from './hand-over.js';

/** What came of one request over the network. */
export type Reply =
  | { kind: 'answer'; status: number; json: unknown; said: string; location?: string | undefined }
  /** It did not leave this machine. */
  | { kind: 'not-sent'; why: string }
  /** It may have arrived. */
  | { kind: 'lost'; why: string };

/** An answer of the other side. */
export type Answer = Extract<Reply, { kind: 'answer' }>;

/** One line of at most so many characters, safe to show. */
export function oneLine(text: string, maximum = 500): string {
  const line = escapeLine(text).replace(/\s+/g, ' ').trim();
  const cut = line.length <= maximum ? line : `${line.slice(0, maximum - 1)}…`;
  // Half a character, from the other side or from cutting, could not be written to a file.
  return cut.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** It was surely not started. */
export function refused(detail: string): HandOverOutcome {
  return { outcome: 'refused', detail };
}

/** It may or may not have been started. */
export function unknown(detail: string): HandOverOutcome {
  return { outcome: 'unknown', detail };
}

/** The fields of a JSON object; none of anything else. */
export function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
}

/** A field that is text or a number, as text; undefined where it is neither or empty. */
export function textField(json: unknown, name: string): string | undefined {
  const value = fieldsOf(json)[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The way out for an answer by its status, beside what everybody is told. */
export type NextSteps = Readonly<Partial<Record<number, string>>>;

const commonSteps: NextSteps = {
  401: 'check that the credential is set to one that is still valid',
  403: 'check that the credential may do this',
  404: 'check the address and the names in model.yaml',
  429: 'wait a while and hand it over again',
};

function sentence(who: string, { status, said }: Answer): string {
  return said === '' ? `${who} answered ${status}` : `${who} answered ${status}: ${said}`;
}

/** Why an answer is a no; undefined where it is none. */
function refusalOf(who: string, answer: Answer, next: NextSteps): string | undefined {
  const { status } = answer;
  if (status >= 300 && status < 400) {
    const where = answer.location === undefined ? '' : ` to ${answer.location}`;
    return `${who} answered ${status}, a redirect${where}, which is not followed; put the address that answers into model.yaml`;
  }
  if (status < 400 || status >= 500 || status === 408) return undefined;
  const step = next[status] ?? commonSteps[status] ?? 'check retraining.hand_over in model.yaml';
  return `${sentence(who, answer)}; ${step}`;
}

/** What an answer to the request that starts the run means; `accept` reads one that says yes. */
export function judge(
  who: string,
  reply: Reply,
  accept: (answer: Answer) => HandOverOutcome | undefined,
  next: NextSteps = {},
): HandOverOutcome {
  if (reply.kind === 'not-sent') return refused(`nothing was sent to ${who}: ${reply.why}`);
  if (reply.kind === 'lost')
    return unknown(`${who} may have it or not: ${reply.why}; hand it over again to find out`);
  const refusal = refusalOf(who, reply, next);
  if (refusal !== undefined) return refused(refusal);
  if (reply.status >= 200 && reply.status < 300) {
    const accepted = accept(reply);
    return (
      accepted ??
      unknown(
        `${who} answered ${reply.status}, but not as ${who} does; check that the address in model.yaml is its own`,
      )
    );
  }
  return unknown(`${sentence(who, reply)}; it may have it or not: hand it over again to find out`);
}

/** What was found by a request that changes nothing: its answer, or why there is none. */
export function lookedUp(who: string, reply: Reply, next: NextSteps = {}): Answer | string {
  if (reply.kind !== 'answer') return `${who} could not be asked: ${reply.why}`;
  if (reply.status >= 200 && reply.status < 300) return reply;
  return refusalOf(who, reply, next) ?? sentence(who, reply);
}
