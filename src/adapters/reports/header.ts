// Reads what a report says of itself: model, version, signal, window, samples, producer.
import { usage } from '../../errors.js';
import { type ParsedReport, type Signal, signals } from '../../lifecycle/monitoring/observation.js';
import { didYouMean } from '../../lifecycle/similarity.js';
import { field, isMapping, textField } from './content.js';
import { writtenWindow } from './moments.js';
import { countOf } from './numbers.js';

type Header = Omit<ParsedReport, 'format' | 'observations' | 'notes'>;

/** A signal by its name. */
export function signalOf(raw: string, file: string): Signal {
  const found = signals.find((signal) => signal === raw);
  if (found) return found;
  throw usage('report/signal', `"${raw}" in ${file} is no signal`, didYouMean(raw, signals));
}

function plainText(data: unknown, key: string, file: string): string | undefined {
  const raw = field(data, key);
  if (raw === undefined || raw === null) return undefined;
  if (typeof raw === 'string' && raw !== '') return raw;
  throw usage(
    'report/header',
    `${key} of ${file} is ${JSON.stringify(raw)}, and has to be a text`,
    key === 'version' ? 'put the version in quotes: "2.1.0"' : `write ${key} as a text`,
  );
}

function samplesOf(data: unknown, file: string): Header['samples'] {
  const samples = field(data, 'samples');
  if (samples === undefined || samples === null) return undefined;
  const read = (side: string): number | undefined => {
    const raw = field(samples, side);
    const count = countOf(raw);
    if (raw === undefined || raw === null || count !== undefined) return count;
    throw usage(
      'report/samples',
      `samples.${side} of ${file} is ${JSON.stringify(raw)}, and has to be a number of examples`,
      '"samples": {"reference": 5000, "current": 1200}',
    );
  };
  return { reference: read('reference'), current: read('current') };
}

/** What a mapping says of itself; the rest is left out. */
export function headerOf(data: unknown, file: string): Header {
  const signal = textField(data, 'signal');
  const window = field(data, 'window');
  return {
    producer: plainText(data, 'producer', file),
    model: plainText(data, 'model', file),
    version: plainText(data, 'version', file),
    signal: signal === undefined ? undefined : signalOf(signal, file),
    window:
      isMapping(window) || typeof window === 'string'
        ? writtenWindow(field(window, 'start'), field(window, 'end'), file)
        : undefined,
    samples: samplesOf(data, file),
  };
}
