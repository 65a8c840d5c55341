// What `mlc register` is told, by flags and by a file, as one submission. Flags win over the file.
import type { EvidenceFile, RegistrationEvidence } from '../generated/types.js';
import { compact } from '../lifecycle/edits.js';
import type { Submission } from '../lifecycle/operations/submission.js';
import { type Results, flattenResults, parseDataset } from '../lifecycle/results.js';
import { usage } from '../errors.js';
import { readRequest } from './evidence-file.js';
import { parseArtifact, parseNamed, parsePair } from './flags.js';
import { readNumbersFile } from './numbers-file.js';

/** The flags of register, by what they mean. */
export interface SubmissionFlags {
  change?: string | undefined;
  summary?: string | undefined;
  substantialModification?: string | undefined;
  modificationReason?: string | undefined;
  run?: string | undefined;
  dataset?: string | undefined;
  datasetSha256?: string | undefined;
  commit?: string | undefined;
  seed?: number | undefined;
  startedAt?: string | undefined;
  architecture?: string | undefined;
  objective?: string | undefined;
  baseModel?: string | undefined;
  hyperparameters: readonly string[];
  artifacts: readonly string[];
  gdprStatus?: string | undefined;
  risk?: string | undefined;
  soc2Evidence?: string | undefined;
  deprecationTarget?: string | undefined;
}

type Training = NonNullable<RegistrationEvidence['training']>;

function trainingOf(flags: SubmissionFlags, file: Training | undefined): Training | undefined {
  if (flags.seed !== undefined && !Number.isInteger(flags.seed))
    throw usage('input/number', `--seed is ${flags.seed}, which is not a whole number`, '--seed 17');
  const pairs = flags.hyperparameters.map((pair) => parsePair(pair, '--hyperparameter'));
  const base = flags.baseModel === undefined ? undefined : parseNamed(flags.baseModel, '--base-model');
  const data =
    flags.datasetSha256 === undefined || flags.dataset === undefined
      ? undefined
      : { ...parseNamed(flags.dataset, '--dataset'), sha256: flags.datasetSha256, role: 'training' as const };
  const training: Training = compact({
    ...file,
    seed: flags.seed ?? file?.seed,
    started_at: flags.startedAt ?? file?.started_at,
    architecture: flags.architecture ?? file?.architecture,
    objective: flags.objective ?? file?.objective,
    hyperparameters:
      pairs.length > 0 ? { ...file?.hyperparameters, ...Object.fromEntries(pairs) } : file?.hyperparameters,
    base_model: base ? { name: base.name, revision: base.version } : file?.base_model,
    datasets: data
      ? [data, ...(file?.datasets ?? []).filter((set) => set.role !== 'training')]
      : file?.datasets,
  });
  return Object.keys(training).length > 0 ? training : undefined;
}

function changeOf(flags: SubmissionFlags, file: RegistrationEvidence['change']): Submission['change'] {
  const answer = flags.substantialModification;
  if (answer !== undefined && flags.modificationReason === undefined)
    throw usage('input/missing', '--substantial-modification needs a reason', '--modification-reason TEXT');
  const change = compact({
    ...file,
    type: flags.change ?? file?.type,
    summary: flags.summary ?? file?.summary,
    substantial_modification:
      answer === undefined ? file?.substantial_modification : { answer, reason: flags.modificationReason },
  });
  return Object.keys(change).length > 0 ? (change as Submission['change']) : undefined;
}

/** Merges flags and file. */
export async function readSubmission(
  flags: SubmissionFlags,
  cwd: string,
  from: string | undefined,
): Promise<{ submission: Submission; fileResults: Record<string, unknown> | undefined }> {
  const file: RegistrationEvidence = from === undefined ? {} : await readRequest('evidence', cwd, from);
  if (flags.dataset !== undefined) parseNamed(flags.dataset, '--dataset');
  const artifacts = flags.artifacts.map(parseArtifact);
  const compliance = compact({
    ...file.compliance,
    ...(flags.gdprStatus === undefined ? {} : { gdpr_status: flags.gdprStatus }),
    ...(flags.risk === undefined ? {} : { eu_ai_act_risk_class: flags.risk }),
    ...(flags.soc2Evidence === undefined ? {} : { soc2_evidence_id: flags.soc2Evidence }),
  }) as Submission['compliance'];
  const submission: Submission = compact({
    change: changeOf(flags, file.change),
    parent_run_id: flags.run ?? file.parent_run_id,
    dataset_version: flags.dataset ?? file.dataset_version,
    training_commit: flags.commit ?? file.training_commit,
    training: trainingOf(flags, file.training),
    artifacts: artifacts.length > 0 ? artifacts : file.artifacts,
    compliance: compliance && Object.keys(compliance).length > 0 ? compliance : undefined,
    intended_use: file.intended_use,
    deprecation_target: flags.deprecationTarget ?? file.deprecation_target,
    labels: file.labels,
    extensions: file.extensions,
  });
  return { submission, fileResults: file.evaluation_results };
}

/** Evaluation results from a file, or from the evidence file itself. */
export async function readResults(
  cwd: string,
  file: string | undefined,
  inEvidence: Record<string, unknown> | undefined,
  dataset: string | undefined,
): Promise<{ results: Results | undefined; evidence: EvidenceFile[] }> {
  const read = file === undefined ? undefined : await readNumbersFile(cwd, file);
  const tree = read?.data ?? inEvidence;
  if (!tree) return { results: undefined, evidence: [] };
  const results = flattenResults(tree);
  if (dataset !== undefined) results.dataset = { ...results.dataset, ...parseDataset(dataset) };
  return { results, evidence: read ? [read.evidence] : [] };
}
