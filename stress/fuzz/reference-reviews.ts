// The reference's rules of reviews, holds, notices and taking them back.
import type { Asked, Deprecate, Simple } from './reference-operations.js';
import {
  type Judgement,
  type Life,
  type Stage,
  type State,
  day,
  dayAfter,
  servesAnywhere,
} from './reference-state.js';

/** The codes against an operation that starts from certain stages alone. */
export function unlessIn(life: Life, ...stages: Stage[]): string[] {
  return stages.includes(life.stage) ? [] : ['status/not-allowed'];
}

export function needsReason(reason: string | undefined): string[] {
  return reason === undefined ? ['reason/missing'] : [];
}

/** A refusal with codes, or the life as it is afterwards. */
export function settle(
  state: State,
  life: Life,
  codes: { must: string[]; may?: string[] },
  changed: Partial<Life>,
): Judgement {
  if (codes.must.length > 0)
    return { expected: { outcome: 'refused', must: codes.must, may: codes.may ?? [] }, next: state };
  const after = { ...life, ...changed };
  return {
    expected: { outcome: 'done', version: life.version, from: life.stage, to: after.stage },
    next: { ...state, lives: state.lives.map((other) => (other === life ? after : other)) },
  };
}

function reviewerCodes(state: State, life: Life, by: string): string[] {
  return [
    ...(state.rules.approvers.includes(by) ? [] : ['approval/not-an-approver']),
    ...(life.registeredBy === by ? ['approval/own-version'] : []),
  ];
}

/** What reviews and traffic make of a version. */
export function naturalStage(state: State, life: Life): Stage {
  if (servesAnywhere(state, life.version)) return 'deployed';
  return life.approvals.length >= state.rules.approvals ? 'approved' : 'registered';
}

function isDay(text: string): boolean {
  const parsed = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed) && day(parsed) === text;
}

/** Judges an operation that touches one record and no traffic. */
export function simple(state: State, life: Life, asked: Simple, { by, at }: Asked): Judgement {
  const running: Stage[] = ['registered', 'approved', 'deployed', 'deprecated'];
  switch (asked.kind) {
    case 'approve': {
      const twice = life.approvals.includes(by) ? ['approval/twice'] : [];
      const must = [...unlessIn(life, 'registered'), ...reviewerCodes(state, life, by), ...twice];
      const approvals = [...life.approvals, by];
      const enough = approvals.length >= state.rules.approvals;
      return settle(state, life, { must }, { approvals, stage: enough ? 'approved' : 'registered' });
    }
    case 'reject': {
      const must = [
        ...unlessIn(life, 'registered'),
        ...reviewerCodes(state, life, by),
        ...needsReason(asked.reason),
      ];
      return settle(state, life, { must }, { stage: 'rejected' });
    }
    case 'review': {
      const { until } = asked;
      const wrongDay = until === undefined ? [] : isDay(until) ? [] : ['date/form'];
      const past = until !== undefined && wrongDay.length === 0 && until < day(at) ? ['review/past'] : [];
      const reason = until === undefined ? [] : needsReason(asked.reason);
      const must = [...unlessIn(life, ...running), ...wrongDay, ...past, ...reason];
      return settle(state, life, { must }, { target: until ?? life.target });
    }
    case 'reinstate': {
      const must = [...unlessIn(life, 'deprecated'), ...needsReason(asked.reason)];
      const may = ['reinstate/no-deprecation'];
      return settle(state, life, { must, may }, { stage: naturalStage(state, life), notice: null });
    }
    case 'hold': {
      const must = needsReason(asked.reason);
      return settle(state, life, { must }, { holds: [...life.holds, asked.hold ?? 'legal'] });
    }
    case 'release': {
      const left = asked.hold === undefined ? [] : life.holds.filter((kind) => kind !== asked.hold);
      const none = left.length === life.holds.length ? ['release/no-hold'] : [];
      return settle(state, life, { must: [...needsReason(asked.reason), ...none] }, { holds: left });
    }
  }
}

function successorCodes(state: State, life: Life, { successor, without }: Deprecate): string[] {
  if (successor !== undefined && without !== undefined) return ['input/successor'];
  if (successor === undefined) return without === undefined ? ['deprecate/no-successor'] : [];
  const next = state.lives.find((other) => other.version === successor);
  if (!next) return ['deprecate/unknown-successor'];
  if (next === life) return ['deprecate/own-successor'];
  return ['retired', 'rejected', 'deprecated'].includes(next.stage) ? ['deprecate/successor-gone'] : [];
}

/** Judges a notice. */
export function deprecate(state: State, life: Life, asked: Deprecate, { at }: Asked): Judgement {
  const earliest = dayAfter(at, state.rules.noticeDays);
  const ends = asked.until ?? earliest;
  const must = [
    ...unlessIn(life, 'registered', 'approved', 'deployed'),
    ...successorCodes(state, life, asked),
    ...(isDay(ends) ? (ends < earliest ? ['deprecate/notice-too-short'] : []) : ['date/form']),
  ];
  return settle(
    state,
    life,
    { must },
    {
      stage: 'deprecated',
      notice: { ends, successor: asked.successor ?? null },
      target: ends < life.target ? ends : life.target,
    },
  );
}
