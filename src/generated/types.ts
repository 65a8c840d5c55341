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
  report?: MonitoringReport;
  event?: ModelEvent;
  request?: RetrainingRequest;
  incident?: Incident;
  profile?: ReferenceProfile;
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
  /**
   * The request that this version answers.
   */
  request?: string;
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
  /**
   * How many examples it holds.
   */
  examples?: number;
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
  /**
   * The open triggers that it answers; all of them where it is left out and a reason is given.
   *
   * @minItems 1
   * @maxItems 6
   */
  triggers?: (
    | 'drift-threshold'
    | 'metric-regression'
    | 'data-accumulation'
    | 'calendar'
    | 'upstream-change'
    | 'compliance-event'
  )[];
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
  retraining?: Retraining;
  /**
   * Certificates and assessments of compliance, and until when they hold.
   *
   * @maxItems 50
   */
  certificates?: Certificate[];
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
   * How often a report is due (default: daily for high risk, else weekly).
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
   * The drift method that it looks at; where it is left out, PSI against the threshold, and any other method against its own limit.
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
   * The value beyond which it fires: of drift the method's own unit (PSI 0.2), of a metric the share by which it is worse than at registration (0.05), of new data its share of the training set (0.1).
   */
  threshold?: number;
  /**
   * The period of a calendar trigger (default: P3M).
   */
  period?: string;
  /**
   * How long it stays quiet after a decision (default: P14D).
   */
  cooldown?: string;
  /**
   * Examples that a side needs before drift counts (default: 200 for PSI).
   */
  min_samples?: number;
  /**
   * Why this trigger is not used: it is then reported as switched off, never as quiet.
   */
  disabled?: string;
}
/**
 * How a retraining request is handed over.
 */
export interface Retraining {
  hand_over?: HandOver;
}
/**
 * Who runs the training, and how it is told.
 */
export interface HandOver {
  /**
   * Who the request is handed to. Everything but `print` has its settings under a key of its own; the two of GitHub are `github_workflow` and `github_dispatch`.
   */
  to:
    | 'print'
    | 'command'
    | 'airflow'
    | 'prefect'
    | 'kubeflow'
    | 'github-workflow'
    | 'github-dispatch'
    | 'gitlab';
  /**
   * Parameters, inputs or variables of the pipeline that are the same for every request. `key` and `request` are mlc's own.
   */
  parameters?: {
    /**
     * The value of one parameter.
     */
    [k: string]: string | number | boolean;
  };
  command?: Command;
  airflow?: Airflow;
  prefect?: Prefect;
  kubeflow?: KubeflowPipelines;
  github_workflow?: GitHubWorkflow;
  github_dispatch?: GitHubDispatch;
  gitlab?: GitLab;
}
/**
 * A program that takes the request as JSON on its standard input, and as `MLC_REQUEST_*` in its environment. Exit code 0 accepts it.
 */
export interface Command {
  /**
   * The program and its arguments. No shell reads them.
   *
   * @minItems 1
   * @maxItems 100
   */
  argv: string[];
  /**
   * After so many seconds the program and all that it started are ended; 600 by default.
   */
  timeout_seconds?: number;
  /**
   * Names of environment variables that the program is given, beside the few that every program needs (`PATH`, `HOME`, `LANG` and the like).
   *
   * @maxItems 100
   */
  env?: string[];
}
/**
 * Apache Airflow 3 or 2: a run of a DAG. The request is `request` in its `conf`.
 */
export interface Airflow {
  /**
   * Where Airflow is, without `/api`.
   */
  base_url: string;
  /**
   * The id of the DAG.
   */
  dag_id: string;
  /**
   * `v2` for Airflow 3, which is the default, `v1` for Airflow 2.
   */
  api?: 'v1' | 'v2';
  /**
   * The environment variable with an access token.
   */
  token_env?: string;
  /**
   * The environment variable with a user's name, where there is no token. Airflow 3 is asked for a token with it.
   */
  user_env?: string;
  /**
   * The environment variable with that user's password.
   */
  password_env?: string;
}
/**
 * Prefect 3, own server or Cloud: a flow run of a deployment. The request is its parameter `request`.
 */
