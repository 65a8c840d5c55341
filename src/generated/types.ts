/* eslint-disable */
// Generated from schemas/ by `npm run generate`. Do not edit.

/**
 * The files of this version. mlc keeps where they are and their digests, never the files.
 *
 * @maxItems 200
 */
export type Artifacts = Artifact[];

export interface Schemas {
  version?: VersionRecord;
  model?: Model;
  gate?: EvaluationGate;
  config?: RegistryConfiguration;
  evidence?: RegistrationEvidence;
  retirement?: RetirementRequest;
}
/**
 * One immutable version of a model, with everything that happened to it. The required keys are all that a hand-written record needs.
 */
export interface VersionRecord {
  /**
   * The shape of this file.
   */
  schema?: 'mlc/version@1';
  /**
   * The model; the same as the folder's name.
   */
  model_id: string;
  /**
   * The version; the same as the file's name.
   */
  version: string;
  /**
   * Where the version is in its life. Without it, the other keys imply it.
   */
  status?: 'registered' | 'approved' | 'deployed' | 'deprecated' | 'retired' | 'rejected';
  /**
   * When it entered the registry.
   */
  registered_at: string;
  /**
   * Who registered it.
   */
  registered_by: string;
  change?: Change;
  /**
   * The training run, by the id or URI of the tool that ran it.
   */
  parent_run_id: string;
  /**
   * The training data: `name@version`.
   */
  dataset_version: string;
  /**
   * The commit of the training code: its full or abbreviated hexadecimal id.
   */
  training_commit: string;
  training?: Training;
  artifacts?: Artifacts;
  evaluation_results: EvaluationResults;
  gate?: GateOutcome;
  approval: Approval;
  compliance: Compliance;
  intended_use?: IntendedUse;
  /**
   * Every change of this version's traffic, oldest first; only ever appended to.
   *
   * @maxItems 2000
   */
  deployment_history: Deployment[];
  /**
   * The day by which the version should be out of service, or be reviewed.
   */
  deprecation_target: string;
  /**
   * Dated reviews of the deprecation target.
   *
   * @maxItems 500
   */
  reviews?: TargetReview[];
  deprecation?: Deprecation;
  retirement?: Retirement;
  /**
   * Legal and incident holds, past and present.
   *
   * @maxItems 200
   */
  holds?: Hold[];
  /**
   * Free labels for people and tools; mlc stores them and never reads them.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Anything another tool keeps beside the record; mlc stores it and never reads it.
   */
  extensions?: {
    [k: string]: unknown;
  };
}
/**
 * What kind of change made this version, and from which version.
 */
export interface Change {
  /**
   * `architecture` bumps MAJOR, `retraining` MINOR, `configuration` PATCH.
   */
  type: 'architecture' | 'retraining' | 'configuration';
  /**
   * The version that this one was bumped from; null for the first.
   */
  from?: string | null;
  /**
   * What changed, in a sentence.
   */
  summary?: string;
  substantial_modification?: SubstantialModification;
}
/**
 * Whether the change is a substantial modification under the EU AI Act (Article 3(23)); asked of high-risk models.
 */
export interface SubstantialModification {
  /**
   * `yes` or `no`, quoted.
   */
  answer: 'yes' | 'no';
  /**
   * Why.
   */
  reason: string;
}
/**
 * How the version was made.
 */
export interface Training {
  /**
   * The random seed of the training.
   */
  seed?: number;
  /**
   * When the training began; the gate has to be older.
   */
  started_at?: string;
  /**
   * The model family.
   */
  architecture?: string;
  /**
   * What the training or fine-tuning optimises.
   */
  objective?: string;
  /**
   * The settings of the training.
   */
  hyperparameters?: {
    [k: string]: unknown;
  };
  base_model?: BaseModel;
  environment?: TrainingEnvironment;
  /**
   * Every data set with version, digest and role.
   *
   * @maxItems 200
   */
  datasets?: Dataset[];
}
/**
 * The model that was fine-tuned or prompted.
 */
export interface BaseModel {
  /**
   * Family and name.
   */
  name: string;
  /**
   * Revision, as a quoted string.
   */
  revision?: string;
}
/**
 * What the training ran on.
 */
