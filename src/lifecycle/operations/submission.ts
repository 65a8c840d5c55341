// What a training run hands in: completed from the version it changes, and held to be whole.
import type {
  Artifact,
  Change,
  Compliance,
  Model,
  RegistrationEvidence,
  VersionRecord,
} from '../../generated/types.js';
import { compact } from '../edits.js';
import type { Lineage } from '../lineage.js';
import { riskClassOf } from '../policy.js';
import { type Problem, type Warning, problem } from '../problems.js';

/** Evidence from flags and file, merged; every key may be missing. */
export type Submission = Omit<RegistrationEvidence, 'schema' | 'change' | 'evaluation_results'> & {
  change?: Partial<Change>;
};

/** A submission with what follows from the model and the parent version. */
export interface CompleteSubmission {
  change?: Change;
  parentRunId?: string;
  lineage: Lineage;
  missing: readonly string[];
  compliance: Partial<Compliance>;
  intendedUse?: VersionRecord['intended_use'];
  deprecationTarget?: string;
  labels?: VersionRecord['labels'];
  extensions?: VersionRecord['extensions'];
  notes: Warning[];
}

const keptKinds: readonly Artifact['kind'][] = ['weights', 'adapter', 'tokenizer'];

/**
 * A configuration change trains nothing: it keeps the run, data, commit, training and weights of the version that it
 * configures, unless it says otherwise. Any other change is a training of its own and inherits nothing.
 */
export function completeSubmission(
  submission: Submission,
  parent: VersionRecord | undefined,
  model: Model,
): CompleteSubmission {
  const type = submission.change?.type ?? (parent ? undefined : 'architecture');
  const inherited = type === 'configuration' ? parent : undefined;
  const own = submission.artifacts ?? [];
  const kept = (inherited?.artifacts ?? []).filter(
    (artifact) => keptKinds.includes(artifact.kind) && !own.some((entry) => entry.kind === artifact.kind),
  );
  const artifacts = [...kept, ...own];
  const training = inherited ? { ...inherited.training, ...submission.training } : submission.training;
  const lineage = compact({
    dataset_version: submission.dataset_version ?? inherited?.dataset_version,
    training_commit: submission.training_commit ?? inherited?.training_commit,
    training,
    artifacts: artifacts.length > 0 ? artifacts : undefined,
  }) as Lineage;
  const parentRunId = submission.parent_run_id ?? inherited?.parent_run_id;
  const missing = Object.entries({
    '--run': parentRunId,
    '--dataset': lineage.dataset_version,
    '--commit': lineage.training_commit,
    '--seed': training?.seed,
  }).flatMap(([flag, value]) => (value === undefined ? [flag] : []));
  return compact({
    change: type === undefined ? undefined : { ...submission.change, type },
    parentRunId,
    lineage,
    missing,
    compliance: compact({
      gdpr_status: submission.compliance?.gdpr_status ?? inherited?.compliance.gdpr_status,
      eu_ai_act_risk_class: submission.compliance?.eu_ai_act_risk_class ?? model.eu_ai_act_risk_class,
      soc2_evidence_id:
        submission.compliance?.soc2_evidence_id ?? inherited?.compliance.soc2_evidence_id ?? null,
    }),
    intendedUse: submission.intended_use,
    deprecationTarget: submission.deprecation_target,
    labels: submission.labels,
    extensions: submission.extensions,
    notes:
      kept.length > 0 && parent
        ? [
            {
              code: 'register/inherited',
              message: `keeps the ${[...new Set(kept.map((artifact) => artifact.kind))].join(', ')} of ${parent.version}`,
            },
          ]
        : [],
  });
}

const lineageNames: Record<string, string> = {
  '--run': 'the training run',
  '--dataset': 'the training data, as NAME@VERSION',
  '--commit': 'the commit of the training code',
  '--seed': 'the random seed',
};

/** Everything that is missing or not allowed, at once. Codes that begin with `input/` name missing flags. */
export function submissionProblems(
  complete: CompleteSubmission,
  model: Model,
  parent: VersionRecord | undefined,
  hasResults: boolean,
): Problem[] {
  const problems: Problem[] = [];
  if (!complete.change)
    problems.push(
      problem(
        'input/missing',
        'what kind of change this is',
        '--change architecture, retraining or configuration',
      ),
    );
  if (!hasResults) problems.push(problem('input/missing', 'the evaluation results', '--results FILE'));
  for (const flag of complete.missing)
    problems.push(problem('input/missing', lineageNames[flag] ?? flag, `${flag} …`));
  if (!complete.compliance.gdpr_status)
    problems.push(
      problem('input/missing', 'where the data protection assessment stands', '--gdpr-status TEXT'),
    );
  const riskClass = riskClassOf(model, { compliance: { ...complete.compliance } as Compliance });
  if (riskClass === 'prohibited') {
    problems.push(
      problem(
        'register/prohibited',
        `${model.model_id} is classed as a prohibited practice under the EU AI Act (Article 5)`,
        'it cannot be registered',
      ),
    );
  }
  if (riskClass === 'high' && parent && complete.change && !complete.change.substantial_modification) {
    problems.push(
      problem(
        'input/missing',
        'whether this is a substantial modification (asked of high-risk models), and why',
        '--substantial-modification yes|no --modification-reason TEXT',
      ),
    );
  }
  return problems;
}
