// GitHub's workflow_dispatch: a run of a workflow with the request as inputs.
import type { GitHubWorkflow } from '../generated/types.js';
import { addressBelow, type Call } from './call.js';
import { findRun, github, githubHeaders, runsCall } from './github-runs.js';
import type { HandOverOutcome, HandOverRequest, Parameters } from './hand-over.js';
import { type Answer, judge, textField } from './outcomes.js';
import type { Orchestrator } from './orchestrator.js';
import { limitedDocument } from './request-document.js';

/** GitHub's API where no other is named. */
export const githubApi = 'https://api.github.com';

/** An Enterprise Server refuses keys that it does not know yet, and this one is new. */
function givesRunDetails(api: string): boolean {
  return /^https:\/\/api\.(github\.com|[a-z0-9-]+\.ghe\.com)\/*$/i.test(api);
}

function acceptedBy({ status, json }: Answer): HandOverOutcome | undefined {
  if (status === 204)
    return { outcome: 'accepted', detail: `${github} took it, and does not tell which run it is` };
  const id = textField(json, 'workflow_run_id');
  if (id === undefined) return undefined;
  return {
    outcome: 'accepted',
    externalId: id,
    url: textField(json, 'html_url'),
    detail: `${github} took the run`,
  };
}

/** A workflow run of one request. Inputs are strings; the workflow has to declare each. */
export function githubWorkflow(
  settings: GitHubWorkflow,
  request: HandOverRequest,
  parameters: Parameters,
): Orchestrator {
  const api = settings.api_url ?? githubApi;
  const [owner = '', repository = ''] = settings.repository.split('/');
  const workflow = addressBelow(api, 'repos', owner, repository, 'actions', 'workflows', settings.workflow);
  const call: Call = {
    method: 'POST',
    url: addressBelow(workflow, 'dispatches'),
    headers: githubHeaders,
    authentication: { kind: 'bearer', env: settings.token_env },
    json: {
      ref: settings.ref,
      inputs: {
        ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
        key: request.key,
        request: JSON.stringify(limitedDocument(request, parameters)),
      },
      ...(givesRunDetails(api) ? { return_run_details: true } : {}),
    },
  };
  const search = runsCall(addressBelow(workflow, 'runs'), 'workflow_dispatch', request, settings.token_env);
  return {
    name: github,
    before: [],
    call,
    repeats: 'looks-on-repeat',
    start: async (exchange) =>
      judge(github, await exchange(call), acceptedBy, {
        403: 'give the token the right to write actions',
        404: 'check repository and workflow in model.yaml, and that the token may write actions there',
        422: 'check ref in model.yaml, and that the workflow has workflow_dispatch with the inputs key, request and those of parameters',
      }),
    find: (exchange) => findRun(exchange, search, request.key),
    caution: 'a run is found by its name alone: the workflow has to put inputs.key into its run-name',
  };
}
