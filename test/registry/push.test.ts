// --push: a transition is on the remote once, or nowhere; whoever was slower decides again on what is there now.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type World, gitIn, registration, worldIn } from '../support/world.js';
import { type Refusal, hook, leftovers, listing, morning, registeredWorld, stateOf } from './scene.js';

let origin: World;
beforeAll(async () => {
  origin = await registeredWorld();
});

interface Shared {
  bare: World;
  one: World;
  two: World;
}

/** A bare remote and two clones of it. */
async function shared(): Promise<Shared> {
  const folder = await temporaryFolder();
  const bare = worldIn(path.join(folder, 'bare.git'));
  gitIn(folder, ['clone', '-q', '--bare', origin.folder, 'bare.git']);
  for (const name of ['one', 'two']) gitIn(folder, ['clone', '-q', 'bare.git', name]);
  return { bare, one: worldIn(path.join(folder, 'one')), two: worldIn(path.join(folder, 'two')) };
}

const approve = ['approve', 'churn@1.0.0', '--push', '--json'];
const asGrace = { as: 'grace', at: morning };

function heads({ bare, one }: Shared): string[] {
  return [bare.git('rev-parse', 'main'), one.git('rev-parse', 'main'), one.git('rev-parse', 'origin/main')];
}

/** The state without what a fetch learns, which is not a change of the user's. */
async function withoutTracking(world: World): Promise<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(await stateOf(world.folder)).filter(
      ([file]) => !/refs\/remotes|FETCH_HEAD|packed-refs/.test(file),
    ),
  );
}

test('a transition lands on the remote and here', async () => {
  const all = await shared();
  const { code, data } = await all.one.json<{ commit: string; pushed: boolean }>(
    ['approve', 'churn@1.0.0', '--push'],
    asGrace,
  );
  expect([code, data.pushed]).toEqual([0, true]);
  expect(heads(all)).toEqual([data.commit, data.commit, data.commit]);
  expect(all.one.git('status', '--porcelain')).toBe('');
});

test('nothing is pushed unasked', async () => {
  const { bare, one } = await shared();
  const before = await listing(bare.folder);
  await one.ok(['approve', 'churn@1.0.0'], asGrace);
  expect(await listing(bare.folder)).toEqual(before);
});

test('a clone that is behind decides on what the remote has, and follows', async () => {
  const all = await shared();
  await all.two.ok(['approve', 'churn@1.0.0', '--push'], asGrace);
  const late = await all.one.mlc(approve, asGrace);
  expect(late.code).toBe(1);
  const { code, data } = await all.one.json<{ version: string }>(
    [...(await registration({ change: 'retraining', dataset: 'train@v2', weights: 'w2' })), '--push'],
    { at: morning },
  );
  expect([code, data.version]).toEqual([0, '1.1.0']);
  expect(new Set(heads(all)).size).toBe(1);
  expect(all.one.git('log', '--merges', '--oneline')).toBe('');
  expect(all.one.git('status', '--porcelain')).toBe('');
});

test('two clones that race land every transition once, without a merge', async () => {
  const all = await shared();
  await all.one.ok(['approve', 'churn@1.0.0', '--push'], asGrace);
  const race = async (world: World, name: string): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) {
      const said = await world.mlc(
        ['hold', 'churn@1.0.0', '--kind', 'legal', '-m', `${name} ${turn}`, '--push'],
        { at: morning },
      );
      expect(said.code, said.stdout + said.stderr).toBe(0);
    }
  };
  await Promise.all([race(all.one, 'one'), race(all.two, 'two')]);
  const record = all.bare.git('show', 'main:models/churn/versions/1.0.0.yaml');
  expect(record.match(/reason: (one|two) \d/g)?.sort()).toEqual(
    ['one', 'two'].flatMap((name) => [0, 1, 2, 3, 4].map((turn) => `reason: ${name} ${turn}`)),
  );
  const ids = all.bare
    .git('log', 'main', '--format=%(trailers:key=Mlc-Transaction,valueonly)')
    .split('\n')
    .filter(Boolean);
  expect(new Set(ids).size).toBe(ids.length);
  expect(all.bare.git('log', 'main', '--merges', '--oneline')).toBe('');
  for (const world of [all.one, all.two]) {
    world.git('pull', '-q', '--ff-only');
    expect(world.git('status', '--porcelain')).toBe('');
    expect((await world.mlc(['validate'])).code).toBe(0);
    expect(world.git('fsck', '--strict')).not.toMatch(/error|missing|corrupt/);
  }
}, 120_000);

