// The text of a year of reports for measuring: one of each signal as mlc itself decides and writes it, then varied.
import type { MonitoringReport } from '../../src/generated/types.js';
import { timestampOf } from '../../src/lifecycle/dates.js';
import type { ModelState } from '../../src/lifecycle/decisions.js';
import { ledgerPath } from '../../src/lifecycle/ledger.js';
import type { Observation, Signal } from '../../src/lifecycle/monitoring/observation.js';
import { monitor } from '../../src/lifecycle/operations/monitor.js';
import { roleOf, schemaReference } from '../../src/registry/paths.js';
import { readRecord } from '../../src/registry/read-record.js';
import { ada, recordOf } from './history.js';
import { renderFile } from './texts.js';

export const week = 7 * 86_400;
/** The end of the first week after the models went into production: a Sunday, in seconds since 1970. */
export const firstEnd = Date.parse('2026-12-13T00:00:00Z') / 1000;
/** The version that is in production. */
export const version = '1.0.0';
export const signals = ['input-drift', 'output-drift', 'quality', 'latency'] as const;
const qualities = ['accuracy', 'recall.malignant', 'f1_macro', 'roc_auc'];

/** Whether the data of a week is as it was at training. */
export type Mood = 'calm' | 'drifted';

/** Numbers between 0 and 1 that are the same in every run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What a report says; the first three features drift, and the score and every metric with them. */
function valuesOf(signal: Signal, mood: Mood, count: number, random: () => number): number[] {
  return Array.from({ length: count }, (_, place) => {
    const part = random();
    if (signal === 'latency') return 0.4 + part / 2;
    if (signal === 'quality') return (mood === 'calm' ? 0.965 : 0.9) + part / 100;
    return mood === 'drifted' && place < 3 ? 0.25 + part / 4 : 0.01 + part / 10;
  });
}

function observationsOf(signal: Signal, mood: Mood, features: readonly string[]): Observation[] {
  const names = { 'input-drift': features, 'output-drift': ['score'], quality: qualities }[signal as string];
  const isDrift = signal.endsWith('-drift');
  const measured = names ?? ['p95_latency_ms'];
  const values = valuesOf(signal, mood, measured.length, randomOf(1));
  return measured.map((name, place) => ({
    name,
    method: isDrift ? 'psi' : 'value',
    value: values[place] ?? 0,
    threshold: isDrift ? 0.2 : signal === 'latency' ? 5 : null,
    breached: null,
  }));
}

/** One report of each signal and mood, as mlc itself decides and writes it. */
export function renderTemplates(state: ModelState): Map<string, string> {
  const texts = new Map<string, string>();
  const end = timestampOf(new Date(firstEnd * 1000));
  const start = timestampOf(new Date((firstEnd - week) * 1000));
  const now = timestampOf(new Date((firstEnd + 6 * 3600) * 1000));
  for (const signal of signals)
    for (const mood of ['calm', 'drifted'] as const) {
      const isDrift = signal.endsWith('-drift');
      const decision = monitor(
        state,
        {
          version: recordOf(state, version),
          signal,
          observations: observationsOf(signal, mood, state.model.monitoring?.key_features ?? []),
          source: { file: `${signal}.json`, sha256: '0'.repeat(64), format: 'plain' },
          window: { start, end },
          samples: isDrift ? { reference: 398, current: 1200 } : { current: 1200 },
        },
        { actor: ada, now },
      );
      const change = decision.kind === 'plan' ? decision.plan.changes[0] : undefined;
      if (change?.kind !== 'create-file') throw new Error(JSON.stringify(decision));
      const file = ledgerPath(state.model.model_id, change.file);
      texts.set(`${signal} ${mood}`, renderFile(change.data, schemaReference(file, 'report')));
    }
  return texts;
}

/** A template with another model, week and numbers. */
export function vary(
  text: string,
  model: string,
  number: number,
  signal: Signal,
  mood: Mood,
  end: number,
): string {
  const random = randomOf(number);
  const values = valuesOf(signal, mood, 8, random);
  const stamp = (seconds: number): string => timestampOf(new Date(seconds * 1000));
  const digest = Array.from({ length: 8 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  );
  let place = 0;
  return text
    .replace(/^model_id: .*$/m, `model_id: ${model}`)
    .replace(/^recorded_at: .*$/m, `recorded_at: "${stamp(end + 6 * 3600 + (number % 3600))}"`)
    .replace(/^ {2}start: .*$/m, `  start: "${stamp(end - week)}"`)
    .replace(/^ {2}end: .*$/m, `  end: "${stamp(end)}"`)
    .replace(/^ {2}sha256: .*$/m, `  sha256: "${digest.join('')}"`)
    .replace(/^ {2}current: .*$/m, `  current: ${1000 + Math.floor(random() * 500)}`)
    .replace(/^ {4}value: .*$/gm, () => `    value: ${values[place++] ?? 0}`);
}

/** What mlc finds in reports that it should find nothing in. */
export async function checkSample(sample: ReadonlyMap<string, string>): Promise<void> {
  for (const [file, text] of sample) {
    const { data, problems } = await readRecord('report', roleOf(file), Buffer.from(text), file);
    if (problems.length > 0) throw new Error(`${file}: ${JSON.stringify(problems)}`);
    const known = new Set((data as MonitoringReport).observations.map(({ verdict }) => verdict));
    if (known.has('unmeasured')) throw new Error(`${file} holds what was not measured`);
  }
}
