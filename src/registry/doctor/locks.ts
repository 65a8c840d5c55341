// Examines the locks of git: our own whose transition is over, and others that were left behind, which are only told.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { unlockIndex } from '../../git/index-file.js';
import type { Repository } from '../../git/repository.js';
import {
  type Examination,
  type Found,
  doubtful,
  nameOf,
  secondsOld,
  shellWord,
  wrong,
} from './examination.js';
import { gitProcesses } from './git-processes.js';
import { journals, longestMoment } from './private-files.js';

/** The locks that stand between a transition and its landing. */
async function lockFiles({ gitDir, commonDir }: Repository): Promise<string[]> {
  const refs = await readdir(path.join(commonDir, 'refs'), { recursive: true }).catch((): string[] => []);
  return [
    ...new Set([
      path.join(gitDir, 'HEAD.lock'),
      ...['HEAD', 'packed-refs', 'config', 'shallow', 'reftable/tables.list'].map((name) =>
        path.join(commonDir, `${name}.lock`),
      ),
      ...refs.filter((name) => name.endsWith('.lock')).map((name) => path.join(commonDir, 'refs', name)),
    ]),
  ];
}

function ageOf(seconds: number): string {
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 2 * 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} days`;
}

async function othersLock(repository: Repository, lock: string): Promise<Found | undefined> {
  const seconds = await secondsOld(lock);
  if (seconds === undefined || seconds < longestMoment) return undefined;
  const name = nameOf(repository, lock);
  const running = await gitProcesses(repository);
  if (running?.length) {
    return doubtful(
      'git/lock-held',
      `git holds this lock for ${ageOf(seconds)} by now, and transitions wait for it; git runs here as process ${running.join(', ')}`,
      'finish that command: it may have an editor open',
      name,
    );
  }
  const [seen, condition] = running
    ? [' and no git command runs here', 'unless an editor or another machine works in this repository']
    : ['', 'if no git command runs here'];
  return wrong(
    'git/lock',
    `this lock is ${ageOf(seconds)} old${seen}; as long as it is there, transitions are refused`,
    `${condition}: rm ${shellWord(lock)}`,
    name,
  );
}

/** The lock on the index: ours names its transition, and that transition has a journal until it is over. */
async function indexLock(repository: Repository): Promise<Found | undefined> {
  const lock = path.join(repository.gitDir, 'index.lock');
  const content = await readFile(lock, 'utf8').catch(() => '');
  const transaction = /^mlc ([0-9a-f-]{36})\n$/.exec(content)?.[1];
  if (transaction === undefined) return othersLock(repository, lock);
  if ((await journals(repository)).some((journal) => journal.transaction === transaction)) return undefined;
  // Looked at once more: it was given back before its journal was dropped.
  if ((await readFile(lock, 'utf8').catch(() => '')) !== content) return undefined;
  return {
    ...wrong(
      'git/own-lock',
      `mlc left this lock behind: the transition ${transaction} is over`,
      'mlc doctor --fix',
      nameOf(repository, lock),
    ),
    mend: async () => {
      await unlockIndex(repository, transaction);
      return `removed ${nameOf(repository, lock)}`;
    },
  };
}

export const locks: Examination = {
  name: 'locks',
  title: "git's locks",
  examine: async ({ registry: { repository } }) => {
    const found = [await indexLock(repository)];
    for (const lock of await lockFiles(repository)) found.push(await othersLock(repository, lock));
    return found.filter((finding) => finding !== undefined);
  },
};
