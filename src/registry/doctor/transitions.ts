// Examines transitions that were killed half way: their journals are still there.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { listOf } from '../../lifecycle/problems.js';
import { recover } from '../recover.js';
import {
  type Examination,
  type Found,
  type Subject,
  doubtful,
  nameOf,
  shellWord,
  wrong,
} from './examination.js';
import { type JournalFound, journals, longestMoment, pathsOf } from './private-files.js';

/** A transition that was killed here: every command mends it, and so does this one when it is asked to. */
function interrupted(
  { registry: { repository } }: Subject,
  dead: JournalFound,
  mendAll: () => Promise<string[]>,
): Found {
  const files = listOf(pathsOf(dead));
  return {
    ...wrong(
      'transition/interrupted',
      `a transition was killed half way${files ? `, in the middle of ${files}` : ''}`,
      'mlc doctor --fix (every other command mends it too)',
      nameOf(repository, dead.full),
    ),
    mend: async () => {
      const lines = await mendAll();
      const left = await journals(repository);
      if (left.some((journal) => journal.transaction === dead.transaction)) return undefined;
      return lines.find((line) => pathsOf(dead).some((file) => line.includes(file))) ?? `mended ${files}`;
    },
  };
}

async function elsewhere({ registry: { repository } }: Subject, found: JournalFound): Promise<Found> {
  const files = pathsOf(found).map(shellWord).join(' ');
  const lock = path.join(repository.gitDir, 'index.lock');
  const holdsIndex = (await readFile(lock, 'utf8').catch(() => '')).includes(found.transaction);
  const left = [found.full, ...(holdsIndex ? [lock] : [])].map(shellWord).join(' ');
  return doubtful(
    'transition/elsewhere',
    `a transition began on another machine, ${found.journal.owner?.host}, and is not over: only that machine can tell whether it still runs`,
    `run mlc doctor --fix there; where that machine is gone, and nothing of yours is in those files: rm ${left} && git restore --staged --worktree -- ${files}`,
    nameOf(repository, found.full),
  );
}

function unreadable({ registry: { repository } }: Subject, found: JournalFound): Found {
  return doubtful(
    'transition/unreadable',
    'the journal of a transition cannot be read, so what that transition left half done is not known',
    `see what differs from the commit: git status; then rm ${shellWord(found.full)}`,
    nameOf(repository, found.full),
  );
}

export const transitions: Examination = {
  name: 'transitions',
  title: 'transitions under way',
  examine: async (subject) => {
    const { repository } = subject.registry;
    const found: Found[] = [];
    let lines: Promise<string[]> | undefined;
    // Recovering mends all of them at once.
    const mendAll = (): Promise<string[]> => (lines ??= recover(repository));
    for (const journal of await journals(repository)) {
      if (journal.owner === 'dead') found.push(interrupted(subject, journal, mendAll));
      else if (journal.owner === 'running' || journal.age < longestMoment) continue;
      else if (journal.owner === 'elsewhere') found.push(await elsewhere(subject, journal));
      else found.push(unreadable(subject, journal));
    }
    return found;
  },
};
