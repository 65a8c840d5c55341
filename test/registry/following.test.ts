// A clone that was behind and whose git was killed while it followed is mended by the next command.
import { existsSync } from 'node:fs';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ownMark } from '../../src/registry/processes.js';
import { temporaryFolder } from '../support/folders.js';
import { type World, gitIn, worldIn } from '../support/world.js';
import { morning, registeredWorld } from './scene.js';

const deadOwner = { ...ownMark(), pid: 4_194_999, started: '1' };
const id = '0b8f4a3e-6f0d-4b57-9c1e-2a6d3f4e5a6b';
const changed = 'models/churn/versions/1.0.0.yaml';
const gone = 'models/churn/notes.md';
const added = 'models/churn/more.md';

/** A clone that lacks one commit of its remote, which changes a file, adds one and takes one away. */
async function behind(): Promise<{ work: World; before: string; after: string }> {
  const origin = await registeredWorld();
  await origin.write(gone, 'old\n');
  origin.git('add', 'models');
  origin.git('commit', '-qm', 'notes');
  const folder = await temporaryFolder();
  gitIn(folder, ['clone', '-q', '--bare', origin.folder, 'bare.git']);
  for (const name of ['work', 'other']) gitIn(folder, ['clone', '-q', 'bare.git', name]);
  const [work, other] = [worldIn(path.join(folder, 'work')), worldIn(path.join(folder, 'other'))];
  await other.ok(['approve', 'churn@1.0.0'], { as: 'grace', at: morning });
  await other.write(added, 'new\n');
  await rm(path.join(other.folder, gone));
  other.git('add', '-A');
  other.git('commit', '-qm', 'other notes');
  other.git('push', '-q');
  work.git('fetch', '-q');
  return { work, before: work.git('rev-parse', 'HEAD'), after: work.git('rev-parse', 'origin/main') };
}

/** The journal that a dead process has left, over what a fast-forward changes. */
async function leaveJournal(work: World, before: string, after: string): Promise<void> {
  const blob = (commit: string, file: string): string | null => {
    try {
      return work.git('rev-parse', '-q', '--verify', `${commit}:${file}`);
    } catch {
      return null;
    }
  };
  const files = [changed, gone, added].map((file) => ({
    path: file,
    old: blob(before, file),
    new: blob(after, file),
  }));
  await mkdir(path.join(work.folder, '.git/mlc/journal'), { recursive: true });
  const journal = { transaction: id, ref: 'refs/heads/main', owner: deadOwner, files, kind: 'following' };
  await writeFile(path.join(work.folder, '.git/mlc/journal', `${id}.json`), JSON.stringify(journal));
}

const approval = ['hold', 'churn@1.0.0', '--kind', 'legal', '-m', 'asked', '--push'];

test.each(['whole', 'cut', 'empty', 'missing'])(
  'a file that git left %s, and its locks, are no hindrance',
  async (left) => {
    const { work, before, after } = await behind();
    await leaveJournal(work, before, after);
    const text = `${work.git('show', `${after}:${changed}`)}\n`;
    await work.write(changed, { whole: text, cut: text.slice(0, 700), empty: '', missing: '' }[left] ?? '');
    if (left === 'missing') await rm(path.join(work.folder, changed));
    await work.write(added, left === 'whole' ? 'new\n' : '');
    await rm(path.join(work.folder, gone));
    for (const name of ['index.lock', 'ORIG_HEAD.lock', 'HEAD.lock'])
      await writeFile(path.join(work.folder, '.git', name), 'half of it');
    await work.ok(['list']);
    expect(work.git('rev-parse', 'HEAD')).toBe(before);
    expect(work.git('status', '--porcelain')).toBe('');
    for (const name of ['index.lock', 'ORIG_HEAD.lock', 'HEAD.lock'])
      expect(existsSync(path.join(work.folder, '.git', name)), name).toBe(false);
    await work.ok(approval, { at: morning });
    expect(work.git('rev-parse', 'HEAD')).toBe(work.git('rev-parse', 'origin/main'));
    expect(work.git('status', '--porcelain')).toBe('');
  },
);

test('where the branch was moved already, the files follow', async () => {
  const { work, before, after } = await behind();
  await leaveJournal(work, before, after);
  work.git('update-ref', 'refs/heads/main', after);
  await work.ok(['list']);
  expect(work.git('status', '--porcelain')).toBe('');
  expect(existsSync(path.join(work.folder, gone))).toBe(false);
});

test('what the user has written meanwhile is kept', async () => {
  const { work, before, after } = await behind();
  await leaveJournal(work, before, after);
  await work.write(added, 'mine\n');
  await work.ok(['list']);
  expect(await work.read(added)).toBe('mine\n');
});

test('a lock on the index that is older than the journal is somebody else’s', async () => {
  const { work, before, after } = await behind();
  const lock = path.join(work.folder, '.git/index.lock');
  await writeFile(lock, '');
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
  await leaveJournal(work, before, after);
  await work.ok(['list']);
  expect(existsSync(lock)).toBe(true);
});

test('a git that is killed while it moves the branch leaves a clone that goes on', async () => {
  const { work, before } = await behind();
  const hooks = path.join(work.folder, '.git/hooks');
  await mkdir(hooks, { recursive: true });
  // The branch of the clone is moved by git's own merge here, with files and index written already.
  const script = `#!/bin/sh\n[ "$1" = prepared ] && grep -q refs/heads/main && kill -9 $PPID\nexit 0\n`;
  await writeFile(path.join(hooks, 'reference-transaction'), script, { mode: 0o755 });
  const said = await work.mlc(approval, { at: morning });
  expect(said.code).toBe(0);
  expect(said.stderr).toContain('could not follow');
  await rm(path.join(hooks, 'reference-transaction'));
  expect(work.git('rev-parse', 'HEAD')).toBe(before);
  await work.ok(['release', 'churn@1.0.0', '-m', 'done', '--push'], { at: morning });
  expect(work.git('status', '--porcelain')).toBe('');
});
