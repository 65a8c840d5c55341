// The settings of a hand-over: what stands in them must fit together and be no credential.
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/errors.js';
import type { HandOver } from '../../src/generated/types.js';
import { handOverProblems } from '../../src/orchestrators/configuration.js';
import { missingCredentials } from '../../src/orchestrators/credentials.js';
import { describeHandOver } from '../../src/orchestrators/describe.js';
import { handOver, repeatHandOver } from '../../src/orchestrators/send.js';
import { document, request, setting, targetNames, targets } from './scene.js';

const schema = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../schemas/handover.schema.json'), 'utf8'),
) as object;
const valid = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(schema);

const airflow = (settings: Partial<NonNullable<HandOver['airflow']>>): HandOver => ({
  to: 'airflow',
  airflow: { base_url: 'https://airflow.example.com', dag_id: 'retrain', token_env: 'TOKEN', ...settings },
});

function codes(target: HandOver): string[] {
  return handOverProblems(target).map(({ code }) => code);
}

test.each(targetNames)('%s is a valid setting without a problem', (name) => {
  const target = targets[name]('https://example.com:8443/deep/path');
  expect(valid(target), JSON.stringify(valid.errors)).toBe(true);
  expect(handOverProblems(target)).toEqual([]);
});

describe('a credential in the settings', () => {
  const secret = 'ghp_0123456789abcdefghij0123456789ab';
  const found: [string, HandOver][] = [
    ['user and password in an address', airflow({ base_url: 'https://ada:hunter22@airflow.example.com' })],
    ['a token in a query', airflow({ base_url: 'https://airflow.example.com?token=hunter22' })],
    [
      'a signature in a query',
      { to: 'print', parameters: { data: 'https://s.example.com/b?sv=1&sig=hunter22' } },
    ],
    ['a token for a variable’s name', airflow({ token_env: secret })],
    ['a token of another kind', airflow({ token_env: 'glpat-hunter22hunter22hunter22' })],
    ['a flag of a command', { to: 'command', command: { argv: ['./run', '--api-token=hunter22'] } }],
    [
      'a header of a command',
      { to: 'command', command: { argv: ['curl', '-H', 'Authorization: Bearer hunter22'] } },
    ],
    ['a parameter', { to: 'print', parameters: { note: `see ${secret}` } }],
    ['a parameter by its name', { to: 'print', parameters: { api_token: 'hunter22' } }],
    ['a key', { to: 'print', parameters: { note: '-----BEGIN OPENSSH PRIVATE KEY-----' } }],
  ];
  test.each(found)('%s is refused without being told', async (_, target) => {
    const problems = handOverProblems(target);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.code).toMatch(/^hand-over\/(credential-in-settings|variable-name)$/);
    const outcomes = [
      await handOver(target, request, setting),
      await repeatHandOver(target, request, setting),
    ];
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'unknown']);
    let thrown: unknown;
    try {
      describeHandOver(target, request);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Failure);
    const said = JSON.stringify([problems, outcomes, thrown, (thrown as Failure).message]);
    expect(said).not.toMatch(/hunter22|ghp_0|BEGIN/);
  });

  test('is not seen in what is none', () => {
    const target: HandOver = {
      to: 'command',
      parameters: {
        tokenizer: 'bert-base',
        max_tokens: 512,
        data: 's3://bucket/key/part=3/file',
        image: 'registry.example.com:5000/churn@sha256:0f2c',
        ratio: '0.5',
        clone: 'ssh://git@example.com/churn.git',
        significance: '--sig=0.05',
      },
      command: { argv: ['python', '-m', 'train', '--epochs=3', '--tokens', '512'], env: ['CLUSTER_TOKEN'] },
    };
    expect(handOverProblems(target)).toEqual([]);
  });
});

test('settings that do not fit together are told', () => {
  expect(codes({ to: 'airflow' })).toEqual(['hand-over/settings-missing']);
  expect(codes({ to: 'github-workflow', airflow: airflow({}).airflow ?? never() })).toEqual([
    'hand-over/settings-missing',
  ]);
  expect(codes(airflow({ user_env: 'NAME' }))).toEqual(['hand-over/half-a-credential']);
  expect(codes({ to: 'print', parameters: { request: 1, key: 'x', epochs: 2 } })).toEqual([
    'hand-over/parameter-taken',
    'hand-over/parameter-taken',
  ]);
  for (const base_url of ['ftp://x', 'https://x/#a', 'https://x?y=1', 'https://ada@x', 'nothing'])
    expect(codes(airflow({ base_url })), base_url).toEqual(['hand-over/address']);
});