test('a remote that moved while it was decided makes it decide again', async () => {
  const all = await shared();
  // The other clone's approval arrives exactly between this clone's fetch and its push.
  await hook(
    all.one,
    'pre-push',
    `[ -e .git/once ] && exit 0; touch .git/once; cd "${all.two.folder}" && echo x > note.txt && git add note.txt && git -c user.name=T -c user.email=t@example.com commit -qm note && git push -q`,
  );
  const { code, data } = await all.one.json<{ commit: string }>(
    ['approve', 'churn@1.0.0', '--push'],
    asGrace,
  );
  expect(code, JSON.stringify(data)).toBe(0);
  expect(heads(all)).toEqual([data.commit, data.commit, data.commit]);
  expect(all.one.git('rev-list', '--count', 'HEAD')).toBe(
    String(Number(origin.git('rev-list', '--count', 'HEAD')) + 2),
  );
  expect(await all.one.read('note.txt')).toBe('x\n');
  expect(all.one.git('status', '--porcelain')).toBe('');
});

test('what has diverged is refused with the way out, and nothing is merged', async () => {
  const all = await shared();
  await all.two.ok(['approve', 'churn@1.0.0', '--push'], asGrace);
  await all.one.write('note.txt', 'x');
  all.one.git('add', 'note.txt');
  all.one.git('commit', '-qm', 'note');
  const before = await withoutTracking(all.one);
  const said = await all.one.mlc(approve, asGrace);
  expect(said.code).toBe(2);
  expect(JSON.parse(said.stdout)).toMatchObject({
    error: { code: 'push/diverged', hint: expect.stringContaining('git') as string },
  });
  expect(await withoutTracking(all.one)).toEqual(before);
});

test('commits of the user that are not pushed yet go along, in order', async () => {
  const all = await shared();
  await all.one.write('note.txt', 'x');
  all.one.git('add', 'note.txt');
  all.one.git('commit', '-qm', 'note');
  await all.one.ok(['approve', 'churn@1.0.0', '--push'], asGrace);
  expect(all.bare.git('log', '-2', '--format=%s', 'main').split('\n')[1]).toBe('note');
});

test('a remote that cannot be reached leaves nothing', async () => {
  const { one } = await shared();
  one.git('remote', 'set-url', 'origin', '/nonexistent/remote.git');
  const before = await stateOf(one.folder);
  const said = await one.mlc(approve, asGrace);
  expect(said.code).toBe(2);
  expect(JSON.parse(said.stdout)).toMatchObject({ error: { code: 'push/unreachable' } });
  expect(await stateOf(one.folder)).toEqual(before);
});

test('a branch without a remote is refused', async () => {
  const { one } = await shared();
  one.git('remote', 'remove', 'origin');
  const said = await one.mlc(approve, asGrace);
  expect([said.code, (JSON.parse(said.stdout) as Refusal).error.code]).toEqual([2, 'push/no-remote']);
});

test('a remote whose hook always rejects leaves no local state, and its words are told', async () => {
  const all = await shared();
  await hook(all.bare, 'pre-receive', 'echo "main is protected: open a pull request" >&2; exit 1', 'hooks');
  const before = await withoutTracking(all.one);
  const begun = performance.now();
  const said = await all.one.mlc(approve, asGrace);
  expect(said.code).toBe(1);
  expect(said.stdout).toContain('main is protected');
  expect(performance.now() - begun).toBeLessThan(15_000);
  expect(await withoutTracking(all.one)).toEqual(before);
  expect(all.bare.git('rev-parse', 'main')).toBe(origin.git('rev-parse', 'main'));
}, 120_000);

