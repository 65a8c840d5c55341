// Validates a registry: every file for itself, and the records against each other.
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../errors.js';
import { hasIndex } from '../git/index-file.js';
import { listNames } from '../git/objects.js';
import { readHead } from '../git/repository.js';
import { type DirtyPath, dirtyPaths, stagedChanges, trackedFiles } from '../git/status.js';
import { type Problem, type Warning, problem } from '../lifecycle/problems.js';
import { type FileToCheck, checkFiles } from './check-files.js';
import { contradictions, nameCollisions } from './contradictions.js';
import { type Part, type SurveyedPart, isReportEntry, surveyParts } from './part-surveys.js';
import { configFile, roleOf } from './paths.js';
import type { Registry } from './registry.js';
import type { CheckedFile } from './summaries.js';

/** What was looked at, and what is wrong. */
export interface ValidationOutcome {
  checked: number;
  problems: Problem[];
  warnings: Warning[];
}

function inRegistry(registry: Registry, file: string): string | undefined {
  return file.startsWith(registry.prefix) ? file.slice(registry.prefix.length) : undefined;
}

function isRecord(relative: string): boolean {
  return roleOf(relative).kind !== 'other';
}

function scopesOf(registry: Registry): string[] {
  return [`${registry.prefix}models`, `${registry.prefix}${configFile}`];
}

/** Paths that a user names, as paths inside the repository. */
async function namedScopes(registry: Registry, cwd: string, named: readonly string[]): Promise<string[]> {
  const scopes: string[] = [];
  for (const name of named) {
    const full = path.resolve(cwd, name);
    const inside = path.relative(registry.repository.cwd, full).split(path.sep).join('/');
    if (inside.startsWith('..'))
      throw usage(
        'path/outside',
        `${name} is not in this registry`,
        'name files below models/, or none for all',
      );
    if (!(await lstat(full).catch(() => undefined)))
      throw usage('path/not-found', `there is no ${name}`, 'ls models');
    scopes.push(inside === '' ? '.' : inside);
  }
  return scopes;
}