function never(): never {
  throw new Error('not reached');
}

test('names that would lead to another address are no valid settings', () => {
  const repository = (name: string): HandOver => ({
    to: 'github-dispatch',
    github_dispatch: { repository: name, token_env: 'TOKEN' },
  });
  for (const dag_id of ['..', '.', 'a/b', 'a?b', '']) expect(valid(airflow({ dag_id })), dag_id).toBe(false);
  for (const name of ['a/..', '../a', 'a', 'a/b/c', 'a/b?c'])
    expect(valid(repository(name)), name).toBe(false);
});

test('any settings at all are judged without a crash', () => {
  fc.assert(
    fc.property(fc.constantFrom(...targetNames), fc.webUrl(), fc.string(), fc.string(), (name, url, a, b) => {
      const target = { ...targets[name](url), parameters: { [a]: b } };
      expect(Array.isArray(handOverProblems(target))).toBe(true);
      expect(Array.isArray(missingCredentials(target, {}))).toBe(true);
    }),
  );
});

test('what a credential is missing for is told by name', () => {
  expect(missingCredentials(targets['airflow 2']('https://x'), {}).map(({ message }) => message)).toEqual([
    'the environment variable NAME is not set',
    'the environment variable WORD is not set',
  ]);
  expect(missingCredentials({ to: 'print' }, {})).toEqual([]);
});

describe('a description', () => {
  test('of print is the document', () => {
    expect(describeHandOver({ to: 'print', parameters: { epochs: 20 } }, request)).toEqual({
      to: 'print',
      document,
    });
  });

  test('of a command has its arguments, its environment and its input', () => {
    const target: HandOver = { to: 'command', command: { argv: ['./run', '-x'], env: ['TOKEN'] } };
    expect(describeHandOver(target, request)).toMatchObject({
      to: 'command',
      argv: ['./run', '-x'],
      env: { TOKEN: '$TOKEN', MLC_REQUEST_KEY: request.key, MLC_REQUEST_SEED: '17' },
      stdin: { key: request.key },
    });
  });

  test('of a request has method, address, headers and body, with names for credentials', () => {
    expect(describeHandOver(targets['airflow 2']('https://airflow.example.com/'), request)).toMatchObject({
      to: 'airflow',
      method: 'POST',
      url: 'https://airflow.example.com/api/v1/dags/retrain_churn/dagRuns',
      headers: { authorization: 'Basic $NAME:$WORD', 'content-type': 'application/json' },
      body: { dag_run_id: request.key },
      before: [],
    });
    expect(describeHandOver(targets['airflow 3 with a password']('https://a'), request)).toMatchObject({
      headers: { authorization: 'Bearer <token of the answer before>' },
      before: [
        { method: 'POST', url: 'https://a/auth/token', body: { username: '$NAME', password: '$WORD' } },
      ],
    });
    expect(describeHandOver(targets['gitlab trigger']('https://g'), request)).toMatchObject({
      body: { token: '$TOKEN', ref: 'main' },
    });
    expect(describeHandOver(targets.prefect('https://p'), request)).toMatchObject({
      url: 'https://p/api/deployments/<id of the answer before>/create_flow_run',
    });
  });

  test('is what is sent', async () => {
    const { recorder } = await import('./recorder.js');
    const { willing } = await import('./scene.js');
    for (const name of ['airflow 3', 'kubeflow', 'github dispatch', 'gitlab api'] as const) {
      const server = await recorder(willing);
      const target = targets[name](server.url);
      await handOver(target, request, setting);
      const described = describeHandOver(target, request);
      if (!('method' in described)) throw new Error('not over the network');
      const sent = server.requests.at(-1);
      expect(described.body).toEqual(sent?.json);
      expect(new URL(described.url).pathname).toBe(sent?.path);
      expect(sent?.method).toBe(described.method);
    }
  });
});
