// When a gate was last changed: what is remembered counts along a single line alone, and changes no answer.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { gateDates } from '../../src/registry/gate-dates.js';
import { keptText, readKept } from '../../src/registry/kept-text.js';
import { locateRegistry } from '../../src/registry/registry.js';
import { temporaryFolder } from '../support/folders.js';
import { gitIn, type World, registryWorld, worldIn } from '../support/world.js';

const gate = 'models/churn/gate.yaml';
let world: World;
let minutes = 0;

beforeEach(async () => {
  world = await registryWorld();
  minutes = 0;
});

/** Commits a file, a minute after the commit before, and answers when. */
async function commit(file: string, text: string): Promise<string> {
  minutes += 1;
  const at = `2026-04-01T09:${String(minutes).padStart(2, '0')}:00Z`;
  await world.write(file, text);
  const env = { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at };
  gitIn(world.folder, ['add', file], env);
  gitIn(world.folder, ['commit', '-q', '--allow-empty', '-m', `${file} of minute ${minutes}`], env);
  return at;
}

async function changedGate(note: string): Promise<string> {
  return commit(gate, `${(await world.read(gate)).trimEnd()}\n# ${note}\n`);
}

/** The date of the gate at a commit, asked and remembered as a registration does. */
async function dateAt(
  revision = 'HEAD',
  folder = world.folder,
  model = 'churn',
): Promise<string | undefined> {
  const registry = await locateRegistry({ cwd: folder, env: process.env, folder: '.' });
  const dates = gateDates(registry, model);
  const { at } = await dates.at(gitIn(folder, ['rev-parse', revision]));
  await dates.remember();
  return at;
}

interface Known {
  commit: string;
  all: boolean;
  seconds: Record<string, number | null>;
}

async function cacheFile(): Promise<string> {
  const folder = path.join(world.folder, '.git/mlc/cache');
  const [name = ''] = (await readdir(folder)).filter((entry) => entry.startsWith('gates-'));
  return path.join(folder, name);
}

const here = 'refs/heads/main ';

async function known(): Promise<Known> {
  const { [here]: found } = readKept(await readFile(await cacheFile())) as Record<string, Known>;
  if (!found) throw new Error('nothing is remembered of this branch');
  return found;
}

/** Makes what is remembered wrong by a day, so that it shows in an answer that is taken from it. */
async function misremember(): Promise<void> {
  const found = await known();
  const { [gate]: seconds } = found.seconds;
  if (typeof seconds !== 'number') throw new Error('nothing is remembered of the gate');
  const wrong = { ...found, seconds: { ...found.seconds, [gate]: seconds - 86_400 } };
  await writeFile(await cacheFile(), keptText({ [here]: wrong }));
}

const dayBefore = (at: string): string => at.replace('04-01', '03-31');

test('along a line, what is known of an earlier commit is taken, and what is newer found', async () => {
  const first = await changedGate('one');
  expect(await dateAt()).toBe(first);
  await commit('other.txt', 'x');
  await commit('other.txt', 'y');
  await misremember();
  expect(await dateAt()).toBe(dayBefore(first));
  expect((await known()).commit).toBe(world.git('rev-parse', 'HEAD'));
  const second = await changedGate('two');
  expect(await dateAt()).toBe(second);
  expect(await dateAt()).toBe(second);
});

test('across a merge that leaves the gate alone, what is known is taken', async () => {
  const first = await changedGate('one');
  expect(await dateAt()).toBe(first);
  world.git('branch', 'side', 'HEAD~1');
  await commit('other.txt', 'x');
  world.git('checkout', '-q', 'side');
  await commit('another.txt', 'y');
  world.git('checkout', '-q', 'main');
  world.git('merge', '-q', '--no-edit', 'side');
  await misremember();
  expect(await dateAt()).toBe(dayBefore(first));
});

