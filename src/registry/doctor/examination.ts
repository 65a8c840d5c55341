// What one examination is: what it is given, what it finds, and how a finding is mended where that is safe.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Head, Repository } from '../../git/repository.js';
import type { Problem } from '../../lifecycle/problems.js';
import type { Registry } from '../registry.js';

/** What is examined. */
export interface Subject {
  registry: Registry;
  head: Head;
  /** The commit that records are read from; null where there is none with an mlc.yaml. */
  commit: string | null;
  /** Says what is going on. */
  tell: (text: string) => void;
}

/** One thing that an examination found. */
export interface Finding extends Problem {
  /** A problem stops something or makes an answer wrong; a warning is worth knowing. */
  severity: 'problem' | 'warning';
  /** Mending it is safe, and was not asked for. */
  fixable?: true;
  /** What was done about it. */
  fixed?: string;
}

/** A finding with the way to mend it, where that is safe. */
export interface Found extends Finding {
  /** Mends it and answers what was done; undefined where that was not possible after all. */
  mend?: () => Promise<string | undefined>;
}

/** One kind of examination. It only looks: what it finds says how it is mended. */
export interface Examination {
  name: string;
  /** What people call it. */
  title: string;
  examine: (subject: Subject) => Promise<Found[]>;
}

/** A problem that was found. */
export function wrong(code: string, message: string, hint: string, file?: string): Found {
  return { severity: 'problem', code, message, hint, ...(file === undefined ? {} : { file }) };
}

/** A warning. */
export function doubtful(code: string, message: string, hint: string, file?: string): Found {
  return { severity: 'warning', code, message, hint, ...(file === undefined ? {} : { file }) };
}

/** A path as a user would type it: inside the working tree relative to its top. */
export function nameOf(repository: Repository, file: string): string {
  const inside = path.relative(repository.cwd, file).split(path.sep).join('/');
  return inside.startsWith('../') ? file : inside;
}

/** A path as one word of a shell command. */
export function shellWord(text: string): string {
  return /^[\w./@:+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** How long ago a file was written, in seconds; undefined where there is none. */
export async function secondsOld(file: string): Promise<number | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found && (Date.now() - found.mtimeMs) / 1000;
}
