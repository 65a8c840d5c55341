// mlc register: a trained model becomes a new version, if its gate passes and its lineage is complete.
import { type SubmissionFlags, readResults, readSubmission } from '../adapters/submission.js';
import { register } from '../lifecycle/operations/register.js';
import { resolveTrainingCommit } from '../registry/evidence.js';
import { gateDates } from '../registry/gate-dates.js';
import { runTransition } from '../registry/transition.js';
import { open, transitionAnswer } from './answers.js';
import {
  type Command,
  type Input,
  type Session,
  number,
  reasonOf,
  settingsOf,
  text,
  texts,
  word,
} from './command.js';

function flagsOf(input: Input): SubmissionFlags {
  return {
    change: text(input, 'change'),
    summary: text(input, 'summary'),
    substantialModification: text(input, 'substantialModification'),
    modificationReason: text(input, 'modificationReason'),
    run: text(input, 'run'),
    dataset: text(input, 'dataset'),
    datasetSha256: text(input, 'datasetSha256'),
    commit: text(input, 'commit'),
    seed: number(input, 'seed'),
    startedAt: text(input, 'startedAt'),
    architecture: text(input, 'architecture'),
    objective: text(input, 'objective'),
    baseModel: text(input, 'baseModel'),
    hyperparameters: texts(input, 'hyperparameter'),
    artifacts: texts(input, 'artifact'),
    gdprStatus: text(input, 'gdprStatus'),
    risk: text(input, 'risk'),
    soc2Evidence: text(input, 'soc2Evidence'),
    deprecationTarget: text(input, 'deprecationTarget'),
  };
}

/** On a terminal, asks for what neither flags nor file say. A configuration change keeps its parent's lineage. */
async function askForMissing(session: Session, input: Input): Promise<Input> {
  const { ask } = session;
  if (!ask) return input;
  const { submission: known, fileResults } = await readSubmission(
    flagsOf(input),
    session.cwd,
    text(input, 'from'),
  );
  const options = { ...input.options };
  const fill = async (
    key: string,
    present: unknown,
    question: string,
    choices?: readonly string[],
  ): Promise<void> => {
    if (present === undefined) options[key] = await ask({ text: question, ...(choices ? { choices } : {}) });
  };
  await fill('change', known.change?.type, 'what kind of change is this', [
    'architecture',
    'retraining',
    'configuration',
  ]);
  await fill('results', text(input, 'results') ?? fileResults, 'file with the evaluation results');
  if ((options.change ?? known.change?.type) !== 'configuration') {
    await fill('run', known.parent_run_id, 'training run, by id or URI');
    await fill('dataset', known.dataset_version, 'training data, as NAME@VERSION');
    await fill('commit', known.training_commit, 'commit of the training code');
    await fill('seed', known.training?.seed, 'random seed');
    await fill('gdprStatus', known.compliance?.gdpr_status, 'state of the data protection assessment');
  }
  return { ...input, options };
}

