// Retention: how long each kind of artifact of a retired version is kept.
import type { Artifact, Model, RetentionOutcome, RetentionRule } from '../generated/types.js';
import { addPeriod } from './dates.js';
import type { ResolvedPolicy, RiskClass } from './policy.js';

export type RetentionKind = RetentionRule['kind'];

/** Under which retention rule an artifact falls: prompts and configuration document the system, the rest is weights. */
export function retentionKindOf(artifact: Artifact): RetentionKind {
  return artifact.kind === 'prompt' || artifact.kind === 'config' || artifact.kind === 'other'
    ? 'documentation'
    : 'weights';
}

/**
 * Documentation is kept 7 years after retirement; for high risk 10 years after the system was placed on the market (EU
 * AI Act, Article 18), which is kept for good while that day is not recorded.
 */
function defaultDocumentationRule(riskClass: RiskClass): RetentionRule {
  return riskClass === 'high' || riskClass === 'prohibited'
    ? { kind: 'documentation', period: 'P10Y', anchor: 'placed_on_market', basis: 'EU AI Act, Article 18' }
    : { kind: 'documentation', period: 'P7Y', anchor: 'retired_at', basis: 'default of mlc' };
}

/** The rule for one kind that stands before a retirement: the model's, else the registry's, else the default. */
export function standingRule(
  kind: RetentionKind,
  model: Model,
  policy: ResolvedPolicy,
  riskClass: RiskClass,
): RetentionRule | undefined {
  const stated = [...(model.retention ?? []), ...policy.retention].find((rule) => rule.kind === kind);
  return stated ?? (kind === 'documentation' ? defaultDocumentationRule(riskClass) : undefined);
}

/** Until when a rule keeps things. A missing anchor means: keep. */
export function retentionOutcome(rule: RetentionRule, model: Model, retiredAt: string): RetentionOutcome {
  const anchoredAt =
    rule.anchor === 'retired_at'
      ? retiredAt
      : model.placed_on_market
        ? `${model.placed_on_market}T00:00:00Z`
        : null;
  return {
    kind: rule.kind,
    period: rule.period,
    anchor: rule.anchor,
    anchored_at: anchoredAt,
    ...(rule.basis === undefined ? {} : { basis: rule.basis }),
    retain_until: anchoredAt === null ? null : addPeriod(anchoredAt, rule.period),
  };
}
