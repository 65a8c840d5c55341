// Builds the books of models from their files in a commit, in this thread.
import type {
  EvaluationGate,
  Incident,
  Model,
  ModelEvent,
  MonitoringReport,
  RetrainingRequest,
  VersionRecord,
} from '../../generated/types.js';
import { type GitObject, listNames, readObjects } from '../../git/objects.js';
import type { Repository } from '../../git/repository.js';
import { type SeriesReport, columnsOf, rowOf } from '../../lifecycle/monitoring/series.js';
import { type Problem, problem } from '../../lifecycle/problems.js';
import { entryProblem } from '../entry-problems.js';
import { type FileRole, roleOf } from '../paths.js';
import { readRecord } from '../read-record.js';
import { type BookEntry, type PackedEntry, packEntry, slim } from './book.js';
import { readReportLines } from './report-lines.js';

/** What a worker is given: plain data alone. */
export interface BookTask {
  repository: Repository;
  prefix: string;
  commit: string;
  models: string[];
}

interface FileToRead {
  path: string;
  mode: string;
  oid: string;
  role: Extract<FileRole, { model: string }>;
}

/** What was read of one model so far. */
interface Pages {
  model: Model | undefined;
  gate: EvaluationGate | undefined;
  versions: VersionRecord[];
  events: ModelEvent[];
  requests: RetrainingRequest[];
  incidents: Incident[];
  reports: Map<string, SeriesReport[]>;
  problems: Problem[];
}

// Files in one call of git: enough to be worth it, few enough to fit in memory.
const batchSize = 10_000;
// Models in one listing of git.
const listingSize = 250;

function addReport(pages: Pages, version: string, report: SeriesReport): void {
  const known = pages.reports.get(version);
  if (known) known.push(report);
  else pages.reports.set(version, [report]);
}

/** Takes a report that is as mlc writes it; false where it has to be checked in full. */
function takeLines(pages: Pages, { role, mode }: FileToRead, content: Buffer | undefined): boolean {
  const name = role.kind === 'report' && mode === '100644' ? reportPlace(role.id) : undefined;
  const report = name && content && readReportLines(content, { ...name, model: role.model });
  if (!name || !report) return false;
  addReport(pages, name.version, report);
  return true;
}

/** The id of a report in its parts. */
function reportPlace(id: string): { version: string; stamp: string; signal: string } {
  const slash = id.indexOf('/');
  return {
    version: id.slice(0, slash),
    stamp: id.slice(slash + 1, slash + 17),
    signal: id.slice(slash + 18),
  };
}

async function readPage(pages: Pages, file: FileToRead, content: Buffer | undefined): Promise<void> {
  const { role, path } = file;
  if (role.kind === 'profile') return;
  const blocked = entryProblem({ mode: file.mode, type: 'blob', size: content?.length ?? 0 }, path);
  if (blocked) return void pages.problems.push(blocked);
  if (!content)
    return void pages.problems.push({
      ...problem('object/missing', 'its content is missing', 'git fetch'),
      file: path,
    });
  const { data, problems } = await readRecord(role.kind, role, content, path);
  pages.problems.push(...problems);
  if (data === undefined) return;
  if (role.kind === 'model') pages.model = data as Model;
  else if (role.kind === 'gate') pages.gate = data as EvaluationGate;
  else if (role.kind === 'version') pages.versions.push(slim(data as VersionRecord));
  else if (role.kind === 'event') pages.events.push(data as ModelEvent);
  else if (role.kind === 'request') pages.requests.push(data as RetrainingRequest);
  else if (role.kind === 'incident') pages.incidents.push(data as Incident);
  else {
    const report = data as MonitoringReport;
    addReport(pages, report.version, rowOf(report));
  }
}

function bound(pages: Pages): BookEntry {
  const { model, problems } = pages;
  if (!model) return { book: null, problems };
  const inTime = <T extends { id: string }>(entries: T[]): T[] =>
    entries.sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    book: {
      model,
      metrics: pages.gate?.metrics,
      waivers: pages.gate?.waivers ?? [],
      versions: pages.versions,
      events: inTime(pages.events),
      requests: pages.requests.sort((a, b) => (a.requested_at < b.requested_at ? -1 : 1)),
      incidents: inTime(pages.incidents),
      reports: Object.fromEntries(
        [...pages.reports].map(([version, reports]) => [version, columnsOf(reports)]),
      ),
      ...(problems.length === 0 ? {} : { unread: [...new Set(problems.map(({ file = '' }) => file))] }),
    },
    problems,
  };
}

/** What files are, by their paths below their models' folders: a thousand models have files of the same names. */
type KnownRoles = Map<string, FileRole>;

function roleIn(known: KnownRoles, model: string, rest: string): FileRole {
  const role = known.get(rest) ?? roleOf(`models/${model}/${rest}`);
  known.set(rest, role);
  return 'model' in role ? { ...role, model } : role;
}

async function listModelFiles(task: BookTask, known: KnownRoles): Promise<Map<string, FileToRead[]>> {
  const start = `${task.prefix}models/`;
  const folders = task.models.map((model) => `${start}${model}/`);
  const files = new Map<string, FileToRead[]>(task.models.map((model) => [model, []]));
  for (const { path, mode, oid } of await listNames(task.repository, task.commit, folders)) {
    const slash = path.indexOf('/', start.length);
    const model = path.slice(start.length, slash);
    const role = roleIn(known, model, path.slice(slash + 1));
    if ('model' in role) files.get(model)?.push({ path, mode, oid, role });
  }
  return files;
}

async function readModelFiles(
  files: readonly FileToRead[],
  objects: ReadonlyMap<string, GitObject>,
): Promise<BookEntry> {
  const pages: Pages = {
    model: undefined,
    gate: undefined,
    versions: [],
    events: [],
    requests: [],
    incidents: [],
    reports: new Map(),
    problems: [],
  };
  for (const file of files) {
    const content = objects.get(file.oid)?.content;
    if (!takeLines(pages, file, content)) await readPage(pages, file, content);
  }
  return bound(pages);
}

/** Builds books, packed. A model whose description cannot be read has none. */
export async function buildBooks(
  task: BookTask,
  progress?: (done: number) => void,
): Promise<[string, PackedEntry][]> {
  const known: KnownRoles = new Map();
  const built: [string, PackedEntry][] = [];
  let batch: [string, FileToRead[]][] = [];
  let size = 0;
  const take = async (): Promise<void> => {
    const oids = batch.flatMap(([, files]) => files.map(({ oid }) => oid));
    const objects = await readObjects(task.repository, [...new Set(oids)]);
    for (const [model, files] of batch) built.push([model, packEntry(await readModelFiles(files, objects))]);
    [batch, size] = [[], 0];
    progress?.(built.length);
  };
  for (let at = 0; at < task.models.length; at += listingSize) {
    const models = task.models.slice(at, at + listingSize);
    for (const entry of await listModelFiles({ ...task, models }, known)) {
      batch.push(entry);
      size += entry[1].length;
      if (size >= batchSize) await take();
    }
  }
  if (batch.length > 0) await take();
  return built;
}
