// A remote that fails in the middle: it refuses once, takes a push and dies, goes away, or never answers.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type World, gitIn, worldIn } from '../support/world.js';
import { type Refusal, hook, leftovers, morning, registeredWorld } from './scene.js';

const program = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../bin/mlc.js');
const hold = ['hold', 'churn@1.0.0', '--kind', 'legal', '-m', 'case 12', '--push', '--json'];
const asAda = { at: morning };

let origin: World;
beforeAll(async () => {
  origin = await registeredWorld();
});

interface Pair {
  bare: World;
  clone: World;
}

async function pair(): Promise<Pair> {
  const folder = await temporaryFolder();
  gitIn(folder, ['clone', '-q', '--bare', origin.folder, 'bare.git']);
  gitIn(folder, ['clone', '-q', 'bare.git', 'clone']);
  return { bare: worldIn(path.join(folder, 'bare.git')), clone: worldIn(path.join(folder, 'clone')) };
}

/** How often the remote has the transition. */
function timesThere({ bare }: Pair): number {
  return bare.git('show', 'main:models/churn/versions/1.0.0.yaml').split('reason: case 12').length - 1;
}

async function expectUntouched({ clone }: Pair): Promise<void> {
  expect(clone.git('rev-parse', 'main')).toBe(origin.git('rev-parse', 'main'));
  expect(clone.git('status', '--porcelain')).toBe('');
  expect(await leftovers(clone)).toEqual([]);
}

test.each([1, 2])('a remote that refuses %i times and then takes it has it once', async (times) => {
  const both = await pair();
  await hook(both.bare, 'pre-receive', `echo x >> said; [ $(wc -l < said) -gt ${times} ]`, 'hooks');
  const { code, stdout } = await both.clone.mlc(hold, asAda);
  expect(code, stdout).toBe(0);
  expect(timesThere(both)).toBe(1);
  expect(both.clone.git('rev-parse', 'main')).toBe(both.bare.git('rev-parse', 'main'));
  expect(await leftovers(both.clone)).toEqual([]);
});

test('a remote that takes it and drops the connection has it once, and that is a success', async () => {
  const both = await pair();
  await hook(both.bare, 'post-receive', 'kill -9 $PPID', 'hooks');
  const { code, stdout } = await both.clone.mlc(hold, asAda);
  expect(code, stdout).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ pushed: true, commit: both.bare.git('rev-parse', 'main') });
  expect(timesThere(both)).toBe(1);
  expect(both.clone.git('rev-parse', 'main')).toBe(both.bare.git('rev-parse', 'main'));
  expect(await leftovers(both.clone)).toEqual([]);
});

test('a remote that drops the connection before it takes it is tried again', async () => {
  const both = await pair();
  await hook(
    both.bare,
    'pre-receive',
    '[ -e said ] && exit 0; touch said; kill -9 $PPID; sleep 0.2',
    'hooks',
  );
  const { code, stdout } = await both.clone.mlc(hold, asAda);
  expect(code, stdout).toBe(0);
  expect(timesThere(both)).toBe(1);
});

test('a remote that takes it and is gone: nobody is told that nothing was changed', async () => {
  const both = await pair();
  await hook(both.bare, 'post-receive', 'mv "$PWD" "$PWD.gone"; kill -9 $PPID', 'hooks');
  const { code, stdout } = await both.clone.mlc(hold, asAda);
  const { error } = JSON.parse(stdout) as Refusal;
  expect([code, error.code]).toEqual([2, 'push/unknown']);
  expect(error.message).not.toContain('nothing was changed');
  const transaction = /Mlc-Transaction: ([0-9a-f-]{36})/.exec(error.hint ?? '')?.[1] ?? 'none';
  await expectUntouched(both);
  await rename(`${both.bare.folder}.gone`, both.bare.folder);
  // The hint tells it.
  both.clone.git('fetch', '-q');
  expect(both.clone.git('log', '--format=%s', `--grep=${transaction}`, 'origin/main')).toMatch(
    /^hold\(churn@1\.0\.0\)/,
  );
  expect(timesThere(both)).toBe(1);
});

/** Starts a push that hangs in a hook of the remote's, and presses Ctrl-C there. */
async function interrupted(
  { bare, clone }: Pair,
  name: string,
): Promise<{ code: number | null; said: string }> {
  await hook(bare, name, 'touch hanging; exec sleep 60', 'hooks');
  const child = spawn(process.execPath, [program, ...hold], {
    cwd: clone.folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...{ GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.com', GIT_COMMITTER_DATE: morning },
      ...{ GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.com' },
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = new Promise<number | null>((resolve) => child.on('exit', resolve));
  while (!existsSync(path.join(bare.folder, 'hanging'))) await sleep(20);
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  return { code: await code, said };
}

test('Ctrl-C ends a push to a remote that hangs before it has it, and nothing is left', async () => {
  const both = await pair();
  const { code, said } = await interrupted(both, 'pre-receive');
  expect(code, said).toBe(130);
  expect(timesThere(both)).toBe(0);
  await both.clone.ok(['list']);
  await expectUntouched(both);
}, 60_000);

test('Ctrl-C in a push that the remote has already: the answer is that it is there', async () => {
  const both = await pair();
  const { code, said } = await interrupted(both, 'post-receive');
  expect(code, said).toBe(0);
  expect(said).not.toContain('nothing was changed');
  expect(timesThere(both)).toBe(1);
  expect(both.clone.git('rev-parse', 'main')).toBe(both.bare.git('rev-parse', 'main'));
  expect(both.clone.git('status', '--porcelain')).toBe('');
  expect(await leftovers(both.clone)).toEqual([]);
}, 60_000);
