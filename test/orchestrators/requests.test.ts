// What is sent to each orchestrator, as its documentation asks for it, and what its yes means.
import { describe, expect, test } from 'vitest';
import type { HandOverOutcome } from '../../src/orchestrators/hand-over.js';
import { describeHandOver } from '../../src/orchestrators/describe.js';
import { handOver } from '../../src/orchestrators/send.js';
import { recorder, type Recorded } from './recorder.js';
import {
  document,
  request,
  setting,
  type TargetName,
  targetNames,
  targets,
  token,
  willing,
} from './scene.js';

interface Expected {
  requests: { method: string; path: string; headers?: Record<string, string>; json?: unknown }[];
  outcome: Partial<HandOverOutcome>;
}

const bearer = { authorization: `Bearer ${token}` };
const basic = { authorization: `Basic ${Buffer.from('ada:pass"w&rd é').toString('base64')}` };
const conf = { epochs: 20, request: document };
const note = 'mlc: drift-threshold; psi of tenure is 0.31, limit 0.2';
const run = { dag_run_id: request.key, conf, note };
const started = { outcome: 'accepted', externalId: request.key } as const;
const flowRun = {
  name: request.key,
  idempotency_key: request.key,
  parameters: { epochs: 20, request: document },
  tags: ['mlc', 'churn'],
};
const githubHeaders = {
  ...bearer,
  accept: 'application/vnd.github+json',
  'user-agent': 'mlc',
  'x-github-api-version': '2022-11-28',
};

