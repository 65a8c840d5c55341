// What doctor finds in identity, checkout, attributes, hooks, history and settings; each with a way out that leads out.
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hook } from '../registry/scene.js';
import { temporaryFolder } from '../support/folders.js';
import { type World, worldIn } from '../support/world.js';
import { checkUp, codes, findings, inGit } from './doctor-support.js';
import { servingWorld } from './stages.js';
import { copyOf } from './support.js';

let base: World;
let world: World;
beforeAll(async () => {
  base = await servingWorld();
  await base.ok(['hook', 'install']);
});
beforeEach(async () => {
  world = await copyOf(base);
});

const commit = (): void => {
  world.git('add', '-A');
  world.git('commit', '-qnm', 'by hand');
};

describe('identity', () => {
  const nobody = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) => [
      [`GIT_${role}_NAME`, ''],
      [`GIT_${role}_EMAIL`, ''],
    ]),
  );

  test('nobody: a warning with the two commands', async () => {
    const [found] = await findings(world, 'identity', [], { env: { ...nobody, EMAIL: '' } });
    expect(found).toMatchObject({ severity: 'warning', code: 'git/no-identity' });
    expect(found?.hint).toMatch(/git config --global user\.name .* && git config --global user\.email/);
  });

  test('a date that git cannot read', async () => {
    const env = { GIT_COMMITTER_DATE: 'yesterday-ish x' };
    expect(await codes(world, 'identity', [], { env })).toEqual(['problem git/date']);
  });

  const signing = async (...settings: [string, string][]): Promise<string[]> => {
    for (const [key, value] of settings) world.git('config', key, value);
    return codes(world, 'identity');
  };

  test('signing without a key', async () => {
    expect(await signing(['commit.gpgsign', 'true'])).toEqual(['warning signing/no-key']);
    expect(await signing(['gpg.format', 'ssh'])).toEqual(['problem signing/no-key']);
    expect(await signing(['commit.gpgsign', 'false'])).toEqual([]);
  });

  test('signing with a key that is not there, and with one that is', async () => {
    const home = await temporaryFolder();
    await writeFile(path.join(home, 'key.pub'), 'ssh-ed25519 AAAA');
    const keyed = async (key: string): Promise<string[]> => {
      world.git('config', 'user.signingkey', key);
      return codes(world, 'identity', [], { env: { HOME: home } });
    };
    await signing(['commit.gpgsign', 'true'], ['gpg.format', 'ssh']);
    expect(await keyed('/nonexistent/key.pub')).toEqual(['problem signing/key-missing']);
    expect(await keyed('~/other.pub')).toEqual(['problem signing/key-missing']);
    expect(await keyed('~/key.pub')).toEqual([]);
    expect(await keyed(path.join(home, 'key.pub'))).toEqual([]);
    expect(await keyed('ssh-ed25519 AAAA')).toEqual([]);
    expect(await keyed('key::ssh-ed25519 AAAA')).toEqual([]);
  });
});

describe('the checkout', () => {
  test('in the middle of a merge, with the way out', async () => {
    await writeFile(inGit(world, 'MERGE_HEAD'), `${world.git('rev-parse', 'HEAD')}\n`);
    const found = await findings(world, 'checkout');
    expect(found).toMatchObject([{ severity: 'problem', code: 'git/in-progress' }]);
    expect(found[0]?.hint).toContain('git merge --abort');
  });

  test('in the middle of a rebase HEAD is detached, which is not told twice', async () => {
    world.git('switch', '-q', '--detach');
    await mkdir(inGit(world, 'rebase-merge'));
    expect(await codes(world, 'checkout')).toEqual(['problem git/in-progress']);
  });

  test('a detached HEAD is worth knowing', async () => {
    world.git('switch', '-q', '--detach');
    expect(await codes(world, 'checkout')).toEqual(['warning git/detached']);
  });

  test.each(['', '0123456789'.repeat(4)])(
    'a branch that a crash left with "%s", and where it stood',
    async (text) => {
      await writeFile(inGit(world, 'refs/heads/main'), text);
      const [found] = await findings(world, 'checkout');
      expect(found).toMatchObject({ severity: 'problem', code: 'git/broken-branch' });
      const log = execFileSync('sh', ['-c', /: (tail .*);/.exec(found?.hint ?? '')?.[1] ?? ''], {
        cwd: world.folder,
        encoding: 'utf8',
      });
      expect(log).toContain(base.git('rev-parse', 'HEAD'));
    },
  );
});

