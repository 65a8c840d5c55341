// The package as a user gets it: packed, installed into an empty folder, run by npx, on every supported version of node.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';

const root = path.join(import.meta.dirname, '../..');
const identity = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

function run(file: string, args: readonly string[], cwd: string): string {
  return execFileSync(file, [...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...identity },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

let folder = '';
let packed: { filename: string; files: { path: string; size: number }[]; unpackedSize: number } | undefined;

beforeAll(async () => {
  folder = await temporaryFolder();
  [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], root)) as [
    NonNullable<typeof packed>,
  ];
  await writeFile(path.join(folder, 'package.json'), '{"private": true}');
  run('npm', ['install', '--no-audit', '--no-fund', path.join(folder, packed.filename)], folder);
});

describe('the package', () => {
  test('carries only what it needs', () => {
    const tops = new Set(packed?.files.map((file) => file.path.split('/')[0]));
    expect([...tops].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'package.json',
      'schemas',
      'templates',
    ]);
    expect(packed?.unpackedSize).toBeLessThan(3_300_000);
  });

  test('installs without dependencies', () => {
    expect(readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'mlc-registry',
    ]);
  });

  test('carries the licences of what is bundled', () => {
    const licences = execFileSync(
      'cat',
      [path.join(folder, 'node_modules/mlc-registry/dist/THIRD-PARTY-LICENSES.txt')],
      { encoding: 'utf8' },
    );
    for (const name of [
      'commander',
      'simple-git',
      'yaml',
      'ajv',
      'semver',
      'chalk',
      'ora',
      'string-width',
      'papaparse',
      'hyparquet',
    ]) {
      expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
  });

  test('runs by npx, starts a registry and validates it', () => {
    expect(run('npx', ['mlc', '--version'], folder)).toMatch(/^\d+\.\d+\.\d+\n$/);
    run('npx', ['mlc', 'init', 'registry'], folder);
    expect(run('npx', ['mlc', '-C', 'registry', 'validate'], folder)).toContain('1 file valid');
  });
});

describe.each(['20', '22', '24'])('on node %s', (version) => {
  let node = '';

  beforeAll(async () => {
    const home = await temporaryFolder();
    const binary = `node-${process.platform}-${process.arch}`;
    await writeFile(path.join(home, 'package.json'), '{"private": true}');
    run('npm', ['install', '--no-audit', '--no-fund', `${binary}@${version}`], home);
    node = path.join(home, 'node_modules', binary, 'bin', 'node');
  });

  test('adds a model and lists it', async () => {
    expect(run(node, ['--version'], folder)).toMatch(new RegExp(`^v${version}\\.`));
    const place = await temporaryFolder();
    const mlc = (...args: string[]): string =>
      run(node, [path.join(folder, 'node_modules/mlc-registry/bin/mlc.js'), ...args], place);
    mlc('init', 'registry');
    mlc(
      '-C',
      'registry',
      'model',
      'add',
      'churn',
      '--owner',
      'Ada',
      '--intended-use',
      'rank',
      '--risk',
      'limited',
      '--approver',
      'grace@example.com',
    );
    expect(JSON.parse(mlc('-C', 'registry', 'list', '--json'))).toMatchObject({ versions: [] });
    expect(mlc('-C', 'registry', 'validate')).toContain('3 files valid');
  });
});
