// Handing over to the real Prefect and the real Airflow: one request is one run, however often it is sent and whatever is lost.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HandOver } from '../../src/generated/types.js';
import type { HandOverRequest, HandOverSetting } from '../../src/orchestrators/hand-over.js';
import { handOver, repeatHandOver } from '../../src/orchestrators/send.js';
import { request as scene } from '../orchestrators/scene.js';
import {
  installer,
  lossyLine,
  pinned,
  startAirflow,
  startPrefect,
  stopServers,
} from './orchestrators/servers.js';
import { root } from './tools.js';

const authString = 'ada:correct horse battery';
let prefectApi = '';
let airflowUrl = '';
let env: Record<string, string> = {};

beforeAll(async () => {
  const uv = await installer();
  const [api, { url, password }] = await Promise.all([
    pinned(uv, 'prefect.requirements.txt').then((bin) => startPrefect(bin, authString)),
    pinned(uv, 'airflow.requirements.txt').then(startAirflow),
  ]);
  prefectApi = api;
  airflowUrl = url;
  env = { USER_NAME: 'admin', PASSWORD: password, AUTH_STRING: authString };
}, 600_000);
afterAll(stopServers);

/** A request of its own for each test. */
function requestOf(digits: string): HandOverRequest {
  const id = `drift-threshold-${digits.padEnd(12, '0')}`;
  return { ...scene, request: id, key: `mlc.churn.${id}` };
}

const setting = (more: Record<string, string> = {}): HandOverSetting => ({
  env: { ...env, ...more },
  cwd: root,
});

const script = `
import { handOver } from ${JSON.stringify(pathToFileURL(path.join(root, 'src/orchestrators/send.ts')).href)};
const [target, request] = process.argv.slice(1).map((text) => JSON.parse(text));
await handOver(target, request, { env: process.env, cwd: process.cwd() });`;

/** Hands over in another process, which is killed when the answer is on its way. */
async function handOverKilled(
  target: (url: string) => HandOver,
  server: string,
  pathEnd: string,
  request: HandOverRequest,
): Promise<void> {
  let child: ChildProcess | undefined = undefined;
  const line = await lossyLine(server, pathEnd, () => child?.kill('SIGKILL'));
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  args.push(JSON.stringify(target(line)), JSON.stringify(request));
  child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

describe('Prefect', () => {
  const authorization = `Basic ${Buffer.from(authString).toString('base64')}`;

  async function ask(method: string, address: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${prefectApi}${address}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(answer.ok, await answer.clone().text()).toBe(true);
    return answer.json();
  }

  const targetOn = (url: string, deployment = 'retrain/churn'): HandOver => ({
    to: 'prefect',
    parameters: { epochs: 20 },
    prefect: { api_url: `${url}/api`, deployment, auth_string_env: 'AUTH_STRING' },
  });
  const origin = (): string => new URL(prefectApi).origin;

  async function runsOf({ key }: HandOverRequest): Promise<{ id: string; parameters: object }[]> {
    const filter = { flow_runs: { idempotency_key: { any_: [key] } } };
    return (await ask('POST', '/flow_runs/filter', filter)) as { id: string; parameters: object }[];
  }

  beforeAll(async () => {
    const { id } = (await ask('POST', '/flows/', { name: 'retrain' })) as { id: string };
    const deploy = (name: string, properties: object): Promise<unknown> =>
      ask('POST', '/deployments/', {
        name,
        flow_id: id,
        enforce_parameter_schema: true,
        parameter_openapi_schema: { type: 'object', properties },
      });
    await deploy('churn', { request: { type: 'object' }, epochs: { type: 'integer' } });
    await deploy('other', { request: { type: 'integer' } });
  });

  test('takes a request once', async () => {
    const request = requestOf('a1');
    const first = await handOver(targetOn(origin()), request, setting());
    expect(first).toMatchObject({ outcome: 'accepted', detail: 'Prefect took the run' });
    expect(first.url).toBe(`${origin()}/runs/flow-run/${first.externalId}`);
    const second = await handOver(targetOn(origin()), request, setting());
    expect(second).toMatchObject({ outcome: 'accepted', duplicate: true, externalId: first.externalId });
    const runs = await runsOf(request);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      name: request.key,
      parameters: { epochs: 20, request: { key: request.key } },
    });
  });

  test('has one run after a lost answer and a repeat', async () => {
    const request = requestOf('a2');
    const line = await lossyLine(origin(), '/create_flow_run', () => undefined);
    expect(await handOver(targetOn(line), request, setting())).toMatchObject({ outcome: 'unknown' });
    const again = await repeatHandOver(targetOn(origin()), request, setting());
    expect(again).toMatchObject({ outcome: 'accepted', duplicate: true });
    expect(await runsOf(request)).toHaveLength(1);
  });

  test('has one run after a kill and a repeat', async () => {
    const request = requestOf('a3');
    await handOverKilled(targetOn, origin(), '/create_flow_run', request);
    expect(await runsOf(request)).toHaveLength(1);
    const again = await repeatHandOver(targetOn(origin()), request, setting());
    expect(again).toMatchObject({ outcome: 'accepted', duplicate: true });
    expect(await runsOf(request)).toHaveLength(1);
  });

  test('refuses parameters that do not fit, an unknown deployment and a wrong password', async () => {
    const request = requestOf('a4');
    const unfit = await handOver(targetOn(origin(), 'retrain/other'), request, setting());
    expect(unfit).toMatchObject({ outcome: 'refused' });
    expect(unfit.detail).toMatch(/answered 409: .*check that the flow takes a parameter "request"/);
    const nowhere = await handOver(targetOn(origin(), 'retrain/nowhere'), request, setting());
    expect(nowhere).toMatchObject({ outcome: 'refused' });
    expect(nowhere.detail).toContain('answered 404');
    const wrong = await handOver(targetOn(origin()), request, setting({ AUTH_STRING: 'ada:wrong' }));
    expect(wrong).toMatchObject({ outcome: 'refused' });
    expect(wrong.detail).toContain('answered 401');
    expect(await runsOf(request)).toHaveLength(0);
  });
});