test('a gate that a merge brought is dated by its change on the side, also when it was known before', async () => {
  expect(await dateAt()).toBeDefined();
  world.git('checkout', '-qb', 'side');
  const onSide = await changedGate('one');
  world.git('checkout', '-q', 'main');
  await commit('other.txt', 'x');
  world.git('merge', '-q', '--no-edit', 'side');
  await misremember();
  expect(await dateAt()).toBe(onSide);
  await commit('other.txt', 'y');
  expect(await dateAt()).toBe(onSide);
});

test('the second model that is asked for gets to know all gates, the first its own alone', async () => {
  const other = 'models/fraud/gate.yaml';
  const first = await changedGate('one');
  const second = await commit(other, await world.read(gate));
  await commit('models/third/gate.yaml', await world.read(gate));
  expect(await dateAt()).toBe(first);
  expect(Object.keys((await known()).seconds)).toEqual([gate]);
  expect(await dateAt('HEAD', world.folder, 'fraud')).toBe(second);
  expect(Object.keys((await known()).seconds).toSorted()).toEqual([gate, other, 'models/third/gate.yaml']);
});

test('of two registries in one repository, each is looked through for itself', async () => {
  const [config, text] = [await world.read('mlc.yaml'), await world.read(gate)];
  for (const folder of ['a', 'b']) await commit(`${folder}/mlc.yaml`, config);
  const [a, b] = ['a', 'b'].map((folder) => path.join(world.folder, folder)) as [string, string];
  const first = await commit('a/models/x/gate.yaml', text);
  const second = await commit('a/models/z/gate.yaml', text);
  const third = await commit('b/models/y/gate.yaml', text);
  expect([await dateAt('HEAD', a, 'x'), await dateAt('HEAD', a, 'z')]).toEqual([first, second]);
  const changed = await commit('a/models/x/gate.yaml', `${text}# looser\n`);
  expect(await dateAt('HEAD', b, 'y')).toBe(third);
  expect(await dateAt('HEAD', a, 'x')).toBe(changed);
});

test('a look at another branch leaves what is known of this one', async () => {
  const first = await changedGate('one');
  const second = await commit('models/fraud/gate.yaml', await world.read(gate));
  expect([await dateAt(), await dateAt('HEAD', world.folder, 'fraud')]).toEqual([first, second]);
  world.git('checkout', '-qb', 'other', 'HEAD~1');
  await commit('other.txt', 'x');
  expect(await dateAt()).toBe(first);
  world.git('checkout', '-q', 'main');
  await misremember();
  expect(await dateAt()).toBe(dayBefore(first));
});

test('a change that a merge left out does not count, whatever git is set to', async () => {
  const first = await changedGate('one');
  world.git('checkout', '-qb', 'side');
  await changedGate('two');
  world.git('checkout', '-q', 'main');
  const other = await commit('models/fraud/gate.yaml', await world.read(gate));
  world.git('merge', '-q', '--no-edit', '-s', 'ours', 'side');
  world.git('config', 'log.follow', 'true');
  expect(await dateAt()).toBe(first);
  expect(await dateAt('HEAD', world.folder, 'fraud')).toBe(other);
  await commit('other.txt', 'x');
  await misremember();
  expect(await dateAt()).toBe(dayBefore(first));
});

/** Some history at random: changes of two gates and of another file, on lines that part and merge. */
async function randomHistory(steps: readonly number[]): Promise<string[]> {
  const heads: string[] = [];
  const tips = new Map([['main', world.git('rev-parse', 'HEAD')]]);
  for (const [index, step] of steps.entries()) {
    const branches = [...tips.keys()];
    const branch = branches[step % branches.length] ?? 'main';
    world.git('checkout', '-q', branch);
    const file = [gate, 'models/fraud/gate.yaml', 'other.txt'][Math.floor(step / 8) % 3] ?? gate;
    const from = branches[(step + 1) % branches.length] ?? 'main';
    if (step % 5 === 0) world.git('checkout', '-qb', `line-${index}`);
    else if (step % 5 === 1 && from !== branch) {
      const side = ['ours', 'theirs'][Math.floor(step / 64) % 2] ?? 'ours';
      const env = { GIT_COMMITTER_DATE: `2026-05-01T09:00:${String(index).padStart(2, '0')}Z` };
      gitIn(world.folder, ['merge', '-q', '--no-ff', '--no-edit', '-X', side, from], env);
    } else await commit(file, `text ${step % 3}\n`);
    const current = world.git('rev-parse', '--abbrev-ref', 'HEAD');
    tips.set(current, world.git('rev-parse', 'HEAD'));
    heads.push(world.git('rev-parse', 'HEAD'));
  }
  return heads;
}

