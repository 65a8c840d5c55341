// Other managers of hooks run mlc: each refuses a bad staged record and passes a good one, and mlc's transitions land under it.
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { servingWorld } from '../commands/stages.js';
import { copyOf } from '../commands/support.js';
import { temporaryFolder } from '../support/folders.js';
import { type World, registration } from '../support/world.js';
import { must, npmInto, root, tell } from './tools.js';

interface Manager {
  name: string;
  packages: string[];
  files: Record<string, string>;
  start: string[];
}

const husky = { packages: ['husky@9.1.7'], start: ['husky'] };
const managers: Manager[] = [
  {
    name: 'lefthook',
    packages: ['lefthook@2.2.2'],
    files: { 'lefthook.yml': 'pre-commit:\n  commands:\n    mlc:\n      run: npx mlc validate --staged\n' },
    start: ['lefthook', 'install'],
  },
  { name: 'husky', ...husky, files: { '.husky/pre-commit': 'mlc validate --staged\n' } },
  {
    name: 'lint-staged',
    ...husky,
    packages: [...husky.packages, 'lint-staged@16.4.0'],
    files: {
      '.husky/pre-commit': 'lint-staged --diff-filter=ACDMRT\n',
      'lint-staged.config.mjs': "export default { '{mlc.yaml,models/**}': () => 'mlc validate --staged' };\n",
    },
  },
];

const record = 'models/churn/versions/1.0.0.yaml';
let packed = '';
let empty: World;

beforeAll(async () => {
  const folder = await temporaryFolder();
  must('npm', ['pack', '--silent', '--pack-destination', folder], root);
  packed = path.join(folder, (await readdir(folder))[0] ?? '');
  empty = await servingWorld();
});

describe.each(managers)('$name', ({ packages, files, start }) => {
  let base: World;
  let world: World;

  beforeAll(async () => {
    base = await copyOf(empty);
    await npmInto(base.folder, packed, ...packages);
    await base.write('.gitignore', 'node_modules\n');
    for (const [file, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(base.folder, file)), { recursive: true });
      await base.write(file, text);
    }
    base.git('add', '.');
    base.git('commit', '-qm', 'hooks');
  });
  beforeEach(async () => {
    world = await copyOf(base);
    must('npx', start, world.folder);
  });

  const stage = async (text: string, then: string): Promise<void> => {
    await world.write(record, text);
    world.git('add', record);
    await world.write(record, then);
  };
  const commit = () => tell('git', ['commit', '-qm', 'by hand'], world.folder);
  const sound = (): Promise<string> => base.read(record);
  const broken = async (): Promise<string> => (await sound()).replace('seed: 17', 'seed: lots');

  test('refuses a bad staged record, though the working tree is good', async () => {
    await stage(await broken(), await sound());
    const { status, said } = commit();
    expect(status).not.toBe(0);
    expect(said).toContain('[schema/type]');
    expect(await world.read(record)).toBe(await sound());
  });

  test('passes a good staged record, though the working tree is bad', async () => {
    await stage(`${await sound()}# seen\n`, await broken());
    expect(commit()).toMatchObject({ status: 0 });
    expect(await world.read(record)).toBe(await broken());
  });

  test('refuses a commit that does nothing but delete a record', () => {
    world.git('rm', '-q', record);
    const { status, said } = commit();
    expect(status).not.toBe(0);
    expect(said).toContain('[record/deleted]');
  });

  test("mlc's own transitions land, with other work lying about", async () => {
    await world.write('notes.txt', 'mine\n');
    world.git('add', 'notes.txt');
    await world.write('notes.txt', 'mine, changed\n');
    const args = await registration({ change: 'retraining', dataset: 'train@v3', weights: 'w3' });
    expect(await world.mlc(args, { at: '2026-03-03T09:00:00Z' })).toMatchObject({ code: 0 });
    expect(world.git('status', '--porcelain')).toBe('AM notes.txt');
    expect(await world.read('notes.txt')).toBe('mine, changed\n');
  });

  test('mlc hook install sees that it is called already', async () => {
    const { code, data } = await world.json<{ outcome: string }>(['hook', 'install']);
    expect({ code, outcome: data.outcome }).toEqual({ code: 0, outcome: 'unchanged' });
  });
});