describe('Airflow', () => {
  const targetOn = (url: string, dag_id = 'retrain_churn'): HandOver => ({
    to: 'airflow',
    parameters: { epochs: 20 },
    airflow: { base_url: url, dag_id, user_env: 'USER_NAME', password_env: 'PASSWORD' },
  });
  let token = '';

  beforeAll(async () => {
    const answer = await fetch(`${airflowUrl}/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: env.PASSWORD }),
    });
    token = ((await answer.json()) as { access_token: string }).access_token;
  });

  async function runsOf({ key }: HandOverRequest): Promise<{ dag_run_id: string; conf: object }[]> {
    const answer = await fetch(`${airflowUrl}/api/v2/dags/retrain_churn/dagRuns?limit=100`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { dag_runs: runs } = (await answer.json()) as { dag_runs: { dag_run_id: string; conf: object }[] };
    return runs.filter((run) => run.dag_run_id === key);
  }

  test('takes a request once, with a password and with a token', async () => {
    const request = requestOf('b1');
    const first = await handOver(targetOn(airflowUrl), request, setting());
    expect(first).toMatchObject({ outcome: 'accepted', externalId: request.key });
    expect(first.detail).toBe('Airflow took the run, state queued');
    const withToken: HandOver = {
      to: 'airflow',
      airflow: { base_url: airflowUrl, dag_id: 'retrain_churn', token_env: 'TOKEN' },
    };
    const second = await handOver(withToken, request, setting({ TOKEN: token }));
    expect(second).toMatchObject({ outcome: 'accepted', duplicate: true, externalId: request.key });
    const runs = await runsOf(request);
    expect(runs).toHaveLength(1);
    expect(runs[0]?.conf).toMatchObject({ epochs: 20, request: { key: request.key, seed: 17 } });
    const page = await fetch(first.url ?? '');
    expect(page.status).toBe(200);
  });

  test('has one run after a lost answer and a repeat', async () => {
    const request = requestOf('b2');
    const line = await lossyLine(airflowUrl, '/dagRuns', () => undefined);
    expect(await handOver(targetOn(line), request, setting())).toMatchObject({ outcome: 'unknown' });
    const again = await repeatHandOver(targetOn(airflowUrl), request, setting());
    expect(again).toMatchObject({ outcome: 'accepted', duplicate: true });
    expect(await runsOf(request)).toHaveLength(1);
  });

  test('has one run after a kill and a repeat', async () => {
    const request = requestOf('b3');
    await handOverKilled(targetOn, airflowUrl, '/dagRuns', request);
    const again = await repeatHandOver(targetOn(airflowUrl), request, setting());
    expect(again).toMatchObject({ outcome: 'accepted', duplicate: true });
    expect(await runsOf(request)).toHaveLength(1);
  });

  test('refuses an unknown DAG, a wrong password and a wrong token', async () => {
    const request = requestOf('b4');
    const nowhere = await handOver(targetOn(airflowUrl, 'nowhere'), request, setting());
    expect(nowhere.detail).toContain("answered 404: Dag with dag_id: 'nowhere' not found");
    const wrong = await handOver(targetOn(airflowUrl), request, setting({ PASSWORD: 'wrong password' }));
    expect(wrong.detail).toContain('answered 401: Invalid credentials');
    const withToken: HandOver = {
      to: 'airflow',
      airflow: { base_url: airflowUrl, dag_id: 'retrain_churn', token_env: 'TOKEN' },
    };
    const forged = await handOver(withToken, request, setting({ TOKEN: `${token}x` }));
    expect([nowhere, wrong, forged].map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused']);
    expect(await runsOf(request)).toHaveLength(0);
  });
});
