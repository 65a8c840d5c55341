// The books of a registry: built from its commit, kept by the id of each model's tree, and never needed.
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Books, readBooks } from '../../src/registry/books/read-books.js';
import { headCommit, openRegistry } from '../../src/registry/registry.js';
import { copyOf } from '../commands/support.js';
import { driftedWorld, request, soon, watchedWorld } from '../commands/watch-scene.js';
import { type World, gitIn } from '../support/world.js';

let template: World;
beforeAll(async () => {
  template = await driftedWorld(await watchedWorld());
  await template.ok(request, soon);
});

async function booksOf(world: World): Promise<Books> {
  const { registry } = await openRegistry({ cwd: world.folder, env: process.env });
  const { commit } = await headCommit(registry);
  return readBooks(registry, commit);
}

const folder = (world: World): string => path.join(world.folder, '.git/mlc/cache');
async function cacheOf(world: World): Promise<string> {
  const name = (await readdir(folder(world))).find((entry) => entry.startsWith('books-')) ?? '';
  return path.join(folder(world), name);
}

test('hold everything of a ledger, the first time and from the cache', async () => {
  const world = await copyOf(template);
  await rm(folder(world), { recursive: true, force: true });
  const first = await booksOf(world);
  expect(first.problems).toEqual([]);
  expect(first.books[0]).toMatchObject({
    requests: [{ trigger: 'drift-threshold' }],
    events: [],
    incidents: [],
  });
  expect(Object.keys(first.books[0]?.reports ?? {})).toEqual(['1.0.0']);
  expect(await booksOf(world)).toEqual(first);
  await rm(folder(world), { recursive: true });
  expect(await booksOf(world)).toEqual(first);
});

test.each(['{', '', '[]', '{"entries": 3}', 'null', '\u0000'])(
  'a cache that holds %j is as good as none',
  async (text) => {
    const world = await copyOf(template);
    const first = await booksOf(world);
    await writeFile(await cacheOf(world), text);
    expect(await booksOf(world)).toEqual(first);
  },
);

test('what changes is read anew, and what is committed counts', async () => {
  const world = await copyOf(template);
  await booksOf(world);
  await world.ok(['event', 'churn', '--type', 'compliance-event', '-m', 'x'], soon);
  expect((await booksOf(world)).books[0]?.events).toHaveLength(1);
  await world.write('models/churn/events/x.yaml', 'nonsense');
  expect((await booksOf(world)).books[0]?.events).toHaveLength(1);
});

test('what cannot be read is left out and named, every time', async () => {
  const world = await copyOf(template);
  const [name = ''] = await readdir(path.join(world.folder, 'models/churn/monitoring/1.0.0'));
  const file = `models/churn/monitoring/1.0.0/${name}`;
  await world.write(
    file,
    (await readFile(path.join(world.folder, file), 'utf8')).replace('signal:', 'sign:'),
  );
  gitIn(world.folder, ['commit', '-qam', 'broken']);
  for (const time of ['first', 'again']) {
    const { books, problems } = await booksOf(world);
    expect(
      problems.map((found) => found.file),
      time,
    ).toContain(file);
    expect(Object.keys(books[0]?.reports ?? {})).toEqual([]);
  }
  const said = await world.mlc(['triggers'], soon);
  expect(said.stderr).toContain(name);
});
