// What an observation comes to when it is recorded: the tool's own verdict, else its value against its limit.
import type { EvaluationGate } from '../../generated/types.js';
import { type Method } from './method-table.js';
import { judge, methodOf } from './methods.js';
import type { Observation, Verdict } from './observation.js';

/** Which way a metric is better, as the gate that was agreed says it. */
export function betterOf(
  metrics: EvaluationGate['metrics'] | undefined,
  metric: string,
): 'higher' | 'lower' | undefined {
  return metrics?.[metric]?.better;
}

// The field's cut of PSI is exceeded above it, and triggers fire so; a tool that counts the cut itself says so.
function isBeyond(method: Method, value: number, threshold: number): boolean {
  if (method.id === 'psi' && value === threshold) return false;
  return judge(method, value, threshold);
}

/** Judges an observation. A method or metric whose direction nobody named is never guessed. */
export function verdictOf(observation: Observation, gate: EvaluationGate | undefined): Verdict {
  const { name, value, threshold, breached } = observation;
  if (value === null) return 'unmeasured';
  if (breached === true) return 'breached';
  const method = methodOf(observation.method);
  // What a report calls fine, and its own numbers do not, is not fine: a verdict can be edited.
  if (breached === false)
    return method && threshold !== null && value !== threshold && judge(method, value, threshold)
      ? 'breached'
      : 'within';
  if (threshold === null) return 'unjudged';
  if (method) return isBeyond(method, value, threshold) ? 'breached' : 'within';
  const better = betterOf(gate?.metrics, name);
  if (better === undefined) return 'unjudged';
  const isWorse = better === 'higher' ? value < threshold : value > threshold;
  return isWorse ? 'breached' : 'within';
}
