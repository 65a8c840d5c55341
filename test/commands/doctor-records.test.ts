// What doctor finds in records and the people of models; each with a way out that leads out.
import { execFileSync } from 'node:child_process';
import { rename, rm, symlink, unlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type World, registration, worldIn } from '../support/world.js';
import { codes, findings } from './doctor-support.js';
import { servingWorld } from './stages.js';
import { copyOf } from './support.js';

let base: World;
let world: World;
beforeAll(async () => {
  base = await servingWorld();
});
beforeEach(async () => {
  world = await copyOf(base);
});

const first = 'models/churn/versions/1.0.0.yaml';
const breakRecord = async (file = first): Promise<void> =>
  world.write(file, (await world.read(file)).replace('seed: 17', 'seed: lots'));
const commit = (): void => {
  world.git('add', '-A');
  world.git('commit', '-qnm', 'by hand');
};

describe('changes to records', () => {
  test('staged, changed, deleted, new; not those of other files', async () => {
    await world.write('notes.txt', 'mine');
    await world.write('models/churn/README.md', 'mine');
    await world.write('mlc.yaml', `${await world.read('mlc.yaml')}# mine\n`);
    await world.write('models/churn/gate.yaml', `${await world.read('models/churn/gate.yaml')}# mine\n`);
    world.git('add', 'models/churn/gate.yaml');
    await rm(path.join(world.folder, first));
    await world.write('models/fraud/model.yaml', await world.read('models/churn/model.yaml'));
    const found = await findings(world, 'working-tree');
    expect(found.map(({ file, code, message }) => [file, code, message.includes('staged')])).toEqual([
      ['mlc.yaml', 'git/dirty', false],
      ['models/churn/gate.yaml', 'git/dirty', true],
      [first, 'git/deleted', false],
      ['models/fraud/model.yaml', 'git/uncommitted', false],
    ]);
    expect(found.every((finding) => finding.severity === 'warning')).toBe(true);
  });

  test('two edits in conflict, and the markers in the file', async () => {
    world.git('switch', '-qc', 'other');
    await world.write(first, (await world.read(first)).replace('seed: 17', 'seed: 18'));
    commit();
    world.git('switch', '-q', 'main');
    await world.write(first, (await world.read(first)).replace('seed: 17', 'seed: 19'));
    commit();
    expect(() => world.git('-c', 'merge.conflictStyle=merge', 'merge', 'other')).toThrow();
    const sound = await world.read(first);
    await world.write(
      first,
      sound.replace('seed: 19', '<<<<<<< ours\nseed: 19\n=======\nseed: 18\n>>>>>>> theirs'),
    );
    expect(await codes(world, 'working-tree')).toEqual([`problem git/unmerged ${first}`]);
    expect(await codes(world, 'records')).toEqual([`problem yaml/conflict-marker ${first}`]);
    expect(await codes(world, 'checkout')).toEqual(['problem git/in-progress']);
  });

  test('a clone without checkout has none, and its commit is examined', async () => {
    await breakRecord();
    commit();
    const clone = worldIn(path.join(await temporaryFolder(), 'clone'));
    world.git('clone', '-q', '--no-checkout', world.folder, clone.folder);
    expect(await codes(clone, 'working-tree')).toEqual([]);
    expect(await codes(clone, 'records')).toEqual([`problem schema/type ${first}`]);
  });
});

describe('records', () => {
  test('broken in the working tree', async () => {
    await breakRecord();
    expect(await codes(world, 'records')).toEqual([`problem schema/type ${first}`]);
  });

  test('broken as committed and here: told once', async () => {
    await breakRecord();
    commit();
    expect(await codes(world, 'records')).toEqual([`problem schema/type ${first}`]);
    await world.write(first, `${await world.read(first)}# a word\n`);
    expect(await codes(world, 'records')).toEqual([`problem schema/type ${first}`]);
  });

  test('broken as committed and mended here: the commit is told, and the way out leads out', async () => {
    const sound = await world.read(first);
    await breakRecord();
    commit();
    await world.write(first, sound);
    const found = await findings(world, 'records');
    expect(found).toMatchObject([{ severity: 'problem', code: 'schema/type', file: first }]);
    expect(found[0]?.message).toMatch(/^as committed: /);
    const command = found[0]?.hint?.split(': ')[1]?.replace('commit', 'commit -qm mend');
    world.git(...(command ?? '').split(' ').slice(1));
    expect(await codes(world, 'records')).toEqual([]);
  });

  test('unknown files, colliding models, and a copy that a killed run left', async () => {
    await world.write('models/churn/notes.yaml', 'a: 1\n');
    await world.write(`${first}.mlc-tmp`, 'a: 1\n');
    const model = await world.read('models/churn/model.yaml');
    for (const id of ['fraud-a', 'fraud.a'])
      await world.write(`models/${id}/model.yaml`, model.replace('model_id: churn', `model_id: ${id}`));
    const found = await findings(world, 'records');
    expect(found.map(({ code, file }) => [code, file])).toEqual([
      ['path/unknown', 'models/churn/notes.yaml'],
      ['path/unknown', `${first}.mlc-tmp`],
      ['name/collision', 'models/fraud.a/model.yaml'],
    ]);
    expect(found[1]?.hint).toBe(`rm ${first}.mlc-tmp`);
  });
});

