// Kills transitions of the built program at random moments, and looks at what is left: MLC_KILLS=1000 MLC_SEED=7.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { copyOf, hook, listing, otherEntries, registeredWorld, userWork } from '../registry/scene.js';
import { type World, digest, registration } from '../support/world.js';
import { ensureBuilt, randomFrom, runProgram } from './crash-world.js';

const kills = Number(process.env.MLC_KILLS ?? 100);
const seed = Number(process.env.MLC_SEED ?? Date.now() % 1_000_000);
const perRegistry = 40;
// Without the setting, a git status that is killed in a post-commit hook leaves its own lock on the user's index.
const hookScript = 'GIT_OPTIONAL_LOCKS=0 git status > /dev/null';
const random = randomFrom(seed);

const counts = {
  kills: 0,
  tooLate: 0,
  landed: 0,
  notLanded: 0,
  registriesWithHooks: 0,
  killedAgainWhileMended: 0,
  mended: 0,
};

/** The user's work: every file that is no record, and what of it is staged. */
async function work(world: World): Promise<unknown> {
  const files = await listing(world.folder, (name) => name === '.git' || name.endsWith('/versions'));
  return { files, entries: otherEntries(world) };
}

/** Locks that are left, each with how it begins: that tells whose it is. */
async function locks(folder: string): Promise<string[]> {
  const names = await readdir(path.join(folder, '.git'), { recursive: true });
  const left = names.filter((name) => name.endsWith('.lock'));
  return Promise.all(
    left.map(async (name) => {
      const content = await readFile(path.join(folder, '.git', name), 'latin1').catch(() => 'gone');
      return `${name}: ${JSON.stringify(content.slice(0, 60))}`;
    }),
  );
}

/** One of the transitions, told apart from all others by its number. */
async function transition(turn: number): Promise<{ args: string[]; sign: string }> {
  if (random() < 0.5)
    return { args: ['hold', 'churn@1.0.0', '--kind', 'legal', '-m', `turn ${turn}.`], sign: `turn ${turn}.` };
  const args = await registration({
    change: 'retraining',
    dataset: `train@v${turn}`,
    seed: turn,
    weights: `kill ${turn}`,
  });
  return { args, sign: digest(`kill ${turn}`) };
}

/** Whether a transition is there: in its commit, its record and the working tree alike, and once. */
function isThere(world: World, sign: string, before: string): boolean {
  const head = world.git('rev-parse', 'HEAD');
  const found = (at: string): string => {
    try {
      return world.git('grep', '-lF', '-e', sign, at, '--', 'models');
    } catch {
      return '';
    }
  };
  if (head === before) {
    expect(found('HEAD')).toBe('');
    return false;
  }
  expect(world.git('rev-parse', 'HEAD^')).toBe(before);
  expect(found('HEAD')).not.toBe('');
  expect(world.git('diff-tree', '--no-commit-id', '--name-only', '-r', 'HEAD').split('\n')).toHaveLength(1);
  expect(world.git('log', '-1', '--format=%(trailers:key=Mlc-Transaction,valueonly)')).not.toBe('');
  return true;
}

/** How long a transition takes here: the middle one of three. */
async function usualDuration(world: World): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 3; turn++)
    times.push(
      (await runProgram(world, ['hold', 'churn@1.0.0', '--kind', 'legal', '-m', `warm ${turn}.`])).took,
    );
  return times.sort((a, b) => a - b)[1] ?? 300;
}

/** Kills one transition, and sees to what is left. */
async function killOnce(world: World, turn: number, duration: number): Promise<void> {
  const [before, untouched, { args, sign }] = [
    world.git('rev-parse', 'HEAD'),
    await work(world),
    await transition(turn),
  ];
  // Nothing is written in the first part, while node starts.
  const { code, said } = await runProgram(world, args, duration * (0.2 + 0.8 * random()));
  if (code === null) counts.kills += 1;
  else {
    counts.tooLate += 1;
    expect(code, said).toBe(0);
  }
  if (random() < 0.25) {
    const again = await runProgram(world, ['list'], duration * (0.2 + 0.5 * random()));
    if (again.code === null) counts.killedAgainWhileMended += 1;
  }
  const list = await runProgram(world, ['list', 'churn']);
  expect(list.code, list.said).toBe(0);
  if (list.said.includes('interrupted')) counts.mended += 1;
  const there = isThere(world, sign, before);
  counts[there ? 'landed' : 'notLanded'] += 1;
  if (code === 0) expect(there).toBe(true);
  expect(world.git('status', '--porcelain', '--', 'models/churn/versions')).toBe('');
  expect(await work(world)).toEqual(untouched);
  expect(await locks(world.folder)).toEqual([]);
  const next = await runProgram(world, ['hold', 'churn@1.0.0', '--kind', 'legal', '-m', `after ${turn}.`]);
  expect(next.code, next.said).toBe(0);
  expect(world.git('diff-tree', '--no-commit-id', '--name-only', '-r', 'HEAD')).toBe(
    'models/churn/versions/1.0.0.yaml',
  );
  expect(await work(world)).toEqual(untouched);
}

test(
  `${kills} kills at random points of a transition: nothing is lost, nothing is half done`,
  async () => {
    ensureBuilt();
    process.stdout.write(`seed ${seed}\n`);
    const origin = await registeredWorld();
    await userWork(origin);
    while (counts.kills < kills) {
      const world = await copyOf(origin);
      const withHooks = random() < 0.4;
      if (withHooks) counts.registriesWithHooks += 1;
      if (withHooks)
        for (const name of ['pre-commit', 'commit-msg', 'post-commit']) await hook(world, name, hookScript);
      const duration = await usualDuration(world);
      for (let turn = 1; turn <= perRegistry && counts.kills < kills; turn++) {
        try {
          await killOnce(world, turn, duration);
        } catch (error) {
          throw new Error(
            `seed ${seed}, kill ${counts.kills}, registry ${world.folder}: ${JSON.stringify(counts)}`,
            { cause: error },
          );
        }
      }
      expect(world.git('fsck', '--strict', '--no-dangling')).toBe('');
      const valid = await runProgram(world, ['validate']);
      expect(valid.code, valid.said).toBe(0);
    }
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    expect(counts.landed + counts.notLanded).toBe(kills + counts.tooLate);
  },
  kills * 10_000 + 60_000,
);
