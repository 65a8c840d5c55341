// GitLab: a pipeline with the request as variables, started with a trigger token or an access token.
import type { GitLab } from '../generated/types.js';
import { addressBelow, type Authentication, type Call } from './call.js';
import type { Exchange } from './exchange.js';
import { dayBefore } from './github-runs.js';
import type { HandOverRequest, Parameters } from './hand-over.js';
import { judge, lookedUp, textField } from './outcomes.js';
import { commonHeaders, type Found, type Orchestrator } from './orchestrator.js';
import { limitedDocument } from './request-document.js';

const who = 'GitLab';
// The variables of each pipeline take a request of their own.
const maximumPipelines = 100;

function variablesOf(request: HandOverRequest, parameters: Parameters): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
    MLC_REQUEST_KEY: request.key,
    MLC_REQUEST: JSON.stringify(limitedDocument(request, parameters)),
  };
}

function triggerCall(settings: GitLab, project: string, variables: Record<string, string>): Call {
  return {
    method: 'POST',
    url: addressBelow(project, 'trigger', 'pipeline'),
    headers: commonHeaders,
    secretFields: { token: settings.token_env },
    form: {
      ref: settings.ref,
      ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [`variables[${name}]`, value])),
    },
  };
}

function pipelineCall(
  settings: GitLab,
  project: string,
  variables: Record<string, string>,
  authentication: Authentication,
): Call {
  return {
    method: 'POST',
    url: addressBelow(project, 'pipeline'),
    headers: commonHeaders,
    authentication,
    json: {
      ref: settings.ref,
      variables: Object.entries(variables).map(([key, value]) => ({ key, value })),
    },
  };
}

/** Looks through the variables of the pipelines since the request was made. */
async function findPipeline(
  exchange: Exchange,
  project: string,
  request: HandOverRequest,
  settings: GitLab,
  authentication: Authentication,
): Promise<Found> {
  const query = new URLSearchParams({
    ref: settings.ref,
    source: 'api',
    updated_after: `${dayBefore(request.requestedAt)}T00:00:00Z`,
    order_by: 'id',
    sort: 'desc',
    per_page: String(maximumPipelines),
  });
  const get = (url: string): Call => ({ method: 'GET', url, headers: commonHeaders, authentication });
  const pipelines = addressBelow(project, 'pipelines');
  const listed = lookedUp(who, await exchange(get(`${pipelines}?${query.toString()}`)));
  if (typeof listed === 'string') return { failed: listed };
  if (!Array.isArray(listed.json))
    return { failed: `${who} did not answer as it does; check base_url in model.yaml` };
  for (const pipeline of listed.json as unknown[]) {
    const id = textField(pipeline, 'id') ?? '';
    const answer = lookedUp(who, await exchange(get(addressBelow(pipelines, id, 'variables'))));
    if (typeof answer === 'string') return { failed: answer };
    const variables: unknown[] = Array.isArray(answer.json) ? answer.json : [];
    const ours = variables.some(
      (variable) =>
        textField(variable, 'key') === 'MLC_REQUEST_KEY' && textField(variable, 'value') === request.key,
    );
    if (ours)
      return {
        found: {
          outcome: 'accepted',
          externalId: id,
          url: textField(pipeline, 'web_url'),
          detail: `${who} has a pipeline of this request already`,
          duplicate: true,
        },
      };
  }
  return listed.json.length < maximumPipelines
    ? 'absent'
    : { failed: `${who} lists more pipelines since then than can be looked through` };
}

/** A pipeline of one request. */
export function gitlab(settings: GitLab, request: HandOverRequest, parameters: Parameters): Orchestrator {
  const base = settings.base_url ?? 'https://gitlab.com';
  const project = addressBelow(base, 'api', 'v4', 'projects', settings.project);
  const authentication: Authentication = { kind: 'private-token', env: settings.token_env };
  const variables = variablesOf(request, parameters);
  const withTrigger = settings.token_kind === 'trigger';
  const call = withTrigger
    ? triggerCall(settings, project, variables)
    : pipelineCall(settings, project, variables, authentication);
  const shared = {
    name: who,
    before: [],
    call,
    start: async (exchange: Exchange) =>
      judge(
        who,
        await exchange(call),
        ({ status, json }) => {
          const id = textField(json, 'id');
          if (status !== 201 || id === undefined) return undefined;
          return {
            outcome: 'accepted',
            externalId: id,
            url: textField(json, 'web_url'),
            detail: `${who} made the pipeline, status ${textField(json, 'status') ?? 'not told'}`,
          };
        },
        {
          400: 'check ref in model.yaml, the rules of the pipeline, and who may set pipeline variables in the project',
          404: 'check project and token_kind in model.yaml, and that the token is one of that project',
        },
      ),
  };
  if (withTrigger)
    return {
      ...shared,
      repeats: 'cannot-tell',
      caution:
        'a trigger token cannot look for a pipeline: use token_kind api, or give the job a resource_group',
    };
  return {
    ...shared,
    repeats: 'looks-on-repeat',
    find: (exchange) => findPipeline(exchange, project, request, settings, authentication),
  };
}