describe('what git does not look at', () => {
  test('a record that is ignored, and the line that says so', async () => {
    await world.write('.gitignore', '# mine\nmodels/fraud/\n');
    await world.write('models/fraud/model.yaml', await world.read('models/churn/model.yaml'));
    const found = await findings(world, 'hidden');
    expect(found).toMatchObject([{ severity: 'problem', code: 'git/ignored', file: 'models/fraud/' }]);
    expect(found[0]?.message).toContain('.gitignore:2 (models/fraud/)');
  });

  test.each(['models/', '*.yaml', 'versions', '/mlc.yaml'])(
    '%s, which ignores new records',
    async (pattern) => {
      await world.write('.gitignore', `${pattern}\n`);
      const found = await findings(world, 'hidden');
      expect(found).toMatchObject([{ severity: 'warning', code: 'git/ignored' }]);
      expect(found[0]?.message).toContain(`.gitignore:1 (${pattern})`);
    },
  );

  test('what is no record, or taken back in, may be ignored', async () => {
    await world.write('.gitignore', '*.yaml\n!*.yaml\n.DS_Store\n*.ipynb\n');
    await world.write('models/churn/.DS_Store', '');
    expect(await codes(world, 'hidden')).toEqual([]);
  });

  test.each(['skip-worktree', 'assume-unchanged'])(
    '%s: worth knowing, and wrong where it hides a change',
    async (flag) => {
      world.git('update-index', `--${flag}`, first);
      const found = await findings(world, 'hidden');
      expect(found).toMatchObject([{ severity: 'warning', code: `git/${flag}`, file: first }]);
      await breakRecord();
      expect(await codes(world, 'hidden')).toEqual([`problem git/${flag} ${first}`]);
      execFileSync('sh', ['-c', found[0]?.hint ?? ''], { cwd: world.folder });
      expect(await codes(world, 'hidden')).toEqual([]);
      expect(await codes(world, 'working-tree')).toEqual([`warning git/dirty ${first}`]);
    },
  );

  test('a sparse checkout leaves records out on purpose', async () => {
    // git leaves out only what it knows to be unchanged.
    world.git('update-index', '--refresh');
    world.git('sparse-checkout', 'set', '--no-cone', '/mlc.yaml', '/.*');
    expect(world.git('ls-files', '-v')).toContain(`S ${first}`);
    expect(await codes(world, 'hidden')).toEqual([]);
    expect(await codes(world, 'records')).toEqual([]);
  });

  test('a folder of records that is a link, or another repository', async () => {
    const elsewhere = path.join(await temporaryFolder(), 'versions');
    await rename(path.join(world.folder, 'models/churn/versions'), elsewhere);
    await symlink(elsewhere, path.join(world.folder, 'models/churn/versions'));
    const found = await findings(world, 'hidden');
    expect(found).toMatchObject([{ severity: 'problem', code: 'path/symlink' }]);
    expect(found[0]?.hint).toMatch(/git restore models\/churn\/versions$/);
    await unlink(path.join(world.folder, 'models/churn/versions'));
    world.git('restore', '.');
    execFileSync('git', ['init', '-q', path.join(world.folder, 'models/churn')]);
    expect(await codes(world, 'hidden')).toEqual(['problem path/submodule']);
  });

  test('a record that is a link, and a submodule below models/', async () => {
    await rm(path.join(world.folder, first));
    await symlink('1.1.0.yaml', path.join(world.folder, first));
    const other = await temporaryFolder();
    world.git('-c', 'protocol.file.allow=always', 'clone', '-q', world.folder, path.join(other, 'sub'));
    await rename(path.join(other, 'sub'), path.join(world.folder, 'models/sub'));
    world.git('add', 'models/sub');
    const found = await findings(world, 'records');
    expect(found.map(({ code, file }) => [code, file])).toEqual([
      ['path/symlink', first],
      ['path/submodule', 'models/sub'],
    ]);
  });
});

describe('people of models', () => {
  const withApprovers = async (...people: string[]): Promise<void> => {
    const text = await world.read('models/churn/model.yaml');
    const list = `approvers:\n${people.map((person) => `  - ${person}\n`).join('')}`;
    await world.write('models/churn/model.yaml', text.replace(/approvers:\n( +- .*\n)+/, list));
    commit();
  };

  test('the one who registers is the only approver', async () => {
    await withApprovers('ada@example.com');
    const found = await findings(world, 'models');
    expect(found).toMatchObject([
      { severity: 'warning', code: 'approval/too-few-approvers', file: 'models/churn/model.yaml' },
    ]);
    expect(found[0]?.message).toContain('Ada');
    await withApprovers('ada@example.com', 'grace@example.com');
    expect(await codes(world, 'models')).toEqual([]);
  });

  test('a version that waits for a review counts, though it is not the newest', async () => {
    const args = await registration({ change: 'retraining', dataset: 'train@v3', weights: 'w3' });
    await world.ok(args, { as: 'grace', at: '2026-03-02T09:00:00Z' });
    const newer = await registration({ change: 'retraining', dataset: 'train@v4', weights: 'w4' });
    await world.ok(newer, { at: '2026-03-02T09:00:00Z' });
    await withApprovers('grace@example.com');
    expect((await findings(world, 'models'))[0]?.message).toContain('Grace');
  });

  test('a high risk asks for two, and machines do not count', async () => {
    const text = await world.read('models/churn/model.yaml');
    await world.write('models/churn/model.yaml', text.replace('risk_class: limited', 'risk_class: high'));
    await withApprovers('ada@example.com', 'grace@example.com');
    expect((await findings(world, 'models'))[0]?.message).toContain('only grace@example.com');
    await withApprovers('alan@example.com', 'grace@example.com');
    expect(await codes(world, 'models')).toEqual([]);
    const config = await world.read('mlc.yaml');
    await world.write('mlc.yaml', config.replace('policy:\n', 'policy:\n  bots: [alan@example.com]\n'));
    commit();
    expect(await codes(world, 'models')).toEqual([
      'warning approval/too-few-approvers models/churn/model.yaml',
    ]);
  });
});
