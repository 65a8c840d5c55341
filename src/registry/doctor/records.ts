// Examines the records themselves: those of the working tree, and those of the commit that differ from them.
import { hasIndex } from '../../git/index-file.js';
import { listNames } from '../../git/objects.js';
import { type Problem, count } from '../../lifecycle/problems.js';
import { type FileToCheck, checkFiles } from '../check-files.js';
import { roleOf } from '../paths.js';
import { validateWorkingTree } from '../validate.js';
import { type Examination, type Found, type Subject, shellWord } from './examination.js';
import { changedRecords, recordScopes } from './working-files.js';

/** The records of the commit: all, or those that stand otherwise in the working tree. */
async function committedFiles({ registry, commit }: Subject): Promise<FileToCheck[]> {
  const { repository, prefix } = registry;
  if (commit === null) return [];
  const changed = hasIndex(repository)
    ? new Set((await changedRecords(registry)).map((entry) => entry.path))
    : undefined;
  if (changed?.size === 0) return [];
  const entries = await listNames(repository, commit, recordScopes(registry));
  return entries
    .map((entry) => ({ ...entry, relative: entry.path.slice(prefix.length) }))
    .filter(({ path, relative }) => roleOf(relative).kind !== 'other' && (changed?.has(path) ?? true));
}

function found(problems: readonly Problem[]): Found[] {
  return problems.map((problem) => ({
    ...problem,
    hint: problem.hint ?? `mend it, check it, and commit it: mlc validate ${shellWord(problem.file ?? '')}`,
    severity: 'problem',
  }));
}

/** A record that is broken as committed stands in the way of every transition, whatever the working tree has. */
function asCommitted(problem: Problem): Problem {
  const hint = `commit the file as it is now, if that is right: git commit -- ${shellWord(problem.file ?? '')}`;
  return { ...problem, message: `as committed: ${problem.message}`, hint };
}

/** A copy on its way between two disks that a killed run left among the records. */
function named(problem: Problem): Problem {
  if (problem.code !== 'path/unknown' || !problem.file?.endsWith('.mlc-tmp')) return problem;
  const message = 'a run of mlc that was killed left this file among the records';
  return { ...problem, message, hint: `rm ${shellWord(problem.file)}` };
}

export const records: Examination = {
  name: 'records',
  title: 'records',
  examine: async (subject) => {
    const { registry, tell } = subject;
    const progress = (done: number): void => tell(`${count(done, 'record')} checked`);
    const { problems } = hasIndex(registry.repository)
      ? await validateWorkingTree(registry, registry.root, [], progress)
      : { problems: [] };
    const here = new Set(problems.map((problem) => `${problem.file} ${problem.code} ${problem.message}`));
    const committed = [
      ...(await checkFiles(registry.repository, await committedFiles(subject), progress)).values(),
    ]
      .flatMap((file) => file.problems)
      .filter((problem) => !here.has(`${problem.file} ${problem.code} ${problem.message}`));
    return found([...problems.map(named), ...committed.map(asCommitted)]);
  },
};