export interface TrainingEnvironment {
  /**
   * Python version, quoted.
   */
  python?: string;
  /**
   * CUDA version, quoted.
   */
  cuda?: string;
  /**
   * Machine or accelerator.
   */
  hardware?: string;
  /**
   * Package to version.
   */
  packages?: {
    [k: string]: string;
  };
  /**
   * Digest of the lock file, in place of the list of packages.
   */
  lock_file_sha256?: string;
}
/**
 * One data set that the version was made or judged with.
 */
export interface Dataset {
  /**
   * Name of the data set.
   */
  name: string;
  /**
   * Version or snapshot of the data set, as a quoted string.
   */
  version: string;
  /**
   * Digest of the data as its producer serialises it.
   */
  sha256?: string;
  /**
   * What the data set was used for.
   */
  role?: 'training' | 'validation' | 'test' | 'golden';
  /**
   * The data set that this one was made from.
   */
  derived_from?: string;
  /**
   * What was done to the source to get this data set.
   */
  preprocessing?: string;
}
/**
 * One file of the version, named by where it is kept and by its digest.
 */
export interface Artifact {
  /**
   * Where the artifact is kept.
   */
  uri: string;
  /**
   * The digest of the bytes.
   */
  sha256: string;
  /**
   * What the artifact is.
   */
  kind: 'weights' | 'adapter' | 'prompt' | 'config' | 'tokenizer' | 'other';
  /**
   * Size in bytes.
   */
  size_bytes?: number;
}
/**
 * Metric name to value: a number, a string, or null for "does not apply"; nested results are addressed with dots. `evaluation_dataset` names the data.
 */
export interface EvaluationResults {
  /**
   * The data that the metrics were measured on: `name@version`, or name, version, digest and number of examples.
   */
  evaluation_dataset: string | EvaluationDataSet;
  [k: string]: unknown;
}
/**
 * The data that the metrics were measured on.
 */
export interface EvaluationDataSet {
  /**
   * Name of the data set.
   */
  name: string;
  /**
   * Version of the data set, as a quoted string.
   */
  version?: string;
  /**
   * Digest of the data.
   */
  sha256?: string;
  /**
   * How many examples were measured.
   */
  examples?: number;
}
/**
 * What the gate said when the version was registered.
 */
export interface GateOutcome {
  /**
   * Digest of the gate file as it stood.
   */
  digest: string;
  /**
   * The version compared with; null where there was none.
   */
  baseline: string | null;
  /**
   * When the gate was evaluated.
   */
  evaluated_at: string;
  /**
   * `pass`, or what stood in the way.
   */
  verdict?: 'pass' | 'fail' | 'error';
  /**
   * True where no baseline existed and the version was held to the value checks alone.
   */
  bootstrap?: boolean;
  agreed_in_advance?: AgreedInAdvance;
  /**
   * The files that the values were read from.
   *
   * @maxItems 50
   */
  evidence?: EvidenceFile[];
  /**
   * Every check and its outcome.
   *
   * @maxItems 500
   */
  checks: CheckResult[];
}
/**
 * Whether the gate is older than the training.
 */
export interface AgreedInAdvance {
  /**
   * `unknown` where the start of the training is not known.
   */
  answer: 'yes' | 'no' | 'unknown';
  /**
   * The last commit that changed the gate.
   */
  gate_committed_at?: string | null;
  /**
   * The moment that stands for the start of the training.
   */
  training_at?: string | null;
  /**
   * Where that moment comes from.
   */
  basis: 'training.started_at' | 'training_commit' | 'unknown';
}
/**
 * One file.
 */
export interface EvidenceFile {
  /**
   * Name of the file.
   */
  file: string;
  /**
   * Digest of its bytes.
   */
  sha256: string;
  /**
   * How it was read.
   */
  format: string;
}
/**
 * One check with the numbers that decided it.
 */
export interface CheckResult {
  /**
   * The id of the check in the gate.
   */
  id: string;
  /**
   * The kind of check.
   */
  kind?: 'offline' | 'regression' | 'safety' | 'latency';
  /**
   * The metric that was checked.
   */
  metric: string;
  /**
   * The value of the candidate; null where it was not measured.
   */
  value: number | string | null;
  /**
   * The value of the baseline; null where there is none.
   */
  baseline: number | string | null;
  /**
   * The bound that the value was held to.
   */
  limit: string;
  /**
   * `error` means that it could not be measured; `skipped` that the gate says to go without; `waived` that it failed and a waiver covers it.
   */
  status: 'pass' | 'fail' | 'error' | 'skipped' | 'waived';
  /**
   * `block` decides the verdict, `warn` does not.
   */
  severity?: 'block' | 'warn';
  /**
   * The comparison with its numbers filled in.
   */
  formula: string;
  /**
   * By whom and why a failure is waived.
   */
  waiver?: string;
}
/**
 * Who reviewed the version and what they decided.
 */
