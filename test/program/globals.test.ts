// Global flags: before and after the command, -C, --registry, MLC_REGISTRY, and --version.
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type World, dayOne, gitIn, registryWorld, worldIn } from '../support/world.js';

let world: World;
let nowhere: World;
let nested: World;
beforeAll(async () => {
  world = await registryWorld();
  nowhere = worldIn(await temporaryFolder());
  nested = worldIn(await temporaryFolder());
  gitIn(nested.folder, ['init', '-q', '-b', 'main']);
  await nested.ok(['init', '--registry', 'ml', '--name', 'nested'], { at: dayOne });
});

const entries = (text: string): unknown[] => (JSON.parse(text) as { entries: unknown[] }).entries;

describe('before and after the command', () => {
  test.each([[['--json', 'history']], [['history', '--json']]])('%j', async (args) => {
    expect(entries((await world.mlc(args)).stdout)).toHaveLength(2);
  });

  test('-C', async () => {
    expect(entries((await nowhere.mlc(['-C', world.folder, 'history', '--json'])).stdout)).toHaveLength(2);
    expect(entries((await nowhere.mlc(['history', '-C', world.folder, '--json'])).stdout)).toHaveLength(2);
    expect((await nowhere.mlc(['-C', world.folder, 'help', 'deploy'])).code).toBe(0);
  });

  test('--registry', async () => {
    expect((await nested.mlc(['--registry', 'ml', 'validate'])).code).toBe(0);
    expect((await nested.mlc(['validate', '--registry', 'ml'])).code).toBe(0);
  });

  test.each(['--no-color', '--quiet', '--debug'])('%s', async (flag) => {
    expect((await world.mlc([flag, 'list'])).code).toBe(0);
    expect((await world.mlc(['list', flag])).code).toBe(0);
  });

  test('of a command of two words', async () => {
    const { code } = await nowhere.mlc(['--json', 'model', '-C', world.folder, 'add', '--quiet']);
    expect(code).toBe(2);
  });
});

describe('which registry is meant', () => {
  test('-C is relative to the folder, and files are relative to -C', async () => {
    const parent = path.dirname(world.folder);
    const cwd = parent;
    expect((await world.mlc(['-C', path.basename(world.folder), 'list'], { cwd })).code).toBe(0);
    await world.write('results.json', '{"accuracy": 0.95}');
    const args = ['-C', path.basename(world.folder), 'gate', 'churn', '--results', 'results.json'];
    expect((await world.mlc(args, { cwd })).code).toBe(0);
  });

  test('a folder below the root is in the registry', async () => {
    expect((await world.mlc(['list'], { cwd: path.join(world.folder, 'models') })).code).toBe(0);
  });

  test('MLC_REGISTRY names it, and --registry wins over it', async () => {
    expect((await nested.mlc(['list'], { env: { MLC_REGISTRY: 'ml' } })).code).toBe(0);
    const env = { MLC_REGISTRY: '/nonexistent' };
    expect((await nested.mlc(['list'], { env })).code).toBe(2);
    expect((await nested.mlc(['list', '--registry', 'ml'], { env })).code).toBe(0);
    expect((await world.mlc(['list'], { env: { MLC_REGISTRY: '' } })).code).toBe(0);
  });

  test.each([
    ['list', []],
    ['history', []],
    ['validate', []],
    ['inventory', ['--as-of', '2030-01-01']],
    ['show', ['churn@1.0.0']],
    ['resolve', ['churn', '--env', 'production']],
  ])('a repository without mlc.yaml is no registry: %s', async (command, more) => {
    const plain = worldIn(await temporaryFolder());
    gitIn(plain.folder, ['init', '-q', '-b', 'main']);
    await plain.write('README', 'x');
    plain.git('add', '.');
    plain.git('commit', '-qm', 'x');
    const said = await plain.mlc([command, ...more]);
    expect(said.code).toBe(2);
    expect(said.stderr).toContain('mlc init');
  });

  test('no repository at all, and a folder that is not there', async () => {
    const none = await nowhere.mlc(['list']);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('mlc init');
    const gone = await nowhere.mlc(['-C', '/nonexistent', 'list']);
    expect(gone.code).toBe(2);
    expect(gone.stderr).toContain('/nonexistent');
  });
});

describe('--version', () => {
  test.each([
    [['--version']],
    [['-V']],
    [['--no-color', '--version']],
    [['--quiet', '--version']],
    [['-C', '/tmp', '--version']],
  ])('%j', async (args) => {
    const said = await nowhere.mlc(args);
    expect(said.code).toBe(0);
    expect(said.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([[['--version', '--json']], [['--json', '--version']]])('%j', async (args) => {
    const said = await nowhere.mlc(args);
    expect(said.code).toBe(0);
    expect(JSON.parse(said.stdout)).toMatchObject({ version: expect.stringMatching(/^\d/) as unknown });
  });
});

describe('words of the command line that are wrong', () => {
  test.each([
    [['list', '--jsn'], '--json'],
    [['deploy', 'x@1', '--evn', 'production'], '--env'],
    [['review', 'x@1', '--dryrun'], '--dry-run'],
    [['aprove'], 'approve'],
    [['model', 'ad'], 'add'],
  ])('%j suggests %s', async (args, wanted) => {
    const said = await world.mlc(args);
    expect(said.code).toBe(2);
    expect(said.stderr).toContain(`did you mean ${wanted}?`);
  });

  test.each([
    [['list', '--bogus'], 'mlc list --help'],
    [['model', 'add', '--bogus'], 'mlc model add --help'],
    [['list', 'a', 'b'], 'mlc list --help'],
    [['ramp', '--traffic'], 'mlc ramp --help'],
  ])('%j names the help of its own command', async (args, hint) => {
    const said = await world.mlc(args);
    expect(said.code).toBe(2);
    expect(said.stderr).toContain(hint);
  });

  test('a code of a problem is written as all others are', async () => {
    for (const args of [
      ['dploy'],
      ['list', '--bogus'],
      ['list', 'a', 'b'],
      ['ramp', '--traffic'],
      ['schema', 'x'],
    ]) {
      const { data } = await world.json<{ error: { code: string } }>(args);
      expect(data.error.code).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/);
    }
  });

  test('the value of a flag is no flag of mlc, whatever it looks like', async () => {
    const said = await world.mlc(['hold', 'chrun@1.0.0', '--message=--json']);
    expect(said.stdout).toBe('');
    expect(said.stderr).toContain('did you mean churn?');
  });
});

describe('a command that is a group too', () => {
  test('shares a flag that both have, wherever it stands', async () => {
    const folder = path.join(await temporaryFolder(), 'out');
    for (const args of [
      ['audit', 'export', folder, '--since', 'nowhere'],
      ['audit', '--since', 'nowhere', 'export', folder],
    ])
      expect(await world.mlc(args)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('"nowhere" is no revision') as string,
      });
  });

  test('has flags of its own that its commands do not take', async () => {
    const said = await world.mlc(['audit', 'seal', '--forget']);
    expect(said).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("unknown option '--forget'") as string,
    });
  });
});
