// Reads reports for tests: the fixtures that the tools made, and files that a test writes.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { type ReadOptions, type ReportFile, readReport } from '../../../src/adapters/reports/read.js';
import { Failure } from '../../../src/errors.js';
import type { Observation, ParsedReport } from '../../../src/lifecycle/monitoring/observation.js';
import { temporaryFolder } from '../../support/folders.js';

export const fixtures = path.join(import.meta.dirname, '../../fixtures/reports');

/** A fixture as a report. */
export async function fixture(name: string, options: ReadOptions = {}): Promise<ParsedReport> {
  return (await readReport(fixtures, name, options)).report;
}

/** A file with this content, read. */
export async function reading(
  name: string,
  content: string | Buffer,
  options: ReadOptions = {},
): Promise<ReportFile> {
  const folder = await temporaryFolder();
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), content);
  return readReport(folder, name, options);
}

/** The same as JSON. */
export async function readingJson(data: unknown, options: ReadOptions = {}): Promise<ParsedReport> {
  return (await reading('report.json', JSON.stringify(data), options)).report;
}

/** The failure that a reading ends in: always a question that could not be put. */
export async function failureOf(attempt: Promise<unknown>): Promise<Failure> {
  const error: unknown = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Failure);
  expect((error as Failure).exitCode).toBe(2);
  expect((error as Failure).hint).toBeTruthy();
  return error as Failure;
}

/** Observations in short: name, method, value, threshold, breached or the reason. */
export function rows(report: ParsedReport): unknown[][] {
  return report.observations.map((observation: Observation) => [
    observation.name,
    observation.method,
    observation.value,
    observation.threshold,
    observation.unmeasured ?? observation.breached,
  ]);
}