export interface Approval {
  /**
   * Whether the evaluation gate passed.
   */
  gate_passed: boolean;
  /**
   * The reviewer, or the list of reviewers where several were asked for; null while the review is outstanding.
   */
  approved_by: string | string[] | null;
  /**
   * When the last needed approval was given; null while outstanding.
   */
  approved_at: string | null;
  /**
   * Every review that was given.
   *
   * @maxItems 100
   */
  reviews?: Review[];
}
/**
 * One review.
 */
export interface Review {
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  at: string;
  /**
   * What the reviewer decided.
   */
  decision: 'approve' | 'reject';
  /**
   * In the reviewer's words.
   */
  comment?: string;
  statement?: ApprovalStatement;
  /**
   * The ssh signature over the statement as canonical JSON: base64 of the SSHSIG blob, on one line.
   */
  signature?: string;
}
/**
 * What the reviewer signed.
 */
export interface ApprovalStatement {
  /**
   * What is signed, and the namespace of the signature.
   */
  type: 'mlc-approval@v1';
  /**
   * Name of the registry.
   */
  registry: string;
  /**
   * The model.
   */
  model_id: string;
  /**
   * A semantic version as a quoted string, without build metadata.
   */
  version: string;
  /**
   * What the reviewer decided.
   */
  decision: 'approve' | 'reject';
  /**
   * SHA-256 of every artifact, sorted.
   *
   * @maxItems 1000
   *
   * Items: A SHA-256 digest: 64 lower-case hexadecimal digits.
   */
  artifacts: string[];
  /**
   * A SHA-256 digest: 64 lower-case hexadecimal digits.
   */
  record_sha256: string;
  /**
   * A SHA-256 digest: 64 lower-case hexadecimal digits.
   */
  gate_results_sha256: string;
  /**
   * A SHA-256 digest: 64 lower-case hexadecimal digits.
   */
  policy_sha256: string;
  /**
   * The commit whose records were reviewed.
   */
  base_commit: string;
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  issued_at: string;
}
/**
 * Where the version stands under the rules that apply to it.
 */
export interface Compliance {
  /**
   * State of the data protection assessment, in your words.
   */
  gdpr_status: string;
  /**
   * Risk class of this version.
   */
  eu_ai_act_risk_class: 'minimal' | 'limited' | 'high' | 'prohibited';
  /**
   * Where the evidence is filed; null where SOC 2 does not apply.
   */
  soc2_evidence_id: string | null;
}
/**
 * The tasks that are approved, and what is not.
 */
export interface IntendedUse {
  /**
   * The approved tasks.
   *
   * @minItems 1
   * @maxItems 100
   */
  tasks: string[];
  /**
   * Uses that are not approved.
   *
   * @maxItems 100
   */
  out_of_scope?: string[];
}
/**
 * What share of one environment's traffic this version took from one moment on.
 */
export interface Deployment {
  /**
   * The environment, as in mlc.yaml.
   */
  env: string;
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  deployed_at: string;
  /**
   * Live traffic in percent; 0 where it takes none.
   */
  traffic_pct: number;
  /**
   * Share of traffic copied to the version without using its answers (shadow).
   */
  mirror_pct?: number;
  /**
   * How it was rolled out; `rollback` where an earlier split was restored.
   */
  pattern?: 'shadow' | 'canary' | 'blue-green' | 'ab' | 'rollback';
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by?: string;
  /**
   * Why.
   */
  reason?: string;
  /**
   * Counts the changes of this environment's split, so that they are in order within one second.
   */
  sequence?: number;
}
/**
 * A dated look at how long the version should live.
 */
export interface TargetReview {
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * Whether the target was kept or moved.
   */
  decision: 'keep' | 'retarget';
  /**
   * Why.
   */
  reason?: string;
  /**
   * The deprecation target before.
   */
  previous_target?: string;
  /**
   * The deprecation target after.
   */
  deprecation_target: string;
}
/**
 * The notice that the version will be retired.
 */
