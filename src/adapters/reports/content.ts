// What a report's file holds before anybody knows its format: plain data, or a table; and the shape of a format.
import type { ParsedReport, Window } from '../../lifecycle/monitoring/observation.js';

/** One line of a table. */
export interface Row {
  /** Where it stands in the file, from 1. */
  line: number;
  cells: string[];
}

/** A table with its first line apart. */
export interface Table {
  header: string[];
  rows: Row[];
}

export type Content = { kind: 'data'; data: unknown } | { kind: 'table'; table: Table };

/** What a format is told beside the content. */
export interface ReadContext {
  /** The file as the user named it, for messages. */
  file: string;
  /** Names for features that the file counts instead of naming. */
  features?: readonly string[] | undefined;
  /** The window that is asked for, where a file has several. */
  window?: Window | undefined;
}

/** One format of reports. */
export interface ReportFormat {
  /** As `--format` takes it. */
  id: string;
  /** Whether content is this format, told by what is in it. */
  detect: (content: Content) => boolean;
  /** Whether content can be read as this format where somebody says that it is; like `detect` where it is left out. */
  accepts?: (content: Content) => boolean;
  /** Takes content that is accepted. */
  parse: (content: Content, context: ReadContext) => ParsedReport;
}

/** Whether a value is a mapping. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A key's value, where it is a mapping that has the key as its own. */
export function field(value: unknown, key: string): unknown {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A key's text. */
export function textField(value: unknown, key: string): string | undefined {
  const found = field(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** A key's list; empty where there is none. */
export function listField(value: unknown, key: string): unknown[] {
  const found = field(value, key);
  return Array.isArray(found) ? found : [];
}

/** The data of content that is no table. */
export function dataOf(content: Content): unknown {
  return content.kind === 'data' ? content.data : undefined;
}
