// A retraining request, every kind of target on a given server, and how each server answers in its own words.
import type { HandOver } from '../../src/generated/types.js';
import type { HandOverRequest, HandOverSetting } from '../../src/orchestrators/hand-over.js';
import type { Recorded, Told } from './recorder.js';

export const request: HandOverRequest = {
  key: 'mlc.churn.drift-threshold-3f9c1a2b4d5e',
  model: 'churn',
  version: '2.1.0',
  trigger: 'drift-threshold',
  request: 'drift-threshold-3f9c1a2b4d5e',
  reason: 'tenure has shifted',
  dataSnapshot: 'churn-train@v6',
  seed: 17,
  commit: '4f1c2d3e4f1c2d3e4f1c2d3e4f1c2d3e4f1c2d3e',
  requestedAt: '2026-03-08T06:10:00Z',
  requestedBy: 'Ada Lovelace <ada@example.com>',
  causes: ['psi of tenure is 0.31, limit 0.2'],
};

/** The request as it is sent. */
export const document = {
  schema: 'mlc/retraining-request@1',
  key: request.key,
  request: request.request,
  model: 'churn',
  version: '2.1.0',
  trigger: 'drift-threshold',
  reason: 'tenure has shifted',
  data_snapshot: 'churn-train@v6',
  seed: 17,
  commit: request.commit,
  requested_at: '2026-03-08T06:10:00Z',
  requested_by: 'Ada Lovelace <ada@example.com>',
  causes: ['psi of tenure is 0.31, limit 0.2'],
  parameters: { epochs: 20 },
};

export const token = 'tkn-8f2A+c/9=Zq';
const env = { TOKEN: token, NAME: 'ada', WORD: 'pass"w&rd é' };

export const setting: HandOverSetting = { env, cwd: process.cwd(), timeoutSeconds: 5 };

const parameters = { epochs: 20 };

/** The targets over the network, on a server at `url`. */
export const targets = {
  'airflow 3': (url: string): HandOver => ({
    to: 'airflow',
    parameters,
    airflow: { base_url: url, dag_id: 'retrain_churn', token_env: 'TOKEN' },
  }),
  'airflow 3 with a password': (url: string): HandOver => ({
    to: 'airflow',
    parameters,
    airflow: { base_url: `${url}/`, dag_id: 'retrain_churn', user_env: 'NAME', password_env: 'WORD' },
  }),
  'airflow 2': (url: string): HandOver => ({
    to: 'airflow',
    parameters,
    airflow: { base_url: url, dag_id: 'retrain_churn', api: 'v1', user_env: 'NAME', password_env: 'WORD' },
  }),
  prefect: (url: string): HandOver => ({
    to: 'prefect',
    parameters,
    prefect: { api_url: `${url}/api`, deployment: 'retrain flow/churn', token_env: 'TOKEN' },
  }),
  'prefect with an authentication string': (url: string): HandOver => ({
    to: 'prefect',
    parameters,
    prefect: { api_url: `${url}/api`, deployment: 'retrain flow/churn', auth_string_env: 'WORD' },
  }),
  kubeflow: (url: string): HandOver => ({
    to: 'kubeflow',
    parameters,
    kubeflow: {
      host: `${url}/pipeline`,
      pipeline_id: 'p-1',
      pipeline_version_id: 'v-1',
      experiment_id: 'e-1',
      pipeline_root: 's3://pipelines/churn',
      token_env: 'TOKEN',
    },
  }),
  'github workflow': (url: string): HandOver => ({
    to: 'github-workflow',
    parameters,
    github_workflow: {
      api_url: url,
      repository: 'acme/churn',
      workflow: 'retrain.yml',
      ref: 'main',
      token_env: 'TOKEN',
    },
  }),
  'github dispatch': (url: string): HandOver => ({
    to: 'github-dispatch',
    parameters,
    github_dispatch: { api_url: url, repository: 'acme/churn', token_env: 'TOKEN' },
  }),
  'gitlab trigger': (url: string): HandOver => ({
    to: 'gitlab',
    parameters,
    gitlab: { base_url: url, project: 'acme/churn', ref: 'main', token_env: 'TOKEN', token_kind: 'trigger' },
  }),
  'gitlab api': (url: string): HandOver => ({
    to: 'gitlab',
    parameters,
    gitlab: { base_url: url, project: '42', ref: 'main', token_env: 'TOKEN', token_kind: 'api' },
  }),
} as const;

export type TargetName = keyof typeof targets;
export const targetNames = Object.keys(targets) as TargetName[];

/** Whether a request is the one that starts the run. */
export function starts({ method, path }: Recorded): boolean {
  return method === 'POST' && path !== '/auth/token';
}

/** What a server says that has no such run yet and takes every request. */
export function willing(recorded: Recorded): Told {
  const { method, path } = recorded;
  if (path === '/auth/token') return { status: 201, json: { access_token: 'given-access-token' } };
  if (path.endsWith('/dagRuns')) return { status: 200, json: { dag_run_id: request.key, state: 'queued' } };
  if (path.includes('/deployments/name/')) return { status: 200, json: { id: 'dep-1' } };
  if (path.endsWith('/create_flow_run')) return { status: 201, json: { id: 'run-1' } };
  if (path.endsWith('/v2beta1/runs'))
    return method === 'GET' ? { status: 200, json: {} } : { status: 200, json: { run_id: 'run-1' } };
  if (path.endsWith('/dispatches')) return { status: 204 };
  if (path.endsWith('/runs')) return { status: 200, json: { total_count: 0, workflow_runs: [] } };
  if (path.endsWith('/pipelines')) return { status: 200, json: [] };
  return { status: 201, json: { id: 7, web_url: 'https://gitlab.example.com/p/7', status: 'created' } };
}
