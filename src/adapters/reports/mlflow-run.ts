// An MLflow run, from whichever place it was read: metrics and tags to a report. When it ran is not what it is about.
import type { ParsedReport } from '../../lifecycle/monitoring/observation.js';
import { signalOf } from './header.js';
import { writtenWindow } from './moments.js';
import { observe } from './observe.js';

/** A run's newest metrics, its tags, and its status where it is known. */
export interface MlflowRun {
  metrics: readonly (readonly [string, unknown])[];
  tags: ReadonlyMap<string, string>;
  status: string | undefined;
}

/** A run as a report; tags `mlc.*` say what it is about. */
export function reportOfRun(run: MlflowRun, file: string): ParsedReport {
  const tag = (name: string): string | undefined => run.tags.get(`mlc.${name}`)?.trim() || undefined;
  const [signal, start, end] = [tag('signal'), tag('window.start'), tag('window.end')];
  const isOpen = run.status !== undefined && run.status !== 'FINISHED';
  return {
    format: 'mlflow',
    producer: 'mlflow',
    model: tag('model'),
    version: tag('version'),
    signal: signal === undefined ? undefined : signalOf(signal, file),
    window: start === undefined && end === undefined ? undefined : writtenWindow(start, end, file),
    observations: run.metrics.map(([name, value]) => observe(name, 'value', value)),
    notes: isOpen ? [`the run's status is ${run.status}, so its metrics may not be final`] : [],
  };
}
