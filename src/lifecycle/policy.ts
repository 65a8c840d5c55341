// The registry's policy with every default filled in.
import type { Model, RegistryConfiguration, RetentionRule, VersionRecord } from '../generated/types.js';

export type RiskClass = Model['eu_ai_act_risk_class'];

export type Cadence = NonNullable<NonNullable<Model['monitoring']>['cadence']>;

/** All rules that a registry may set, none left open. */
export interface ResolvedPolicy {
  /** Who may weaken the policy; nobody may while the list is empty. */
  owners: readonly string[];
  /** Machines, which never approve. */
  bots: readonly string[];
  signatures: 'optional' | 'required';
  handWrittenRecords: 'refuse' | 'allow';
  squashMerges: 'refuse' | 'allow';
  agreedInAdvance: 'enforce' | 'warn';
  approvals: Record<'minimal' | 'limited' | 'high', number>;
  canary: { minimum: number; maximum: number };
  shadowDays: number;
  reviewPeriod: string;
  noticeDays: number;
  retention: readonly RetentionRule[];
  /** People who left. */
  departed: readonly string[];
  cadence: Record<'normal' | 'high', Cadence>;
  /** How long a trigger stays quiet after a decision. */
  cooldown: string;
}

/** The policy of a registry; what it leaves out has the default of the schema's description. */
export function resolvePolicy(config: RegistryConfiguration): ResolvedPolicy {
  const policy = config.policy ?? {};
  return {
    owners: policy.owners ?? [],
    bots: policy.bots ?? [],
    signatures: policy.signatures ?? 'optional',
    handWrittenRecords: policy.hand_written_records ?? 'refuse',
    squashMerges: config.git?.squash_merges ?? 'refuse',
    agreedInAdvance: policy.gate?.agreed_in_advance ?? 'enforce',
    approvals: { minimal: 1, limited: 1, high: 2, ...policy.approvals },
    canary: {
      minimum: policy.deployment?.canary_min_pct ?? 1,
      maximum: policy.deployment?.canary_max_pct ?? 10,
    },
    shadowDays: policy.deployment?.shadow_days ?? 14,
    reviewPeriod: policy.review?.period ?? 'P12M',
    noticeDays: policy.retirement?.notice_days ?? 30,
    retention: policy.retention ?? [],
    departed: policy.departed ?? [],
    cadence: {
      normal: policy.monitoring?.cadence ?? 'weekly',
      high: policy.monitoring?.cadence_high ?? 'daily',
    },
    cooldown: policy.monitoring?.cooldown ?? 'P14D',
  };
}

const severity: Record<RiskClass, number> = { minimal: 0, limited: 1, high: 2, prohibited: 3 };

/** The stricter of the model's and the version's risk class. */
export function riskClassOf(model: Model, record?: Pick<VersionRecord, 'compliance'>): RiskClass {
  const own = record?.compliance.eu_ai_act_risk_class ?? model.eu_ai_act_risk_class;
  return severity[own] > severity[model.eu_ai_act_risk_class] ? own : model.eu_ai_act_risk_class;
}

/** How many approvals a risk class asks for. */
export function approvalsNeeded(policy: ResolvedPolicy, riskClass: RiskClass): number {
  return policy.approvals[riskClass === 'prohibited' ? 'high' : riskClass];
}

/** The names of a registry's environments. */
export function environmentNames(config: RegistryConfiguration): string[] {
  return config.environments.map((environment) => environment.name);
}
