// What an answer means for each orchestrator: refused, unknown, a duplicate; and what a second hand-over does.
import { describe, expect, test } from 'vitest';
import { handOver, repeatHandOver } from '../../src/orchestrators/send.js';
import { recorder, type Recorded, type Told } from './recorder.js';
import { request, setting, starts, type TargetName, targetNames, targets, willing } from './scene.js';

/** A server that answers the request that starts the run so, and the others willingly. */
function answering(told: Told): (recorded: Recorded) => Told {
  return (recorded) => (starts(recorded) ? told : willing(recorded));
}

async function firstTime(name: TargetName, told: Told): ReturnType<typeof handOver> {
  const server = await recorder(answering(told));
  return handOver(targets[name](server.url), request, setting);
}

describe.each(targetNames)('%s', (name) => {
  test.each([400, 401, 403, 404, 405, 415, 422, 429])(
    '%i refuses, with what was said and a way out',
    async (status) => {
      const outcome = await firstTime(name, {
        status,
        json: { detail: 'no,\r\n\u001b[31mnot that', message: 'nor this' },
      });
      expect(outcome.outcome).toBe('refused');
      expect(outcome.detail).toContain(`answered ${status}: no, \\u001b[31mnot that, nor this`);
      expect(outcome.detail).toMatch(/; (check|give|wait)/);
    },
  );

  test.each([408, 500, 502, 503, 504])('%i is unknown', async (status) => {
    const outcome = await firstTime(name, { status, text: '<!doctype html><title>Bad gateway</title>' });
    expect(outcome).toMatchObject({ outcome: 'unknown' });
    expect(outcome.detail).toContain('a web page, Bad gateway');
  });

  test('a yes in other words is unknown', async () => {
    for (const told of [
      { status: 200, text: '<html><title>Log in</title></html>' },
      { status: 200, json: {} },
      { status: 200, json: null },
      { status: 201, json: [1] },
    ])
      expect(await firstTime(name, told)).toMatchObject({ outcome: 'unknown' });
  });

  test('a lost connection and a time-out are unknown', async () => {
    expect(await firstTime(name, 'reset')).toMatchObject({ outcome: 'unknown' });
    const server = await recorder(answering('hang'));
    const outcome = await handOver(targets[name](server.url), request, { ...setting, timeoutSeconds: 0.3 });
    expect(outcome).toMatchObject({ outcome: 'unknown' });
    expect(outcome.detail).toContain('no answer within 0.3 s');
  });

  test('a redirect is not followed and refused', async () => {
    const other = await recorder(willing);
    const outcome = await firstTime(name, {
      status: 307,
      headers: { location: `${other.url}/x?token=y` },
    });
    expect(outcome).toMatchObject({ outcome: 'refused' });
    expect(outcome.detail).toContain(`a redirect to ${other.url}/x, which is not followed`);
    expect(other.requests).toEqual([]);
  });

  test('an endless answer ends', async () => {
    const outcome = await firstTime(name, { status: 422, text: 'x'.repeat(3_000_000) });
    expect(outcome.outcome).toBe('refused');
    expect(outcome.detail.length).toBeLessThanOrEqual(1000);
  });
});

