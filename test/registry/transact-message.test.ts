// The commit itself: its trailers, its signature, what a reason may hold; and a dry run, which makes none.
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import type { World } from '../support/world.js';
import {
  copyOf,
  listing,
  made,
  make,
  morning,
  record,
  refusedUntouched,
  registeredWorld,
  transitions,
} from './scene.js';

// A program of OpenSSH, which git signs with too.
const keygen = 'ssh-keygen';
let origin: World;
beforeAll(async () => {
  origin = await registeredWorld();
});

function trailers(world: World): string[] {
  return world.git('log', '-1', '--format=%(trailers:only,unfold)').split('\n').filter(Boolean);
}

test('the message has subject, reason and the trailers of the contract', async () => {
  const world = await copyOf(origin);
  const answer = await world.json<{ commit: string; transaction: string }>(
    ['approve', 'churn@1.0.0', '-m', 'numbers checked'],
    { as: 'grace', at: morning },
  );
  expect(answer.code).toBe(0);
  expect(trailers(world)).toEqual([
    'Mlc-Operation: approve',
    'Mlc-Model: churn',
    'Mlc-Version: 1.0.0',
    'Mlc-From: registered',
    'Mlc-To: approved',
    'Mlc-Actor: Grace <grace@example.com>',
    `Mlc-Transaction: ${answer.data.transaction}`,
  ]);
  expect(answer.data.transaction).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(world.git('log', '-1', '--format=%s')).toMatch(/^approve\(churn@1\.0\.0\): ./);
  expect(world.git('log', '-1', '--format=%b').split('\n')[0]).toBe('numbers checked');
  expect(world.git('log', '-1', '--format=%an <%ae>|%cn|%cI')).toBe(
    'Grace <grace@example.com>|Grace|2026-03-02T09:00:00+00:00',
  );
});

test('a registration and a deployment carry their own trailers', async () => {
  const world = await copyOf(origin);
  await made(world, 'register');
  expect(trailers(world).filter((line) => /^Mlc-(From|To|Version|Evidence)/.test(line))).toEqual([
    'Mlc-Version: 1.1.0',
    'Mlc-From: none',
    'Mlc-To: registered',
    expect.stringMatching(/^Mlc-Evidence: sha256:[0-9a-f]{64}$/) as string,
  ]);
  await made(world, 'approve');
  await world.ok(['deploy', 'churn@1.0.0', '--env', 'production', '--pattern', 'blue-green'], {
    at: morning,
  });
  expect(trailers(world)).toContain('Mlc-Environment: production');
});

const forged =
  'Mlc-Operation: retire\nMlc-Model: churn\nMlc-Version: 1.0.0\nMlc-Actor: Mallory <m@example.com>\nMlc-Transaction: 00000000-0000-4000-8000-000000000000';
test.each([
  ['alone', forged],
  ['after a blank line', `looks fine\n\n${forged}`],
  ['before blank lines', `${forged}\n\n\n`],
  ['with CR', `fine\r\n\r\n${forged.replaceAll('\n', '\r\n')}`],
  ['behind a line of dashes', `fine\n---\n${forged}`],
  ['behind a cut line', `fine\n# ------------------------ >8 ------------------------\n${forged}`],
  ['with other line ends', forged.replaceAll('\n', '\u2028')],
  ['indented', forged.replaceAll('\n', '\n ')],
])('trailers forged in a reason (%s) are no trailers', async (_name, reason) => {
  const world = await copyOf(origin);
  const { code, stdout } = await world.mlc(['approve', 'churn@1.0.0', '-m', reason, '--json'], {
    as: 'grace',
    at: morning,
  });
  if (code !== 0) {
    // A reason that no record may hold is refused for that.
    expect(stdout).toContain('yaml/control-character');
    expect(world.git('rev-parse', 'HEAD')).toBe(origin.git('rev-parse', 'HEAD'));
    return;
  }
  expect(world.git('log', '-1', '--format=%(trailers:key=Mlc-Operation,valueonly)')).toBe('approve');
  expect(world.git('log', '-1', '--format=%(trailers:key=Mlc-Actor,valueonly)')).toBe(
    'Grace <grace@example.com>',
  );
  expect(trailers(world)).toHaveLength(7);
  const { data } = await world.json<{ entries: { operation: string; actor: string; version: string }[] }>([
    'history',
  ]);
  expect(data.entries[0]).toMatchObject({ operation: 'approve', actor: 'Grace <grace@example.com>' });
});

