// Programs, modules and commands that lie in a registry are not started; what writes starts what committing starts, no more.
import { chmod, cp } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { copyOf } from '../commands/support.js';
import { now, servingWorld } from '../commands/stages.js';
import type { World } from '../support/world.js';
import { type Canary, canary, trap, trapHooks } from './canary.js';
import { type Reading, readingCommands } from './readings.js';

let base: World;
let bird: Canary;
let readings: Reading[];
beforeAll(async () => {
  base = await servingWorld();
  bird = await canary();
  readings = await readingCommands(base);
});

const quick = (): Reading[] =>
  readings.filter(({ args }) =>
    ['list', 'show', 'validate', 'history', 'audit', 'health'].includes(args[0] ?? ''),
  );

describe('programs and modules that lie in the registry', () => {
  test('a git, an ssh-keygen and a gpg in the current folder are never taken', async () => {
    const world = await copyOf(base);
    for (const name of ['git', 'ssh-keygen', 'gpg', 'node', 'sh']) {
      await cp(bird.program, path.join(world.folder, name));
      await chmod(path.join(world.folder, name), 0o755);
    }
    for (const PATH of [
      `:${process.env.PATH}`,
      `.:${process.env.PATH}`,
      `${process.env.PATH}:`,
      `./:${process.env.PATH}`,
    ]) {
      expect((await world.mlc(['list'], { env: { PATH } })).code).toBe(0);
      expect((await world.mlc(['validate'], { env: { PATH } })).code).toBe(0);
      expect(await bird.sung()).toEqual([]);
    }
  });

  test('modules, a build and settings of node that lie in the registry are not loaded', async () => {
    const world = await copyOf(base);
    const code = `require('node:child_process').execFileSync(${JSON.stringify(bird.program)}, ['loaded']);\n`;
    for (const file of [
      ...[
        'node_modules/@duckdb/node-api/index.js',
        'node_modules/yaml/index.js',
        'node_modules/simple-git/index.js',
      ],
      ...['dist/mlc.js', 'mlc.config.js', '.mlcrc.js', 'index.js', 'mlc.js'],
    ])
      await world.write(file, code);
    await world.write(
      'node_modules/@duckdb/node-api/package.json',
      '{"name": "@duckdb/node-api", "main": "index.js"}',
    );
    await world.write('package.json', '{"type": "commonjs", "main": "index.js"}');
    for (const { args } of quick()) await world.mlc(args);
    await world.write('a.csv', 'amount\n1\n2\n');
    expect(await bird.sung()).toEqual([]);
  });
});

describe('what writes', () => {
  test('settings and hooks that are not of committing are not started needlessly', async () => {
    const world = await copyOf(base);
    await trap(world, bird);
    await world.mlc(['hold', 'churn@1.0.0', '-m', 'inquiry'], { at: now });
    const started = new Set((await bird.sung()).map((line) => line.split(' ')[0]));
    const ofCommitting = [
      'hook.pre-commit',
      'hook.prepare-commit-msg',
      'hook.commit-msg',
      'hook.post-commit',
      'hook.reference-transaction',
      'hook.post-index-change',
    ];
    expect([...started].filter((name) => !ofCommitting.includes(name ?? ''))).toEqual([]);
    expect(started).toContain('hook.pre-commit');
  });

  test('a dry run runs no hook', async () => {
    const world = await copyOf(base);
    await trapHooks(world, bird.program);
    expect((await world.mlc(['hold', 'churn@1.0.0', '-m', 'inquiry', '--dry-run'], { at: now })).code).toBe(
      0,
    );
    expect(await bird.sung()).toEqual([]);
  });

  test('a command in model.yaml is not run by a read, nor by a request that is not sent', async () => {
    const world = await copyOf(base);
    const model = await world.read('models/churn/model.yaml');
    await world.write(
      'models/churn/model.yaml',
      `${model}retraining:\n  hand_over:\n    to: command\n    command: {run: ["${bird.program}", handed-over]}\n`,
    );
    world.git('commit', '-qam', 'hand over');
    for (const { args } of readings) await world.mlc(args);
    await world.mlc(
      [
        'retrain',
        'churn',
        '--trigger',
        'calendar',
        '--dataset',
        'train@v9',
        '--seed',
        '1',
        '--commit',
        'HEAD',
      ],
      { at: now },
    );
    expect(await bird.sung()).toEqual([]);
  });
});
