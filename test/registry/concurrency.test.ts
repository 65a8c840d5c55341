// Writers at once in one clone, as processes of the built program: no update is lost, no number is given twice.
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type World, registration, registryWorld } from '../support/world.js';
import { copyOf, morning, registeredWorld } from './scene.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const program = path.join(root, 'bin/mlc.js');

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function ended(child: ChildProcess): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
}

/** Runs the program in a process of its own. */
function start(world: World, args: readonly string[], person = 'ada'): Promise<Ended> {
  const name = person.charAt(0).toUpperCase() + person.slice(1);
  const identity = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) => [
      [`GIT_${role}_NAME`, name],
      [`GIT_${role}_EMAIL`, `${person}@example.com`],
    ]),
  );
  const env = { ...process.env, ...identity, GIT_COMMITTER_DATE: morning };
  return ended(
    spawn(process.execPath, [program, ...args], {
      cwd: world.folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

function expectWhole(world: World): void {
  expect(world.git('status', '--porcelain')).toBe('');
  expect(world.git('fsck', '--strict', '--no-dangling')).toBe('');
  const ids = world
    .git('log', '--format=%(trailers:key=Mlc-Transaction,valueonly)')
    .split('\n')
    .filter(Boolean);
  expect(new Set(ids).size).toBe(ids.length);
}

test('4 processes make 10 transitions each on one record: every one is there, once', async () => {
  const world = await registeredWorld();
  await world.ok(['approve', 'churn@1.0.0'], { as: 'grace', at: morning });
  const writers = [0, 1, 2, 3].map(async (writer) => {
    for (let turn = 0; turn < 10; turn++) {
      const { code, stdout, stderr } = await start(world, [
        'hold',
        'churn@1.0.0',
        '--kind',
        'legal',
        '-m',
        `writer ${writer} turn ${turn}`,
      ]);
      expect(code, stdout + stderr).toBe(0);
    }
  });
  await Promise.all(writers);
  const record = await world.read('models/churn/versions/1.0.0.yaml');
  for (let writer = 0; writer < 4; writer++)
    for (let turn = 0; turn < 10; turn++) expect(record).toContain(`reason: writer ${writer} turn ${turn}\n`);
  expect(record.match(/reason: writer/g)).toHaveLength(40);
  expect(world.git('log', '--oneline', '--merges')).toBe('');
  expect(
    world
      .git('log', '--format=%s')
      .split('\n')
      .filter((line) => line.startsWith('hold(')),
  ).toHaveLength(40);
  expect((await world.mlc(['validate'])).code).toBe(0);
  expectWhole(world);
}, 120_000);

test('4 processes register at once: no number is given twice', async () => {
  const world = await registeredWorld();
  const writers = [0, 1, 2, 3].map(async (writer) => {
    const numbers: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const label = `${writer}${turn}`;
      const args = await registration({
        change: 'retraining',
        dataset: `train@v${label}`,
        seed: 100 + Number(label),
        weights: label,
      });
      const { code, stdout, stderr } = await start(world, [...args, '--json']);
      expect(code, stdout + stderr).toBe(0);
      numbers.push((JSON.parse(stdout) as { version: string }).version);
    }
    return numbers;
  });
  const numbers = (await Promise.all(writers)).flat();
  expect(new Set(numbers).size).toBe(12);
  expect(numbers.sort()).toEqual(Array.from({ length: 12 }, (_, index) => `1.${index + 1}.0`).sort());
  expect((await world.mlc(['validate'])).code).toBe(0);
  expectWhole(world);
}, 120_000);

test('of two reviewers who decide at once, one is too late, and the record says what happened', async () => {
  const origin = await registeredWorld();
  for (let round = 0; round < 3; round++) {
    const world = await copyOf(origin);
    const both = await Promise.all([
      start(world, ['approve', 'churn@1.0.0', '-m', 'yes', '--json'], 'grace'),
      start(world, ['reject', 'churn@1.0.0', '-m', 'no', '--json'], 'alan'),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
    const loser = both.find(({ code }) => code === 1);
    expect(JSON.parse(loser?.stdout ?? '')).toMatchObject({
      error: { code: expect.stringMatching(/./) as string },
    });
    expect(world.git('rev-list', '--count', 'HEAD')).toBe(
      String(Number(origin.git('rev-list', '--count', 'HEAD')) + 1),
    );
    expectWhole(world);
  }
}, 60_000);

test('a user who commits beside mlc never reverts a transition', async () => {
  const world = await registryWorld();
  await world.ok(await registration(), { at: morning });
  await world.ok(['approve', 'churn@1.0.0'], { as: 'grace', at: morning });
  await world.write('notes.txt', 'first\n');
  world.git('add', 'notes.txt');
  let running = true;
  const user = (async (): Promise<number> => {
    let commits = 0;
    while (running) {
      await world.write('notes.txt', `note ${commits}\n`);
      const child = spawn(
        'git',
        ['-c', 'user.name=U', '-c', 'user.email=u@example.com', 'commit', '-qam', `note ${commits}`],
        { cwd: world.folder, stdio: 'ignore' },
      );
      const { code } = await ended(child);
      if (code === 0) commits += 1;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 400));
    }
    return commits;
  })();
  for (let turn = 0; turn < 12; turn++) {
    const { code, stdout, stderr } = await start(world, [
      'hold',
      'churn@1.0.0',
      '--kind',
      'legal',
      '-m',
      `turn ${turn}`,
    ]);
    expect(code, stdout + stderr).toBe(0);
  }
  running = false;
  const commits = await user;
  expect(commits).toBeGreaterThan(0);
  // No commit of the user's is lost either.
  expect(
    world.git('log', '--author=U <u@example.com>', '--format=%s').split('\n').filter(Boolean),
  ).toHaveLength(commits);
  const record = world.git('show', 'HEAD:models/churn/versions/1.0.0.yaml');
  expect(record.match(/reason: turn/g)).toHaveLength(12);
  const byUser = world
    .git('log', '--author=U <u@example.com>', '--format=', '--name-only')
    .split('\n')
    .filter(Boolean);
  expect(new Set(byUser)).toEqual(new Set(['notes.txt']));
}, 120_000);
