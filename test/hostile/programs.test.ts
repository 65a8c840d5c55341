// No setting, hook or attribute of a stranger's repository starts a program when it is read.
import { execFileSync } from 'node:child_process';
import { appendFile, chmod, cp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ErrorAnswer, copyOf } from '../commands/support.js';
import { now, servingWorld } from '../commands/stages.js';
import { temporaryFolder } from '../support/folders.js';
import { type World, gitIn, worldIn } from '../support/world.js';
import { type Canary, canary, trap, trappedSettings } from './canary.js';
import { type Reading, readingCommands } from './readings.js';

let base: World;
let bird: Canary;
let readings: Reading[];
beforeAll(async () => {
  base = await servingWorld();
  bird = await canary();
  readings = await readingCommands(base);
});

/** Makes git look into every file again: a copied folder has other times and inodes than the index says. */
async function touchAll(world: World): Promise<void> {
  for (const file of base.git('ls-files').split('\n')) await utimes(path.join(world.folder, file), 1, 1);
}

const quick = (): Reading[] =>
  readings.filter(({ args }) =>
    ['list', 'show', 'validate', 'history', 'audit', 'health'].includes(args[0] ?? ''),
  );

describe('the trap itself', () => {
  test('a plain git falls into it, so that silence means something', async () => {
    const world = await copyOf(base);
    await trap(world, bird);
    await touchAll(world);
    const tryGit = (...args: string[]): void => {
      try {
        world.git(...args);
      } catch {
        // What the trap makes of the command is not the question.
      }
    };
    tryGit('status');
    expect((await bird.sung()).map((line) => line.split(' ')[0])).toContain('core.fsmonitor');
    tryGit('-c', 'core.fsmonitor=false', 'status');
    expect(await bird.sung()).toContain('filter.trap.process');
    tryGit('-c', 'core.fsmonitor=false', 'fetch', 'origin');
    expect((await bird.sung()).length).toBeGreaterThan(0);
  });
});

test.each(['config', 'include', 'includeIf', 'worktree'] as const)(
  'settings in %s start nothing on any read',
  async (place) => {
    const world = await copyOf(base);
    await trap(world, bird, place);
    for (const { args, code, trapped = code } of place === 'config' ? readings : quick()) {
      await touchAll(world);
      const said = await world.mlc(args, { at: now });
      expect({ args, sung: await bird.sung() }).toEqual({ args, sung: [] });
      expect({ args, code: said.code }).toEqual({ args, code: trapped });
    }
  },
);

test('a filter whose name holds "=", which the command line of git would cut in two', async () => {
  const world = await copyOf(base);
  await appendFile(
    path.join(world.folder, '.git', 'config'),
    `[filter "a=b"]\n\tclean = ${bird.program} clean\n\trequired = true\n[filter "a=b.c"]\n\tprocess = ${bird.program} process\n`,
  );
  for (const name of ['a=b', 'a=b.c']) {
    await writeFile(path.join(world.folder, '.git', 'info', 'attributes'), `* filter=${name}\n`);
    await touchAll(world);
    expect((await world.mlc(['validate'])).code).toBe(0);
    expect(await bird.sung()).toEqual([]);
  }
});

describe('an object that is not there is not fetched', () => {
  const partial = async (): Promise<World> => {
    const origin = await copyOf(base);
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const folder = path.join(await temporaryFolder(), 'partial');
    gitIn(origin.folder, [
      'clone',
      '-q',
      '--no-checkout',
      '--filter=blob:none',
      `file://${origin.folder}`,
      folder,
    ]);
    return worldIn(folder);
  };

  test.each([
    ['an upload program', ['remote.origin.uploadpack', 'PROGRAM upload']],
    ['a command over ssh', ['core.sshCommand', 'PROGRAM ssh', 'remote.origin.url', 'ssh://example.com/x']],
    ['a transport of its own', ['remote.origin.url', 'ext::PROGRAM ext', 'protocol.ext.allow', 'always']],
    ['a helper', ['remote.origin.vcs', 'trap']],
  ])('%s is not started, and the answer says what to do', async (_name, settings) => {
    const world = await partial();
    for (let at = 0; at < settings.length; at += 2)
      world.git('config', settings[at] ?? '', (settings[at + 1] ?? '').replace('PROGRAM', bird.program));
    const programs = await temporaryFolder();
    await writeFile(path.join(programs, 'git-remote-trap'), `#!/bin/sh\n${bird.program} vcs\n`);
    await chmod(path.join(programs, 'git-remote-trap'), 0o755);
    const env = { PATH: `${programs}:${process.env.PATH ?? ''}` };
    for (const args of [
      ['list'],
      ['show', 'churn@1.0.0'],
      ['audit'],
      ['health'],
      ['check', '--base', 'HEAD~1'],
    ]) {
      const { code, data } = await world.json<ErrorAnswer>(args, { env });
      expect({ args, code, error: data.error.code }).toEqual({ args, code: 2, error: 'git/partial' });
      expect(await bird.sung()).toEqual([]);
    }
  });

  test('the way out that is named leads out', async () => {
    const world = await partial();
    const { data } = await world.json<ErrorAnswer>(['list']);
    const [command = ''] = (data.error.hint ?? '').split(':').slice(-1);
    execFileSync('sh', ['-c', command.trim()], { cwd: world.folder, stdio: 'ignore' });
    expect((await world.mlc(['list'])).code).toBe(0);
  });
});

