// Examines the files that killed runs of mlc left on their way; only those whose owner is surely gone are taken away.
import { rm } from 'node:fs/promises';
import { temporaryFolder } from '../../git/index-file.js';
import type { Repository } from '../../git/repository.js';
import { type Journal, journalFolder } from '../journal.js';
import type { ProcessMark } from '../processes.js';
import { queueFolder } from '../queue.js';
import { type Examination, type Found, doubtful, nameOf, shellWord } from './examination.js';
import {
  type OwnerState,
  type PrivateFile,
  filesIn,
  journals,
  longestMoment,
  ownerState,
  readPrivate,
} from './private-files.js';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const ticketName = new RegExp(`^(unfinished-)?t-\\d+-${uuid}$`);
const journalName = new RegExp(`^\\.${uuid}$`);
const temporaryName = new RegExp(`^(?:lock|index|hooks|file)-(${uuid})(?:-\\d+)?(?:\\.lock)?$`);

// A machine that is gone never tells that its process is.
const longestElsewhere = 3600;

interface Leftover extends PrivateFile {
  owner: OwnerState;
}

/** Tickets and journals on their way name the process that wrote them. */
async function marked(
  folder: string,
  name: RegExp,
  markIn: (data: Partial<ProcessMark & Journal>) => Partial<ProcessMark> | undefined,
): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for (const file of (await filesIn(folder)).filter((entry) => name.test(entry.name)))
    found.push({
      ...file,
      owner: ownerState(markIn((await readPrivate<ProcessMark & Journal>(file.full)) ?? {})),
    });
  return found;
}

/** Other files on their way name their transition, which has a journal from before them until after them. */
async function tagged(repository: Repository): Promise<Leftover[]> {
  const files = await filesIn(temporaryFolder(repository));
  const alive = new Set((await journals(repository)).map((journal) => journal.transaction));
  return files.flatMap((file): Leftover[] => {
    const tag = temporaryName.exec(file.name)?.[1];
    return tag === undefined || alive.has(tag) ? [] : [{ ...file, owner: 'dead' }];
  });
}

/** Whether nobody can be at work on a file: its owner is gone, or was killed before it had said who it is. */
function isAbandoned({ owner, age }: Leftover): boolean {
  return owner === 'dead' || (owner === 'unknown' && age > longestMoment);
}

function finding(repository: Repository, leftover: Leftover): Found[] {
  const file = nameOf(repository, leftover.full);
  if (isAbandoned(leftover)) {
    const message = 'a run of mlc that was killed left this file behind';
    return [
      {
        ...doubtful('leftover/file', message, 'mlc doctor --fix', file),
        mend: async () => {
          await rm(leftover.full, { force: true });
          return `removed ${file}`;
        },
      },
    ];
  }
  if (leftover.owner !== 'elsewhere' || leftover.age < longestElsewhere) return [];
  return [
    doubtful(
      'leftover/elsewhere',
      'a run of mlc on another machine left this file behind, if it is over',
      `if nothing runs there any more: rm ${shellWord(leftover.full)}`,
      file,
    ),
  ];
}

export const leftovers: Examination = {
  name: 'leftovers',
  title: "files of mlc's own",
  examine: async ({ registry: { repository } }) => {
    const found = [
      ...(await marked(queueFolder(repository), ticketName, (mark) => mark)),
      ...(await marked(journalFolder(repository), journalName, (journal) => journal.owner)),
      ...(await tagged(repository)),
    ];
    return found.flatMap((leftover) => finding(repository, leftover));
  },
};
