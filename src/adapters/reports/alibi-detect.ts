// Alibi Detect's predictions: arrays by position, an overall verdict or one a feature, p-values held against `threshold`.
import { usage } from '../../errors.js';
import type { Observation, ParsedReport } from '../../lifecycle/monitoring/observation.js';
import { methodOf } from '../../lifecycle/monitoring/methods.js';
import {
  type Content,
  type ReadContext,
  type ReportFormat,
  dataOf,
  field,
  isMapping,
  textField,
} from './content.js';
import { flagOf } from './numbers.js';
import { observe, observeFlag, wholeDataset } from './observe.js';

/** The statistic that each test's `distance` holds, where its p-value is not in the file. */
const statistics: Readonly<Record<string, string>> = {
  KSDrift: 'ks-statistic',
  ChiSquareDrift: 'chi-square-statistic',
};

/** The detector, without the library that computed it. */
function detectorOf(meta: unknown): string {
  return (textField(meta, 'name') ?? '').replace(/(?:Torch|TF|Tensorflow|Pytorch|Sklearn|Keops)$/i, '');
}

/** An array of numbers, or one number for all features together. */
function valuesOf(raw: unknown): unknown[] | undefined {
  if (Array.isArray(raw)) return raw.every((value) => !Array.isArray(value)) ? raw : undefined;
  return raw === null || raw === undefined ? undefined : [raw];
}

function namesFor(values: readonly unknown[], isArray: boolean, context: ReadContext): string[] {
  const { features, file } = context;
  if (!isArray) return [wholeDataset];
  if (features && features.length !== values.length) {
    throw usage(
      'report/features',
      `${file} has ${values.length} features, and --features names ${features.length}`,
      'name them in the order of the columns that the detector was given',
    );
  }
  return values.map((_, index) => features?.[index] ?? `feature-${index}`);
}

/** The verdict on one feature: its own, or what the verdict on all of them says of it. */
function verdictAt(isDrift: unknown, index: number, count: number): boolean | null {
  if (Array.isArray(isDrift)) return flagOf(isDrift[index]);
  const overall = flagOf(isDrift);
  // Drift somewhere says nothing of one feature among several; no drift anywhere does.
  return overall === false || count === 1 ? overall : null;
}

function observationsOf(data: unknown, detector: string, context: ReadContext): Observation[] {
  const isDrift = field(data, 'is_drift');
  const pValues = valuesOf(field(data, 'p_val'));
  const raw = pValues ? field(data, 'p_val') : field(data, 'distance');
  const values = pValues ?? valuesOf(raw);
  if (!values || values.length === 0) {
    const flags = Array.isArray(isDrift) ? isDrift : [isDrift];
    const names = namesFor(flags, Array.isArray(isDrift), context);
    return flags.flatMap((flag, index) => {
      const breached = flagOf(flag);
      return breached === null ? [] : [observeFlag(names[index] ?? wholeDataset, breached)];
    });
  }
  const method = pValues
    ? (methodOf(detector, 'alibi-detect')?.id ?? 'p-value')
    : (statistics[detector] ?? `${detector} distance`);
  // The threshold is one for p-values, already corrected for their number.
  const threshold = pValues ? field(data, 'threshold') : field(data, 'distance_threshold');
  const names = namesFor(values, Array.isArray(raw), context);
  return values.map((value, index) =>
    observe(names[index] ?? wholeDataset, method, value, {
      threshold,
      breached: verdictAt(isDrift, index, values.length),
    }),
  );
}

/** A verdict on all features that no single one of them shows is said on its own. */
function withOverall(observations: readonly Observation[], isDrift: unknown): Observation[] {
  const hasDrift = flagOf(isDrift) === true;
  const shown = observations.some(
    ({ value, threshold, breached }) =>
      breached === true || (value !== null && threshold !== null && value < threshold),
  );
  return hasDrift && !shown ? [...observations, observeFlag(wholeDataset, true)] : [...observations];
}

function parse(content: Content, context: ReadContext): ParsedReport {
  const root = dataOf(content);
  const [data, meta] = [field(root, 'data'), field(root, 'meta')];
  const version = textField(meta, 'version');
  const observations = observationsOf(data, detectorOf(meta), context);
  const isCounted = observations.some(({ name }) => /^feature-\d+$/.test(name)) && !context.features;
  return {
    format: 'alibi-detect',
    producer: version === undefined ? 'alibi-detect' : `alibi-detect ${version}`,
    observations: withOverall(observations, field(data, 'is_drift')),
    notes: isCounted
      ? ['the file counts its features and does not name them: --features a,b,c names them']
      : [],
  };
}

export const alibiDetect: ReportFormat = {
  id: 'alibi-detect',
  detect: (content) => {
    const data = field(dataOf(content), 'data');
    return isMapping(data) && Object.hasOwn(data, 'is_drift') && isMapping(field(dataOf(content), 'meta'));
  },
  accepts: (content) => Object.hasOwn(Object(field(dataOf(content), 'data')) as object, 'is_drift'),
  parse,
};