/** Every record of the working tree: what is unchanged since it was staged by its blob, the rest from disk. */
async function workingFiles(
  registry: Registry,
  scopes: readonly string[],
  dirty: readonly DirtyPath[],
): Promise<FileToCheck[]> {
  const tracked = await trackedFiles(registry.repository, scopes);
  const changed = new Map(
    dirty.filter(({ state }) => state[1] !== ' ' && state !== '!!').map((entry) => [entry.path, entry.state]),
  );
  const files: FileToCheck[] = [];
  const add = (file: string, mode: string, oid: string | null): void => {
    const relative = inRegistry(registry, file);
    if (relative !== undefined && isRecord(relative)) files.push({ path: file, relative, mode, oid });
  };
  for (const file of tracked) if (!changed.has(file.path)) add(file.path, file.mode, file.oid);
  for (const [file, state] of changed) {
    if (state.includes('D')) continue;
    const found = await lstat(path.join(registry.repository.cwd, file)).catch(() => undefined);
    if (!found) continue;
    add(
      file.replace(/\/$/, ''),
      found.isSymbolicLink() ? '120000' : found.isDirectory() ? '160000' : '100644',
      null,
    );
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function deletedRecords(registry: Registry, dirty: readonly DirtyPath[]): Problem[] {
  return dirty
    .filter(({ state, path: file }) => state.includes('D') && isVersionFile(registry, file))
    .map(({ path: file }) => deletion(file));
}

function isVersionFile(registry: Registry, file: string): boolean {
  return roleOf(inRegistry(registry, file) ?? '').kind === 'version';
}

function deletion(file: string): Problem {
  return {
    ...problem(
      'record/deleted',
      'a version record is deleted; records are never deleted or renamed',
      `bring it back: git restore --staged --worktree ${file}`,
    ),
    file,
  };
}

/** What a model's name may collide with, by the files that were checked. */
function namesIn(checked: ReadonlyMap<string, CheckedFile>): Map<string, string> {
  const names = new Map<string, string>();
  for (const [file, { summary }] of checked)
    if (summary && (summary.kind === 'model' || !names.has(summary.model))) names.set(summary.model, file);
  return names;
}

function collect(checked: ReadonlyMap<string, CheckedFile>, more: readonly Problem[]): ValidationOutcome {
  const own = [...checked.values()].flatMap((file) => file.problems);
  const warnings = [...checked.values()].flatMap((file) => file.warnings ?? []);
  return { checked: checked.size, problems: [...own, ...more], warnings };
}

/** Validates the files and folders that a user names. */
async function validateNamed(
  registry: Registry,
  scopes: readonly string[],
  progress?: (done: number) => void,
): Promise<ValidationOutcome> {
  const dirty = await dirtyPaths(registry.repository, scopes);
  const files = await workingFiles(registry, scopes, dirty);
  const checked = await checkFiles(registry.repository, files, progress);
  return collect(checked, [...deletedRecords(registry, dirty), ...nameCollisions(namesIn(checked))]);
}

/** The part of the registry that a file belongs to: `models/<id>`, or mlc.yaml. */
function partOf(registry: Registry, file: string): string {
  return (inRegistry(registry, file) ?? '').split('/').slice(0, 2).join('/');
}

/**
 * Validates the working tree. A part of it that git finds as it is committed is known by the id that it has there; the
 * others are looked at file by file.
 */
async function validateWhole(
  registry: Registry,
  progress?: (done: number) => void,
): Promise<ValidationOutcome> {
  const { repository, prefix } = registry;
  const [dirty, head] = await Promise.all([
    dirtyPaths(repository, scopesOf(registry)),
    repository.head ?? readHead(repository),
  ]);
  const touched = new Set(
    dirty.filter(({ state }) => state !== '!!').map((entry) => partOf(registry, entry.path)),
  );
  const isUntouched = hasIndex(repository)
    ? ({ relative }: Part): boolean => !touched.has(relative)
    : (): boolean => false;
  const parts = head.commit === null ? [] : await surveyParts(registry, head.commit, isUntouched, progress);
  const known = parts.reduce((sum, { survey }) => sum + survey.checked, 0);
  const scopes =
    head.commit === null ? scopesOf(registry) : [...touched].map((relative) => `${prefix}${relative}`);
  const files = [
    ...(scopes.length === 0 ? [] : await workingFiles(registry, scopes, dirty)),
    ...(await reportsOf(registry, head.commit, parts)),
  ];
  const checked = await checkFiles(repository, files, progress && ((done) => progress(known + done)));
  const changed = collect(checked, []);
  const surveys = parts.map(({ survey }) => survey);
  const names = new Map([
    ...parts.flatMap(({ relative, survey: { model } }) =>
      model ? [[model.model, `${prefix}${relative}/model.yaml`] as const] : [],
    ),
    ...namesIn(checked),
  ]);
  return {
    checked: known + changed.checked,
    problems: [
      ...[...surveys.flatMap(({ problems }) => problems), ...changed.problems].sort(byFile),
      ...deletedRecords(registry, dirty),
      ...nameCollisions([...names].sort(([a], [b]) => (a < b ? -1 : 1))),
      ...surveys.flatMap((survey) => survey.contradictions),
      ...contradictions(checked),
    ],
    warnings: [...surveys.flatMap(({ warnings }) => warnings), ...changed.warnings],
  };
}

function byFile(a: Problem, b: Problem): number {
  const [one, other] = [a.file ?? '', b.file ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The reports of parts that are as committed. They are many, and surveys leave them out. */
async function reportsOf(
  { repository, prefix }: Registry,
  commit: string | null,
  parts: readonly SurveyedPart[],
): Promise<FileToCheck[]> {
  const watched = new Set(parts.filter(({ survey }) => survey.watched).map((part) => part.id));
  if (commit === null || watched.size === 0) return [];
  const names = await listNames(repository, commit, [`${prefix}models`]);
  return names
    .map(({ path: file, mode, oid }) => ({ path: file, relative: file.slice(prefix.length), mode, oid }))
    .filter((file) => isReportEntry(file) && watched.has(file.relative.split('/')[1] ?? ''));
}

/** Validates the working tree, or the files and folders that a user names. */
export async function validateWorkingTree(
  registry: Registry,
  cwd: string,
  named: readonly string[],
  progress?: (done: number) => void,
): Promise<ValidationOutcome> {
  return named.length === 0
    ? validateWhole(registry, progress)
    : validateNamed(registry, await namedScopes(registry, cwd, named), progress);
}

/** Validates what is staged: what would be committed, whatever the working tree holds. */
export async function validateStaged(registry: Registry): Promise<ValidationOutcome> {
  const changes = await stagedChanges(
    registry.repository,
    scopesOf(registry),
    registry.repository.env.GIT_INDEX_FILE,
  );
  const files: FileToCheck[] = [];
  const deleted: Problem[] = [];
  for (const change of changes) {
    const relative = inRegistry(registry, change.path);
    if (relative === undefined || !isRecord(relative)) continue;
    if (change.change === 'D') {
      if (roleOf(relative).kind === 'version') deleted.push(deletion(change.path));
    } else files.push({ path: change.path, relative, mode: change.mode, oid: change.oid });
  }
  const checked = await checkFiles(registry.repository, files);
  return collect(checked, [...deleted, ...nameCollisions(namesIn(checked))]);
}