export interface Deprecation {
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  deprecated_at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * Why.
   */
  reason?: string;
  /**
   * The last day of the notice; the version can retire from the next day on.
   */
  notice_ends: string;
  /**
   * The version to move to; null where there is none.
   */
  successor?: string | null;
  /**
   * Why there is no successor.
   */
  no_successor_reason?: string;
  reinstated?: Reinstated;
}
/**
 * The deprecation was taken back.
 */
export interface Reinstated {
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * Why.
   */
  reason: string;
}
/**
 * How the version ended. The record stays.
 */
export interface Retirement {
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  retired_at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * Why it ended.
   */
  reason: string;
  /**
   * True where the notice was skipped (erasure duty, unlawful data, incident).
   */
  withdrawn?: boolean;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  second_person?: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  owner?: string;
  /**
   * Where every artifact is kept.
   *
   * @maxItems 1000
   */
  cold_storage?: StoredArtifact[];
  /**
   * Every retention rule and what it comes to.
   *
   * @maxItems 20
   */
  retention?: RetentionOutcome[];
  /**
   * Consumers whose pin on this version was taken out.
   *
   * @maxItems 500
   */
  consumers_released?: string[];
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  compliance_confirmed_by?: string;
  /**
   * The windows in which the version took traffic.
   *
   * @maxItems 1000
   */
  served?: Window[];
}
/**
 * One artifact in cold storage.
 */
export interface StoredArtifact {
  /**
   * The URI in `artifacts`.
   */
  artifact: string;
  /**
   * Where it is kept now.
   */
  location: string;
  /**
   * A SHA-256 digest: 64 lower-case hexadecimal digits.
   */
  sha256: string;
  /**
   * The last day that it is kept; null means: keep.
   */
  retain_until: string | null;
}
/**
 * Until when one kind of artifact is kept, and by which rule.
 */
export interface RetentionOutcome {
  /**
   * What is kept.
   */
  kind: 'documentation' | 'weights' | 'training_data' | 'logs';
  /**
   * How long.
   */
  period?: string;
  /**
   * What the period counts from.
   */
  anchor?: 'placed_on_market' | 'retired_at';
  /**
   * The anchor's moment; null where it is not known, and then it is kept.
   */
  anchored_at?: string | null;
  /**
   * Law, contract or policy.
   */
  basis?: string;
  /**
   * The last day that it is kept; null means: keep.
   */
  retain_until: string | null;
}
/**
 * One window.
 */
export interface Window {
  /**
   * Where.
   */
  env: string;
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  from: string;
  /**
   * Until when; null while it lasts.
   */
  until: string | null;
  /**
   * The largest share in the window.
   */
  peak_traffic_pct: number;
  /**
   * The largest mirrored share in the window.
   */
  peak_mirror_pct?: number;
}
/**
 * A legal or incident hold: it blocks retiring, purging and deploying.
 */
export interface Hold {
  /**
   * Why there is a hold.
   */
  kind: 'legal' | 'incident';
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  placed_at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * Why.
   */
  reason: string;
  released?: Released;
}
/**
 * The hold was taken off.
 */
export interface Released {
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * Why.
   */
  reason: string;
}
/**
 * One line of versions that serve one purpose.
 */
export interface Model {
  /**
   * The shape of this file.
   */
  schema: 'mlc/model@1';
  /**
   * The same as the folder's name.
   */
  model_id: string;
  /**
   * What people call the model.
   */
  title: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  owner: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  business_owner?: string;
  intended_use: IntendedUse1;
  /**
   * The kind of task.
   */
  task?: string;
  /**
   * Whether it predicts or generates.
   */
  kind?: 'predictive' | 'generative';
  /**
   * Decides how many approvals, how long a shadow period and how long to keep documents.
   */
  eu_ai_act_risk_class: 'minimal' | 'limited' | 'high' | 'prohibited';
  /**
   * A calendar day in UTC, ISO 8601.
   */
  placed_on_market?: string;
  /**
   * Who may approve or reject versions: addresses, or `Name <address>`.
   *
   * @minItems 1
   * @maxItems 100
   *
   * Items: Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  approvers: string[];
  monitoring?: MonitoringPlan;
  /**
   * Rules that turn signals, dates and events into a recommended response.
   *
   * @maxItems 100
   */
  triggers?: Trigger[];
  /**
   * Who depends on the model.
   *
   * @maxItems 500
   */
  consumers?: Consumer[];
  /**
   * Retention rules of this model; they win over those in mlc.yaml.
   *
   * @maxItems 20
   */
  retention?: RetentionRule[];
  /**
   * Free labels for people and tools; mlc stores them and never reads them.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Anything another tool keeps beside the record; mlc stores it and never reads it.
   */
  extensions?: {
    [k: string]: unknown;
  };
}
/**
 * The tasks that are approved, and what is not.
 */
