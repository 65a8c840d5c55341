// Prefect 3: a flow run of a deployment with the request's key as idempotency key, so that a second one gives back the first.
import type { Prefect } from '../generated/types.js';
import { addressBelow, type Authentication, type Call } from './call.js';
import type { Exchange } from './exchange.js';
import type { HandOverOutcome, HandOverRequest, Parameters } from './hand-over.js';
import { judge, lookedUp, refused, textField } from './outcomes.js';
import { commonHeaders, type Orchestrator } from './orchestrator.js';
import { requestDocument } from './request-document.js';

const who = 'Prefect';

function authenticationOf(settings: Prefect): Authentication | undefined {
  if (settings.token_env !== undefined) return { kind: 'bearer', env: settings.token_env };
  return settings.auth_string_env === undefined
    ? undefined
    : { kind: 'basic-string', env: settings.auth_string_env };
}

function runUrl(settings: Prefect, id: string): string | undefined {
  const cloud = /^https:\/\/api\.prefect\.cloud\/api\/accounts\/([^/]+)\/workspaces\/([^/]+)\/*$/.exec(
    settings.api_url,
  );
  if (cloud)
    return `https://app.prefect.cloud/account/${cloud[1]}/workspace/${cloud[2]}/runs/flow-run/${encodeURIComponent(id)}`;
  const own = /^(.*)\/api\/*$/.exec(settings.api_url)?.[1];
  return own === undefined ? undefined : addressBelow(own, 'runs', 'flow-run', id);
}

/** A flow run of one request. */
export function prefect(settings: Prefect, request: HandOverRequest, parameters: Parameters): Orchestrator {
  const authentication = authenticationOf(settings);
  const name = settings.request_parameter ?? 'request';
  const [flow = '', deployment = ''] = settings.deployment.split('/');
  const lookup: Call = {
    method: 'GET',
    url: addressBelow(settings.api_url, 'deployments', 'name', flow, deployment),
    headers: commonHeaders,
    authentication,
  };
  const callOn = (segment: string): Call => ({
    method: 'POST',
    url: `${addressBelow(settings.api_url, 'deployments')}/${segment}/create_flow_run`,
    headers: commonHeaders,
    authentication,
    json: {
      name: request.key,
      idempotency_key: request.key,
      parameters: {
        ...parameters,
        ...(name === '' ? {} : { [name]: requestDocument(request, parameters) }),
      },
      tags: ['mlc', request.model],
    },
  });

  async function start(exchange: Exchange): Promise<HandOverOutcome> {
    const answer = lookedUp(who, await exchange(lookup), {
      404: 'check api_url and deployment in model.yaml, and that the deployment is there',
    });
    if (typeof answer === 'string') return refused(`nothing was started: ${answer}`);
    const id = textField(answer.json, 'id');
    if (id === undefined) return refused(`nothing was started: ${who} gave no id of ${settings.deployment}`);
    const reply = await exchange(callOn(encodeURIComponent(id)));
    return judge(
      who,
      reply,
      ({ status, json }) => {
        const run = textField(json, 'id');
        if (run === undefined) return undefined;
        const duplicate = status === 200;
        return {
          outcome: 'accepted',
          externalId: run,
          url: runUrl(settings, run),
          detail: duplicate ? `${who} had this run already` : `${who} took the run`,
          ...(duplicate ? { duplicate } : {}),
        };
      },
      {
        // Not a duplicate: the parameters do not fit the flow.
        409: `check that the flow takes ${name === '' ? 'these parameters' : `a parameter "${name}"`}, and parameters in model.yaml`,
        422: 'check parameters in model.yaml',
      },
    );
  }

  return {
    name: who,
    before: [lookup],
    call: callOn('<id of the answer before>'),
    repeats: 'by-key',
    start,
  };
}
