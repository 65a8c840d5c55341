// A command of the user's: what it gets, what its end means, and that nothing of it stays behind.
import { existsSync, readFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { HandOver } from '../../src/generated/types.js';
import type { HandOverOutcome, HandOverSetting } from '../../src/orchestrators/hand-over.js';
import { handOver, repeatHandOver } from '../../src/orchestrators/send.js';
import { temporaryFolder } from '../support/folders.js';
import { document, request } from './scene.js';

type Settings = NonNullable<HandOver['command']>;

async function setting(env: NodeJS.ProcessEnv = {}): Promise<HandOverSetting> {
  return { env: { PATH: process.env.PATH, ...env }, cwd: await temporaryFolder() };
}

/** Runs a script of node as the command. */
async function node(
  script: string,
  more: Partial<Settings> = {},
  env: NodeJS.ProcessEnv = {},
): Promise<HandOverOutcome & { cwd: string }> {
  const target: HandOver = {
    to: 'command',
    parameters: { epochs: 20 },
    command: { argv: [process.execPath, '-e', script], ...more },
  };
  const where = await setting(env);
  return { ...(await handOver(target, request, where)), cwd: where.cwd };
}

async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    try {
      // A process that has ended and that nobody waited for counts as gone.
      if (readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) return true;
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

test('the request is on its input and in its environment, and nothing else of mlc’s', async () => {
  const script = `
    const text = require('fs').readFileSync(0, 'utf8');
    console.log(JSON.stringify({ text, env: process.env, cwd: process.cwd() }));`;
  process.env.SECRET_OF_MLC = 'kept';
  onTestFinished(() => void delete process.env.SECRET_OF_MLC);
  const outcome = await node(
    script,
    { env: ['WANTED'] },
    { WANTED: 'given-value', SECRET: 'kept', HOME: '/home/x' },
  );
  expect(outcome).toMatchObject({ outcome: 'accepted' });
  const heard = JSON.parse(outcome.output ?? '') as {
    text: string;
    env: Record<string, string>;
    cwd: string;
  };
  expect(JSON.parse(heard.text)).toEqual(document);
  expect(heard.cwd).toBe(outcome.cwd);
  expect(heard.env).toMatchObject({
    HOME: '/home/x',
    WANTED: '$WANTED',
    MLC_REQUEST_KEY: request.key,
    MLC_REQUEST_ID: request.request,
    MLC_REQUEST_MODEL: 'churn',
    MLC_REQUEST_VERSION: '2.1.0',
    MLC_REQUEST_TRIGGER: 'drift-threshold',
    MLC_REQUEST_REASON: 'tenure has shifted',
    MLC_REQUEST_DATA_SNAPSHOT: 'churn-train@v6',
    MLC_REQUEST_SEED: '17',
    MLC_REQUEST_COMMIT: request.commit,
    MLC_REQUEST_REQUESTED_AT: '2026-03-08T06:10:00Z',
    MLC_REQUEST_REQUESTED_BY: 'Ada Lovelace <ada@example.com>',
    MLC_REQUEST_CAUSES: 'psi of tenure is 0.31, limit 0.2',
  });
  expect(heard.env).not.toHaveProperty('SECRET');
  expect(heard.env).not.toHaveProperty('SECRET_OF_MLC');
});

describe('its end', () => {
  test('with 0 accepts, with another code refuses, and the output is kept', async () => {
    expect(await node('console.log("out"); console.error("err")')).toMatchObject({ outcome: 'accepted' });
    const outcome = await node('console.log("out"); console.error("why not"); process.exitCode = 3');
    expect(outcome).toMatchObject({
      outcome: 'refused',
      output: expect.stringContaining('why not') as string,
    });
    expect(outcome.detail).toContain('exit code 3');
  });

  test('by a signal is unknown', async () => {
    const outcome = await node('process.kill(process.pid, "SIGKILL")');
    expect(outcome).toMatchObject({ outcome: 'unknown' });
    expect(outcome.detail).toContain('SIGKILL');
  });

  test('before it read its input is no fault', async () => {
    const target: HandOver = { to: 'command', command: { argv: ['true'] } };
    const causes = [...Array(100).keys()].map(() => 'x'.repeat(1000));
    for (let times = 0; times < 10; times++)
      expect(await handOver(target, { ...request, causes }, await setting())).toMatchObject({
        outcome: 'accepted',
      });
  });

  test('on a repeat says that the command has to know', async () => {
    const outcome = await repeatHandOver(
      { to: 'command', command: { argv: ['true'] } },
      request,
      await setting(),
    );
    expect(outcome).toMatchObject({ outcome: 'accepted' });
    expect(outcome.detail).toContain('by the key');
  });
});

describe('a command that cannot start', () => {
  test('is refused with what is missing', async () => {
    const missing: HandOver = { to: 'command', command: { argv: ['no-such-program-here'] } };
    const outcome = await handOver(missing, request, await setting());
    expect(outcome).toMatchObject({ outcome: 'refused' });
    expect(outcome.detail).toContain('there is no program no-such-program-here');
    const where = await setting();
    await writeFile(path.join(where.cwd, 'plain.txt'), 'x');
    const plain: HandOver = { to: 'command', command: { argv: ['./plain.txt'] } };
    expect((await handOver(plain, request, where)).detail).toContain('make it executable');
    const empty = await handOver(missing, request, { ...where, cwd: path.join(where.cwd, 'nowhere') });
    expect(empty).toMatchObject({ outcome: 'refused' });
  });

  test('reads no shell', async () => {
    const where = await setting();
    await writeFile(path.join(where.cwd, 'run.sh'), '#!/bin/sh\nprintf "%s" "$1"\n');
    await chmod(path.join(where.cwd, 'run.sh'), 0o755);
    const target: HandOver = { to: 'command', command: { argv: ['./run.sh', '$(touch made); *'] } };
    expect(await handOver(target, request, where)).toMatchObject({ output: '$(touch made); *' });
    expect(existsSync(path.join(where.cwd, 'made'))).toBe(false);
  });
});

describe('the time limit', () => {
  const stubborn = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);';

  test.each(['', stubborn])(
    'ends the command and all that it started, also what will not end (%s)',
    async (own) => {
      const script = `
      const { spawn } = require('child_process');
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}], { stdio: 'inherit' });
      console.log(child.pid);
      setInterval(() => {}, 1000);
      ${own}`;
      const outcome = await node(script, { timeout_seconds: 1 });
      expect(outcome).toMatchObject({ outcome: 'unknown' });
      expect(outcome.detail).toContain('after 1 s');
      expect(await gone(Number(outcome.output?.trim()))).toBe(true);
    },
  );

  test('is not waited for where the command leaves something running, which stays', async () => {
    const script = `
      const { spawn } = require('child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      child.unref();
      require('fs').writeSync(1, String(child.pid));
      process.exit(0);`;
    const outcome = await node(script, { timeout_seconds: 3600 });
    expect(outcome).toMatchObject({ outcome: 'accepted' });
    const pid = Number(outcome.output);
    expect(process.kill(pid, 0)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  test('comes early with an interruption', async () => {
    const target: HandOver = { to: 'command', command: { argv: [process.execPath, '-e', stubborn] } };
    const interrupted = { ...(await setting()), signal: AbortSignal.timeout(300) };
    const outcome = await handOver(target, request, interrupted);
    expect(outcome).toMatchObject({ outcome: 'unknown' });
  });
});

describe('its output', () => {
  test('is bounded however much it is, and its end is kept', async () => {
    const script = `
      const line = 'x'.repeat(1 << 20);
      const flood = (left) => left === 0 ? process.stdout.write('the end') : process.stdout.write(line, () => flood(left - 1));
      flood(200);`;
    const before = process.memoryUsage().rss;
    const outcome = await node(script);
    expect(Buffer.byteLength(outcome.output ?? '')).toBeLessThanOrEqual(64 * 1024);
    expect(outcome.output).toMatch(/x{1000}the end$/);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 << 20);
  });

  test('holds no value of the variables that it was given, also where it is cut', async () => {
    const secret = 'hunter22-hunter22-hunter22-hunter22';
    const script = `
      process.stdout.write((process.env.WANTED + ' ' + Buffer.from(process.env.WANTED).toString('base64') + '\\n').repeat(9000));`;
    for (const pad of [0, 11, 23, 37, 51, 60, 71]) {
      const outcome = await node(
        `${script} process.stdout.write('y'.repeat(${pad}));`,
        { env: ['WANTED'] },
        { WANTED: secret },
      );
      expect(outcome.output).toContain('$WANTED');
      expect(outcome.output).not.toMatch(/hunter|unter2|nter22|aHVudGVy|bnRlcj/);
    }
  });
});