describe('a request that is there already', () => {
  test('Airflow answers 409 and shows the run', async () => {
    const server = await recorder((recorded) =>
      starts(recorded)
        ? { status: 409, json: { detail: { reason: 'Unique constraint violation' } } }
        : { status: 200, json: { dag_run_id: request.key } },
    );
    const outcome = await handOver(targets['airflow 3'](server.url), request, setting);
    expect(outcome).toMatchObject({ outcome: 'accepted', duplicate: true, externalId: request.key });
    expect(server.requests[1]).toMatchObject({
      method: 'GET',
      path: `/api/v2/dags/retrain_churn/dagRuns/${request.key}`,
    });
  });

  test('Airflow’s 409 for something else is a refusal', async () => {
    const server = await recorder((recorded) =>
      starts(recorded) ? { status: 409, json: { detail: 'logical date taken' } } : { status: 404 },
    );
    const outcome = await handOver(targets['airflow 2'](server.url), request, setting);
    expect(outcome).toMatchObject({ outcome: 'refused' });
    expect(outcome.detail).toContain('logical date taken');
  });

  test('Prefect answers 200 with the run, and 409 for parameters that do not fit', async () => {
    expect(await firstTime('prefect', { status: 200, json: { id: 'run-0' } })).toMatchObject({
      outcome: 'accepted',
      duplicate: true,
      externalId: 'run-0',
    });
    const outcome = await firstTime('prefect', { status: 409, json: { detail: 'Error creating flow run' } });
    expect(outcome.outcome).toBe('refused');
    expect(outcome.detail).toContain('takes a parameter "request"');
  });

  test('Kubeflow is looked through first, and names must be equal', async () => {
    const named = (name: string): ((recorded: Recorded) => Told) => {
      return (recorded) =>
        recorded.method === 'GET'
          ? { status: 200, json: { runs: [{ run_id: 'old', display_name: name }] } }
          : willing(recorded);
    };
    const same = await recorder(named(request.key));
    expect(await handOver(targets.kubeflow(same.url), request, setting)).toMatchObject({
      outcome: 'accepted',
      duplicate: true,
      externalId: 'old',
      url: `${same.url}/pipeline/#/runs/details/old`,
    });
    expect(same.requests.filter(starts)).toEqual([]);
    const other = await recorder(named(`${request.key}0`));
    expect(await handOver(targets.kubeflow(other.url), request, setting)).toMatchObject({
      externalId: 'run-1',
    });
  });

  test.each(['github workflow', 'github dispatch'] as const)(
    '%s is looked through on a repeat',
    async (name) => {
      const runs = {
        workflow_runs: [{ id: 5, display_title: `Retrain ${request.key}`, html_url: 'https://h/5' }],
      };
      const server = await recorder((recorded) =>
        starts(recorded) ? willing(recorded) : { status: 200, json: runs },
      );
      const target = targets[name](server.url);
      expect(await repeatHandOver(target, request, setting)).toMatchObject({
        outcome: 'accepted',
        duplicate: true,
        externalId: '5',
        url: 'https://h/5',
      });
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]?.query.get('created')).toBe('>=2026-03-07');
      const event = name === 'github workflow' ? 'workflow_dispatch' : 'repository_dispatch';
      expect(server.requests[0]?.query.get('event')).toBe(event);
    },
  );

  test('GitHub’s runs are looked through page by page', async () => {
    const page = [...Array(100).keys()].map((id) => ({ id, display_title: 'another' }));
    const server = await recorder((recorded) => {
      if (starts(recorded)) return willing(recorded);
      const last = recorded.query.get('page') === '3';
      const runs = last ? [{ id: 5, name: request.key, display_title: 'x' }] : page;
      return { status: 200, json: { workflow_runs: runs } };
    });
    const outcome = await repeatHandOver(targets['github workflow'](server.url), request, setting);
    expect(outcome).toMatchObject({ duplicate: true, externalId: '5' });
    expect(server.requests).toHaveLength(3);
  });

  test('GitLab’s pipelines are looked through on a repeat, by their variables', async () => {
    const server = await recorder((recorded) => {
      if (recorded.path.endsWith('/pipelines'))
        return { status: 200, json: [{ id: 9 }, { id: 8, web_url: 'https://g/8' }] };
      const value = recorded.path.endsWith('/8/variables') ? request.key : 'another';
      return { status: 200, json: [{ key: 'MLC_REQUEST_KEY', value }] };
    });
    const outcome = await repeatHandOver(targets['gitlab api'](server.url), request, setting);
    expect(outcome).toMatchObject({
      outcome: 'accepted',
      duplicate: true,
      externalId: '8',
      url: 'https://g/8',
    });
    expect(server.requests.filter(starts)).toEqual([]);
  });
});

