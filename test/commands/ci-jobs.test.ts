// The jobs of mlc init --ci, their scripts run as the hosts run them, with a stand-in for mlc that notes how it is called.
import { spawnSync } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../support/folders.js';
import { type World, worldIn } from '../support/world.js';

interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: { mlc: { name: string; steps: { name?: string; run?: string; env?: Record<string, string> }[] } };
}
interface Pipeline {
  mlc: { script: string[] };
}

const zeros = '0'.repeat(40);
let world: World;
let stub: string;

beforeEach(async () => {
  world = worldIn(await temporaryFolder());
  stub = await temporaryFolder();
});

/** Runs a script where mlc and npm note their words; an mlc command that is named fails. */
async function runScript(
  script: string,
  env: Record<string, string>,
  failing = '-',
): Promise<{ code: number | null; calls: string[] }> {
  const calls = path.join(stub, 'calls');
  await writeFile(calls, '');
  await writeFile(path.join(stub, 'mlc'), `#!/bin/sh\necho "$*" >> '${calls}'\n[ "$1" != ${failing} ]\n`);
  await writeFile(path.join(stub, 'npm'), '#!/bin/sh\nexit 0\n');
  for (const name of ['mlc', 'npm']) await chmod(path.join(stub, name), 0o755);
  const done = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
    cwd: world.folder,
    env: { PATH: `${stub}:${process.env.PATH}`, RUNNER_TEMP: '/tmp/runner', ...env },
  });
  return { code: done.status, calls: (await readFile(calls, 'utf8')).split('\n').filter(Boolean) };
}

describe('github', () => {
  let workflow: Workflow;
  const script = (name: string): string =>
    workflow.jobs.mlc.steps.find((step) => step.name?.startsWith(name))?.run ?? 'exit 99';
  const sarif = '--format github --format sarif=/tmp/runner/mlc.sarif';

  beforeEach(async () => {
    await world.ok(['init', '--ci', 'github']);
    workflow = parse(await world.read('.github/workflows/mlc.yml')) as Workflow;
  });

  test('runs on every pull request and merge, and on pushes to one branch, with no rights', () => {
    expect(workflow.on).toEqual({ pull_request: null, merge_group: null, push: { branches: ['main'] } });
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs.mlc.name).toBe('mlc');
  });

  test('no text of an event stands in a script', () => {
    for (const { run = '' } of workflow.jobs.mlc.steps) expect(run).not.toContain('${{');
  });

  test('a merge is checked against its base', async () => {
    const done = await runScript(script('Check what a merge'), { BASE: 'origin/main; touch pwned' });
    expect(done).toEqual({ code: 0, calls: [`check --base origin/main; touch pwned ${sarif}`] });
    expect((await runScript(script('Check what a merge'), { BASE: 'x' }, 'check')).code).not.toBe(0);
  });

  test('a push is checked against what was there before, if there was anything', async () => {
    const done = await runScript(script('Check what was pushed'), { BEFORE: 'abc' });
    expect(done).toEqual({ code: 0, calls: [`check --base abc --fast-forward ${sarif}`] });
    expect((await runScript(script('Check what was pushed'), { BEFORE: 'abc' }, 'check')).code).not.toBe(0);
    expect(await runScript(script('Check what was pushed'), { BEFORE: zeros })).toEqual({
      code: 0,
      calls: [],
    });
  });
});

describe('gitlab', () => {
  const formats = '--format people --format gitlab=gl-code-quality.json --format junit=mlc-junit.xml';
  const mergeRequest = {
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    CI_COMMIT_BEFORE_SHA: zeros,
  };
  let script = '';

  beforeEach(async () => {
    await world.ok(['init', '--ci', 'gitlab']);
    script = (parse(await world.read('.gitlab-ci.yml')) as Pipeline).mlc.script.join('\n');
  });

  test('a merge request is checked against its target', async () => {
    const done = await runScript(script, mergeRequest);
    expect(done).toEqual({ code: 0, calls: [`check --base origin/main ${formats}`] });
    expect((await runScript(script, mergeRequest, 'check')).code).toBe(1);
  });

  test('a push is checked against what was there before, and the history is audited whatever that says', async () => {
    const push = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BEFORE_SHA: 'abc' };
    const calls = [`check --base abc --fast-forward ${formats}`, 'audit'];
    expect(await runScript(script, push)).toEqual({ code: 0, calls });
    expect(await runScript(script, push, 'check')).toEqual({ code: 1, calls });
    expect(await runScript(script, push, 'audit')).toEqual({ code: 1, calls });
    const schedule = { CI_PIPELINE_SOURCE: 'schedule', CI_COMMIT_BEFORE_SHA: zeros };
    expect(await runScript(script, schedule)).toEqual({ code: 0, calls: ['audit'] });
  });
});
