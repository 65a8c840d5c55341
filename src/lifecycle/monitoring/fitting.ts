// Fits a report into a record: which observations are kept where a tool measured hundreds.
import type { EvaluationGate } from '../../generated/types.js';
import type { Observation } from './observation.js';
import { verdictOf } from './verdict.js';

/** As many observations as fit into a record of 64 KiB with names of usual length. */
export const mostObservations = 350;

/** Keeps key features, breaches and what could not be measured before all else; the rest in the order of the file. */
export function fitting(
  observations: readonly Observation[],
  keyFeatures: readonly string[],
  gate: EvaluationGate | undefined,
): { kept: readonly Observation[]; leftOut: number | undefined } {
  if (observations.length <= mostObservations) return { kept: observations, leftOut: undefined };
  const rank = (observation: Observation): number => {
    if (keyFeatures.includes(observation.name)) return 0;
    const verdict = verdictOf(observation, gate);
    if (verdict === 'breached') return 1;
    return verdict === 'unmeasured' ? 2 : 3;
  };
  const ranked = observations.map((observation, place) => ({ observation, place, rank: rank(observation) }));
  const kept = ranked
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .slice(0, mostObservations)
    .sort((a, b) => a.place - b.place);
  return {
    kept: kept.map(({ observation }) => observation),
    leftOut: observations.length - mostObservations,
  };
}
