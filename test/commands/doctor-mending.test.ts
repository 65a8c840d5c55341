// What doctor does about transitions that were killed, or may be alive: it mends the first when asked, and tells of the others.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Journal } from '../../src/registry/journal.js';
import { copyOf, made, record, registeredWorld, stateOf } from '../registry/scene.js';
import type { World } from '../support/world.js';
import {
  aged,
  checkUp,
  codes,
  deadOwner,
  findings,
  follow,
  inGit,
  livingOwner,
  strangeOwner,
  tag,
} from './doctor-support.js';

let origin: World;
let landed: World;
let world: World;
beforeAll(async () => {
  origin = await registeredWorld();
  await origin.ok(['hook', 'install']);
  landed = await copyOf(origin);
  await made(landed, 'approve');
});
beforeEach(async () => {
  world = await copyOf(landed);
});

const blob = (of: World, file: string): string => of.git('rev-parse', `HEAD:${file}`);

/** A journal of the transition that approved the record. */
async function journal(owner: Journal['owner'], seconds = 0, transaction = tag): Promise<string> {
  const files = [{ path: record, old: blob(origin, record), new: blob(landed, record) }];
  const data: Journal = { transaction, ref: 'refs/heads/main', owner, files };
  return aged(inGit(world, 'mlc/journal', `${transaction}.json`), JSON.stringify(data), seconds);
}

/** Index and working tree as they were before the transition, whose commit stands. */
async function outOfStep(): Promise<void> {
  world.git('update-index', '--cacheinfo', `100644,${blob(origin, record)},${record}`);
  await world.write(record, `${world.git('cat-file', 'blob', blob(origin, record))}\n`);
}

describe('a transition that was killed', () => {
  test('is told and left as it is without --fix, and what it left half done is not called an edit', async () => {
    await outOfStep();
    await journal(deadOwner);
    const before = await stateOf(world.folder);
    const [found] = await findings(world, 'transitions');
    expect(found).toMatchObject({ severity: 'problem', code: 'transition/interrupted', fixable: true });
    expect(found?.message).toContain(record);
    expect(await codes(world, 'working-tree')).toEqual([]);
    expect(await stateOf(world.folder)).toEqual(before);
  });

  test('is mended with --fix: index and working tree follow the commit', async () => {
    await outOfStep();
    await journal(deadOwner);
    await aged(inGit(world, 'mlc/tmp', `file-${tag}-0`), '', 0);
    await aged(inGit(world, 'index.lock'), `mlc ${tag}\n`, 0);
    const { healthy, fixed } = await checkUp(world, ['--fix']);
    expect(healthy).toBe(true);
    expect(fixed).toEqual([expect.stringContaining(`mended ${record}`)]);
    expect(world.git('status', '--porcelain')).toBe('');
    expect((await checkUp(world, ['--fix'])).fixed).toEqual([]);
  });

  test("what the user changed since is kept, and told as the user's", async () => {
    await world.write(record, 'mine: true\n');
    await journal(deadOwner);
    const { fixed } = await checkUp(world, ['--fix']);
    expect(fixed).toEqual([expect.stringContaining('is left as it is')]);
    expect(await world.read(record)).toBe('mine: true\n');
    expect(await codes(world, 'working-tree')).toEqual([`warning git/dirty ${record}`]);
  });

  test('and another one: both are mended', async () => {
    await outOfStep();
    await journal(deadOwner);
    await journal(deadOwner, 0, tag.replace('11111111', '99999999'));
    const said = `a transition was interrupted; mended ${record}`;
    expect((await checkUp(world, ['--fix'])).fixed).toEqual([said, said]);
    expect(world.git('status', '--porcelain')).toBe('');
  });

  test('stays while somebody else holds the index, and that is said', async () => {
    await outOfStep();
    await journal(deadOwner);
    await aged(inGit(world, 'index.lock'), 'somebody else', 0);
    const [found] = await findings(world, 'transitions', ['--fix']);
    expect(found?.fixed).toBeUndefined();
    expect(found?.hint).toContain('something else is at work');
    expect(await readFile(inGit(world, 'index.lock'), 'utf8')).toBe('somebody else');
  });
});

describe('a transition that may be alive', () => {
  test('on this machine: its journal, lock and files are left alone', async () => {
    await journal(livingOwner, 3600);
    await aged(inGit(world, 'index.lock'), `mlc ${tag}\n`, 3600);
    await aged(inGit(world, 'mlc/tmp', `index-${tag}`), '', 3600);
    const before = await stateOf(world.folder);
    const { healthy, fixed, examinations } = await checkUp(world, ['--fix']);
    expect({ healthy, fixed }).toEqual({ healthy: true, fixed: [] });
    const told = examinations.filter(({ name }) => name !== 'versions').flatMap((one) => one.findings);
    expect(told).toEqual([]);
    expect(await stateOf(world.folder)).toEqual(before);
  });

  test('on another machine: told after a minute, and the way out leads out', async () => {
    await outOfStep();
    await journal(strangeOwner, 10);
    await aged(inGit(world, 'index.lock'), `mlc ${tag}\n`, 10);
    expect(await codes(world, 'transitions', ['--fix'])).toEqual([]);
    const file = await journal(strangeOwner, 100);
    const [found] = await findings(world, 'transitions', ['--fix']);
    expect(found).toMatchObject({ severity: 'warning', code: 'transition/elsewhere' });
    expect(existsSync(file)).toBe(true);
    follow(world, found?.hint, 'nothing of yours is in those files: ');
    expect(world.git('status', '--porcelain')).toBe('');
    expect((await checkUp(world)).healthy).toBe(true);
  });
});

test.each(['', '{', '[]', 'null', '{"owner":{}}'])(
  'a journal that holds %j is told after a minute',
  async (text) => {
    const file = inGit(world, 'mlc/journal', `${tag}.json`);
    await aged(file, text, 10);
    expect(await codes(world, 'transitions', ['--fix'])).toEqual([]);
    await aged(file, text, 100);
    const [found] = await findings(world, 'transitions', ['--fix']);
    expect(found).toMatchObject({ severity: 'warning', code: 'transition/unreadable' });
    follow(world, found?.hint, 'then ');
    expect(await codes(world, 'transitions')).toEqual([]);
  },
);
