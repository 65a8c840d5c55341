// Kubeflow Pipelines v2beta1: a run whose display name is the request's key. It keeps no key, so runs are looked through first.
import type { KubeflowPipelines } from '../generated/types.js';
import { addressBelow, type Authentication, type Call } from './call.js';
import type { Exchange } from './exchange.js';
import type { HandOverOutcome, HandOverRequest, Parameters } from './hand-over.js';
import { fieldsOf, judge, lookedUp, textField } from './outcomes.js';
import { commonHeaders, type Found, type Orchestrator } from './orchestrator.js';
import { requestDocument } from './request-document.js';

const who = 'Kubeflow Pipelines';

/** The search for runs of that name: a filter of kubeflow.pipelines.backend, as JSON in the query. */
function searchUrl(runs: string, settings: KubeflowPipelines, key: string): string {
  const filter = {
    predicates: [{ operation: 'EQUALS', key: 'display_name', string_value: key }],
  };
  const query = new URLSearchParams({
    page_size: '10',
    sort_by: 'created_at desc',
    filter: JSON.stringify(filter),
    ...(settings.experiment_id === undefined ? {} : { experiment_id: settings.experiment_id }),
  });
  return `${runs}?${query.toString()}`;
}

/** A run of one request. */
export function kubeflow(
  settings: KubeflowPipelines,
  request: HandOverRequest,
  parameters: Parameters,
): Orchestrator {
  const authentication: Authentication | undefined =
    settings.token_env === undefined ? undefined : { kind: 'bearer', env: settings.token_env };
  const runs = addressBelow(settings.host, 'apis', 'v2beta1', 'runs');
  const name = settings.request_parameter ?? 'request';
  const search: Call = {
    method: 'GET',
    url: searchUrl(runs, settings, request.key),
    headers: commonHeaders,
    authentication,
  };
  const call: Call = {
    method: 'POST',
    url: runs,
    headers: commonHeaders,
    authentication,
    json: {
      display_name: request.key,
      ...(settings.experiment_id === undefined ? {} : { experiment_id: settings.experiment_id }),
      pipeline_version_reference: {
        pipeline_id: settings.pipeline_id,
        pipeline_version_id: settings.pipeline_version_id,
      },
      runtime_config: {
        parameters: {
          ...parameters,
          ...(name === '' ? {} : { [name]: requestDocument(request, parameters) }),
        },
        ...(settings.pipeline_root === undefined ? {} : { pipeline_root: settings.pipeline_root }),
      },
    },
  };
  const accepted = (id: string, detail: string): HandOverOutcome => ({
    outcome: 'accepted',
    externalId: id,
    url: `${settings.host.replace(/(?<!\/)\/+$/, '')}/#/runs/details/${encodeURIComponent(id)}`,
    detail,
  });

  async function find(exchange: Exchange): Promise<Found> {
    const answer = lookedUp(who, await exchange(search), {
      400: 'check experiment_id in model.yaml: a server for many users needs it',
    });
    if (typeof answer === 'string') return { failed: answer };
    if (answer.json === undefined)
      return { failed: `${who} did not answer as it does; check host in model.yaml` };
    const listed = fieldsOf(answer.json).runs;
    const run = (Array.isArray(listed) ? listed : []).find(
      (item) => textField(item, 'display_name') === request.key,
    ) as unknown;
    const id = textField(run, 'run_id');
    if (id === undefined) return 'absent';
    return { found: { ...accepted(id, `${who} has a run of this name already`), duplicate: true } };
  }

  async function start(exchange: Exchange): Promise<HandOverOutcome> {
    return judge(
      who,
      await exchange(call),
      ({ json }) => {
        const id = textField(json, 'run_id');
        return id === undefined ? undefined : accepted(id, `${who} took the run`);
      },
      {
        400: `check the ids in model.yaml, and that the pipeline takes ${name === '' ? 'these parameters' : `a parameter "${name}"`}`,
      },
    );
  }

  return { name: who, before: [search], call, repeats: 'looks-always', start, find };
}
