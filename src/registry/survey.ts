// Surveys a registry as one commit has it: every model and version in a few words, and what could not be read.
import { listNames } from '../git/objects.js';
import type { Problem } from '../lifecycle/problems.js';
import { newestFirst } from '../lifecycle/versions.js';
import { type FileToCheck, checkFiles } from './check-files.js';
import { modelFolder, roleOf } from './paths.js';
import type { Registry } from './registry.js';
import type { ModelSummary, VersionSummary } from './summaries.js';

/** A registry in a few words. */
export interface Survey {
  models: Map<string, ModelSummary>;
  /** By model, then newest first. */
  versions: VersionSummary[];
  /** Files that could not be read, which are left out above. */
  leftOut: { file: string; problems: Problem[] }[];
  /** Models that have monitoring reports. */
  watched: Set<string>;
}

/**
 * Whether something below models/ that is no record should be told as left out: a link or a submodule may hold records
 * that nobody sees, and a record under a name that no model or version can have is not read.
 */
function hidesRecords(relative: string, mode: string): boolean {
  return (mode !== '100644' && mode !== '100755') || /\/(model|versions\/[^/]+)\.ya?ml$/.test(relative);
}

// A registry that is watched has two hundred reports for every record, and lists look at none of them.
const reportPath = /\/monitoring\/[^/]+\/\d{8}T\d{6}Z-[a-z-]+\.yaml$/;

/** Surveys the whole registry, or one model. */
export async function survey(
  registry: Registry,
  commit: string,
  model?: string,
  progress?: (done: number) => void,
): Promise<Survey> {
  const scope = `${registry.prefix}${model === undefined ? 'models' : modelFolder(model)}`;
  const names = await listNames(registry.repository, commit, [scope]);
  const files: FileToCheck[] = [];
  const watched = new Set<string>();
  for (const entry of names) {
    const relative = entry.path.slice(registry.prefix.length);
    if (entry.mode === '100644' && reportPath.test(entry.path)) {
      watched.add(relative.slice('models/'.length, relative.indexOf('/', 'models/'.length)));
      continue;
    }
    const { kind } = roleOf(relative);
    if (kind === 'version' || kind === 'model' || (kind === 'unknown' && hidesRecords(relative, entry.mode)))
      files.push({ path: entry.path, relative, mode: entry.mode, oid: entry.oid });
  }
  const result: Survey = { models: new Map(), versions: [], leftOut: [], watched };
  const byModel = new Map<string, Map<string, VersionSummary>>();
  for (const [file, { summary, problems }] of await checkFiles(registry.repository, files, progress)) {
    if (!summary) result.leftOut.push({ file, problems });
    else if (summary.kind === 'model') result.models.set(summary.model, summary);
    else
      byModel.set(
        summary.model,
        (byModel.get(summary.model) ?? new Map<string, VersionSummary>()).set(summary.version, summary),
      );
  }
  for (const id of [...byModel.keys()].sort()) {
    const versions = byModel.get(id) as Map<string, VersionSummary>;
    result.versions.push(
      ...newestFirst(versions.keys()).map((version) => versions.get(version) as VersionSummary),
    );
  }
  return result;
}
