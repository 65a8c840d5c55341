// Reads a report that a tool wrote, whichever of the known formats it has.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../../errors.js';
import type { ParsedReport, Window } from '../../lifecycle/monitoring/observation.js';
import { didYouMean } from '../../lifecycle/similarity.js';
import { readFileBytes } from '../text-file.js';
import { type Content, type ReportFormat, isMapping } from './content.js';
import { contentOf } from './file-content.js';
import { finish } from './finish.js';
import { formats, reportFormats } from './formats.js';

export { reportFormats } from './formats.js';

/** What a caller knows of a report beside its file. */
export interface ReadOptions {
  /** One of `reportFormats`; told by the content where it is left out. */
  format?: string | undefined;
  /** Names for features that the file counts instead of naming. */
  features?: readonly string[] | undefined;
  /** The window that is asked for, where the file has several. */
  window?: Window | undefined;
}

/** A report, and what a record says of its file. */
export interface ReportFile {
  report: ParsedReport;
  source: { file: string; sha256: string; format: string; producer?: string };
}

function shortened(words: readonly string[]): string {
  const shown = words.slice(0, 6).map((word) => JSON.stringify(word.slice(0, 40)));
  return `${shown.join(', ')}${words.length > 6 ? `, and ${words.length - 6} more` : ''}`;
}

/** What content looks like, for somebody who has to find out why it is not understood. */
function looks(content: Content): string {
  if (content.kind === 'table') return `a table with the columns ${shortened(content.table.header)}`;
  const { data } = content;
  if (Array.isArray(data)) return `a list of ${data.length}`;
  if (isMapping(data)) return `a mapping with the keys ${shortened(Object.keys(data)) || '(none)'}`;
  return `a ${data === null ? 'null' : typeof data}`;
}

function chosen(content: Content, name: string, wanted: string | undefined): ReportFormat {
  const detected = formats.find((format) => format.detect(content));
  if (wanted === undefined) {
    if (detected) return detected;
    throw usage(
      'report/unknown-format',
      `${name} has none of the formats that mlc reads; it is ${looks(content)}`,
      `--format says which it is: ${reportFormats.join(', ')}`,
    );
  }
  const format = formats.find(({ id }) => id === wanted);
  if (!format)
    throw usage('report/no-such-format', `there is no format ${wanted}`, didYouMean(wanted, reportFormats));
  if ((format.accepts ?? format.detect)(content)) return format;
  throw usage(
    'report/other-format',
    `${name} is not ${wanted}; it ${detected ? `looks like ${detected.id}` : `is ${looks(content)}`}`,
    detected ? `--format ${detected.id}, or leave --format out` : `formats: ${reportFormats.join(', ')}`,
  );
}

async function readFolder(full: string, name: string, wanted: string | undefined): Promise<ReportFile> {
  if (wanted !== undefined && wanted !== 'mlflow')
    throw usage('report/other-format', `${name} is a folder, and not ${wanted}`, '--format mlflow');
  const { readMlflowFolder } = await import('./mlflow-folder.js');
  const { report, file, sha256 } = await readMlflowFolder(full, name);
  return { report: finish(report, name), source: { file, sha256, format: 'mlflow', producer: 'mlflow' } };
}

/**
 * Reads a report. `cwd` is what a relative name starts from. Throws usage errors alone: what is wrong with the file, and the
 * way out.
 */
export async function readReport(cwd: string, name: string, options: ReadOptions): Promise<ReportFile> {
  const full = path.resolve(cwd, name);
  const isFolder = (await stat(full).catch(() => undefined))?.isDirectory() ?? false;
  if (isFolder) return readFolder(full, name, options.format);
  const { bytes, file, sha256 } = await readFileBytes(cwd, name, 'reports');
  const content = await contentOf(bytes, name);
  const format = chosen(content, name, options.format);
  const parsed = format.parse(content, { file: name, features: options.features, window: options.window });
  const report = finish(parsed, name);
  const { producer } = report;
  return {
    report,
    source: { file, sha256, format: report.format, ...(producer === undefined ? {} : { producer }) },
  };
}
