// The pre-commit framework takes this project as a source of hooks: it builds mlc itself, and what it runs judges the index.
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { servingWorld } from '../commands/stages.js';
import { copyOf } from '../commands/support.js';
import { temporaryFolder } from '../support/folders.js';
import { type World, registration } from '../support/world.js';
import { must, projectClone, pythonWith, tell } from './tools.js';

const record = 'models/churn/versions/1.0.0.yaml';
let project = { folder: '', commit: '' };
let preCommit = '';
let env: Record<string, string> = {};
let base: World;
let world: World;

// The second hook leaves a mark, so that a test can tell that the framework was asked.
const configuration = (): string => `repos:
  - repo: ${project.folder}
    rev: ${project.commit}
    hooks:
      - id: mlc-validate
  - repo: local
    hooks:
      - id: witness
        name: witness
        language: system
        entry: sh -c 'echo asked >> .git/witness'
        always_run: true
        pass_filenames: false
`;

beforeAll(async () => {
  project = await projectClone();
  preCommit = path.join(await pythonWith('pre-commit==4.7.0'), 'pre-commit');
  env = { PRE_COMMIT_HOME: await temporaryFolder(), PRE_COMMIT_COLOR: 'never' };
  base = await servingWorld();
  await base.write('.pre-commit-config.yaml', configuration());
  base.git('add', '.');
  base.git('commit', '-qm', 'pre-commit');
  must(preCommit, ['install-hooks'], base.folder, env);
});
beforeEach(async () => {
  world = await copyOf(base);
});

const sound = (): Promise<string> => base.read(record);
const broken = async (): Promise<string> => (await sound()).replace('seed: 17', 'seed: lots');
const stage = async (text: string, then: string): Promise<void> => {
  await world.write(record, text);
  world.git('add', record);
  await world.write(record, then);
};
const run = () => tell(preCommit, ['run'], world.folder, env);

describe('pre-commit run', () => {
  test('refuses a bad staged record, though the working tree is good', async () => {
    await stage(await broken(), await sound());
    const { status, said } = run();
    expect(status).toBe(1);
    expect(said).toContain('[schema/type]');
    expect(await world.read(record)).toBe(await sound());
  });

  test('passes a good staged record, though the working tree is bad', async () => {
    await stage(`${await sound()}# seen\n`, await broken());
    expect(run()).toMatchObject({ status: 0, said: expect.stringContaining('Passed') as string });
    expect(await world.read(record)).toBe(await broken());
  });

  test('refuses a commit that does nothing but delete a record', () => {
    world.git('rm', '-q', record);
    const { status, said } = run();
    expect(status).toBe(1);
    expect(said).toContain('[record/deleted]');
  });
});

describe('pre-commit install', () => {
  beforeEach(() => {
    must(preCommit, ['install'], world.folder, env);
  });
  const commit = () => tell('git', ['commit', '-qm', 'by hand'], world.folder, env);

  test('a git commit of a bad record is refused, of a good one not', async () => {
    await stage(await broken(), await sound());
    expect(commit().said).toContain('[schema/type]');
    await stage(`${await sound()}# seen\n`, await sound());
    expect(commit()).toMatchObject({ status: 0 });
  });

  test("mlc's own transitions land, with other work lying about", async () => {
    await world.write('notes.txt', 'mine\n');
    world.git('add', 'notes.txt');
    await world.write('notes.txt', 'mine, changed\n');
    const args = await registration({ change: 'retraining', dataset: 'train@v3', weights: 'w3' });
    const said = await world.mlc(args, { at: '2026-03-03T09:00:00Z', env });
    expect(said).toMatchObject({ code: 0 });
    await world.ok(['approve', 'churn@1.2.0'], { as: 'grace', at: '2026-03-03T10:00:00Z', env });
    expect(await world.read('.git/witness')).toBe('asked\nasked\n');
    expect(world.git('status', '--porcelain')).toBe('AM notes.txt');
    expect(await world.read('notes.txt')).toBe('mine, changed\n');
  });

  test('mlc hook install sees that it is called already', async () => {
    const { code, data } = await world.json<{ outcome: string }>(['hook', 'install'], { env });
    expect({ code, outcome: data.outcome }).toEqual({ code: 0, outcome: 'unchanged' });
  });
});

test("beside mlc's own hook, the framework runs both", async () => {
  await world.ok(['hook', 'install']);
  must(preCommit, ['install'], world.folder, env);
  await stage(await broken(), await sound());
  const { status, said } = tell('git', ['commit', '-qm', 'x'], world.folder, {
    ...env,
    SKIP: 'mlc-validate',
  });
  expect(status).not.toBe(0);
  expect(said).toContain('[schema/type]');
});

test('a framework before 4.7, which packs the project itself, runs it too', async () => {
  const older = path.join(await pythonWith('pre-commit==4.6.0'), 'pre-commit');
  await stage(await broken(), await sound());
  const { status, said } = tell(older, ['run'], world.folder, {
    ...env,
    PRE_COMMIT_HOME: await temporaryFolder(),
  });
  expect(status).toBe(1);
  expect(said).toContain('[schema/type]');
});