export interface Prefect {
  /**
   * What `PREFECT_API_URL` holds, with `/api`; in Cloud with account and workspace.
   */
  api_url: string;
  /**
   * The flow's name, a slash, the deployment's name.
   */
  deployment: string;
  /**
   * The flow's parameter that takes the request, `request` by default; empty where the flow takes none.
   */
  request_parameter?: string;
  /**
   * The environment variable with an API key of Prefect Cloud.
   */
  token_env?: string;
  /**
   * The environment variable with a server's authentication string, `user:password`.
   */
  auth_string_env?: string;
}
/**
 * Kubeflow Pipelines 2 (API v2beta1): a run of a pipeline's version. The request is its input parameter `request`, of type struct.
 */
export interface KubeflowPipelines {
  /**
   * Where the API is, without `/apis`.
   */
  host: string;
  /**
   * The id of the pipeline.
   */
  pipeline_id: string;
  /**
   * The id of its version.
   */
  pipeline_version_id: string;
  /**
   * The id of the experiment; the default one where it is left out. A server for many users needs it.
   */
  experiment_id?: string;
  /**
   * Where the run keeps its artefacts.
   */
  pipeline_root?: string;
  /**
   * The pipeline's input parameter that takes the request, `request` by default; empty where it takes none.
   */
  request_parameter?: string;
  /**
   * The environment variable with a bearer token.
   */
  token_env?: string;
}
/**
 * A `workflow_dispatch`. The workflow has the inputs `key` and `request` (JSON); with `key` in its `run-name`, a lost answer can be looked up, and in its `concurrency` group, nothing runs twice at once.
 */
export interface GitHubWorkflow {
  /**
   * GitHub's API; `https://api.github.com` by default. An Enterprise Server has it at `/api/v3`.
   */
  api_url?: string;
  /**
   * Owner and name.
   */
  repository: string;
  /**
   * The workflow's file name, or its id.
   */
  workflow: string;
  /**
   * The branch or tag to run on.
   */
  ref: string;
  /**
   * The environment variable with a token that may write actions.
   */
  token_env: string;
}
/**
 * A `repository_dispatch`. The payload has `key`, `request` and `parameters`; with `github.event.client_payload.key` in the workflow's `run-name`, a lost answer can be looked up.
 */
export interface GitHubDispatch {
  /**
   * GitHub's API; `https://api.github.com` by default. An Enterprise Server has it at `/api/v3`.
   */
  api_url?: string;
  /**
   * Owner and name.
   */
  repository: string;
  /**
   * What the workflow listens to, `mlc-retrain` by default.
   */
  event_type?: string;
  /**
   * The environment variable with a token that may write contents.
   */
  token_env: string;
}
/**
 * A pipeline, with the variables `MLC_REQUEST_KEY` and `MLC_REQUEST` (JSON).
 */
export interface GitLab {
  /**
   * Where GitLab is; `https://gitlab.com` by default.
   */
  base_url?: string;
  /**
   * The project's number or path, quoted.
   */
  project: string;
  /**
   * The branch or tag to run on.
   */
  ref: string;
  /**
   * The environment variable with the token.
   */
  token_env: string;
  /**
   * `trigger`: a pipeline trigger token, which can start a pipeline and cannot look one up. `api`: an access token with the scope `api`, which can do both.
   */
  token_kind: 'trigger' | 'api';
}
/**
 * One certificate or assessment.
 */