const documented: Record<TargetName, Expected> = {
  'airflow 3': {
    requests: [
      {
        method: 'POST',
        path: '/api/v2/dags/retrain_churn/dagRuns',
        headers: { ...bearer, 'content-type': 'application/json' },
        json: { ...run, logical_date: null },
      },
    ],
    outcome: { ...started, detail: 'Airflow took the run, state queued' },
  },
  'airflow 3 with a password': {
    requests: [
      { method: 'POST', path: '/auth/token', json: { username: 'ada', password: 'pass"w&rd é' } },
      {
        method: 'POST',
        path: '/api/v2/dags/retrain_churn/dagRuns',
        headers: { authorization: 'Bearer given-access-token' },
        json: { ...run, logical_date: null },
      },
    ],
    outcome: started,
  },
  'airflow 2': {
    requests: [{ method: 'POST', path: '/api/v1/dags/retrain_churn/dagRuns', headers: basic, json: run }],
    outcome: started,
  },
  prefect: {
    requests: [
      { method: 'GET', path: '/api/deployments/name/retrain%20flow/churn', headers: bearer },
      { method: 'POST', path: '/api/deployments/dep-1/create_flow_run', headers: bearer, json: flowRun },
    ],
    outcome: { outcome: 'accepted', externalId: 'run-1', detail: 'Prefect took the run' },
  },
  'prefect with an authentication string': {
    requests: [
      {
        method: 'GET',
        path: '/api/deployments/name/retrain%20flow/churn',
        headers: { authorization: `Basic ${Buffer.from('pass"w&rd é').toString('base64')}` },
      },
      { method: 'POST', path: '/api/deployments/dep-1/create_flow_run', json: flowRun },
    ],
    outcome: { outcome: 'accepted', externalId: 'run-1' },
  },
  kubeflow: {
    requests: [
      { method: 'GET', path: '/pipeline/apis/v2beta1/runs', headers: bearer },
      {
        method: 'POST',
        path: '/pipeline/apis/v2beta1/runs',
        headers: bearer,
        json: {
          display_name: request.key,
          experiment_id: 'e-1',
          pipeline_version_reference: { pipeline_id: 'p-1', pipeline_version_id: 'v-1' },
          runtime_config: {
            parameters: { epochs: 20, request: document },
            pipeline_root: 's3://pipelines/churn',
          },
        },
      },
    ],
    outcome: { outcome: 'accepted', externalId: 'run-1' },
  },
  'github workflow': {
    requests: [
      {
        method: 'POST',
        path: '/repos/acme/churn/actions/workflows/retrain.yml/dispatches',
        headers: githubHeaders,
        json: {
          ref: 'main',
          inputs: { epochs: '20', key: request.key, request: JSON.stringify(document) },
        },
      },
    ],
    outcome: { outcome: 'accepted' },
  },
  'github dispatch': {
    requests: [
      {
        method: 'POST',
        path: '/repos/acme/churn/dispatches',
        headers: githubHeaders,
        json: {
          event_type: 'mlc-retrain',
          client_payload: { key: request.key, request: document, parameters: { epochs: 20 } },
        },
      },
    ],
    outcome: { outcome: 'accepted' },
  },
  'gitlab trigger': {
    requests: [
      {
        method: 'POST',
        path: '/api/v4/projects/acme%2Fchurn/trigger/pipeline',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    ],
    outcome: { outcome: 'accepted', externalId: '7', url: 'https://gitlab.example.com/p/7' },
  },
  'gitlab api': {
    requests: [
      {
        method: 'POST',
        path: '/api/v4/projects/42/pipeline',
        headers: { 'private-token': token },
        json: {
          ref: 'main',
          variables: [
            { key: 'epochs', value: '20' },
            { key: 'MLC_REQUEST_KEY', value: request.key },
            { key: 'MLC_REQUEST', value: JSON.stringify(document) },
          ],
        },
      },
    ],
    outcome: { outcome: 'accepted', externalId: '7', url: 'https://gitlab.example.com/p/7' },
  },
};

function seen({ method, path, json }: Recorded): object {
  return { method, path, ...(json === undefined ? {} : { json }) };
}

describe.each(targetNames)('%s', (name) => {
  test('gets the documented request, and its yes is a yes', async () => {
    const server = await recorder(willing);
    const outcome = await handOver(targets[name](server.url), request, setting);
    const { requests, outcome: wanted } = documented[name];
    expect(server.requests.map(seen)).toEqual(
      requests.map(({ method, path, json }) => ({ method, path, ...(json === undefined ? {} : { json }) })),
    );
    requests.forEach(({ headers }, index) =>
      expect(server.requests[index]?.headers).toMatchObject({ 'user-agent': 'mlc', ...headers }),
    );
    expect(outcome).toMatchObject(wanted);
    expect(outcome.duplicate).toBeUndefined();
  });
});

test('a trigger token goes in the form, with each variable by its name', async () => {
  const server = await recorder(willing);
  await handOver(targets['gitlab trigger'](server.url), request, setting);
  expect(Object.fromEntries(new URLSearchParams(server.requests[0]?.text))).toEqual({
    token,
    ref: 'main',
    'variables[epochs]': '20',
    'variables[MLC_REQUEST_KEY]': request.key,
    'variables[MLC_REQUEST]': JSON.stringify(document),
  });
  expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
});

test('Kubeflow is searched by an exact name, in the experiment', async () => {
  const server = await recorder(willing);
  await handOver(targets.kubeflow(server.url), request, setting);
  const query = server.requests[0]?.query;
  expect(JSON.parse(query?.get('filter') ?? '')).toEqual({
    predicates: [{ operation: 'EQUALS', key: 'display_name', string_value: request.key }],
  });
  expect(query?.get('experiment_id')).toBe('e-1');
});

test('GitHub is told to name the run where it is known to do so, and not on a server of one’s own', () => {
  const bodyOn = (url?: string): unknown => {
    const target = targets['github workflow'](url ?? '');
    if (url === undefined) delete target.github_workflow?.api_url;
    const described = describeHandOver(target, request);
    return 'body' in described ? described.body : undefined;
  };
  expect(bodyOn()).toHaveProperty('return_run_details', true);
  expect(bodyOn('https://github.example.com/api/v3')).not.toHaveProperty('return_run_details');
});

test('GitHub’s run id and address are kept where it gives them', async () => {
  const server = await recorder(() => ({
    status: 200,
    json: { workflow_run_id: 99, run_url: 'https://api.github.com/x', html_url: 'https://github.com/x/99' },
  }));
  expect(await handOver(targets['github workflow'](server.url), request, setting)).toMatchObject({
    outcome: 'accepted',
    externalId: '99',
    url: 'https://github.com/x/99',
  });
});

test('what would be too long for GitHub leaves causes out and says how many', async () => {
  const server = await recorder(willing);
  const causes = [...Array(100).keys()].map((index) => `${index} ${'"é\u0001'.repeat(300)}`);
  await handOver(targets['github workflow'](server.url), { ...request, causes }, setting);
  const body = server.requests[0]?.json as { inputs: { request: string } };
  expect(body.inputs.request.length).toBeLessThan(60_000);
  const sent = JSON.parse(body.inputs.request) as { causes: string[]; causes_left_out: number };
  expect(sent.causes.length).toBeGreaterThan(3);
  expect(sent.causes.length + sent.causes_left_out).toBe(100);
});
