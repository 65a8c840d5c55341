// The last look at a report that was taken apart: something measured, nothing twice, names that a record can hold.
import { usage } from '../../errors.js';
import type { Observation, ParsedReport } from '../../lifecycle/monitoring/observation.js';

const longestName = 300;
const longestMethod = 100;
const longestReason = 500;

function refuseName({ name, method }: Observation, file: string): void {
  if (name.trim() !== '' && name.length <= longestName && method.length <= longestMethod) return;
  throw usage(
    'report/name',
    `${file} has a feature or metric whose name ${name.trim() === '' ? 'is empty' : `is too long: ${name.slice(0, 60)}…`}`,
    `names have at most ${longestName} characters, methods ${longestMethod}`,
  );
}

function refuseTwice(observations: readonly Observation[], file: string): void {
  const seen = new Set<string>();
  for (const { name, method } of observations) {
    const key = JSON.stringify([name, method]);
    if (seen.has(key)) {
      throw usage(
        'report/duplicate',
        `${file} has ${method} of ${name} twice, and only one of the two can count`,
        'have the tool write it once',
      );
    }
    seen.add(key);
  }
}

function without<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

/** Checks a report and leaves out what it does not say. */
export function finish(report: ParsedReport, file: string): ParsedReport {
  if (report.observations.length === 0) {
    throw usage(
      'report/nothing-measured',
      `${file} is ${report.format}, and holds no observation that mlc reads${report.notes.length > 0 ? ` (${report.notes.join('; ')})` : ''}`,
      'have the tool write drift or quality metrics into it',
    );
  }
  for (const observation of report.observations) refuseName(observation, file);
  refuseTwice(report.observations, file);
  const samples = report.samples && without(report.samples);
  return without({
    ...report,
    samples: samples && Object.keys(samples).length > 0 ? samples : undefined,
    observations: report.observations.map((observation) => ({
      ...observation,
      ...(observation.unmeasured === undefined
        ? {}
        : { unmeasured: observation.unmeasured.slice(0, longestReason) }),
    })),
  });
}