export interface Certificate {
  /**
   * What it certifies.
   */
  name: string;
  /**
   * A calendar day in UTC, ISO 8601.
   */
  valid_until: string;
  /**
   * Where it is filed.
   */
  reference?: string;
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
  /**
   * People who left: a model that one of them owns has no owner.
   *
   * @maxItems 1000
   *
   * Items: Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  departed?: string[];
  monitoring?: MonitoringPolicy;
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
 * How often reports are due where a model does not say it, by risk.
 */
export interface MonitoringPolicy {
  /**
   * Of models that are not high-risk (default: weekly).
   */
  cadence?: 'daily' | 'weekly' | 'monthly' | 'quarterly';
  /**
   * Of high-risk models (default: daily).
   */
  cadence_high?: 'daily' | 'weekly' | 'monthly' | 'quarterly';
  /**
   * How long a trigger stays quiet after a decision, where its rule does not say it (default: P14D).
   */
  cooldown?: string;
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
/**
 * What one look at a version in service showed: immutable, one file a report.
 */
export interface MonitoringReport {
  /**
   * The shape of this file.
   */
  schema: 'mlc/report@1';
  /**
   * The same as the folder's name.
   */
  model_id: string;
  /**
   * A semantic version as a quoted string, without build metadata.
   */
  version: string;
  /**
   * What was looked at.
   */
  signal:
    'input-drift' | 'output-drift' | 'ground-truth-drift' | 'concept-drift' | 'quality' | 'latency' | 'cost';
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  recorded_at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  recorded_by: string;
  window: ObservationWindow;
  source: ReportSource;
  samples?: SampleSizes;
  /**
   * What was measured, one entry a feature or metric and method.
   *
   * @minItems 1
   * @maxItems 2000
   */
  observations: RecordedObservation[];
  /**
   * How many observations were left out because the file would have grown too large; key features are kept first, then breaches.
   */
  left_out?: number;
  /**
   * A person's word on it.
   */
  note?: string;
}
/**
 * The stretch of production that it is about.
 */
export interface ObservationWindow {
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  start: string;
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  end: string;
}
/**
 * The file that it was read from.
 */
export interface ReportSource {
  /**
   * Its name, without folders.
   */
  file: string;
  /**
   * A SHA-256 digest: 64 lower-case hexadecimal digits.
   */
  sha256: string;
  /**
   * The format that it was read as.
   */
  format: string;
  /**
   * The tool and its version, where the file says it.
   */
  producer?: string;
}
/**
 * How many examples stand behind it.
 */
export interface SampleSizes {
  /**
   * Examples on the reference's side.
   */
  reference?: number;
  /**
   * Examples of the window.
   */
  current?: number;
}
/**
 * One measured value.
 */
export interface RecordedObservation {
  /**
   * The feature, column or metric.
   */
  name: string;
  /**
   * How it was measured; `value` for a metric's plain value.
   */
  method: string;
  /**
   * The number; null where it could not be measured.
   */
  value: number | null;
  /**
   * The limit that it was held against.
   */
  threshold?: number;
  /**
   * Whether the limit was breached; `unjudged` where there was none to hold it against.
   */
  verdict: 'breached' | 'within' | 'unmeasured' | 'unjudged';
  /**
   * Why it is unmeasured.
   */
  reason?: string;
}
/**
 * Something that happened to a model from outside: an upstream change, a duty, new data. Immutable, one file an event.
 */
export interface ModelEvent {
  /**
   * The shape of this file.
   */
  schema: 'mlc/event@1';
  /**
   * The same as the folder's name.
   */
  model_id: string;
  /**
   * Names the event; the file is called after it.
   */
  id: string;
  /**
   * What kind of event.
   */
  type: 'upstream-change' | 'compliance-event' | 'data-accumulation';
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  recorded_at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  recorded_by: string;
  /**
   * A calendar day in UTC, ISO 8601.
   */
  occurred_on?: string;
  /**
   * What happened.
   */
  summary: string;
  /**
   * Where it is written down: a ticket, a release note, a letter.
   */
  reference?: string;
  base_model?: UpstreamBaseModel;
  /**
   * What kind of duty a compliance event is.
   */
  duty?: 'regulation' | 'erasure' | 'audit-finding' | 'other';
  /**
   * What it changes for the model: the data that it may use, or the objective that it serves.
   */
  changes?: 'data' | 'objective';
  /**
   * Newly labelled examples that came since the event before.
   */
  new_examples?: number;
  /**
   * Whether the new examples come from a domain that the training data lacks.
   */
  new_domain?: boolean;
}
/**
 * The base model that the provider has now.
 */
export interface UpstreamBaseModel {
  /**
   * Name of the base model.
   */
  name: string;
  /**
   * Its revision now.
   */
  revision: string;
}
/**
 * The decision to train again: written before anything is sent, so that nothing is sent twice unknowingly.
 */
export interface RetrainingRequest {
  /**
   * The shape of this file.
   */
  schema: 'mlc/request@1';
  /**
   * The same as the folder's name.
   */
  model_id: string;
  /**
   * Trigger and a digest of model, trigger and inputs: the same request twice is one.
   */
  id: string;
  /**
   * A semantic version as a quoted string, without build metadata.
   */
  version: string;
  /**
   * The trigger that it answers.
   */
  trigger:
    | 'drift-threshold'
    | 'metric-regression'
    | 'data-accumulation'
    | 'calendar'
    | 'upstream-change'
    | 'compliance-event';
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  requested_at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  requested_by: string;
  /**
   * Why.
   */
  reason?: string;
  /**
   * What the rules recommend.
   */
  response?: string;
  inputs: RetrainingInputs;
  /**
   * What made the trigger fire; empty where a person asked without one.
   *
   * @maxItems 100
   */
  causes: TriggerCause[];
  /**
   * Every hand-over, in order.
   *
   * @maxItems 100
   */
  attempts?: HandOverAttempt[];
  closed?: RequestClosing;
}
/**
 * What the training is to start from.
 */
export interface RetrainingInputs {
  /**
   * The data, as NAME@VERSION.
   */
  data_snapshot: string;
  /**
   * The random seed.
   */
  seed: number;
  /**
   * The commit of the training code.
   */
  commit: string;
}
/**
 * One cause.
 */
export interface TriggerCause {
  /**
   * What it was read from.
   */
  kind: 'report' | 'event' | 'date';
  /**
   * The report, as version and file name, or the event's id.
   */
  source?: string;
  /**
   * The numbers.
   */
  message: string;
}
/**
 * One hand-over.
 */
export interface HandOverAttempt {
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * Who it was handed to.
   */
  to: 'command' | 'airflow' | 'prefect' | 'kubeflow' | 'github-workflow' | 'github-dispatch' | 'gitlab';
  /**
   * What became of it; `sending` is written before anything is sent, and stays where the answer was lost.
   */
  outcome: 'sending' | 'accepted' | 'refused' | 'unknown';
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  settled_at?: string;
  /**
   * The run's id on the other side.
   */
  external_id?: string;
  /**
   * Where the run can be seen.
   */
  url?: string;
  /**
   * What the other side said.
   */
  detail?: string;
  /**
   * Whether the other side had it already.
   */
  duplicate?: boolean;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  settled_by?: string;
}
/**
 * How it ended.
 */
export interface RequestClosing {
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * A new version was registered, or it was cancelled.
   */
  outcome: 'registered' | 'cancelled';
  /**
   * A semantic version as a quoted string, without build metadata.
   */
  version?: string;
  /**
   * Why it was cancelled.
   */
  reason?: string;
}
/**
 * Harm, or nearly harm, that a model had a part in. While it is open its versions are neither deployed nor retired.
 */
export interface Incident {
  /**
   * The shape of this file.
   */
  schema: 'mlc/incident@1';
  /**
   * The same as the folder's name.
   */
  model_id: string;
  /**
   * Names the incident; the file is called after it.
   */
  id: string;
  /**
   * Decides by when the authority has to be told: 15 days in general, 10 for a death, 2 for widespread harm or critical infrastructure (Regulation 2024/1689, Article 73); a minor one need not be.
   */
  severity: 'minor' | 'serious' | 'death' | 'widespread' | 'critical-infrastructure';
  /**
   * The versions that had a part in it, and are held.
   *
   * @minItems 1
   * @maxItems 200
   *
   * Items: A semantic version as a quoted string, without build metadata.
   */
  versions: string[];
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  opened_at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  opened_by: string;
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  aware_at: string;
  /**
   * The last day to tell the authority; null where it need not be told.
   */
  report_by: string | null;
  /**
   * What happened.
   */
  summary: string;
  /**
   * What became known and was done since.
   *
   * @maxItems 500
   */
  updates?: IncidentUpdate[];
  reported?: IncidentReport;
  closed?: IncidentClosing;
}
/**
 * One update.
 */
export interface IncidentUpdate {
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * What became known, or was done.
   */
  note: string;
  /**
   * Its severity from here on, where it changed.
   */
  severity?: 'minor' | 'serious' | 'death' | 'widespread' | 'critical-infrastructure';
  /**
   * Its versions from here on, where they changed.
   *
   * @minItems 1
   * @maxItems 200
   *
   * Items: A semantic version as a quoted string, without build metadata.
   */
  versions?: string[];
  /**
   * Where the report to the authority is filed.
   */
  reported?: string;
}
/**
 * The report to the authority.
 */
export interface IncidentReport {
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * Where the report is filed.
   */
  reference: string;
}
/**
 * How it ended.
 */
export interface IncidentClosing {
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  by: string;
  /**
   * What was found, and why it is over.
   */
  reason: string;
}
/**
 * The distribution of reference data, small enough to keep: bins and counts, and no row. Drift is measured against it where the data is no longer at hand.
 */
export interface ReferenceProfile {
  /**
   * The shape of this file.
   */
  schema: 'mlc/profile@1';
  /**
   * The model, the same as in the path.
   */
  model_id: string;
  /**
   * A semantic version as a quoted string, without build metadata.
   */
  version: string;
  /**
   * Whether the columns are inputs or outputs of the model; the same as the file's name.
   */
  signal: 'input-drift' | 'output-drift';
  /**
   * A moment in UTC, ISO 8601, ending in `Z`.
   */
  made_at: string;
  /**
   * Who it was, as git writes people: `Name <email>`, or a name or address alone.
   */
  made_by: string;
  source: ProfileSource;
  /**
   * Every column that was profiled.
   *
   * @minItems 1
   * @maxItems 2000
   */
  columns: ProfiledColumn[];
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
 * What it was made of.
 */
export interface ProfileSource {
  /**
   * Name of the file without its folder, or the table or SELECT in a database.
   */
  file: string;
  /**
   * A SHA-256 digest: 64 lower-case hexadecimal digits.
   */
  sha256?: string;
}
/**
 * The distribution of one column. Lists of numbers are one text each, separated by spaces.
 */
export interface ProfiledColumn {
  /**
   * Name of the column or the embedding.
   */
  name: string;
  /**
   * What its values are. The counts of an embedding are those of the distances to its centroid.
   */
  kind: 'numeric' | 'categorical' | 'embedding';
  /**
   * Rows of the reference.
   */
  rows: number;
  /**
   * Rows without a value: empty, null or NaN.
   */
  missing: number;
  /**
   * Rows with an infinite value.
   */
  non_finite: number;
  /**
   * Inner edges of the bins, ascending: bin i holds edge i-1 <= x < edge i, and the outer bins are open.
   */
  edges?: string;
  /**
   * Instead of edges, where there are few: one bin a value, and a last one for every other number.
   */
  values?: string;
  /**
   * The categories with a bin of their own, the most frequent first; a last bin is for every other.
   *
   * @maxItems 50
   *
   * Items: One category.
   */
  categories?: string[];
  /**
   * Rows of the reference in each bin.
   */
  counts: string;
  /**
   * Values at which the cumulative count is known, ascending: Kolmogorov-Smirnov is measured on them.
   */
  points?: string;
  /**
   * Rows at or below each point.
   */
  at_or_below?: string;
  /**
   * Mean of an embedding's vectors: base64 of numbers in single precision, little end first.
   */
  centroid?: string;
}