export interface IntendedUse1 {
  /**
   * The approved tasks.
   *
   * @minItems 1
   * @maxItems 100
   */
  tasks: string[];
  /**
   * Uses that are not approved.
   *
   * @maxItems 100
   */
  out_of_scope?: string[];
}
/**
 * What is watched, and how often.
 */
export interface MonitoringPlan {
  /**
   * Features whose drift matters.
   *
   * @maxItems 1000
   */
  key_features?: string[];
  /**
   * The signals that are expected.
   *
   * @maxItems 7
   */
  signals?: (
    'input-drift' | 'output-drift' | 'ground-truth-drift' | 'concept-drift' | 'quality' | 'latency' | 'cost'
  )[];
  /**
   * How often a report is due.
   */
  cadence?: 'daily' | 'weekly' | 'monthly' | 'quarterly';
}
/**
 * One rule.
 */
export interface Trigger {
  /**
   * Which rule.
   */
  type:
    | 'drift-threshold'
    | 'metric-regression'
    | 'data-accumulation'
    | 'calendar'
    | 'upstream-change'
    | 'compliance-event';
  /**
   * How drift is measured.
   */
  method?: string;
  /**
   * The metric that is watched.
   */
  metric?: string;
  /**
   * The features it looks at; the key features where left out.
   *
   * @maxItems 1000
   */
  features?: string[];
  /**
   * The value from which it fires.
   */
  threshold?: number;
  /**
   * The period of a calendar trigger.
   */
  period?: string;
  /**
   * How long it stays quiet after a decision.
   */
  cooldown?: string;
}
/**
 * One consumer.
 */
export interface Consumer {
  /**
   * Name of the consumer.
   */
  name: string;
  /**
   * What it is.
   */
  kind: 'service' | 'dashboard' | 'document' | 'runbook';
  /**
   * Where to find it.
   */
  reference?: string;
  /**
   * A semantic version as a quoted string, without build metadata.
   */
  pinned_version?: string;
}
/**
 * How long one kind of artifact is kept, and why.
 */
export interface RetentionRule {
  /**
   * What the rule is about.
   */
  kind: 'documentation' | 'weights' | 'training_data' | 'logs';
  /**
   * How long to keep it, counted from the anchor.
   */
  period: string;
  /**
   * The moment that the period counts from; where it is not known, the artifact is kept.
   */
  anchor: 'placed_on_market' | 'retired_at';
  /**
   * The law, contract or policy that asks for it.
   */
  basis?: string;
}
/**
 * The checks agreed before training that a version must pass to enter the registry.
 */
export interface EvaluationGate {
  /**
   * The shape of this file.
   */
  schema: 'mlc/gate@1';
  golden_dataset?: GoldenDataSet;
  baseline?: BaselineChoice;
  /**
   * Metric to direction and unit.
   */
  metrics: {
    [k: string]: MetricDefinition;
  };
  /**
   * The checks. All that block have to pass.
   *
   * @minItems 1
   * @maxItems 200
   */
  checks: Check[];
  /**
   * Failures that are let through, by whom, why, and until when.
   *
   * @maxItems 100
   */
  waivers?: Waiver[];
  /**
   * Free labels for people and tools; mlc stores them and never reads them.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Anything another tool keeps beside the record; mlc stores it and never reads it.
   */
  extensions?: {
    [k: string]: unknown;
  };
}
/**
 * The data that every candidate is measured on.
 */
export interface GoldenDataSet {
  /**
   * Name of the data set.
   */
  name: string;
  /**
   * Version, as a quoted string.
   */
  version?: string;
  /**
   * A SHA-256 digest: 64 lower-case hexadecimal digits.
   */
  sha256?: string;
  /**
   * Fewer measured examples are refused.
   */
  min_examples?: number;
}
/**
 * What a candidate is compared with.
 */
export interface BaselineChoice {
  /**
   * An environment (the version with most live traffic there), `latest`, or a version number.
   */
  version: string;
  /**
   * `bootstrap`: without a baseline only the value checks are held; `fail`: refused.
   */
  on_missing?: 'bootstrap' | 'fail';
}
/**
 * Direction and unit of one metric.
 */
