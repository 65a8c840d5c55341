// mlc validate: the working tree, paths, what is staged, and what does not belong there.
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { servingWorld } from './stages.js';
import { copyOf, widest } from './support.js';

interface Validation {
  valid: boolean;
  checked: number;
  problems: { code: string; file: string; line?: number; column?: number; path?: string }[];
}

let base: World;
let world: World;
beforeAll(async () => {
  base = await servingWorld();
});
beforeEach(async () => {
  world = await copyOf(base);
});

const versions = 'models/churn/versions';
const first = `${versions}/1.0.0.yaml`;
const second = `${versions}/1.1.0.yaml`;
const codes = async (...args: string[]): Promise<string[]> => {
  const { code, data } = await world.json<Validation>(['validate', ...args]);
  expect(code).toBe(data.valid ? 0 : 1);
  return data.problems.map((problem) => `${problem.file.replace(`${versions}/`, '')} ${problem.code}`);
};
const breakRecord = async (file: string): Promise<void> =>
  world.write(file, (await world.read(file)).replace('seed: 17', 'seed: lots'));

test('a registry as mlc wrote it is valid, and says how many files', async () => {
  const said = await world.mlc(['validate'], { terminal: 80 });
  expect(said).toMatchObject({ code: 0, stderr: '' });
  expect(said.stdout).toContain('5 files valid');
});

test('file:line:column, the line quoted with a mark below, the way out, and exit code 1', async () => {
  await world.write(first, (await world.read(first)).replace('\nstatus:', '\nstaus:'));
  const said = await world.mlc(['validate']);
  expect(said.code).toBe(1);
  expect(said.stdout).toMatch(
    /^✗ models\/churn\/versions\/1\.0\.0\.yaml:5:\d+: the key "staus" is not known \[schema\/unknown-key\]\n {2}5 \| staus: deployed\n +\| +\^\n {2}→ did you mean status\?\n/,
  );
  expect(said.stdout).toContain('1 problem in 1 file, 5 checked');
});

test('the mark of an unknown key stands below the key', async () => {
  await world.write(first, (await world.read(first)).replace('\nstatus:', '\nstaus:'));
  const { data } = await world.json<Validation>(['validate']);
  expect(data.problems[0]).toMatchObject({ line: 5, column: 1, path: 'staus' });
});

test('on a terminal of 60 columns messages are folded', async () => {
  await breakRecord(first);
  const said = await world.mlc(['validate'], { terminal: 60 });
  expect(widest(said.stdout)).toBeLessThanOrEqual(60);
});

describe('paths', () => {
  test('a file or a folder alone', async () => {
    await breakRecord(first);
    expect(await codes(second)).toEqual([]);
    expect(await codes(first)).toEqual(['1.0.0.yaml schema/type']);
    expect(await codes('models/churn')).toEqual(['1.0.0.yaml schema/type']);
    expect(await codes(second, 'mlc.yaml')).toEqual([]);
  });

  test('from inside a folder, relative to it', async () => {
    await breakRecord(first);
    const cwd = path.join(world.folder, versions);
    expect((await world.mlc(['validate', '1.0.0.yaml'], { cwd })).code).toBe(1);
    expect((await world.mlc(['validate', '1.1.0.yaml'], { cwd })).code).toBe(0);
  });

  test('a deleted record is found where its folder is named', async () => {
    await rm(path.join(world.folder, first));
    expect(await codes('models/churn')).toEqual(['1.0.0.yaml record/deleted']);
  });

  test.each(['nowhere', '/etc/hostname', '../elsewhere'])('%s cannot be asked', async (name) => {
    expect((await world.mlc(['validate', name])).code).toBe(2);
  });
});

describe('--staged judges the index', () => {
  test('not the working tree: broken there and sound in the index is valid', async () => {
    await breakRecord(first);
    expect(await codes('--staged')).toEqual([]);
  });

  test('broken in the index and mended in the working tree is not', async () => {
    const sound = await world.read(first);
    await breakRecord(first);
    world.git('add', '.');
    await world.write(first, sound);
    expect(await codes('--staged')).toEqual(['1.0.0.yaml schema/type']);
    expect(await codes()).toEqual([]);
  });

  test('a staged deletion or renaming of a record', async () => {
    world.git('rm', '-q', '--cached', first);
    expect(await codes('--staged')).toEqual(['1.0.0.yaml record/deleted']);
    world.git('reset', '-q');
    world.git('mv', first, `${versions}/9.0.0.yaml`);
    expect((await codes('--staged')).sort()).toEqual(['1.0.0.yaml record/deleted', '9.0.0.yaml record/path']);
  });

  test('nothing staged is valid', async () => {
    expect(await codes('--staged')).toEqual([]);
  });
});

describe.each([
  ['in the working tree', [] as string[]],
  ['staged', ['--staged']],
])('what does not belong there, %s', (_name, flags) => {
  const found = async (): Promise<string[]> => {
    if (flags.length > 0) world.git('add', '-A');
    return codes(...flags);
  };

  test('an unknown file', async () => {
    await world.write(`${versions}/notes.yaml`, 'a: 1\n');
    await world.write('models/stray.yaml', 'a: 1\n');
    await world.write('models/churn/README.md', 'fine\n');
    expect(await found()).toEqual(['notes.yaml path/unknown', 'models/stray.yaml path/unknown']);
  });

  test('a symbolic link', async () => {
    await symlink('1.0.0.yaml', path.join(world.folder, versions, '2.0.0.yaml'));
    await symlink('/etc/passwd', path.join(world.folder, versions, '3.0.0.yaml'));
    expect(await found()).toEqual(['2.0.0.yaml path/symlink', '3.0.0.yaml path/symlink']);
  });

  test('a folder that is named like a record', async () => {
    await mkdir(path.join(world.folder, versions, '2.0.0.yaml'));
    await writeFile(path.join(world.folder, versions, '2.0.0.yaml', 'x.yaml'), 'a: 1\n');
    expect(await found()).toEqual(['2.0.0.yaml/x.yaml path/unknown']);
  });

  test('a record of another version or model than its path says', async () => {
    await world.write(`${versions}/2.0.0.yaml`, await world.read(first));
    expect(await found()).toEqual(expect.arrayContaining(['2.0.0.yaml record/path']));
  });

  test('a version that YAML reads as a number, with the fix', async () => {
    await world.write(first, (await world.read(first)).replace('version: "1.0.0"', 'version: 1.10'));
    expect(await found()).toEqual(expect.arrayContaining(['1.0.0.yaml schema/type']));
  });
});

test('a split of more than 100 % is a problem of the registry', async () => {
  const text = await world.read(second);
  await world.write(
    second,
    text
      .replace(
        'deployment_history: []',
        'deployment_history: [{env: production, deployed_at: "2026-03-02T10:00:00Z", traffic_pct: 5}]',
      )
      .replace('status: approved', 'status: deployed'),
  );
  expect(await codes()).toEqual(['1.1.0.yaml deploy/over-100']);
});

test('more problems than can be read are counted', async () => {
  for (let index = 0; index < 120; index++) await world.write(`${versions}/x${index}.yaml`, '');
  const said = await world.mlc(['validate']);
  expect(said.stdout).toContain('and 20 more');
  expect(said.stdout).toContain('120 problems in 120 files');
});
