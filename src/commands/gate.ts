// mlc gate: holds results against a gate; writes nothing.
import { readResults } from '../adapters/submission.js';
import { evaluateGate } from '../lifecycle/gates/evaluate.js';
import { baselineOf } from '../lifecycle/operations/gating.js';
import { refusal, usage } from '../errors.js';
import { loadModel } from '../registry/load.js';
import { readClock } from '../registry/clock.js';
import { headCommit } from '../registry/registry.js';
import { verdictView } from '../views/gate.js';
import { open } from './answers.js';
import { type Command, text, word } from './command.js';

export const command: Command = {
  description:
    "Holds evaluation results against a model's gate, as `mlc register` would, and writes nothing. Exit code 1 when the gate does not pass.",
  arguments: [{ name: 'model', description: 'the model' }],
  options: [
    {
      flags: '--results <file>',
      description: 'the evaluation results: JSON or YAML, flat or nested',
      required: true,
    },
    { flags: '--baseline-results <file>', description: 'the baseline, measured again on the same data' },
    {
      flags: '--evaluation-dataset <name@version>',
      description: 'what the results were measured on, where the file does not say it',
    },
  ],
  examples: ['mlc gate churn --results results.json', 'mlc gate churn --results results.json --json'],
  run: async (session, input) => {
    const registry = await open(session);
    const model = word(input, 'model');
    const { commit } = await headCommit(registry);
    const { state } = await loadModel(registry, commit, model);
    if (!state.gate)
      throw refusal(
        'gate/none',
        `${model} has no evaluation gate`,
        `write models/${model}/gate.yaml: mlc schema gate`,
      );
    const dataset = text(input, 'evaluationDataset');
    const [candidate, again] = await Promise.all([
      readResults(session.cwd, text(input, 'results'), undefined, dataset),
      readResults(session.cwd, text(input, 'baselineResults'), undefined, undefined),
    ]);
    const baseline = baselineOf(state, again.results);
    if ('problem' in baseline)
      throw refusal('gate/unknown-baseline', baseline.problem.message, baseline.problem.hint);
    if (!candidate.results) throw usage('input/missing', 'there are no results', '--results FILE');
    const outcome = evaluateGate(
      state.gate,
      candidate.results,
      baseline.baseline,
      readClock(session.env).slice(0, 10),
    );
    const shown = {
      verdict: outcome.verdict,
      baseline: baseline.baseline?.version ?? null,
      checks: outcome.checks,
    };
    return {
      json: {
        model,
        ...shown,
        bootstrap: outcome.bootstrap,
        problems: outcome.problems,
        evidence: candidate.evidence,
      },
      view: (style) => verdictView(model, shown, style),
      exitCode: outcome.verdict === 'pass' ? 0 : 1,
      problems: outcome.problems,
      ...(outcome.verdict === 'pass'
        ? { next: [`mlc register ${model} --results ${text(input, 'results') ?? 'FILE'} --help`] }
        : {}),
    };
  },
};