export interface MetricDefinition {
  /**
   * Which way is better.
   */
  better: 'higher' | 'lower';
  /**
   * Unit, for people.
   */
  unit?: string;
}
/**
 * One condition on one metric. All the bounds that it names have to hold.
 */
export interface Check {
  /**
   * Names the check in reports.
   */
  id: string;
  /**
   * What the check protects.
   */
  kind: 'offline' | 'regression' | 'safety' | 'latency';
  /**
   * The metric; `a.b` for nested results.
   */
  metric: string;
  /**
   * The value has to be at least this.
   */
  min?: number;
  /**
   * The value has to be at most this.
   */
  max?: number;
  /**
   * The value has to be in this range, both ends included.
   *
   * @minItems 2
   * @maxItems 2
   */
  between?: number[];
  /**
   * The value has to equal this.
   */
  equals?: number | string;
  max_regression?: Allowance;
  min_improvement?: Allowance1;
  slices?: Slices;
  max_gap?: LargestGap;
  /**
   * `block` decides the verdict, `warn` only tells.
   */
  severity?: 'block' | 'warn';
  /**
   * What a metric that was not measured means: an error, or (written down here) that the check is skipped.
   */
  on_missing?: 'error' | 'skip';
}
/**
 * How much worse than the baseline the value may be, in the direction of the metric.
 */
export interface Allowance {
  /**
   * In the unit of the metric.
   */
  abs?: number;
  /**
   * As a share of the absolute value of the baseline.
   */
  rel?: number;
}
/**
 * How much better than the baseline the value has to be.
 */
export interface Allowance1 {
  /**
   * In the unit of the metric.
   */
  abs?: number;
  /**
   * As a share of the absolute value of the baseline.
   */
  rel?: number;
}
/**
 * Hold the bounds in every slice of the data, as in `slices.<by>.<name>.<metric>` of the results.
 */
export interface Slices {
  /**
   * What the data is sliced by.
   */
  by: string;
  /**
   * A slice with fewer examples (`n`) is skipped.
   */
  min_n?: number;
}
/**
 * How far apart the best and the worst slice may be.
 */
export interface LargestGap {
  /**
   * In the unit of the metric.
   */
  abs: number;
}
/**
 * One waiver.
 */
export interface Waiver {
  /**
   * The id of the check.
   */
  check: string;
  /**
   * Why.
   */
  reason: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * A calendar day in UTC, ISO 8601.
   */
  expires: string;
}
/**
 * The policy of one registry: environments, gate, approvals, deployment, review, retirement and retention.
 */
export interface RegistryConfiguration {
  /**
   * The shape of this file.
   */
  schema: 'mlc/config@1';
  /**
   * Name of the registry.
   */
  name: string;
  /**
   * The places that traffic goes to.
   *
   * @minItems 1
   * @maxItems 100
   */
  environments: DeploymentEnvironment[];
  policy?: Policy;
  git?: GitSettings;
  /**
   * Free labels for people and tools; mlc stores them and never reads them.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Anything another tool keeps beside the record; mlc stores it and never reads it.
   */
  extensions?: {
    [k: string]: unknown;
  };
}
/**
 * One environment.
 */
export interface DeploymentEnvironment {
  /**
   * Name of the environment.
   */
  name: string;
  /**
   * What it is.
   */
  description?: string;
}
/**
 * The rules that may be set; what is left out has its default.
 */
export interface Policy {
  /**
   * Who may weaken the policy, and change this list and the allowed signers: addresses, or "Name <address>". While nobody is named, nobody may.
   *
   * @maxItems 100
   *
   * Items: Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  owners?: string[];
  /**
   * Machines that act on the registry: they may register, deploy and retire, and never approve.
   *
   * @maxItems 100
   *
   * Items: Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  bots?: string[];
  /**
   * Whether an approval has to be signed with an ssh key of .mlc/allowed_signers (default: optional).
   */
  signatures?: 'optional' | 'required';
  /**
   * Whether version records may be added by hand, as when old records are imported (default: refuse).
   */
  hand_written_records?: 'refuse' | 'allow';
  gate?: GatePolicy;
  approvals?: Approvals;
  deployment?: DeploymentPolicy;
  review?: ReviewPolicy;
  retirement?: RetirementPolicy;
  /**
   * How long each kind of artifact is kept. Documentation has a default: 7 years from retirement, 10 years from placing on the market for high risk.
   *
   * @maxItems 20
   */
  retention?: RetentionRule[];
}
/**
 * Rules for evaluation gates.
 */
