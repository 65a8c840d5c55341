// Surveys a registry as one commit has it, part by part: what git knows by the id of a model's folder is not looked at again.
import { listNames, readObjects } from '../git/objects.js';
import { parseTree, treeName } from '../git/trees.js';
import { newestFirst } from '../lifecycle/versions.js';
import { readCache, writeCache } from './cache.js';
import { type FileToCheck, checkAfresh, checkFiles, isLasting, worthCaching } from './check-files.js';
import { contradictions } from './contradictions.js';
import { type PackedSurvey, type PartSurvey, packSurvey, unpackSurvey } from './packed-survey.js';
import { configFile, roleOf } from './paths.js';
import type { Registry } from './registry.js';
import type { CheckedFile, VersionSummary } from './summaries.js';

/** One entry of `models/`, or mlc.yaml: a folder or file of git. */
export interface Part {
  /** Relative to the registry. */
  relative: string;
  /** The model's id; for mlc.yaml its own name. */
  id: string;
  mode: string;
  oid: string;
}

/** A part with what it holds. */
export interface SurveyedPart extends Part {
  survey: PartSurvey;
}

type Cache = Record<string, PackedSurvey>;

// A registry that is watched has two hundred reports for every record, and lists look at none of them.
const reportPath = /\/monitoring\/[^/]+\/\d{8}T\d{6}Z-[a-z-]+\.yaml$/;

/** Whether a file is a monitoring report. Reports are checked apart. */
export function isReportEntry({ mode, path }: { mode: string; path: string }): boolean {
  return mode === '100644' && reportPath.test(path);
}

/** What a commit's registry is made of: every entry of `models/`, and mlc.yaml. */
async function partsOf(registry: Registry, commit: string): Promise<Part[]> {
  const { repository, prefix } = registry;
  const [root, models] = [treeName(commit, prefix.slice(0, -1)), treeName(commit, `${prefix}models`)];
  const trees = await readObjects(repository, [root, models]);
  const entriesOf = (name: string): ReturnType<typeof parseTree> => {
    const tree = trees.get(name);
    return tree?.type === 'tree' ? parseTree(tree.content, repository.objectFormat) : [];
  };
  // A link or a file in place of the folder hides whatever it stands for.
  const beside = entriesOf(root).filter(
    ({ name, mode }) => name === configFile || (name === 'models' && mode !== '40000'),
  );
  return [
    ...entriesOf(models).map(({ name, mode, oid }) => ({ relative: `models/${name}`, id: name, mode, oid })),
    ...beside.map(({ name, mode, oid }) => ({ relative: name, id: name, mode, oid })),
  ];
}

/** The files of some parts, by part. */
async function filesOf(
  registry: Registry,
  commit: string,
  parts: readonly Part[],
): Promise<Map<string, FileToCheck[]>> {
  const files = new Map<string, FileToCheck[]>(parts.map((part) => [part.relative, []]));
  const folders: string[] = [];
  for (const { relative, mode, oid } of parts) {
    if (mode === '40000') folders.push(`${registry.prefix}${relative}`);
    else files.get(relative)?.push({ path: `${registry.prefix}${relative}`, relative, mode, oid });
  }
  if (folders.length === 0) return files;
  // git takes so many words at once, and looking at all is faster than at most of them.
  const scopes = folders.length > 100 ? [`${registry.prefix}models`] : folders;
  for (const { path, mode, oid } of await listNames(registry.repository, commit, scopes)) {
    const relative = path.slice(registry.prefix.length);
    const slash = relative.indexOf('/', 'models/'.length);
    files.get(relative.slice(0, slash))?.push({ path, relative, mode, oid });
  }
  return files;
}

/**
 * Whether something below models/ that is no record should be told as left out: a link or a submodule may hold records
 * that nobody sees, and a record under a name that no model or version can have is not read.
 */
function hidesRecords(relative: string, mode: string): boolean {
  return (mode !== '100644' && mode !== '100755') || /\/(model|versions\/[^/]+)\.ya?ml$/.test(relative);
}

/** What the checked files of one part come to. */
function surveyOf(
  files: readonly FileToCheck[],
  checked: ReadonlyMap<string, CheckedFile>,
  watched: boolean,
): PartSurvey {
  const results = files.map((file) => ({ ...file, ...(checked.get(file.path) ?? { problems: [] }) }));
  const versions = new Map<string, VersionSummary>();
  const survey: PartSurvey = {
    checked: files.length,
    problems: results.flatMap(({ problems }) => problems),
    contradictions: contradictions(new Map(results.map((result) => [result.path, result]))),
    warnings: results.flatMap(({ warnings }) => warnings ?? []),
    model: undefined,
    versions: [],
    leftOut: [],
    watched,
  };
  for (const { path, relative, mode, summary, problems } of results) {
    const { kind } = roleOf(relative);
    if (summary?.kind === 'model') survey.model = summary;
    else if (summary) versions.set(summary.version, summary);
    else if (kind === 'version' || kind === 'model' || (kind === 'unknown' && hidesRecords(relative, mode)))
      survey.leftOut.push({ file: path, problems });
  }
  survey.versions = newestFirst(versions.keys()).map((version) => versions.get(version) as VersionSummary);
  return survey;
}