const looking = ['kubeflow', 'github workflow', 'github dispatch', 'gitlab api'] as const;
const byKey = targetNames.filter((name) => /airflow|prefect/.test(name));

describe('a repeat', () => {
  test.each(targetNames)('of what never arrived starts %s once', async (name) => {
    const server = await recorder(willing);
    const outcome = await repeatHandOver(targets[name](server.url), request, setting);
    expect(outcome.outcome).toBe('accepted');
    expect(server.requests.filter(starts)).toHaveLength(1);
    const may = name === 'gitlab trigger' ? /may run twice/ : /found by its name alone/;
    if (/github|trigger/.test(name)) expect(outcome.detail).toMatch(may);
  });

  test.each(looking)('starts nothing where %s cannot be asked, and stays unknown', async (name) => {
    for (const told of [{ status: 403, json: { message: 'no' } }, { status: 500 }, 'reset'] as const) {
      const server = await recorder((recorded) => (starts(recorded) ? willing(recorded) : told));
      expect(await repeatHandOver(targets[name](server.url), request, setting)).toMatchObject({
        outcome: 'unknown',
        detail: expect.stringContaining('nothing was started this time') as string,
      });
      expect(server.requests.filter(starts)).toEqual([]);
    }
  });

  test.each(byKey)('that %s refuses says nothing of the time before', async (name) => {
    const server = await recorder(answering({ status: 401, json: { detail: 'expired' } }));
    const outcome = await repeatHandOver(targets[name](server.url), request, setting);
    expect(outcome).toMatchObject({ outcome: 'unknown' });
    expect(outcome.detail).toContain('expired');
  });

  test.each(looking)('that finds nothing and is refused by %s is refused', async (name) => {
    const server = await recorder(answering({ status: 422, json: { message: 'no' } }));
    expect(await repeatHandOver(targets[name](server.url), request, setting)).toMatchObject({
      outcome: 'refused',
    });
  });

  test('without credentials stays unknown', async () => {
    const outcome = await repeatHandOver(targets.kubeflow('http://127.0.0.1:1'), request, {
      ...setting,
      env: {},
    });
    expect(outcome).toMatchObject({ outcome: 'unknown' });
    expect(outcome.detail).toContain('TOKEN is not set');
  });
});

test('a key that is no name everywhere is not sent', async () => {
  const server = await recorder(willing);
  for (const key of ['', 'a b', 'a/b', 'é', 'x'.repeat(251)]) {
    const outcome = await handOver(targets.prefect(server.url), { ...request, key }, setting);
    expect(outcome).toMatchObject({ outcome: 'refused' });
  }
  expect(server.requests).toEqual([]);
});

test('half a character does not come through', async () => {
  const outcome = await firstTime('gitlab api', {
    status: 422,
    text: '{"message":"\\ud83d' + '\\ud83d\\ude00'.repeat(600) + '"}',
  });
  expect(outcome.detail).toMatch(/422: \ufffd/);
  expect(/\p{Surrogate}/u.test(outcome.detail)).toBe(false);
});

describe('a look-up before the start', () => {
  test.each(['airflow 3 with a password', 'prefect', 'kubeflow'] as const)(
    'of %s that fails starts nothing',
    async (name) => {
      for (const told of [
        { status: 404, json: {} },
        { status: 500 },
        { status: 200, text: 'ok' },
        'reset',
      ] as const) {
        const server = await recorder((recorded) => (starts(recorded) ? willing(recorded) : told));
        const outcome = await handOver(targets[name](server.url), request, setting);
        expect(outcome).toMatchObject({ outcome: 'refused' });
        expect(outcome.detail).toContain('nothing was started');
        expect(server.requests.filter(starts)).toEqual([]);
      }
    },
  );
});
