// Examines records that git does not look at: ignored, marked to be overlooked, or reached through a link.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../errors.js';
import { type IgnoredPath, type OverlookedFile, ignoredPaths, overlookedFiles } from '../../git/health.js';
import { readScopedSettings } from '../../git/settings.js';
import { type TrackedFile, dirtyPaths, trackedFiles } from '../../git/status.js';
import { configFile, gateFile, modelFile, versionFile } from '../paths.js';
import type { Registry } from '../registry.js';
import { blobInWorkingTree, checkPath } from '../working-tree.js';
import { type Examination, type Found, doubtful, shellWord, wrong } from './examination.js';
import { isRecordPath, recordScopes } from './working-files.js';

function ruleOf({ source, line, pattern }: IgnoredPath): string {
  return source === '' ? `the pattern ${pattern}` : `${source}:${line} (${pattern})`;
}

/** Records that are there and ignored are problems; that new ones would be ignored is worth knowing. */
async function ignoredFindings(registry: Registry): Promise<Found[]> {
  const { repository, prefix } = registry;
  const dirty = await dirtyPaths(repository, recordScopes(registry));
  // git names a folder that is ignored as a whole, and nothing in it.
  const present = dirty
    .filter(({ state }) => state === '!!')
    .map((entry) => entry.path)
    .filter((file) => isRecordPath(registry, file) || isFolderOfRecords(registry, file));
  const likely = [configFile, modelFile('model'), gateFile('model'), versionFile('model', '1.0.0')];
  const probes = likely.map((file) => `${prefix}${file}`);
  const rules = await ignoredPaths(repository, [...present, ...probes]);
  const hidden = rules.filter((rule) => present.includes(rule.path));
  const [future] = rules.filter((rule) => probes.includes(rule.path));
  return [
    ...hidden.map((rule) =>
      wrong(
        'git/ignored',
        `git ignores this, by ${ruleOf(rule)}: what is there belongs to no commit`,
        `take that line out, and git add ${shellWord(rule.path)}; or move it away`,
        rule.path,
      ),
    ),
    ...(future
      ? [
          doubtful(
            'git/ignored',
            `git ignores new records as ${future.path}, by ${ruleOf(future)}: git add leaves out what is written by hand`,
            'take that line out, or have it leave records alone',
          ),
        ]
      : []),
  ];
}

function isFolderOfRecords({ prefix }: Registry, file: string): boolean {
  return file.endsWith('/') && /^models\/([^/]+\/(versions\/)?)?$/.test(file.slice(prefix.length));
}

async function overlookedFinding(
  registry: Registry,
  { path: file, flag }: OverlookedFile,
  staged: string | undefined,
): Promise<Found> {
  const { repository } = registry;
  const hint = `git update-index --no-${flag} -- ${shellWord(file)}`;
  const found = await blobInWorkingTree(repository, file);
  if (found !== (staged ?? null))
    return wrong(
      `git/${flag}`,
      `git was told to overlook this file (${flag}), and it differs from what is staged: the difference is not seen`,
      `see it, then keep it or put it aside: ${hint} && git diff -- ${shellWord(file)}`,
      file,
    );
  const message = `git was told to overlook this file (${flag}): changes to it will not be seen`;
  return doubtful(`git/${flag}`, message, hint, file);
}

async function overlookedFindings(registry: Registry, tracked: readonly TrackedFile[]): Promise<Found[]> {
  const { repository } = registry;
  const [overlooked, settings] = await Promise.all([
    overlookedFiles(repository, recordScopes(registry)),
    readScopedSettings(repository),
  ]);
  if (overlooked.length === 0) return [];
  const sparse = settings.findLast(({ key }) => key === 'core.sparsecheckout')?.value === 'true';
  const staged = new Map(tracked.map((file) => [file.path, file.oid]));
  const isLeftOut = ({ path: file, flag }: OverlookedFile): boolean =>
    sparse && flag === 'skip-worktree' && !existsSync(path.join(repository.cwd, file));
  return Promise.all(
    overlooked
      .filter((file) => isRecordPath(registry, file.path) && !isLeftOut(file))
      .map((file) => overlookedFinding(registry, file, staged.get(file.path))),
  );
}

/** Folders of records that are links, files, or other repositories; the records themselves are validated. */
async function misplacedFindings(registry: Registry, tracked: readonly TrackedFile[]): Promise<Found[]> {
  const folders = new Set(
    tracked.filter((file) => isRecordPath(registry, file.path)).map((file) => path.posix.dirname(file.path)),
  );
  const found = new Map<string, Found>();
  folders.delete('.');
  for (const folder of [...folders].sort()) {
    try {
      // No record has this name: the folders on the way to it are what counts.
      await checkPath(registry.repository, `${folder}/-`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const hint = error.hint?.replace(`${folder}/-`, folder) ?? '';
      found.set(error.message, wrong(error.code, error.message, hint));
    }
  }
  return [...found.values()];
}

export const hiddenFiles: Examination = {
  name: 'hidden',
  title: 'what git sees of records',
  examine: async ({ registry }) => {
    const tracked = await trackedFiles(registry.repository, recordScopes(registry));
    return [
      ...(await ignoredFindings(registry)),
      ...(await overlookedFindings(registry, tracked)),
      ...(await misplacedFindings(registry, tracked)),
    ];
  },
};
