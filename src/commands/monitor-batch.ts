// mlc monitor --batch: every report of a folder, one commit each; one that is refused does not stop the others.
import path from 'node:path';
import { Failure } from '../errors.js';
import { type Problem, count } from '../lifecycle/problems.js';
import { type FolderReport, type MisnamedReport, reportsInFolder } from '../registry/report-folder.js';
import type { TransitionOutcome, TransitionSettings } from '../registry/transition.js';
import { batchView } from '../views/monitoring.js';
import { open } from './answers.js';
import type { Answer, Session } from './command.js';
import { type ReadReport, type ReportClaims, readClaimed, recordReport } from './monitoring.js';

/** What became of one report of a folder. */
interface BatchEntry {
  file: string;
  address: string;
  /** Null where the file's name does not say it. */
  signal: string | null;
  outcome: TransitionOutcome['kind'] | 'refused';
  commit: string | null;
  breached: number;
  problems: readonly Problem[];
}

function refusedEntry(
  error: unknown,
  { file, address, signal }: Pick<BatchEntry, 'file' | 'address' | 'signal'>,
): BatchEntry {
  if (!(error instanceof Failure) || error.code === 'git/hook-refused') throw error;
  const own = { code: error.code, message: error.message, ...(error.hint ? { hint: error.hint } : {}) };
  const problems = error.problems.length > 0 ? error.problems : [own];
  return { file, address, signal, outcome: 'refused', commit: null, breached: 0, problems };
}

type Read = { entry: FolderReport; report: ReadReport } | { refused: BatchEntry };

/** One report, or why it cannot be recorded: a file that cannot be read stops none of the others. */
async function readEntry(
  folder: string,
  entry: FolderReport | MisnamedReport,
  claims: ReportClaims,
): Promise<Read> {
  if (entry.signal === null) {
    const { problem, ...named } = entry;
    return { refused: { ...named, outcome: 'refused', commit: null, breached: 0, problems: [problem] } };
  }
  return readClaimed(folder, entry.file, claims).then(
    (report): Read => ({ entry, report }),
    (error: unknown): Read => ({ refused: refusedEntry(error, entry) }),
  );
}

/** Records every report of a folder. All files are read before the first is recorded. */
export async function monitorBatch(
  session: Session,
  folder: string,
  claims: ReportClaims,
  note: string | undefined,
  settings: TransitionSettings,
): Promise<Answer> {
  const full = path.resolve(session.cwd, folder);
  const registry = await open(session);
  const found = await reportsInFolder(full);
  const entries = await session.progress(`recording ${count(found.length, 'report')}`, async (update) => {
    const read: Read[] = [];
    for (const entry of found) read.push(await readEntry(full, entry, claims));
    const done: BatchEntry[] = [];
    for (const one of read) {
      update(`${done.length} of ${count(found.length, 'report')} recorded`);
      if ('refused' in one) {
        done.push(one.refused);
        continue;
      }
      const { entry, report } = one;
      const { address, signal } = entry;
      const made = await recordReport(registry, address, signal, report, claims, note, settings).then(
        (outcome): BatchEntry => ({
          ...entry,
          outcome: outcome.kind,
          commit: outcome.commit,
          breached: Number(outcome.answer.breached ?? 0),
          problems: [],
        }),
        (error: unknown) => refusedEntry(error, entry),
      );
      done.push(made);
    }
    return done;
  });
  const of = (outcome: BatchEntry['outcome']): number =>
    entries.filter((entry) => entry.outcome === outcome).length;
  return {
    json: {
      operation: 'monitor',
      recorded: of('done'),
      planned: of('planned'),
      unchanged: of('unchanged'),
      refused: of('refused'),
      reports: entries,
    },
    view: (style) =>
      batchView(
        entries.map((entry) => ({ ...entry, signal: entry.signal ?? '-' })),
        style,
      ),
    exitCode: of('refused') > 0 ? 1 : 0,
    next: ['mlc triggers'],
  };
}
