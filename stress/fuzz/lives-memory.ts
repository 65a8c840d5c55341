// The same lives without git: the pure operations of src/lifecycle against the reference, thousands in seconds.
import { check, property } from 'fast-check';
import type { Model } from '../../src/generated/types.js';
import { carriedOut } from '../../src/lifecycle/carried-out.js';
import type { Circumstance, Decision, ModelState } from '../../src/lifecycle/decisions.js';
import { approve, reject } from '../../src/lifecycle/operations/approve.js';
import { deploy } from '../../src/lifecycle/operations/deploy.js';
import { deprecate, reinstate } from '../../src/lifecycle/operations/deprecate.js';
import { hold, release } from '../../src/lifecycle/operations/hold.js';
import { ramp } from '../../src/lifecycle/operations/ramp.js';
import { register } from '../../src/lifecycle/operations/register.js';
import { retire } from '../../src/lifecycle/operations/retire.js';
import { review } from '../../src/lifecycle/operations/review.js';
import { rollback } from '../../src/lifecycle/operations/rollback.js';
import { flattenResults } from '../../src/lifecycle/results.js';
import { selectVersion } from '../../src/lifecycle/versions.js';
import { type Answer, type Tally, Disagreement, compareAnswer, countQuestion, tally } from './lives-play.js';
import { emptyModel, gateWith, moment, retirementOf, submissionOf } from './lives-records.js';
import { type Question, type Step, lives, questionOf } from './lives-steps.js';
import { model } from './lives-words.js';
import { birth, settings } from './lives-world.js';
import { emptyState, judge } from './reference.js';
import type { Edit, Transition } from './reference-operations.js';
import { type Rules, type State, environments, exitOf } from './reference-state.js';

function decide(
  state: ModelState,
  asked: Transition,
  gateCommittedAt: number,
  who: Circumstance,
): Decision | string {
  if (asked.kind === 'register') {
    const results = flattenResults({
      ...(asked.accuracy === null ? {} : { accuracy: asked.accuracy / 10_000 }),
      evaluation_dataset: 'golden@v1',
    });
    const times = { gateDigest: 'a'.repeat(64), gateCommittedAt: moment(gateCommittedAt) };
    const input = { submission: submissionOf(asked), bumpFrom: asked.bumpFrom, results, evidence: [] };
    return register(state, { ...input, ...times }, who);
  }
  if (asked.kind === 'rollback') return rollback(state, { env: asked.env }, who);
  const version = selectVersion(model, asked.version, state.versions, environments);
  if ('code' in version) return version.code;
  switch (asked.kind) {
    case 'approve':
      return approve(state, { version }, who);
    case 'reject':
      return reject(state, { version, comment: asked.reason }, who);
    case 'deploy':
      return deploy(state, { ...asked, version, trafficPct: asked.traffic, mirrorPct: asked.mirror }, who);
    case 'ramp':
      return ramp(state, { version, env: asked.env, trafficPct: asked.traffic }, who);
    case 'review':
      return review(state, { version, until: asked.until, reason: asked.reason }, who);
    case 'reinstate':
      return reinstate(state, { version, reason: asked.reason }, who);
    case 'hold':
      return hold(state, { version, kind: asked.hold, reason: asked.reason }, who);
    case 'release':
      return release(state, { version, kind: asked.hold, reason: asked.reason }, who);
    case 'deprecate': {
      const { until: noticeEnds, successor, without: noSuccessorReason } = asked;
      return deprecate(state, { version, noticeEnds, successor, noSuccessorReason }, who);
    }
    case 'retire':
      return retire(state, retirementOf(asked, version), who);
  }
}

function answerOf(decision: Decision | string, dry: boolean): { code: number; answer: Answer } {
  if (typeof decision === 'string' || decision.kind === 'refused') {
    const problems = typeof decision === 'string' ? [] : decision.problems;
    const code = typeof decision === 'string' ? decision : decision.code;
    const told = problems.length > 0 ? problems.map((problem) => problem.code) : [code];
    // Exit codes are the command line's: here they are right by definition.
    return { code: exitOf(told), answer: { error: { code, message: '', problems: [...problems] } } };
  }
  if (decision.kind === 'unchanged') {
    const { operation, version, status } = decision;
    return { code: 0, answer: { operation, model, version, to: status, outcome: 'unchanged' } };
  }
  const { plan } = decision;
  const outcome = dry ? 'planned' : 'done';
  return { code: 0, answer: { ...plan, ...plan.answer, warnings: [...plan.warnings], outcome } };
}

function edited(state: ModelState, asked: Edit, after: State): ModelState {
  if (asked.kind === 'regate') return { ...state, gate: gateWith(asked.floor) };
  const consumers: Model['consumers'] = Object.entries(after.pins).map(([name, version]) => ({
    name,
    kind: 'service',
    pinned_version: version,
  }));
  return { ...state, model: { ...state.model, consumers } };
}

/** Two tellings of one model. */
interface Both {
  state: State;
  records: ModelState;
  clock: number;
}

function askBoth({ state, records }: Both, { asked, who, dry }: Question, counts: Tally): Both {
  const { expected, next } = judge(state, asked, who);
  countQuestion(counts, { asked, who, dry }, expected);
  if (asked.kind === 'pin' || asked.kind === 'regate')
    return { state: next, records: edited(records, asked, next), clock: who.at };
  const actor = `${who.by} <${who.by}@example.com>`;
  const decision = decide(records, asked, state.gate.committedAt, { actor, now: moment(who.at) });
  const { code, answer } = answerOf(decision, dry);
  compareAnswer(expected, { asked, who, dry }, code, answer);
  if (dry || typeof decision === 'string' || decision.kind !== 'plan')
    return { state: dry ? state : next, records, clock: who.at };
  return { state: next, records: carriedOut(records, decision.plan), clock: who.at };
}

/** Plays steps in memory. Throws where an operation and the reference disagree. */
function playInMemory(rules: Rules, steps: readonly Step[], counts: Tally): void {
  const state = emptyState(rules, { floor: 9000, committedAt: birth });
  let both: Both = { state, records: emptyModel(rules), clock: birth + 3_600_000 };
  const trace: string[] = [];
  for (const step of steps) {
    const question = questionOf(both.state, step, both.clock);
    trace.push(`${moment(question.who.at)} ${question.who.by}: ${JSON.stringify(question.asked)}`);
    try {
      both = askBoth(both, question, counts);
    } catch (error) {
      if (!(error instanceof Disagreement)) throw error;
      throw new Disagreement(`${error.message}\n  ${trace.join('\n  ')}`);
    }
  }
}

/** Lives so many lives in memory. Answers nothing, or what is wrong: the shortest life that fast-check found to show it. */
export function liveInMemory(seed: number, count: number, counts: Tally): string | undefined {
  const all = property(lives(settings.length), ({ rules, steps }) => {
    playInMemory((settings[rules] as (typeof settings)[number]).rules, steps, counts);
  });
  const result = check(all, { seed, numRuns: count });
  tally(counts, 'sequences in memory', result.numRuns);
  if (!result.failed) return undefined;
  const { errorInstance: error } = result;
  return [
    `A life in memory differs from the reference (after ${result.numRuns}, shortened ${result.numShrinks} times):`,
    error instanceof Disagreement ? error.message : error instanceof Error ? error.stack : String(error),
    `fast-check: seed ${result.seed}, path ${result.counterexamplePath ?? ''}`,
    `again: npm run fuzz -- --seed ${seed} --inputs 0 --sequences 1`,
  ].join('\n');
}