test('a pre-push hook that refuses leaves nothing, and its words are told', async () => {
  const all = await shared();
  await hook(all.one, 'pre-push', 'echo "not from this machine" >&2; exit 1');
  const before = await withoutTracking(all.one);
  const said = await all.one.mlc(approve, asGrace);
  expect(said.code).toBe(1);
  expect(said.stdout).toContain('not from this machine');
  expect(await withoutTracking(all.one)).toEqual(before);
}, 120_000);

test('what stands in the way here is told as a warning: the remote has the transition', async () => {
  const all = await shared();
  // Between push and landing, the user of this clone commits something.
  await hook(
    all.bare,
    'post-receive',
    `unset GIT_DIR GIT_QUARANTINE_PATH; cd "${all.one.folder}" && git -c user.name=U -c user.email=u@example.com commit -q --allow-empty -m mine`,
    'hooks',
  );
  const { code, data } = await all.one.json<{
    commit: string;
    pushed: boolean;
    warnings: { code: string }[];
  }>(['approve', 'churn@1.0.0', '--push'], asGrace);
  expect(code, JSON.stringify(data)).toBe(0);
  expect(data).toMatchObject({ pushed: true, warnings: [{ code: 'push/local-behind' }] });
  expect(all.bare.git('rev-parse', 'main')).toBe(data.commit);
  expect(all.one.git('log', '-1', '--format=%s')).toBe('mine');
  // Nothing of the transition is left here: no lock, no journal, no file.
  expect(all.one.git('status', '--porcelain')).toBe('');
  expect(await leftovers(all.one)).toEqual([]);
});

test('a local hook that keeps the branch from moving is a warning too, once the remote has the transition', async () => {
  const all = await shared();
  await hook(
    all.one,
    'reference-transaction',
    'grep -q refs/heads/main && [ "$1" = prepared ] && exit 1; exit 0',
  );
  const { code, data } = await all.one.json<{ commit: string; pushed: boolean }>(
    ['approve', 'churn@1.0.0', '--push'],
    asGrace,
  );
  expect(all.bare.git('log', '-1', '--format=%s', 'main')).toMatch(/^approve/);
  expect(code, JSON.stringify(data)).toBe(0);
  expect(data.commit).toBe(all.bare.git('rev-parse', 'main'));
  expect(all.one.git('status', '--porcelain')).toBe('');
});

test('with hooks of the user, nothing of a pushed transition stays behind where the clone cannot follow', async () => {
  const all = await shared();
  await hook(all.one, 'pre-commit', 'exit 0');
  await hook(
    all.bare,
    'post-receive',
    `unset GIT_DIR GIT_QUARANTINE_PATH; cd "${all.one.folder}" && git -c user.name=U -c user.email=u@example.com commit -q --no-verify --allow-empty -m mine`,
    'hooks',
  );
  const said = await all.one.mlc(approve, asGrace);
  expect(said.code, said.stdout).toBe(0);
  expect(all.one.git('status', '--porcelain')).toBe('');
});

test('what the user writes into the record while a push is under way that is rejected is kept', async () => {
  const all = await shared();
  const file = 'models/churn/versions/1.0.0.yaml';
  await hook(all.bare, 'pre-receive', `echo "# mine" >> "${all.one.folder}/${file}"; exit 1`, 'hooks');
  expect((await all.one.mlc(approve, asGrace)).code).toBe(1);
  expect(await all.one.read(file)).toContain('# mine\n');
});

test('a first push makes the branch on an empty remote', async () => {
  const folder = await temporaryFolder();
  gitIn(folder, ['init', '-q', '--bare', '-b', 'main', 'bare.git']);
  const world = worldIn(path.join(folder, 'fresh'));
  gitIn(folder, ['clone', '-q', origin.folder, 'fresh']);
  world.git('remote', 'set-url', 'origin', path.join(folder, 'bare.git'));
  await writeFile(path.join(folder, 'unrelated'), '');
  const said = await world.mlc(approve, asGrace);
  expect(said.code, said.stdout).toBe(0);
  expect(gitIn(path.join(folder, 'bare.git'), ['rev-parse', 'main'])).toBe(world.git('rev-parse', 'main'));
});
