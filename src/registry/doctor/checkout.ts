// Examines what is checked out: a branch with a registry on it, and nothing half done.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { operationInProgress } from '../../git/repository.js';
import { configFile } from '../paths.js';
import { type Examination, type Found, type Subject, doubtful, shellWord, wrong } from './examination.js';

/** Whether a commit should be there: a branch that never had one leaves no trace. */
function hadCommit({ registry: { repository }, head }: Subject): boolean {
  if (head.ref === null) return true;
  return ['', 'logs'].some((folder) => existsSync(path.join(repository.commonDir, folder, head.ref ?? '')));
}

function broken({ registry: { repository }, head }: Subject): Found {
  const ref = head.ref ?? 'HEAD';
  const log = path.join(head.ref === null ? repository.gitDir : repository.commonDir, 'logs', ref);
  return wrong(
    'git/broken-branch',
    `${ref} points to nothing that git can read`,
    `see where it stood before: tail -n 3 ${shellWord(log)}; then git update-ref ${shellWord(ref)} COMMIT`,
  );
}

function branchFindings(subject: Subject): Found[] {
  const { registry, head, commit } = subject;
  if (head.commit === null && hadCommit(subject)) return [broken(subject)];
  if (commit === null) {
    const file = `${registry.prefix}${configFile}`;
    const message = `${file} is not committed yet, and records are read from the commit`;
    return [
      wrong(
        'registry/uncommitted',
        message,
        `git add ${shellWord(file)} && git commit -m "start the registry"`,
      ),
    ];
  }
  if (head.ref !== null) return [];
  const message = 'HEAD is detached, so there is no branch for a transition to land on';
  return [doubtful('git/detached', message, 'to make transitions: git switch BRANCH')];
}

export const checkout: Examination = {
  name: 'checkout',
  title: 'branch',
  examine: (subject) => {
    const busy = operationInProgress(subject.registry.repository);
    if (!busy) return Promise.resolve(branchFindings(subject));
    const message = `the repository is in the middle of ${busy.name}, and transitions are refused until it is over`;
    const unfinished = wrong('git/in-progress', message, busy.wayOut);
    // A rebase detaches HEAD itself.
    const others = branchFindings(subject).filter((finding) => finding.code !== 'git/detached');
    return Promise.resolve([unfinished, ...others]);
  },
};