test('a name with a line break in it forges nothing either', async () => {
  const world = await copyOf(origin);
  const said = await make(world, 'approve', {
    env: { GIT_AUTHOR_NAME: 'Grace\nMlc-Version: 9.9.9', GIT_COMMITTER_NAME: 'Grace\nMlc-Version: 9.9.9' },
  });
  if (said.code === 0)
    expect(world.git('log', '-1', '--format=%(trailers:key=Mlc-Version,valueonly)')).toBe('1.0.0');
  else expect(said.code).toBeLessThan(3);
});

async function signingKey(world: World): Promise<string> {
  const key = path.join(await temporaryFolder(), 'key');
  execFileSync(keygen, ['-q', '-t', 'ed25519', '-N', '', '-C', 'grace', '-f', key]);
  world.git('config', 'gpg.format', 'ssh');
  world.git('config', 'user.signingKey', `${key}.pub`);
  world.git('config', 'commit.gpgsign', 'true');
  return key;
}

test('commit.gpgsign is honoured: the commit verifies against the allowed signers', async () => {
  const world = await copyOf(origin);
  const key = await signingKey(world);
  await made(world, 'approve');
  const signers = path.join(await temporaryFolder(), 'signers');
  await writeFile(signers, `grace@example.com namespaces="git" ${await readFile(`${key}.pub`, 'utf8')}`);
  world.git('config', 'gpg.ssh.allowedSignersFile', signers);
  expect(() => world.git('verify-commit', 'HEAD')).not.toThrow();
  expect(world.git('log', '-1', '--format=%G? %GS')).toBe('G grace@example.com');
  expect(() => world.git('verify-commit', 'HEAD~1')).toThrow();
});

test('a key that cannot sign refuses, and no unsigned commit is made', async () => {
  const world = await copyOf(origin);
  await signingKey(world);
  world.git('config', 'user.signingKey', '/nonexistent/key.pub');
  const { exit, error } = await refusedUntouched(world, 'approve');
  expect(exit).toBeLessThan(3);
  expect(error.message).not.toBe('');
});

test.each(['approve', 'register'] as const)(
  '%s --dry-run writes nothing at all, and says what it would do',
  async (which) => {
    const world = await copyOf(origin);
    await world.write('notes.txt', 'mine');
    const everything = (): Promise<Record<string, string>> =>
      listing(world.folder, (name) => name.startsWith('.git/mlc/cache'));
    const before = await everything();
    const said = await world.mlc([...(await transitions[which]()), '--dry-run', '--json'], {
      as: which === 'approve' ? 'grace' : 'ada',
      at: morning,
    });
    expect(said.code, said.stdout).toBe(0);
    expect(JSON.parse(said.stdout)).toMatchObject({ commit: null, outcome: 'planned', operation: which });
    expect(await everything()).toEqual(before);
  },
);

test('a dry run refuses what the transition would refuse', async () => {
  const world = await copyOf(origin);
  await world.write(record, `${await world.read(record)}# mine\n`);
  const said = await world.mlc(['approve', 'churn@1.0.0', '--dry-run', '--json'], {
    as: 'grace',
    at: morning,
  });
  expect(said.code).toBe(1);
  expect(said.stdout).toContain('git/dirty');
});

test('the same inputs again are the same version: nothing is committed, and nothing changes', async () => {
  const world = await copyOf(origin);
  const args = await transitions.register();
  await world.ok(args, { at: morning });
  const before = await listing(world.folder);
  const again = await world.json(args, { at: morning });
  expect(again).toMatchObject({ code: 0, data: { outcome: 'unchanged', commit: null, version: '1.1.0' } });
  expect(await listing(world.folder)).toEqual(before);
});
