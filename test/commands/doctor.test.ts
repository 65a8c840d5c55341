// mlc doctor: what it prints, its exit codes, and that it leaves everything as it was unless it is asked to mend.
import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { versionFindings } from '../../src/registry/doctor/versions.js';
import { stateOf } from '../registry/scene.js';
import { temporaryFolder } from '../support/folders.js';
import { type World, worldIn } from '../support/world.js';
import { aged, checkUp, codes, deadOwner, inGit, tag } from './doctor-support.js';
import { servingWorld } from './stages.js';
import { copyOf, widest } from './support.js';

let base: World;
let world: World;
beforeAll(async () => {
  base = await servingWorld();
  await base.ok(['hook', 'install']);
});
beforeEach(async () => {
  world = await copyOf(base);
});

const first = 'models/churn/versions/1.0.0.yaml';

test('a registry as mlc made it is healthy: nothing is found but the age of git', async () => {
  const { healthy, examinations } = await checkUp(world, ['--deep']);
  expect(healthy).toBe(true);
  const found = examinations.filter(({ name }) => name !== 'versions').flatMap((made) => made.findings);
  expect(found).toEqual([]);
});

test('a line for each examination, with what is wrong and the way out below it', async () => {
  await world.write(first, (await world.read(first)).replace('seed: 17', 'seed: lots'));
  await aged(inGit(world, 'mlc/tmp', `file-${tag}-0`), '', 0);
  const said = await world.mlc(['doctor']);
  expect(said).toMatchObject({ code: 1, stderr: '' });
  expect(said.stdout).toContain("✓ git's locks\n");
  expect(said.stdout).toMatch(
    /^✗ records\n {2}✗ models\/churn\/versions\/1\.0\.0\.yaml:\d+:\d+: training\.seed is .* \[schema\/type\]\n {4}\d+ \|/m,
  );
  expect(said.stdout).toMatch(
    /^! files of mlc's own\n {2}! \.git\/mlc\/tmp\/file-\S+: .* \[leftover\/file\]\n {4}→ mlc doctor --fix\n/m,
  );
  expect(said.stdout).toMatch(/\n\n✗ 1 problem and \d warnings\n {2}→ mlc doctor --fix mends 1 of them\n$/);
});

test('what was mended is said in place of what was wrong', async () => {
  await aged(inGit(world, 'mlc/tmp', `file-${tag}-0`), '', 0);
  const said = await world.mlc(['doctor', '--fix']);
  expect(said.code).toBe(0);
  expect(said.stdout).toContain(`✓ files of mlc's own\n  ✓ removed .git/mlc/tmp/file-${tag}-0\n`);
  expect(said.stdout).toMatch(/✓ healthy, .*1 mended\n$/);
});

test.each([60, 100])('on a terminal of %i columns everything is folded', async (terminal) => {
  await world.write(first, (await world.read(first)).replace('seed: 17', 'seed: lots'));
  await world.write('models/churn/gate.yaml', 'a: 1\n');
  const said = await world.mlc(['doctor'], { terminal });
  expect(widest(said.stdout)).toBeLessThanOrEqual(terminal);
});

test('many findings of one kind are counted', async () => {
  for (let index = 0; index < 25; index++) await world.write(`models/churn/versions/x${index}.yaml`, '');
  const said = await world.mlc(['doctor']);
  expect(said.stdout).toContain('\n  and 5 more\n');
  expect(said.stdout).toContain('25 problems');
});

test('a name with control characters cannot drive the terminal', async () => {
  await world.write('models/churn/versions/\u001b[31mred.yaml', '');
  const said = await world.mlc(['doctor']);
  expect(said.stdout).not.toContain('\u001b');
});

/** Everything that can be mended, and much that cannot. */
async function illWorld(): Promise<void> {
  await aged(inGit(world, 'mlc/tmp', `index-${tag}`), '', 0);
  await aged(inGit(world, 'mlc/cache/records-0.json'), '{}', 0);
  await aged(inGit(world, 'mlc/queue', `unfinished-t-000000000000001-${tag}`), JSON.stringify(deadOwner), 0);
  await aged(inGit(world, 'HEAD.lock'), '', 3600);
  await world.write(first, (await world.read(first)).replace('seed: 17', 'seed: lots'));
  await world.write('models/churn/notes.yaml', 'a: 1\n');
  await world.write('.gitignore', 'models/\n');
  world.git('rm', '-q', '--cached', 'models/churn/gate.yaml');
}

