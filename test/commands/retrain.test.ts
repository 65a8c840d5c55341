// mlc retrain --send: written down first, handed over after, and never twice unknowingly.
import { chmod, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { beginHandOver } from '../../src/lifecycle/operations/hand-over.js';
import { openRegistry } from '../../src/registry/registry.js';
import { runTransition } from '../../src/registry/transition.js';
import { type Told, recorder } from '../orchestrators/recorder.js';
import { temporaryFolder } from '../support/folders.js';
import type { World } from '../support/world.js';
import { type ErrorAnswer, codesOf, commits, copyOf } from './support.js';
import { describeModel, driftedWorld, request, requestsOf, soon, watchedWorld } from './watch-scene.js';

let template: World;
beforeAll(async () => {
  template = await driftedWorld(await watchedWorld());
});

interface Answer {
  request: string;
  sent: boolean;
  outcome: string;
  causes: { source: string }[];
  inputs: object;
  hand_over: {
    to: string;
    outcome?: string;
    external_id?: string | null;
    detail?: string;
    output_file?: string | null;
  };
}

const send = [...request, '--send'];

/** A world whose requests go to a program: it keeps what it got, and ends as it is told. */
async function commandWorld(script: string): Promise<{ world: World; kept: string }> {
  const folder = await temporaryFolder();
  const program = path.join(folder, 'train.sh');
  const kept = path.join(folder, 'kept');
  await writeFile(program, `#!/bin/sh\ncat > ${kept}\nenv > ${kept}.env\n${script}\n`);
  await chmod(program, 0o755);
  const world = await copyOf(template);
  const handOver = `retraining:\n  hand_over:\n    to: command\n    command: {argv: [${JSON.stringify(program)}], env: [SECRET_TOKEN], timeout_seconds: 20}\n`;
  await describeModel(world, handOver, '2026-03-10T08:00:00Z');
  return { world, kept };
}

const secret = { ...soon, env: { SECRET_TOKEN: 'swordfish-1234567890' } };

/** Every byte that the registry and its repository keep. */
function everything(world: World): string {
  return world.git('log', '-p', '--all', '--format=%B') + world.git('grep', '-I', '', 'HEAD');
}

describe('a command', () => {
  test('gets the request once, and what it printed is kept without the secret', async () => {
    const { world, kept } = await commandWorld('echo "token $SECRET_TOKEN"; echo started');
    const before = commits(world);
    const first = await world.json<Answer>(send, secret);
    expect(first).toMatchObject({
      code: 0,
      data: { sent: true, hand_over: { to: 'command', outcome: 'accepted' } },
    });
    expect(commits(world)).toBe(before + 2);
    expect(JSON.parse(await readFile(kept, 'utf8'))).toMatchObject({ request: {} });
    const output = await readFile(first.data.hand_over.output_file ?? '', 'utf8');
    expect(output).toContain('started');
    for (const text of [output, JSON.stringify(first.data), everything(world)])
      expect(text).not.toContain('swordfish');
    const again = await world.json<Answer>(send, secret);
    expect(again).toMatchObject({ code: 0, data: { sent: false } });
    expect(commits(world)).toBe(before + 2);
  });

  test('that fails is refused, exit code 1, and can be sent again', async () => {
    const { world } = await commandWorld('exit 3');
    const first = await world.json<Answer>(send, secret);
    expect(first).toMatchObject({ code: 1, data: { sent: true } });
    expect(first.data.hand_over.outcome).not.toBe('accepted');
    await world.json<Answer>(send, secret);
    expect((await requestsOf(world))[0]?.attempts).toHaveLength(2);
  });

  test('is described before it is run, and is not run without --send', async () => {
    const { world, kept } = await commandWorld('true');
    const said = await world.mlc(request, secret);
    expect(said.stdout).toContain('$SECRET_TOKEN');
    expect(said.stdout + said.stderr).not.toContain('swordfish');
    await expect(readFile(kept, 'utf8')).rejects.toThrow();
  });

  test('without its credential nothing is written', async () => {
    const { world } = await commandWorld('true');
    const before = commits(world);
    const said = await world.json<ErrorAnswer>(send, soon);
    expect([said.code, codesOf(said.data), commits(world)]).toEqual([
      1,
      ['hand-over/credential-missing'],
      before,
    ]);
  });
});

const answered: Told[] = [{ status: 200, json: { id: '11111111-1111-4111-8111-111111111111' } }];

async function prefectWorld(
  tell: (count: number) => Told,
): Promise<{ world: World; calls: () => { headers: object; json: unknown }[] }> {
  let runs = 0;
  const server = await recorder(({ method }) =>
    method === 'GET' ? (answered[0] as Told) : tell((runs += 1)),
  );
  const world = await copyOf(template);
  const handOver = `retraining:\n  hand_over:\n    to: prefect\n    prefect: {api_url: ${server.url}/api, deployment: retrain/churn, token_env: SECRET_TOKEN}\n`;
  await describeModel(world, handOver, '2026-03-10T08:00:00Z');
  return { world, calls: () => server.requests.filter(({ method }) => method === 'POST') };
}

const run = { status: 201, json: { id: '22222222-2222-4222-8222-222222222222' } };

describe('an orchestrator', () => {
  test('is told once, with the key of the request', async () => {
    const { world, calls } = await prefectWorld(() => run);
    const { code, data } = await world.json<Answer>(send, secret);
    expect([code, data.hand_over]).toMatchObject([0, { outcome: 'accepted', external_id: run.json.id }]);
    expect(calls()).toMatchObject([{ json: { idempotency_key: `mlc.churn.${data.request}` } }]);
    expect(JSON.stringify(calls()[0]?.headers)).toContain('swordfish');
    expect(JSON.stringify(data) + everything(world)).not.toContain('swordfish');
    expect((await world.json<Answer>(send, secret)).data.sent).toBe(false);
    expect(calls()).toHaveLength(1);
  });

  test.each<[string, Told]>([
    ['an error of the server', { status: 500, text: 'oops' }],
    ['a connection that breaks off', 'reset'],
  ])('%s is unknown, shows in --status and due, and repeating mends it', async (_name, first) => {
    const { world, calls } = await prefectWorld((count) => (count === 1 ? first : { ...run, status: 200 }));
    const { code, data } = await world.json<Answer>(send, secret);
    expect([code, data.hand_over.outcome]).toEqual([1, 'unknown']);
    expect((await requestsOf(world))[0]?.attempts).toMatchObject([{ outcome: 'unknown' }]);
    const due = await world.json<{ items: { kind: string; what: string }[] }>(['due'], soon);
    expect(due.data.items.find(({ kind }) => kind === 'request')?.what).toContain('unknown');
    const again = await world.json<Answer>(send, secret);
    expect(again).toMatchObject({ code: 0, data: { hand_over: { outcome: 'accepted', duplicate: true } } });
    expect(
      new Set(calls().map(({ json }) => (json as { idempotency_key: string }).idempotency_key)).size,
    ).toBe(1);
  });

  test('a crash between writing and sending is visible, and repeating sends it', async () => {
    const { world, calls } = await prefectWorld(() => run);
    const { data } = await world.json<Answer>(request, soon);
    const env = {
      ...process.env,
      GIT_COMMITTER_DATE: '2026-03-10T09:30:00Z',
      GIT_AUTHOR_DATE: '2026-03-10T09:30:00Z',
    };
    const people = {
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
    };
    const { registry } = await openRegistry({ cwd: world.folder, env: { ...env, ...people } });
    const decide = { id: data.request, to: 'prefect', patience: 0 } as const;
    await runTransition(registry, 'churn', ({ state }, now) => beginHandOver(state, decide, now), {
      dryRun: false,
      push: false,
    });
    const status = await world.mlc(['retrain', 'churn', '--status'], soon);
    expect(status.stdout).toMatch(/no answer: it may or may not have arrived/);
    expect((await requestsOf(world))[0]?.attempts).toMatchObject([{ outcome: 'sending' }]);
    const again = await world.json<Answer>(send, { ...secret, at: '2026-03-10T10:00:00Z' });
    expect(again).toMatchObject({ code: 0, data: { sent: true, hand_over: { outcome: 'accepted' } } });
    expect(calls()).toHaveLength(1);
    expect((await requestsOf(world))[0]?.attempts).toMatchObject([
      { outcome: 'sending' },
      { outcome: 'accepted' },
    ]);
    expect((await world.json<{ clean: boolean }>(['audit'], { at: '2026-03-11T09:00:00Z' })).data.clean).toBe(
      true,
    );
  });

  test('history shows every step of it', async () => {
    const { world } = await prefectWorld(() => run);
    await world.ok(send, secret);
    const { data } = await world.json<{ entries: { operation: string }[] }>([
      'history',
      'churn@1.0.0',
      '--limit',
      '3',
    ]);
    expect(data.entries.map(({ operation }) => operation)).toEqual(['hand-over', 'retrain', 'monitor']);
    expect(await readdir(path.join(world.folder, 'models/churn/retraining'))).toHaveLength(1);
  });
});