describe('.gitattributes', () => {
  test('that is gone: mlc init brings it back', async () => {
    world.git('rm', '-q', '.gitattributes');
    world.git('commit', '-qm', 'by hand');
    const found = await findings(world, 'attributes');
    expect(found).toMatchObject([{ severity: 'warning', code: 'attributes/missing', hint: 'mlc init' }]);
    await world.ok(['init', '--name', 'test']);
    expect(await codes(world, 'attributes')).toEqual([]);
  });

  test('that is gone here alone: mlc init would not bring it back', async () => {
    await world.write('.gitattributes', '');
    expect((await findings(world, 'attributes'))[0]?.hint).toContain('git diff HEAD -- .gitattributes');
  });

  test('that is gone, with core.autocrlf, changes line ends', async () => {
    world.git('config', 'core.autocrlf', 'true');
    expect(await codes(world, 'attributes')).toEqual([]);
    await world.write('.gitattributes', '');
    expect(await codes(world, 'attributes')).toEqual(['problem attributes/line-ends']);
    world.git('config', '--unset', 'core.autocrlf');
    expect(await codes(world, 'attributes')).toEqual(['warning attributes/missing']);
    const own = path.join(await temporaryFolder(), 'gitconfig');
    await writeFile(own, '[core]\n\tautocrlf = input\n');
    const env = { GIT_CONFIG_GLOBAL: own };
    expect(await codes(world, 'attributes', [], { env })).toEqual(['problem attributes/line-ends']);
  });

  test('records that are binary to a merge are not blended either', async () => {
    await world.write('.gitattributes', `${await world.read('.gitattributes')}models/** merge=binary\n`);
    expect(await codes(world, 'attributes')).toEqual([]);
  });

  test.each([
    ['.gitattributes', 'models/** merge=union', 'merge=union'],
    ['.gitattributes', '*.yaml text=auto', 'text=auto'],
    ['models/churn/.gitattributes', '*.yaml filter=lfs', 'filter=lfs'],
    ['.git/info/attributes', 'mlc.yaml ident', 'ident holds for mlc.yaml'],
  ])('%s overrides it: %s', async (file, line, said) => {
    const before = await world.read(file).catch(() => '');
    await world.write(file, `${before}${line}\n`);
    const found = await findings(world, 'attributes');
    expect(found).toMatchObject([{ severity: 'problem', code: 'attributes/overridden' }]);
    expect(found[0]?.message).toContain(said);
  });
});

test('schemas of another mlc: mlc init brings them up to date', async () => {
  await world.write('.mlc/schemas/gate.schema.json', '{}\n');
  commit();
  const found = await findings(world, 'schemas');
  expect(found).toMatchObject([{ severity: 'warning', code: 'schemas/outdated', hint: 'mlc init' }]);
  expect(found[0]?.message).toContain('.mlc/schemas/gate.schema.json');
  await world.ok(['init', '--name', 'test']);
  expect(await codes(world, 'schemas')).toEqual([]);
});

describe('the hook', () => {
  const file = '.git/hooks/pre-commit';

  test('that is not there, or of somebody else: --fix installs none', async () => {
    await rm(inGit(world, 'hooks/pre-commit'));
    expect(await codes(world, 'hook', ['--fix'])).toEqual(['warning hook/none']);
    await hook(world, 'pre-commit', 'exit 0');
    expect(await codes(world, 'hook', ['--fix'])).toEqual([`warning hook/other ${file}`]);
    await hook(world, 'pre-commit', 'exec npx mlc validate --staged');
    expect(await codes(world, 'hook')).toEqual([]);
  });

  test('of mlc that is switched off stays so', async () => {
    await chmod(inGit(world, 'hooks/pre-commit'), 0o644);
    expect(await codes(world, 'hook', ['--fix'])).toEqual([`warning hook/idle ${file}`]);
  });

  test('of another mlc is brought up to date with --fix', async () => {
    const program = /^program='(.*)'$/m.exec(await world.read(file))?.[1] ?? '';
    expect(program).not.toBe('');
    const { hookText } = await import('../../src/registry/hook-text.js');
    await writeFile(
      inGit(world, 'hooks/pre-commit'),
      await hookText({ registries: [''], program: '/gone/mlc.js' }),
    );
    expect(await findings(world, 'hook')).toMatchObject([{ code: 'hook/outdated', fixable: true }]);
    expect((await checkUp(world, ['--fix'])).fixed).toEqual([`brought ${file} up to date`]);
    expect(await world.read(file)).toContain(program);
    expect(await codes(world, 'hook', ['--fix'])).toEqual([]);
  });
});

