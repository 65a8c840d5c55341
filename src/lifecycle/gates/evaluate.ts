// The evaluation gate: holds a candidate's results against the bounds agreed in advance.
import type { Check, CheckResult, EvaluationGate } from '../../generated/types.js';
import { type Problem, problem } from '../problems.js';
import type { Results } from '../results.js';
import { type Baseline, type Subject, evaluateMetric } from './check.js';
import { goldenProblems, incomparable } from './data.js';
import { evaluateSlices } from './slices.js';

/** The outcome of a gate. */
export interface GateVerdict {
  verdict: 'pass' | 'fail' | 'error';
  /** True where no baseline existed and regression checks were skipped for that reason. */
  bootstrap: boolean;
  checks: CheckResult[];
  /** What is wrong apart from single checks: other data than the golden set, too few examples. */
  problems: Problem[];
}

function applyWaivers(result: CheckResult, check: Check, gate: EvaluationGate, today: string): CheckResult {
  if (result.status !== 'fail') return result;
  const waiver = gate.waivers?.find((entry) => entry.check === check.id && entry.expires >= today);
  return waiver
    ? { ...result, status: 'waived', waiver: `${waiver.by}: ${waiver.reason} (until ${waiver.expires})` }
    : result;
}

/**
 * Holds a candidate against a gate.
 *
 * @param today the day that waivers are held against, `YYYY-MM-DD`
 */
export function evaluateGate(
  gate: EvaluationGate,
  candidate: Results,
  baseline: Baseline | undefined,
  today: string,
): GateVerdict {
  const subject: Subject = { gate, candidate, baseline, incomparable: incomparable(candidate, baseline) };
  const checks = gate.checks.flatMap((check) => {
    const results = check.slices
      ? evaluateSlices(check, check.slices.by, check.slices.min_n ?? 0, subject)
      : [evaluateMetric(check, check.id, check.metric, subject)];
    return results.map((result) => applyWaivers(result, check, gate, today));
  });
  const problems = goldenProblems(gate, candidate);
  const needsBaseline = gate.checks.some((check) => check.max_regression ?? check.min_improvement);
  if (!baseline && needsBaseline && gate.baseline?.on_missing === 'fail') {
    problems.push(
      problem(
        'gate/no-baseline',
        'the gate asks for a baseline and there is none',
        'set baseline.on_missing: bootstrap in gate.yaml for the first version',
      ),
    );
  }
  const blocking = checks.filter((check) => check.severity !== 'warn');
  const verdict =
    problems.length > 0 || blocking.some((check) => check.status === 'error')
      ? 'error'
      : blocking.some((check) => check.status === 'fail')
        ? 'fail'
        : 'pass';
  return { verdict, bootstrap: !baseline && needsBaseline, checks, problems };
}
