// The id of a retraining request: what makes the same request twice one.
import { createHash } from 'node:crypto';
import type { RetrainingRequest } from '../generated/types.js';

/** Trigger and a digest of model, trigger, data snapshot, seed and commit: `drift-threshold-3f9c1a2b4d5e`. */
export function requestId({
  model_id: model,
  trigger,
  inputs,
}: Pick<RetrainingRequest, 'model_id' | 'trigger' | 'inputs'>): string {
  const parts = [model, trigger, inputs.data_snapshot, inputs.seed, inputs.commit];
  return `${trigger}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)}`;
}