describe('repositories inside the repository', () => {
  test('a submodule below models/ with traps of its own', async () => {
    const world = await copyOf(base);
    const inner = path.join(world.folder, 'models', 'sub');
    gitIn(world.folder, ['clone', '-q', base.folder, inner]);
    world.git('add', 'models/sub');
    world.git('commit', '-qnm', 'a submodule');
    await trap(worldIn(inner), bird);
    await writeFile(path.join(inner, 'mlc.yaml'), 'changed\n');
    for (const { args } of quick()) {
      await world.mlc(args);
      expect({ args, sung: await bird.sung() }).toEqual({ args, sung: [] });
    }
    const { code, data } = await world.json<{ problems: { code: string; file: string }[] }>(['validate']);
    expect(code).toBe(1);
    expect(data.problems).toEqual([expect.objectContaining({ code: 'path/submodule', file: 'models/sub' })]);
  });

  test('a bare repository that is committed as files is not taken for one', async () => {
    const world = await copyOf(base);
    const inner = path.join(world.folder, 'models', 'churn', 'bare');
    gitIn(world.folder, ['init', '-q', '--bare', inner]);
    await appendFile(path.join(inner, 'config'), trappedSettings(bird.program));
    for (const { args } of quick()) {
      await world.mlc(args, { cwd: inner });
      expect({ args, sung: await bird.sung() }).toEqual({ args, sung: [] });
    }
    const { code, data } = await world.json<ErrorAnswer>(['list'], { cwd: inner });
    expect({ code, error: data.error.code }).toEqual({ code: 2, error: 'git/bare' });
  });
});

describe('a repository that says it is elsewhere', () => {
  test.each(['absolute', 'relative'])(
    'core.worktree, %s: refused, and nothing is written there',
    async (form) => {
      const world = await copyOf(base);
      const victim = await temporaryFolder();
      await cp(path.join(world.folder, 'mlc.yaml'), path.join(victim, 'mlc.yaml'));
      const target = form === 'absolute' ? victim : path.relative(path.join(world.folder, '.git'), victim);
      world.git('config', 'core.worktree', target);
      for (const args of [['list'], ['validate'], ['hold', 'churn@1.0.0', '-m', 'x'], ['init']]) {
        const { code, data } = await world.json<ErrorAnswer>(args, { at: now });
        expect({ args, code, error: data.error.code }).toEqual({ args, code: 2, error: 'git/elsewhere' });
      }
      expect(execFileSync('ls', ['-A', victim], { encoding: 'utf8' })).toBe('mlc.yaml\n');
    },
  );

  test('the folder above, so that records would be written beside the repository', async () => {
    const above = await temporaryFolder();
    const folder = path.join(above, 'registry');
    await cp(base.folder, folder, { recursive: true });
    const world = worldIn(folder);
    world.git('config', 'core.worktree', '../..');
    const { code, data } = await world.json<ErrorAnswer>(['hold', 'churn@1.0.0', '-m', 'x'], { at: now });
    expect({ code, error: data.error.code }).toEqual({ code: 2, error: 'git/elsewhere' });
    expect(execFileSync('ls', ['-A', above], { encoding: 'utf8' })).toBe('registry\n');
  });

  test('a linked working tree, a submodule and a git folder put apart are what they say', async () => {
    const world = await copyOf(base);
    const parent = await temporaryFolder();
    world.git('worktree', 'add', '-q', path.join(parent, 'linked'), '-b', 'side');
    gitIn(parent, [
      'clone',
      '-q',
      '--separate-git-dir',
      path.join(parent, 'apart'),
      base.folder,
      path.join(parent, 'tree'),
    ]);
    gitIn(parent, ['init', '-q', path.join(parent, 'super')]);
    gitIn(path.join(parent, 'super'), [
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      base.folder,
      'sub',
    ]);
    gitIn(parent, ['clone', '-q', base.folder, path.join(parent, 'linkedgit')]);
    await cp(path.join(parent, 'linkedgit', '.git'), path.join(parent, 'moved'), { recursive: true });
    await rm(path.join(parent, 'linkedgit', '.git'), { recursive: true });
    await symlink(path.join(parent, 'moved'), path.join(parent, 'linkedgit', '.git'));
    for (const folder of ['linked', 'tree', 'super/sub', 'linkedgit'])
      expect((await worldIn(path.join(parent, folder)).mlc(['list'])).code).toBe(0);
  });

  test('objects borrowed from another repository are read, and start nothing', async () => {
    const folder = path.join(await temporaryFolder(), 'borrowed');
    gitIn(base.folder, ['clone', '-q', '--shared', base.folder, folder]);
    await appendFile(path.join(folder, '.git', 'config'), trappedSettings(bird.program));
    expect((await worldIn(folder).mlc(['list'])).code).toBe(0);
    expect(await bird.sung()).toEqual([]);
  });
});