test('without --fix nothing changes anywhere', async () => {
  await illWorld();
  const before = await stateOf(world.folder);
  await checkUp(world, ['--deep']);
  expect(await stateOf(world.folder)).toEqual(before);
});

test('--fix twice: the second run finds nothing to mend, and records, index and commits are as they were', async () => {
  await illWorld();
  const before = await stateOf(world.folder);
  const mended = await checkUp(world, ['--fix']);
  expect(mended.fixed).toHaveLength(3);
  const after = await stateOf(world.folder);
  const gone = Object.keys(before).filter((name) => after[name] !== before[name]);
  expect(gone.every((name) => name.startsWith('.git/mlc/'))).toBe(true);
  expect(Object.keys(after).filter((name) => !(name in before))).toEqual([]);
  const again = await checkUp(world, ['--fix']);
  expect(again.fixed).toEqual([]);
  const fixable = again.examinations.flatMap((made) => made.findings).filter((finding) => finding.fixable);
  expect(fixable).toEqual([]);
});

describe('where there is no registry', () => {
  test('outside of git, and in a repository without mlc.yaml: exit code 2', async () => {
    const nowhere = worldIn(await temporaryFolder());
    expect(await nowhere.mlc(['doctor'])).toMatchObject({ code: 2, stdout: '' });
    nowhere.git('init', '-q');
    const said = await nowhere.mlc(['doctor']);
    expect(said.code).toBe(2);
    expect(said.stderr).toContain('mlc init');
  });

  test('mlc.yaml that is not committed is a registry with a problem', async () => {
    const begun = worldIn(await temporaryFolder());
    begun.git('init', '-q');
    await begun.write('mlc.yaml', await world.read('mlc.yaml'));
    expect(await codes(begun, 'checkout')).toEqual(['problem registry/uncommitted']);
  });

  test('mlc.yaml that is deleted here alone is a registry', async () => {
    await rm(path.join(world.folder, 'mlc.yaml'));
    expect(await codes(world, 'working-tree')).toEqual(['warning git/deleted mlc.yaml']);
  });
});

test('a registry in a folder of a larger repository', async () => {
  await world.ok(['init', 'inner', '--name', 'inner']);
  await world.write('inner/models/churn/model.yaml', 'a: 1\n');
  const { healthy, examinations } = await checkUp(world, ['--registry', 'inner']);
  expect(healthy).toBe(false);
  const files = examinations.flatMap((made) => made.findings).flatMap((finding) => finding.file ?? []);
  expect(new Set(files.filter((file) => file.startsWith('models/')))).toEqual(new Set());
  expect(files).toContain('inner/models/churn/model.yaml');
});

test('what cannot be examined is told, and the rest is examined', async () => {
  await writeFile(inGit(world, 'index'), 'not an index');
  const { healthy, examinations } = await checkUp(world);
  expect(healthy).toBe(false);
  const damaged = examinations.filter(({ findings }) =>
    findings.some(({ code }) => code === 'git/index-damaged'),
  );
  expect(damaged.map(({ name }) => name)).toContain('records');
  expect(examinations.find(({ name }) => name === 'history')?.outcome).toBe('ok');
  const [hint] = damaged[0]?.findings.flatMap((finding) => finding.hint ?? []) ?? [];
  execFileSync('sh', ['-c', hint?.split(': ')[1] ?? ''], { cwd: world.folder });
  expect((await checkUp(world)).healthy).toBe(true);
});

describe('versions', () => {
  const found = (git: string, node = '20.0.0'): string[] =>
    versionFindings(git, node).map(({ severity, code }) => `${severity} ${code}`);

  test.each(['2.43.7', '2.44.4', '2.47.3', '2.50.1', '2.50.10', '2.51.0', '3.0.0', '2.48.2'])(
    'git %s is sound',
    (git) => {
      expect(found(git)).toEqual([]);
    },
  );

  test.each(['2.39.5', '2.43.6', '2.44.3', '2.45.0', '2.47.2', '2.49.0', '2.50.0', '2.42.9'])(
    'git %s is doubtful',
    (git) => {
      expect(found(git)).toEqual(['warning git/vulnerable']);
    },
  );

  test.each(['2.38.9', '1.8.3', '2.9.10', ''])('git "%s" is too old', (git) => {
    expect(found(git)).toEqual(['problem git/too-old']);
  });

  test('node before 20', () => {
    expect(found('2.51.0', '18.20.4')).toEqual(['problem node/too-old']);
  });
});
