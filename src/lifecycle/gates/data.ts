// The data behind a gate: the golden set that was agreed on, and whether two results can be compared at all.
import type { EvaluationGate } from '../../generated/types.js';
import { type Problem, problem } from '../problems.js';
import { type Results, datasetLabel } from '../results.js';
import type { Baseline } from './check.js';

/** What is wrong with the data that the candidate was measured on. */
export function goldenProblems(gate: EvaluationGate, candidate: Results): Problem[] {
  const golden = gate.golden_dataset;
  if (!golden) return [];
  const measured = candidate.dataset;
  const agreed = datasetLabel(golden);
  if (!measured) {
    return [
      problem(
        'gate/golden-dataset',
        `the results do not say what they were measured on; the gate asks for ${agreed}`,
        'add "evaluation_dataset" to the results, or --evaluation-dataset NAME@VERSION',
      ),
    ];
  }
  const differs =
    measured.name !== golden.name ||
    (golden.version !== undefined && measured.version !== undefined && measured.version !== golden.version) ||
    (golden.sha256 !== undefined && measured.sha256 !== undefined && measured.sha256 !== golden.sha256);
  const unnamed =
    measured.sha256 === undefined &&
    measured.version === undefined &&
    (golden.version ?? golden.sha256) !== undefined;
  if (differs || unnamed) {
    const which = differs
      ? `were measured on ${datasetLabel(measured)}${measured.sha256 && golden.sha256 && measured.sha256 !== golden.sha256 ? ' with another digest' : ''}`
      : `do not say which version of ${measured.name} they were measured on`;
    return [
      problem(
        'gate/golden-dataset',
        `the results ${which}; the gate asks for ${agreed}`,
        `evaluate on ${agreed} and hand in those results`,
      ),
    ];
  }
  if (
    golden.min_examples !== undefined &&
    measured.examples !== undefined &&
    measured.examples < golden.min_examples
  ) {
    return [
      problem(
        'gate/too-few-examples',
        `${measured.examples} examples were measured; the gate asks for ${golden.min_examples}`,
        'evaluate on the whole golden data set',
      ),
    ];
  }
  if (golden.min_examples !== undefined && measured.examples === undefined) {
    return [
      problem(
        'gate/too-few-examples',
        `the results do not say how many examples were measured; the gate asks for ${golden.min_examples}`,
        'add "examples" to "evaluation_dataset" in the results',
      ),
    ];
  }
  return [];
}

/** Why two results cannot be compared, if they cannot. */
export function incomparable(candidate: Results, baseline: Baseline | undefined): string | undefined {
  if (!baseline) return undefined;
  const [a, b] = [candidate.dataset, baseline.results.dataset];
  if (!a || !b) return undefined;
  const differs =
    a.name !== b.name ||
    (a.version !== undefined && b.version !== undefined && a.version !== b.version) ||
    (a.sha256 !== undefined && b.sha256 !== undefined && a.sha256 !== b.sha256);
  if (!differs) return undefined;
  return `the baseline ${baseline.version} was measured on ${datasetLabel(b)}, the candidate on ${datasetLabel(a)}: measure the baseline again and pass --baseline-results`;
}
