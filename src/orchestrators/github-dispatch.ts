// GitHub's repository_dispatch: an event with the request as its payload. GitHub tells neither a run nor an id for it.
import type { GitHubDispatch } from '../generated/types.js';
import { addressBelow, type Call } from './call.js';
import { findRun, github, githubHeaders, runsCall } from './github-runs.js';
import { githubApi } from './github-workflow.js';
import type { HandOverRequest, Parameters } from './hand-over.js';
import { judge } from './outcomes.js';
import type { Orchestrator } from './orchestrator.js';
import { limitedDocument } from './request-document.js';

/** A repository event of one request. The payload may have ten keys at the top; these are three. */
export function githubDispatch(
  settings: GitHubDispatch,
  request: HandOverRequest,
  parameters: Parameters,
): Orchestrator {
  const [owner = '', name = ''] = settings.repository.split('/');
  const repository = addressBelow(settings.api_url ?? githubApi, 'repos', owner, name);
  const call: Call = {
    method: 'POST',
    url: addressBelow(repository, 'dispatches'),
    headers: githubHeaders,
    authentication: { kind: 'bearer', env: settings.token_env },
    json: {
      event_type: settings.event_type ?? 'mlc-retrain',
      client_payload: { key: request.key, request: limitedDocument(request, parameters), parameters },
    },
  };
  const search = runsCall(
    addressBelow(repository, 'actions', 'runs'),
    'repository_dispatch',
    request,
    settings.token_env,
  );
  return {
    name: github,
    before: [],
    call,
    repeats: 'looks-on-repeat',
    start: async (exchange) =>
      judge(
        github,
        await exchange(call),
        ({ status }) =>
          status === 204
            ? {
                outcome: 'accepted',
                detail: `${github} took the event, and does not tell whether a workflow listens to it`,
              }
            : undefined,
        {
          403: 'give the token the right to write contents',
          404: 'check repository in model.yaml, and that the token may write contents there',
          422: 'check event_type and parameters in model.yaml',
        },
      ),
    find: (exchange) => findRun(exchange, search, request.key),
    caution:
      'a run is found by its name alone: the workflow has to put github.event.client_payload.key into its run-name',
  };
}
