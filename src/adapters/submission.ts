// What `mlc register` is told, by flags and by a file, as one submission. Flags win over the file.
import type { EvidenceFile, RegistrationEvidence } from '../generated/types.js';
import { isDay, isMoment } from '../lifecycle/dates.js';
import { compact } from '../lifecycle/edits.js';
import type { Submission } from '../lifecycle/operations/submission.js';
import { type Results, flattenResults, parseDataset } from '../lifecycle/results.js';
import { usage } from '../errors.js';
import { readRequest } from './evidence-file.js';
import { parseArtifact, parseNamed, parsePair } from './flags.js';
import { type NumbersFile, readNumbersFile } from './numbers-file.js';

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

function checkForms(flags: SubmissionFlags): void {
  const wrong = (flag: string, value: string, form: string): never => {
    throw usage(
      'input/form',
      `${flag} is "${value}", which is not ${form}`,
      `${flag} ${form.replace(/^.* like /, '')}`,
    );
  };
  const { startedAt, deprecationTarget, datasetSha256, dataset } = flags;
  if (startedAt !== undefined && !isMoment(startedAt))
    wrong('--started-at', startedAt, 'a UTC time like 2026-03-01T09:30:00Z');
  if (deprecationTarget !== undefined && !isDay(deprecationTarget))
    wrong('--deprecation-target', deprecationTarget, 'a day like 2027-03-01');
  if (datasetSha256 !== undefined && !/^[0-9a-f]{64}$/.test(datasetSha256))
    wrong('--dataset-sha256', datasetSha256, 'a digest of 64 hexadecimal digits');
  if (dataset !== undefined) parseNamed(dataset, '--dataset');
}

/** Merges flags and file. */
export async function readSubmission(
  flags: SubmissionFlags,
  cwd: string,
  from: string | undefined,
): Promise<{ submission: Submission; fileResults: NumbersFile | undefined }> {
  const request = from === undefined ? undefined : await readRequest('evidence', cwd, from);
  const file: RegistrationEvidence = request?.data ?? {};
  checkForms(flags);
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
  const fileResults =
    request && file.evaluation_results
      ? { data: file.evaluation_results as Record<string, unknown>, evidence: request.evidence }
      : undefined;
  return { submission, fileResults };
}

/** Evaluation results from a file, or from the evidence file itself. */
export async function readResults(
  cwd: string,
  file: string | undefined,
  inEvidence: NumbersFile | undefined,
  dataset: string | undefined,
): Promise<{ results: Results | undefined; evidence: EvidenceFile[] }> {
  const read = file === undefined ? inEvidence : await readNumbersFile(cwd, file);
  if (!read) return { results: undefined, evidence: [] };
  const results = flattenResults(read.data);
  if (dataset !== undefined) results.dataset = { ...results.dataset, ...parseDataset(dataset) };
  return { results, evidence: [read.evidence] };
}