test('whatever is remembered, the answer is that of git log', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(1000), { minLength: 8, maxLength: 14 }),
      fc.array(fc.nat(1000), { minLength: 6, maxLength: 10 }),
      async (steps, asked) => {
        world = await registryWorld();
        minutes = 0;
        const heads = await randomHistory(steps);
        for (const [index, number] of asked.entries()) {
          const head = heads[Math.min(index + (number % 4), heads.length - 1)] ?? 'HEAD';
          const model = number % 3 === 0 ? 'fraud' : 'churn';
          const said = world.git('log', '-1', '--format=%ct', head, '--', `models/${model}/gate.yaml`);
          const at = await dateAt(head, world.folder, model);
          expect(at === undefined ? '' : String(Date.parse(at) / 1000)).toBe(said);
        }
      },
    ),
    { numRuns: 12, seed: 20261124 },
  );
});

test('a merge that takes an older gate back is dated by the older change', async () => {
  const first = await changedGate('one');
  await changedGate('two');
  expect(await dateAt()).not.toBe(first);
  const [tree, older] = [world.git('rev-parse', 'HEAD~1^{tree}'), world.git('rev-parse', 'HEAD~1')];
  const merge = world.git('commit-tree', '-p', 'HEAD', '-p', older, '-m', 'take one back', tree);
  world.git('reset', '-q', '--hard', merge);
  expect(await dateAt()).toBe(first);
});

test('on another branch, or after history was written anew, history is looked through', async () => {
  const first = await changedGate('one');
  world.git('branch', 'other');
  const second = await changedGate('two');
  expect(await dateAt()).toBe(second);
  await misremember();
  expect(await dateAt('other')).toBe(first);
  await misremember();
  world.git('checkout', '-q', 'other');
  world.git('commit', '-q', '--amend', '--no-edit', '--date', '2026-04-02T09:00:00Z');
  const amended = world.git('log', '-1', '--format=%ct');
  expect(Date.parse((await dateAt()) ?? '') / 1000).toBe(Number(amended));
});

test('what is remembered of a commit that is gone, or damaged, is as good as nothing', async () => {
  const first = await changedGate('one');
  expect(await dateAt()).toBe(first);
  await writeFile(
    await cacheFile(),
    keptText({ [here]: { commit: 'f'.repeat(40), all: true, seconds: { [gate]: 1 } } }),
  );
  expect(await dateAt()).toBe(first);
  await writeFile(await cacheFile(), '{');
  expect(await dateAt()).toBe(first);
});

test('a shallow clone remembers nothing', async () => {
  const first = await changedGate('one');
  await commit('other.txt', 'x');
  const folder = await temporaryFolder();
  gitIn(folder, ['clone', '-q', '--depth', '1', `file://${world.folder}`, 'clone']);
  const clone = worldIn(path.join(folder, 'clone'));
  expect(await dateAt('HEAD', clone.folder)).toBeUndefined();
  clone.git('fetch', '-q', '--unshallow');
  expect(await dateAt('HEAD', clone.folder)).toBe(first);
});

test('a model that cannot be, or a registry without a commit of it, has no date', async () => {
  const registry = await locateRegistry({ cwd: world.folder, env: process.env, folder: undefined });
  const head = world.git('rev-parse', 'HEAD');
  expect(await gateDates(registry, 'fraud').at(head)).toEqual({ warnings: [] });
});
