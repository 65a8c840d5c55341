// What the reference knows of one model: written from the rules in prose, and sharing no code with what it is held against.

export type Stage = 'registered' | 'approved' | 'deployed' | 'deprecated' | 'retired' | 'rejected';
export type Change = 'architecture' | 'retraining' | 'configuration';
export type Pattern = 'shadow' | 'canary' | 'blue-green' | 'ab';
export type HoldKind = 'legal' | 'incident';

export const environments = ['production', 'staging'] as const;

/** What a training was made from. */
export interface Inputs {
  dataset: string;
  commit: string;
  seed: number;
  depth: number;
  architecture: string;
  startedAt: number;
}

export interface Artifact {
  kind: 'weights' | 'prompt';
  /** What the digest is of. */
  content: string;
}

/** Hundredths of a percent, so that sums are exact. */
export interface Share {
  version: string;
  live: number;
  mirror: number;
}

/** One version, from its registration to its end. */
export interface Life {
  version: string;
  change: Change;
  /** Whether the number is one that a MAJOR bump gives. */
  major: boolean;
  registeredBy: string;
  inputs: Partial<Inputs>;
  artifacts: Artifact[];
  /** Ten-thousandths. */
  accuracy: number;
  stage: Stage;
  approvals: string[];
  /** The deprecation target, as a day. */
  target: string;
  notice: { ends: string; successor: string | null } | null;
  holds: HoldKind[];
  shadows: { env: string; from: number; until: number | null }[];
}

/** What a registry's policy says, and a model's risk class. */
export interface Rules {
  risk: 'limited' | 'high';
  approvals: number;
  approvers: readonly string[];
  /** Percent. */
  canary: readonly [number, number];
  shadowDays: number;
  noticeDays: number;
  reviewMonths: number;
  /** Years by kind; a kind that no rule names is left out. */
  retention: { weights?: number; training_data?: number };
}

/** One accepted transition, as the history has to show it. */
interface LogEntry {
  operation: string;
  version: string;
  from: Stage | null;
  to: Stage;
  environment: string | null;
  actor: string;
}

export interface State {
  rules: Rules;
  gate: { floor: number; committedAt: number };
  /** In the order of registration. */
  lives: Life[];
  /** Every split that an environment had and still can go back to; the last is the present one. */
  splits: Record<string, Share[][]>;
  pins: Record<string, string>;
  log: LogEntry[];
}

/** What the program has to answer. */
export type Expected =
  | {
      outcome: 'done';
      version: string;
      from: Stage | null;
      to: Stage;
      split?: Share[];
      warnings?: Record<string, boolean>;
    }
  | { outcome: 'unchanged'; version: string; to: Stage }
  | { outcome: 'edited' }
  /** Every code of `must` has to be told, and none but those and `may`. */
  | { outcome: 'refused'; must: string[]; may: string[] };

export interface Judgement {
  expected: Expected;
  next: State;
}

const dayLength = 86_400_000;

export const days = (count: number): number => count * dayLength;

/** `2026-03-01` of a moment. */
export function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export function dayAfter(at: number, count: number): string {
  return day(at + days(count));
}

/** The same day some months later, or the last of a shorter month. */
export function monthsLater(at: number, months: number): string {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return day(Date.UTC(year, month, Math.min(last, date.getUTCDate())));
}

export function isFinal(life: Life): boolean {
  return life.stage === 'retired' || life.stage === 'rejected';
}

const parts = (version: string): [number, number, number] =>
  version.split('.').map(Number) as [number, number, number];

/** Older numbers first. */
export function byNumber(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** The newest of some versions. */
export function newest(lives: readonly Life[]): Life | undefined {
  return [...lives].sort((a, b) => byNumber(b.version, a.version))[0];
}

/** The present split of an environment, most live traffic first, then older numbers. */
export function splitOf(state: State, env: string): Share[] {
  return ordered(state.splits[env]?.at(-1) ?? []);
}

export function ordered(split: readonly Share[]): Share[] {
  return [...split].sort((a, b) => b.live - a.live || byNumber(a.version, b.version));
}

/** Whether a version is anywhere, live or in shadow. */
export function servesAnywhere(state: State, version: string): boolean {
  return environments.some((env) => splitOf(state, env).some((share) => share.version === version));
}

/** What a version is named by: a number, `latest`, or an environment. A text is the code of the refusal. */
export function select(state: State, selector: string): Life | string {
  const exact = state.lives.find((life) => life.version === selector);
  if (exact) return exact;
  if (state.lives.length === 0) return 'address/no-versions';
  if (selector === 'latest')
    return newest(state.lives.filter((life) => !isFinal(life))) ?? 'address/no-latest';
  if ((environments as readonly string[]).includes(selector)) {
    const [first, second] = splitOf(state, selector).filter((share) => share.live > 0);
    if (!first) return 'address/not-serving';
    if (second?.live === first.live) return 'address/ambiguous';
    return state.lives.find((life) => life.version === first.version) as Life;
  }
  return /^\d+\.\d+\.\d+$/.test(selector) ? 'address/unknown-version' : 'address/unknown-selector';
}

/** Codes of problems of the question: what is missing, malformed, or names what is not there. */
const questions =
  /^(input\/|address\/|date\/form$|register\/unknown-parent$|deploy\/unknown-environment$|deprecate\/unknown-successor$|retire\/unknown-consumer$)/;

/** The exit code of a refusal: 2 where the question could not be put, 1 where the answer is no. */
export function exitOf(codes: readonly string[]): number {
  return codes.every((code) => questions.test(code)) ? 2 : 1;
}
