// Whether a change of mlc.yaml weakens the policy: what was asked for before and is not any more.
import type { RegistryConfiguration, RetentionRule } from '../../generated/types.js';
import { addPeriod } from '../dates.js';
import { type Cadence, type ResolvedPolicy, resolvePolicy } from '../policy.js';
import { isListed } from '../people.js';
import { listOf } from '../problems.js';

// Periods are compared by the day that they lead to from one fixed day.
const anyDay = '2001-01-01';
// What stands where no rule is written: the strictest default there is.
const unwritten: readonly RetentionRule[] = [
  { kind: 'documentation', period: 'P10Y', anchor: 'retired_at', basis: 'default of mlc' },
];

function lower(name: string, before: number, after: number): string[] {
  return after < before ? [`${name} goes down from ${before} to ${after}`] : [];
}

function higher(name: string, before: number, after: number): string[] {
  return after > before ? [`${name} goes up from ${before} to ${after}`] : [];
}

function loosened(name: string, before: string, after: string, strict: string): string[] {
  return before === strict && after !== strict ? [`${name} goes from ${before} to ${after}`] : [];
}

function rarer(name: string, before: Cadence, after: Cadence): string[] {
  const often: readonly Cadence[] = ['daily', 'weekly', 'monthly', 'quarterly'];
  return often.indexOf(after) > often.indexOf(before) ? [`${name} goes from ${before} to ${after}`] : [];
}

function retentionWeaker(before: readonly RetentionRule[], after: readonly RetentionRule[]): string[] {
  const defaults = unwritten.filter(({ kind }) => !before.some((rule) => rule.kind === kind));
  // Of two rules for one kind the first counts.
  const standing = before.filter(
    (rule, index) => before.findIndex(({ kind }) => kind === rule.kind) === index,
  );
  return [...standing, ...defaults].flatMap((rule) => {
    const next = after.find((entry) => entry.kind === rule.kind);
    const kind = rule.kind.replace('_', ' ');
    if (!next) return defaults.includes(rule) ? [] : [`the retention rule for ${kind} is gone`];
    if (next.anchor !== rule.anchor) return [`the retention of ${kind} counts from ${next.anchor}`];
    return addPeriod(anyDay, next.period) < addPeriod(anyDay, rule.period)
      ? [`${kind} is kept for ${next.period} instead of ${rule.period}`]
      : [];
  });
}

function peopleChanged(name: string, before: readonly string[], after: readonly string[]): string[] {
  const gone = before.filter((person) => !isListed(person, after));
  const added = after.filter((person) => !isListed(person, before));
  return [
    ...(gone.length > 0 ? [`${listOf(gone)} is no longer among the ${name}`] : []),
    ...(added.length > 0 && before.length > 0 ? [`${listOf(added)} is added to the ${name}`] : []),
  ];
}

function weakerPolicy(before: ResolvedPolicy, after: ResolvedPolicy): string[] {
  const classes = ['minimal', 'limited', 'high'] as const;
  return [
    ...loosened('gate.agreed_in_advance', before.agreedInAdvance, after.agreedInAdvance, 'enforce'),
    ...loosened('signatures', before.signatures, after.signatures, 'required'),
    ...loosened('hand_written_records', before.handWrittenRecords, after.handWrittenRecords, 'refuse'),
    ...loosened('git.squash_merges', before.squashMerges, after.squashMerges, 'refuse'),
    ...classes.flatMap((name) => lower(`approvals.${name}`, before.approvals[name], after.approvals[name])),
    ...lower('deployment.canary_min_pct', before.canary.minimum, after.canary.minimum),
    ...higher('deployment.canary_max_pct', before.canary.maximum, after.canary.maximum),
    ...lower('deployment.shadow_days', before.shadowDays, after.shadowDays),
    ...lower('retirement.notice_days', before.noticeDays, after.noticeDays),
    ...(addPeriod(anyDay, after.reviewPeriod) > addPeriod(anyDay, before.reviewPeriod)
      ? [`review.period goes up from ${before.reviewPeriod} to ${after.reviewPeriod}`]
      : []),
    ...rarer('monitoring.cadence', before.cadence.normal, after.cadence.normal),
    ...rarer('monitoring.cadence_high', before.cadence.high, after.cadence.high),
    ...(addPeriod(anyDay, after.cooldown) > addPeriod(anyDay, before.cooldown)
      ? [`monitoring.cooldown goes up from ${before.cooldown} to ${after.cooldown}`]
      : []),
    ...retentionWeaker(before.retention, after.retention),
    ...peopleChanged('policy owners', before.owners, after.owners),
    ...before.bots
      .filter((bot) => !isListed(bot, after.bots))
      .map((bot) => `${bot} is no longer among the bots`),
  ];
}

/** What a change of the configuration weakens, a line each. Naming the first policy owners weakens nothing. */
export function weakenings(before: RegistryConfiguration, after: RegistryConfiguration): string[] {
  const hooks = loosened('git.hooks', before.git?.hooks ?? 'run', after.git?.hooks ?? 'run', 'run');
  const renamed =
    before.name === after.name ? [] : [`the registry's name goes from ${before.name} to ${after.name}`];
  return [...weakerPolicy(resolvePolicy(before), resolvePolicy(after)), ...hooks, ...renamed];
}
