// Validates a registry: every file for itself, and the records against each other.
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../errors.js';
import { dirtyPaths, stagedChanges, trackedFiles } from '../git/status.js';
import { collisionKey } from '../lifecycle/identifiers.js';
import { type Problem, problem } from '../lifecycle/problems.js';
import { liveTotal } from '../lifecycle/rollouts.js';
import { type FileToCheck, checkFiles } from './check-files.js';
import { configFile, roleOf } from './paths.js';
import type { Registry } from './registry.js';
import type { CheckedFile, VersionSummary } from './summaries.js';

/** What was looked at, and what is wrong. */
export interface ValidationOutcome {
  checked: number;
  problems: Problem[];
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
async function workingFiles(registry: Registry, scopes: readonly string[]): Promise<FileToCheck[]> {
  const [tracked, dirty] = await Promise.all([
    trackedFiles(registry.repository, scopes),
    dirtyPaths(registry.repository, scopes),
  ]);
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

async function deletedRecords(registry: Registry, scopes: readonly string[]): Promise<Problem[]> {
  const dirty = await dirtyPaths(registry.repository, scopes);
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

/** What records contradict in each other. */
function crossProblems(checked: ReadonlyMap<string, CheckedFile>, complete: boolean): Problem[] {
  const problems: Problem[] = [];
  const models = new Map<
    string,
    { file: string; versions: Map<string, { file: string; summary: VersionSummary }>; described: boolean }
  >();
  for (const [file, { summary }] of checked) {
    if (!summary) continue;
    const model = models.get(summary.model) ?? { file, versions: new Map(), described: false };
    models.set(summary.model, model);
    if (summary.kind === 'model') Object.assign(model, { described: true, file });
    else model.versions.set(summary.version, { file, summary });
  }
  const keys = new Map<string, string>();
  for (const [id, { file, versions, described }] of models) {
    const other = keys.get(collisionKey(id));
    if (other !== undefined)
      problems.push({
        ...problem(
          'name/collision',
          `"${id}" and "${other}" differ in nothing but ".", "_" and "-"`,
          'rename the newer one before it has versions',
        ),
        file,
      });
    keys.set(collisionKey(id), id);
    if (!complete) continue;
    if (!described && versions.size > 0)
      problems.push({
        ...problem(
          'model/none',
          `${id} has versions and no valid model.yaml`,
          `write models/${id}/model.yaml: mlc schema model`,
        ),
        file,
      });
    problems.push(...splitProblems(versions), ...successorProblems(id, versions), ...caseProblems(versions));
  }
  return problems;
}

type Versions = ReadonlyMap<string, { file: string; summary: VersionSummary }>;

function splitProblems(versions: Versions): Problem[] {
  const splits = new Map<
    string,
    { file: string; version: string; trafficPct: number; mirrorPct: number }[]
  >();
  for (const { file, summary } of versions.values()) {
    for (const share of summary.serving)
      splits.set(share.env, [...(splits.get(share.env) ?? []), { ...share, version: summary.version, file }]);
  }
  return [...splits].flatMap(([env, shares]) => {
    const total = liveTotal(shares);
    const list = shares.map((share) => `${share.version} ${share.trafficPct} %`).join(', ');
    return total > 100
      ? [
          {
            ...problem(
              'deploy/over-100',
              `the live split of ${env} comes to ${total} %: ${list}`,
              'lower a share: mlc ramp',
            ),
            file: shares.at(-1)?.file ?? '',
          },
        ]
      : [];
  });
}

/** Two version files whose names differ in case alone are one file on some disks. */
function caseProblems(versions: Versions): Problem[] {
  const seen = new Map<string, string>();
  return [...versions].flatMap(([version, { file }]) => {
    const other = seen.get(version.toLowerCase());
    seen.set(version.toLowerCase(), version);
    if (other === undefined) return [];
    const message = `${version} and ${other} differ in nothing but case, and are one file on some disks`;
    return [{ ...problem('name/collision', message, 'register under another number'), file }];
  });
}

function successorProblems(id: string, versions: Versions): Problem[] {
  return [...versions.values()].flatMap(({ file, summary }) =>
    summary.successor !== null && !versions.has(summary.successor)
      ? [
          {
            ...problem(
              'deprecate/unknown-successor',
              `the successor ${summary.successor} is no version of ${id}`,
              `mlc list ${id}`,
            ),
            file,
          },
        ]
      : [],
  );
}

function collect(checked: ReadonlyMap<string, CheckedFile>, more: readonly Problem[]): ValidationOutcome {
  const own = [...checked.values()].flatMap((file) => file.problems);
  return { checked: checked.size, problems: [...own, ...more] };
}

/** Validates the working tree, or the files and folders that a user names. */
export async function validateWorkingTree(
  registry: Registry,
  cwd: string,
  named: readonly string[],
  progress?: (done: number) => void,
): Promise<ValidationOutcome> {
  const scopes = named.length === 0 ? scopesOf(registry) : await namedScopes(registry, cwd, named);
  const files = await workingFiles(registry, scopes);
  const [checked, deleted] = await Promise.all([
    checkFiles(registry.repository, files, progress),
    deletedRecords(registry, scopes),
  ]);
  return collect(checked, [...deleted, ...crossProblems(checked, named.length === 0)]);
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
  return collect(checked, [...deleted, ...crossProblems(checked, false)]);
}