// What is found out about this many files at a time is kept in memory beside what it comes to.
const mostAtOnce = 10_000;

/** Parts that follow each other, in slices of so many files. */
function inSlices(parts: readonly Part[], files: ReadonlyMap<string, FileToCheck[]>): Part[][] {
  const slices: Part[][] = [];
  let room = 0;
  for (const part of parts) {
    const size = files.get(part.relative)?.length ?? 0;
    if (size > room || slices.length === 0) {
      slices.push([]);
      room = mostAtOnce;
    }
    slices.at(-1)?.push(part);
    room -= size;
  }
  return slices;
}

/** Surveys parts of which nothing is known. Many of them are not worth remembering file by file as well. */
async function surveyAfresh(
  registry: Registry,
  commit: string,
  parts: readonly Part[],
  progress?: (done: number) => void,
): Promise<SurveyedPart[]> {
  const { repository } = registry;
  const files = await filesOf(registry, commit, parts);
  const slices = inSlices(parts, files);
  // Until all is checked, a slice is kept as the cache keeps it: a tenth of what its objects take.
  const packed: string[] = [];
  let before = 0;
  for (const slice of slices) {
    const done = before;
    const told = progress && ((count: number): void => progress(done + count));
    const toCheck = slice.flatMap(({ relative }) => (files.get(relative) ?? []).filter(isRecordFile));
    const checked =
      slices.length === 1
        ? await checkFiles(repository, toCheck, told)
        : new Map(await checkAfresh(repository, toCheck, told));
    const surveys = slice.map(({ relative, oid }) => {
      const own = files.get(relative) ?? [];
      files.delete(relative);
      return packSurvey(oid, surveyOf(own.filter(isRecordFile), checked, own.some(isReportEntry)));
    });
    packed.push(JSON.stringify(surveys));
    before += toCheck.length;
  }
  const surveys = packed.flatMap((slice) => JSON.parse(slice) as PackedSurvey[]);
  return parts.map((part, index) => ({
    ...part,
    survey: unpackSurvey(part.id, surveys[index] as PackedSurvey),
  }));
}

function isRecordFile(file: FileToCheck): boolean {
  return !isReportEntry(file) && roleOf(file.relative).kind !== 'other';
}

/** What the cache holds next: of a look at everything what is there, and of a look at some of it what is new as well. */
function remembered(
  cache: Cache,
  registry: Registry,
  parts: readonly SurveyedPart[],
  isWhole: boolean,
): Cache {
  const own = (key: string): boolean =>
    key.startsWith(`${registry.prefix}models/`) || key === `${registry.prefix}${configFile}`;
  const kept = Object.entries(cache).filter(([key]) => !isWhole || !own(key));
  const lasting = parts.filter(({ survey }) => survey.problems.every((found) => isLasting(found)));
  return Object.fromEntries([
    ...kept,
    ...lasting.map(
      (part) => [`${registry.prefix}${part.relative}`, packSurvey(part.oid, part.survey)] as const,
    ),
  ]);
}

/**
 * Surveys some parts of a registry, all that is committed or a choice.
 *
 * @param chosen the parts to look at, by default all of them
 */
export async function surveyParts(
  registry: Registry,
  commit: string,
  chosen: (part: Part) => boolean = () => true,
  progress?: (done: number) => void,
): Promise<SurveyedPart[]> {
  const { repository, prefix } = registry;
  const [all, cache] = await Promise.all([
    partsOf(registry, commit),
    readCache<Cache>(repository, 'surveys'),
  ]);
  const parts = all.filter(chosen);
  const known = new Map<string, SurveyedPart>();
  for (const part of parts) {
    const packed = cache[`${prefix}${part.relative}`];
    if (packed?.oid === part.oid)
      known.set(part.relative, { ...part, survey: unpackSurvey(part.id, packed) });
  }
  const missing = parts.filter(({ relative }) => !known.has(relative));
  if (missing.length === 0) return [...known.values()];
  for (const part of await surveyAfresh(registry, commit, missing, progress)) known.set(part.relative, part);
  const surveyed = parts.map(({ relative }) => known.get(relative) as SurveyedPart);
  const size = surveyed.reduce((sum, { survey }) => sum + survey.checked, 0);
  if (size >= worthCaching)
    await writeCache(
      repository,
      'surveys',
      remembered(cache, registry, surveyed, parts.length === all.length),
    );
  return surveyed;
}
