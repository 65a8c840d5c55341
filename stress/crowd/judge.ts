// Holds what writers were told against what history and records say, with git's own words as far as they go.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Attempt, hasGivenUp, isRuled } from './attempts.js';
import { type Commit, marksAdded, marksIn, readHistory } from './history.js';
import { git, start } from './program.js';
import { splitFaults } from './splits.js';

/** What is judged: one clone, and what everyone who wrote to it was told. */
interface Case {
  program: string;
  folder: string;
  attempts: readonly Attempt[];
  /** How many commits were there before. */
  before: number;
  /** Whose commits are no transitions. */
  user: string;
}

/** The form of every token. */
const tokens = /tok-[a-z0-9]+-[0-9]+-[0-9]+-/;

// A deprecation that is made again after it was taken back stands in the place of the first one.
const replaced = new Set(['deprecate', 'reinstate']);

/** Every transition that was told is there once, and no other. */
function accountFaults(attempts: readonly Attempt[], commits: readonly Commit[]): string[] {
  const faults: string[] = [];
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const landed = attempts.filter(({ commit }) => commit !== null);
  const told = new Set<string>();
  for (const made of landed) {
    const commit = byId.get(made.commit ?? '');
    if (!commit) faults.push(`lost: ${made.commit} was told, and is not in history: ${made.command}`);
    else if (
      commit.transaction !== made.transaction ||
      commit.model !== made.model ||
      !commit.body.includes(made.token)
    )
      faults.push(`${made.commit} is not the transition that was told: ${made.command}`);
    told.add(made.commit ?? '');
  }
  if (told.size !== landed.length) faults.push('one commit was told to two writers');
  for (const commit of commits)
    if (commit.transaction !== '' && !told.has(commit.id))
      faults.push(`nobody was told of ${commit.id}: ${commit.body}`);
  const ids = commits.map(({ transaction }) => transaction).filter(Boolean);
  if (new Set(ids).size !== ids.length) faults.push('a transaction is in history twice');
  return faults;
}

/** Whoever was refused was refused by a rule; to give up because others were faster is an exception. */
function refusalFaults(attempts: readonly Attempt[]): string[] {
  const odd = attempts.filter((made) => made.code !== 0 && !isRuled(made) && !hasGivenUp(made));
  const faults = odd.map(
    (made) => `refused for ${made.refusal}, which is no rule: ${made.command}\n${made.said}`,
  );
  const gaveUp = attempts.filter(hasGivenUp);
  if (gaveUp.length > attempts.length / 50)
    faults.push(`${gaveUp.length} of ${attempts.length} gave up, as with ${gaveUp[0]?.refusal}`);
  return faults;
}

/** Every commit stays at its own paths, and none is a merge. */
function pathFaults(commits: readonly Commit[], user: string): string[] {
  return commits.flatMap((commit) => {
    const mine = commit.transaction === '' ? /^notes\// : new RegExp(`^models/${commit.model}/`);
    const strays = commit.changes.filter(
      ({ state, path: file }) => !mine.test(file) || !/^[AM]$/.test(state),
    );
    const faults = strays.map(
      ({ state, path: file }) => `${commit.id} (${commit.operation || 'user'}) has ${state} ${file}`,
    );
    if (commit.parents.length !== 1) faults.push(`${commit.id} is a merge`);
    if (commit.changes.length === 0) faults.push(`${commit.id} changes nothing`);
    if (commit.transaction === '' && commit.author !== user)
      faults.push(`${commit.id} is no transition: ${commit.body}`);
    return faults;
  });
}

/** Every effect stands in the records, and nothing of what was refused. */
async function effectFaults({ folder, attempts }: Case): Promise<string[]> {
  const [standing, added] = await Promise.all([
    marksIn(folder, 'HEAD', tokens),
    marksAdded(folder, 'HEAD', tokens),
  ]);
  const faults: string[] = [];
  for (const made of attempts) {
    if (made.commit === null) {
      if (standing.has(made.token))
        faults.push(`${made.token} was refused, and stands in a record: ${made.command}`);
    } else if (!added.get(made.commit)?.has(made.token))
      faults.push(`${made.commit} does not write what was told: ${made.command}`);
    else if (!standing.has(made.token) && !replaced.has(made.operation))
      faults.push(`lost: ${made.token} stands in no record any more: ${made.command}`);
  }
  return faults;
}

/** No version number was given twice. */
function numberFaults(attempts: readonly Attempt[], commits: readonly Commit[]): string[] {
  const made = commits.flatMap(({ changes }) =>
    changes.filter(({ state }) => state === 'A').map((change) => change.path),
  );
  const faults = made
    .filter((file, index) => made.indexOf(file) !== index)
    .map((file) => `${file} was made twice`);
  const numbers = attempts
    .filter(({ operation, commit }) => operation === 'register' && commit !== null)
    .map(({ model, version }) => `${model}@${version}`);
  if (new Set(numbers).size !== numbers.length) faults.push('one version number was told to two writers');
  return faults;
}

/** Locks, journals, tickets and files on their way. */
async function leftovers(folder: string): Promise<string[]> {
  const names = await readdir(path.join(folder, '.git'), { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(folder, '.git'), path.join(entry.parentPath, entry.name)))
    .filter((name) => /\.lock$|^mlc\/(journal|tmp|queue)\/|^mlc\/(cache|audit)\/.*\.json\.[^/]+$/.test(name))
    .map((name) => `left behind: ${name}`);
}

/** What mlc itself finds. */
async function ownFaults({ program, folder }: Case): Promise<string[]> {
  const faults: string[] = [];
  for (const command of ['validate', 'audit']) {
    const { code, stdout, stderr } = await start(process.execPath, [program, command], folder);
    if (code !== 0) faults.push(`mlc ${command} exited ${code}:\n${stdout}${stderr}`.slice(0, 4000));
  }
  return faults;
}

/** Everything that is wrong with a clone after the crowd has gone. */
export async function judge(facts: Case): Promise<string[]> {
  const { folder, attempts, before, user } = facts;
  const commits = (await readHistory(folder, 'HEAD')).slice(0, -before);
  const fsck = await start('git', ['fsck', '--strict', '--no-dangling', '--no-progress'], folder);
  const status = await git(folder, 'status', '--porcelain');
  return [
    ...(fsck.code === 0 && fsck.stderr + fsck.stdout === ''
      ? []
      : [`git fsck: ${fsck.stdout}${fsck.stderr}`]),
    ...(status === '' ? [] : [`git status after the crowd has gone:\n${status}`]),
    ...accountFaults(attempts, commits),
    ...refusalFaults(attempts),
    ...pathFaults(commits, user),
    ...numberFaults(attempts, commits),
    ...(await effectFaults(facts)),
    ...(await splitFaults(folder)),
    ...(await ownFaults(facts)),
    ...(await leftovers(folder)),
  ];
}