export const command: Command = {
  description:
    'Registers a trained model as a new version: the gate has to pass, the lineage to be complete, and the kind of change to fit the evidence; it decides the number. The same inputs again are the same version. Evidence comes from flags, from a file (--from), or both; flags win. A configuration change keeps the run, data, commit, seed and weights of the version that it configures.',
  arguments: [{ name: 'model', description: 'the model' }],
  options: [
    {
      flags: '--change <type>',
      description:
        'architecture bumps MAJOR, retraining MINOR, configuration PATCH; asked from the second version on',
      choices: ['architecture', 'retraining', 'configuration'],
    },
    { flags: '--results <file>', description: 'the evaluation results: JSON or YAML, flat or nested' },
    {
      flags: '--from <file>',
      description: 'evidence, YAML or JSON, under the keys of the version record (mlc schema evidence)',
    },
    { flags: '--run <uri>', description: 'the training run' },
    { flags: '--dataset <name@version>', description: 'the training data' },
    { flags: '--dataset-sha256 <digest>', description: 'digest of the training data' },
    { flags: '--commit <ref>', description: 'the commit of the training code' },
    { flags: '--seed <number>', description: 'the random seed' },
    { flags: '--started-at <time>', description: 'when the training began, as 2026-03-01T09:30:00Z' },
    { flags: '--architecture <name>', description: 'the model family' },
    { flags: '--objective <text>', description: 'what the training optimises' },
    { flags: '--base-model <name@revision>', description: 'the model that was fine-tuned or prompted' },
    { flags: '--hyperparameter <key=value>', description: 'a setting of the training', many: true },
    {
      flags: '--artifact <uri=sha256>',
      description: 'a file of the version by its digest; other kinds than weights: ,kind=config',
      many: true,
    },
    { flags: '--summary <text>', description: 'what changed, in a sentence' },
    {
      flags: '--substantial-modification <answer>',
      description: 'whether this is a substantial modification; asked of high-risk models',
      choices: ['yes', 'no'],
    },
    { flags: '--modification-reason <text>', description: 'why it is one, or is not' },
    { flags: '--gdpr-status <text>', description: 'state of the data protection assessment' },
    {
      flags: '--risk <class>',
      description: "the risk class, where it is stricter than the model's",
      choices: ['minimal', 'limited', 'high', 'prohibited'],
    },
    { flags: '--soc2-evidence <id>', description: 'where the SOC 2 evidence is filed' },
    {
      flags: '--deprecation-target <date>',
      description: 'when it should be out of service or reviewed; policy decides where it is left out',
    },
    {
      flags: '--bump-from <version>',
      description: 'the version that was changed; the newest where it is left out',
    },
    {
      flags: '--request <id>',
      description: 'the retraining request that it answers: it is closed, and linked',
    },
    { flags: '--baseline-results <file>', description: 'the baseline, measured again on the same data' },
    {
      flags: '--evaluation-dataset <name@version>',
      description: 'what the results were measured on, where the file does not say it',
    },
  ],
  examples: [
    'mlc register churn --from evidence.yaml --results results.json',
    'mlc register churn --change retraining --results results.json --run runs:/4f1c --dataset churn-train@v5 --commit HEAD --seed 17 --gdpr-status "assessment done" --artifact s3://models/churn/weights.bin=$(sha256sum weights.bin | cut -c1-64)',
  ],
  commits: true,
  run: async (session, given) => {
    const registry = await open(session);
    const input = await askForMissing(session, given);
    const model = word(input, 'model');
    const dates = gateDates(registry, model);
    const { submission, fileResults } = await readSubmission(
      flagsOf(input),
      session.cwd,
      text(input, 'from'),
    );
    const [measured, again] = await Promise.all([
      readResults(session.cwd, text(input, 'results'), fileResults, text(input, 'evaluationDataset')),
      readResults(session.cwd, text(input, 'baselineResults'), undefined, undefined),
    ]);
    const { training_commit: revision } = submission;
    const resolved = revision === undefined ? undefined : resolveTrainingCommit(registry, revision);
    // The model may be refused before anybody waits for this.
    resolved?.catch(() => undefined);
    const outcome = await runTransition(
      registry,
      model,
      async ({ commit, state, gateDigest }, circumstance) => {
        const [gate, training] = [await dates.at(commit), await resolved];
        if (training) submission.training_commit = training.commit;
        gate.warnings.forEach(session.note);
        return register(
          state,
          {
            submission,
            bumpFrom: text(input, 'bumpFrom'),
            request: text(input, 'request'),
            results: measured.results,
            baselineResults: again.results,
            evidence: [...measured.evidence, ...again.evidence],
            gateDigest,
            gateCommittedAt: gate.at,
            trainingCommitAt: training?.at,
            reason: reasonOf(input),
          },
          circumstance,
        );
      },
      settingsOf(input),
    );
    if (outcome.commit !== null) await dates.remember();
    return transitionAnswer(outcome);
  },
};