export interface GatePolicy {
  /**
   * Whether a gate that is younger than the training is refused or only warned of (default: enforce).
   */
  agreed_in_advance?: 'enforce' | 'warn';
}
/**
 * How many approvals a version needs, by risk class (defaults: 1, 1, 2).
 */
export interface Approvals {
  /**
   * Approvals for minimal risk.
   */
  minimal?: number;
  /**
   * Approvals for limited risk.
   */
  limited?: number;
  /**
   * Approvals for high risk.
   */
  high?: number;
}
/**
 * Rules for rolling out.
 */
export interface DeploymentPolicy {
  /**
   * Least traffic that a canary starts with, in percent (default 1).
   */
  canary_min_pct?: number;
  /**
   * Most traffic that a canary starts with, in percent (default 10).
   */
  canary_max_pct?: number;
  /**
   * Days of shadow before a high-risk MAJOR version takes live traffic (default 14).
   */
  shadow_days?: number;
}
/**
 * Rules for reviewing versions.
 */
export interface ReviewPolicy {
  /**
   * How far ahead a new version's deprecation target is set where none is given (default P12M).
   */
  period?: string;
}
/**
 * Rules for deprecating and retiring.
 */
export interface RetirementPolicy {
  /**
   * Least days of notice (default 30).
   */
  notice_days?: number;
}
/**
 * How transitions use git.
 */
export interface GitSettings {
  /**
   * Whether the repository's commit hooks run on transitions (default: run).
   */
  hooks?: 'run' | 'skip';
  /**
   * Whether one commit may hold several transitions that were squashed, under another author and a later date (default: refuse).
   */
  squash_merges?: 'refuse' | 'allow';
}
/**
 * What a training run hands to `mlc register --from`: a part of the version record, under the same keys. Flags win over the file.
 */
export interface RegistrationEvidence {
  /**
   * The shape of this file.
   */
  schema?: 'mlc/evidence@1';
  change?: Change;
  /**
   * The training run, by the id or URI of the tool that ran it.
   */
  parent_run_id?: string;
  /**
   * The training data: `name@version`.
   */
  dataset_version?: string;
  /**
   * A commit id, or any revision that git can resolve in this repository.
   */
  training_commit?: string;
  training?: Training;
  artifacts?: Artifacts;
  /**
   * The metrics, flat or nested; in place of `--results`.
   */
  evaluation_results?: {
    [k: string]: unknown;
  };
  compliance?: ComplianceClaim;
  intended_use?: IntendedUse;
  /**
   * The day by which the version should be out of service, or be reviewed.
   */
  deprecation_target?: string;
  /**
   * Free labels for people and tools; mlc stores them and never reads them.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Anything another tool keeps beside the record; mlc stores it and never reads it.
   */
  extensions?: {
    [k: string]: unknown;
  };
}
/**
 * As in the version record; what is left out comes from the model.
 */
export interface ComplianceClaim {
  /**
   * State of the data protection assessment, in your words.
   */
  gdpr_status?: string;
  /**
   * Risk class of this version.
   */
  eu_ai_act_risk_class?: 'minimal' | 'limited' | 'high' | 'prohibited';
  /**
   * Where the evidence is filed; null where SOC 2 does not apply.
   */
  soc2_evidence_id?: string | null;
}
/**
 * What `mlc retire --from` reads: cold storage, retention, consumers and who confirmed compliance.
 */
export interface RetirementRequest {
  /**
   * The shape of this file.
   */
  schema?: 'mlc/retirement@1';
  /**
   * Why the version ends.
   */
  reason?: string;
  /**
   * Where each artifact is kept now, named by its digest.
   *
   * @maxItems 200
   */
  cold_storage?: StorageClaim[];
  /**
   * Rules for kinds that neither mlc.yaml nor the model has one for.
   *
   * @maxItems 20
   */
  retention?: RetentionRule[];
  /**
   * Names of consumers that no longer call this version by number.
   *
   * @maxItems 500
   */
  consumers_released?: string[];
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  compliance_confirmed_by?: string;
}
/**
 * One artifact.
 */
export interface StorageClaim {
  /**
   * A SHA-256 digest: 64 lower-case hexadecimal digits.
   */
  sha256: string;
  /**
   * Where it is kept.
   */
  location: string;
  /**
   * A calendar day in UTC, ISO 8601.
   */
  retain_until?: string;
}
