// What a trigger that fired recommends: by its type, and for generative models by the scenario.
import type { Model, ModelEvent } from '../../generated/types.js';
import type { TriggerType } from './trigger.js';

/** The recommended response of each trigger. */
export const responses: Readonly<Record<TriggerType, string>> = {
  'drift-threshold': 'start the retraining pipeline',
  'metric-regression': 'start the retraining pipeline',
  'data-accumulation': 'schedule a retraining',
  calendar: 'run the validation; retrain if it regressed',
  'upstream-change': 'evaluate the new base in shadow; retrain if the difference exceeds the threshold',
  'compliance-event': 'retrain under the updated data governance',
};

/**
 * What to change first in a generative model: prompts where quality drifts on an unchanged base, the fine-tuning where
 * the domain is new, everything where base, objective or data duty changed.
 */
export function actionFor(
  model: Model,
  type: TriggerType,
  events: readonly ModelEvent[],
  base: 'unchanged' | 'changed',
): string | null {
  if (model.kind !== 'generative') return null;
  if (events.some(({ changes }) => changes === 'objective'))
    return 'full fine-tuning for the changed objective, as a MAJOR version';
  if (type === 'upstream-change') return 'evaluate the new checkpoint in shadow, then fine-tune again on it';
  if (type === 'compliance-event') return 'full retraining on data that meets the changed duty';
  if (type === 'data-accumulation')
    return events.some(({ new_domain: isNew }) => isNew)
      ? 'continued fine-tuning on the data of the new domain'
      : 'continued fine-tuning on the new data';
  if (type === 'calendar') return 'run the validation with the prompts as they are; change prompts first';
  if (base === 'changed')
    return 'the base has changed too: evaluate the new checkpoint in shadow, then fine-tune again on it';
  return 'the base is unchanged: change prompts or retrieval first, as a configuration change';
}