describe('history', () => {
  test('objects that others stand in for', async () => {
    world.git('replace', 'HEAD', 'HEAD~1');
    const [found] = await findings(world, 'history');
    expect(found).toMatchObject({ severity: 'problem', code: 'history/replaced' });
    execFileSync('sh', ['-c', found?.hint?.split('then ')[1] ?? ''], { cwd: world.folder, stdio: 'pipe' });
    expect(await codes(world, 'history')).toEqual([]);
  });

  test('grafts; a file of comments is none', async () => {
    await mkdir(inGit(world, 'info'), { recursive: true });
    await writeFile(inGit(world, 'info/grafts'), '# none\n\n');
    expect(await codes(world, 'history')).toEqual([]);
    await writeFile(inGit(world, 'info/grafts'), `${world.git('rev-parse', 'HEAD')}\n`);
    expect(await codes(world, 'history')).toEqual(['problem history/grafts .git/info/grafts']);
  });

  test('shallow and partial clones', async () => {
    const parent = await temporaryFolder();
    world.git('config', 'uploadpack.allowFilter', 'true');
    world.git('clone', '-q', '--depth', '1', `file://${world.folder}`, path.join(parent, 'shallow'));
    world.git('clone', '-q', '--filter=blob:none', `file://${world.folder}`, path.join(parent, 'partial'));
    expect(await codes(worldIn(path.join(parent, 'shallow')), 'history')).toEqual(['warning git/shallow']);
    expect(await codes(worldIn(path.join(parent, 'partial')), 'history')).toEqual([
      'warning history/partial',
    ]);
  });
});

describe('settings that have git run a program', () => {
  test.each([
    ['gpg.program', '/tmp/x'],
    ['gpg.ssh.program', '/tmp/x'],
    ['core.fsmonitor', '.git/hooks/x'],
    ['core.hooksPath', '.git/hooks'],
    ['core.sshCommand', 'ssh -v'],
  ])('%s of this repository, and the way out', async (key, value) => {
    world.git('config', key, value);
    const found = await findings(world, 'settings');
    expect(found).toMatchObject([{ severity: 'warning', code: 'settings/program' }]);
    expect(found[0]?.message).toContain(`${key.toLowerCase()} is ${value}`);
    execFileSync('sh', ['-c', found[0]?.hint?.split(': ')[1] ?? ''], { cwd: world.folder });
    expect(await codes(world, 'settings')).toEqual([]);
  });

  test('the same for all of the user, and a watcher of git itself, are fine', async () => {
    const own = path.join(await temporaryFolder(), 'gitconfig');
    await writeFile(own, '[gpg]\n\tprogram = /tmp/x\n[core]\n\thooksPath = .git/hooks\n');
    world.git('config', 'core.fsmonitor', 'true');
    expect(await codes(world, 'settings', [], { env: { GIT_CONFIG_GLOBAL: own } })).toEqual([]);
  });
});

test('damaged objects are found with --deep, which is not asked for by default', async () => {
  const oid = world.git('rev-parse', `HEAD~3:models/churn/gate.yaml`);
  const file = inGit(world, 'objects', oid.slice(0, 2), oid.slice(2));
  await chmod(file, 0o644);
  const content = await readFile(file);
  content[content.length - 5] = (content[content.length - 5] ?? 0) ^ 0xff;
  await writeFile(file, content);
  const quick = await world.json<{ examinations: { name: string }[] }>(['doctor']);
  expect(quick.data.examinations.map(({ name }) => name)).not.toContain('objects');
  expect(new Set(await codes(world, 'objects', ['--deep']))).toEqual(new Set(['problem objects/damaged']));
});
