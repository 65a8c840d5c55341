// What a retired version leaves behind: every artifact in cold storage, and until when each kind is kept.
import type {
  Artifact,
  Model,
  RetentionOutcome,
  RetentionRule,
  RetirementRequest,
  StoredArtifact,
  VersionRecord,
} from '../../generated/types.js';
import { isDay } from '../dates.js';
import type { ResolvedPolicy, RiskClass } from '../policy.js';
import { type Problem, type Warning, problem } from '../problems.js';
import { type RetentionKind, retentionKindOf, retentionOutcome, standingRule } from '../retention.js';

/** Where everything is kept, and what is missing. */
export interface Storage {
  stored: StoredArtifact[];
  outcomes: RetentionOutcome[];
  problems: Problem[];
  warnings: Warning[];
}

type Request = Pick<RetirementRequest, 'cold_storage' | 'retention'>;

function neededKinds(artifacts: readonly Artifact[]): RetentionKind[] {
  const ofArtifacts = artifacts.map(retentionKindOf);
  return [...new Set<RetentionKind>(['documentation', ...ofArtifacts, 'training_data'])];
}

function store(
  artifact: Artifact,
  request: Request,
  outcome: RetentionOutcome | undefined,
): StoredArtifact | Problem {
  const claim = request.cold_storage?.find((entry) => entry.sha256 === artifact.sha256);
  if (!claim) {
    return problem(
      'retire/not-stored',
      `${artifact.uri} (${artifact.kind}) is not in cold storage`,
      `copy it there, check its digest, then: --cold-storage ${artifact.sha256}=URI`,
    );
  }
  const until = outcome?.retain_until ?? null;
  const said = claim.retain_until;
  if (said !== undefined && !isDay(said))
    return problem('date/form', `"${said}" is not a day`, 'write YYYY-MM-DD');
  if (said !== undefined && (until === null || said < until)) {
    const rule = until === null ? 'keeps it until its anchor is known' : `keeps it until ${until}`;
    return problem(
      'retire/retention-too-short',
      `${artifact.uri} would be kept until ${said}, and the ${outcome?.kind ?? ''} rule ${rule}`,
      'leave retain_until out, or name a later day',
    );
  }
  return {
    artifact: artifact.uri,
    location: claim.location,
    sha256: artifact.sha256,
    retain_until: said ?? until,
  };
}

const keptUntil = (outcome: RetentionOutcome): string => outcome.retain_until ?? '9999-12-31';

/** Until when one kind is kept: as the standing rule says, or longer where the retirement says so. */
function outcomeOf(
  kind: RetentionKind,
  request: Request,
  model: Model,
  standing: RetentionRule | undefined,
  now: string,
): RetentionOutcome | Problem {
  const name = kind.replace('_', ' ');
  const said = request.retention?.find((rule) => rule.kind === kind);
  const [required, asked] = [standing, said].map((rule) => rule && retentionOutcome(rule, model, now));
  if (required && asked && keptUntil(asked) < keptUntil(required)) {
    const message = `${name} would be kept until ${keptUntil(asked)}, and the rule that stands keeps it until ${required.retain_until ?? 'its anchor is known'}`;
    return problem(
      'retire/retention-too-short',
      message,
      `leave --retain ${kind} out, or name a longer period`,
    );
  }
  const outcome = asked ?? required;
  if (outcome) return outcome;
  return problem(
    'retire/no-retention-rule',
    `nothing says how long ${name} is kept`,
    `--retain ${kind}=P5Y, or a rule under "retention" in mlc.yaml or model.yaml`,
  );
}

/** Holds what was said of cold storage and retention against the artifacts and the rules. */
export function storage(
  record: VersionRecord,
  request: Request,
  model: Model,
  policy: ResolvedPolicy,
  riskClass: RiskClass,
  now: string,
): Storage {
  const artifacts = record.artifacts ?? [];
  const result: Storage = { stored: [], outcomes: [], problems: [], warnings: [] };
  for (const kind of neededKinds(artifacts)) {
    const outcome = outcomeOf(kind, request, model, standingRule(kind, model, policy, riskClass), now);
    if ('code' in outcome) result.problems.push(outcome);
    else result.outcomes.push(outcome);
  }
  for (const artifact of artifacts) {
    const outcome = result.outcomes.find((entry) => entry.kind === retentionKindOf(artifact));
    const stored = store(artifact, request, outcome);
    if ('code' in stored) result.problems.push(stored);
    else result.stored.push(stored);
  }
  for (const claim of request.cold_storage ?? []) {
    if (artifacts.some((artifact) => artifact.sha256 === claim.sha256)) continue;
    result.problems.push(
      problem(
        'retire/digest-mismatch',
        `no artifact of ${record.model_id}@${record.version} has the digest ${claim.sha256.slice(0, 12)}… of ${claim.location}`,
        'what is stored is not what was registered: compare the digests in mlc show',
      ),
    );
  }
  if (artifacts.length === 0) {
    result.warnings.push({
      code: 'retire/no-artifacts',
      message: 'the record lists no artifacts, so none are in cold storage',
    });
  }
  for (const outcome of result.outcomes.filter((entry) => entry.retain_until === null)) {
    result.warnings.push({
      code: 'retire/kept',
      message: `${outcome.kind.replace('_', ' ')} is kept for good: ${outcome.anchor} is not recorded`,
      hint:
        outcome.anchor === 'placed_on_market'
          ? `"placed_on_market" in models/${record.model_id}/model.yaml`
          : undefined,
    });
  }
  return result;
}
