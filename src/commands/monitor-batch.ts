// mlc monitor --batch: every report of a folder, one commit each; one that is refused does not stop the others.
import path from 'node:path';
import { Failure } from '../errors.js';
import { type Problem, count } from '../lifecycle/problems.js';
import { reportsInFolder } from '../registry/report-folder.js';
import type { TransitionOutcome, TransitionSettings } from '../registry/transition.js';
import { batchView } from '../views/monitoring.js';
import { open } from './answers.js';
import type { Answer, Session } from './command.js';
import { type ReportClaims, readClaimed, recordReport } from './monitoring.js';

/** What became of one report of a folder. */
interface BatchEntry {
  file: string;
  address: string;
  signal: string;
  outcome: TransitionOutcome['kind'] | 'refused';
  commit: string | null;
  breached: number;
  problems: readonly Problem[];
}

function refusedEntry(error: unknown, entry: Pick<BatchEntry, 'file' | 'address' | 'signal'>): BatchEntry {
  if (!(error instanceof Failure) || error.code === 'git/hook-refused') throw error;
  const own = { code: error.code, message: error.message, ...(error.hint ? { hint: error.hint } : {}) };
  const problems = error.problems.length > 0 ? error.problems : [own];
  return { ...entry, outcome: 'refused', commit: null, breached: 0, problems };
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
    const read = [];
    for (const entry of found) read.push({ entry, read: await readClaimed(full, entry.file, claims) });
    const done: BatchEntry[] = [];
    for (const { entry, read: report } of read) {
      update(`${done.length} of ${count(found.length, 'report')} recorded`);
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
    view: (style) => batchView(entries, style),
    exitCode: of('refused') > 0 ? 1 : 0,
    next: ['mlc triggers'],
  };
}
