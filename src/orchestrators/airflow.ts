// Apache Airflow 3 (API v2) and 2 (API v1): a DAG run whose id is the request's key, so that a second one is refused with 409.
import type { Airflow } from '../generated/types.js';
import { addressBelow, type Authentication, type Call } from './call.js';
import type { Exchange } from './exchange.js';
import type { HandOverOutcome, HandOverRequest, Parameters } from './hand-over.js';
import { type Answer, judge, lookedUp, type NextSteps, oneLine, refused, textField } from './outcomes.js';
import { commonHeaders, type Orchestrator } from './orchestrator.js';
import { requestDocument } from './request-document.js';

const who = 'Airflow';
// The longest note that Airflow keeps.
const maximumNote = 1000;

const nextSteps: NextSteps = {
  400: 'check that the DAG imports without errors and takes this conf',
  404: 'check base_url, dag_id and api in model.yaml, and that the DAG is loaded',
  405: 'check api in model.yaml: v2 is Airflow 3, v1 is Airflow 2',
};

function loginCall(settings: Airflow, userEnv: string, passwordEnv: string): Call {
  return {
    method: 'POST',
    url: addressBelow(settings.base_url, 'auth', 'token'),
    headers: commonHeaders,
    json: {},
    secretFields: { username: userEnv, password: passwordEnv },
  };
}

/** Airflow 2 takes user and password with each request; Airflow 3 gives a token for them. */
function loginOf(settings: Airflow): Call | undefined {
  const { token_env: token, user_env: user, password_env: password } = settings;
  if (settings.api === 'v1' || token !== undefined || user === undefined || password === undefined)
    return undefined;
  return loginCall(settings, user, password);
}

function authenticationOf(settings: Airflow): Authentication | undefined {
  if (settings.token_env !== undefined) return { kind: 'bearer', env: settings.token_env };
  if (settings.user_env === undefined || settings.password_env === undefined) return undefined;
  return { kind: 'basic', userEnv: settings.user_env, passwordEnv: settings.password_env };
}

function startCall(settings: Airflow, request: HandOverRequest, parameters: Parameters): Call {
  const run = {
    dag_run_id: request.key,
    conf: { ...parameters, request: requestDocument(request, parameters) },
    note: oneLine([`mlc: ${request.trigger}`, ...request.causes].join('; '), maximumNote),
  };
  return {
    method: 'POST',
    url: addressBelow(settings.base_url, 'api', settings.api ?? 'v2', 'dags', settings.dag_id, 'dagRuns'),
    headers: commonHeaders,
    // Airflow 3 wants the key to be there, and null to mean that the run stands for no date.
    json: settings.api === 'v1' ? run : { ...run, logical_date: null },
  };
}

function runUrl(settings: Airflow, key: string): string {
  const dag = addressBelow(settings.base_url, 'dags', settings.dag_id);
  return settings.api === 'v1'
    ? `${dag}/grid?dag_run_id=${encodeURIComponent(key)}`
    : addressBelow(dag, 'runs', key);
}

/** A DAG run of one request. */
export function airflow(settings: Airflow, request: HandOverRequest, parameters: Parameters): Orchestrator {
  const login = loginOf(settings);
  const shownToken: Extract<Authentication, { kind: 'given' }> = {
    kind: 'given',
    token: '',
    shown: '<token of the answer before>',
  };
  const call = startCall(settings, request, parameters);
  const accepted = (detail: string): HandOverOutcome => ({
    outcome: 'accepted',
    externalId: request.key,
    url: runUrl(settings, request.key),
    detail,
  });

  /** 409 says that something is there already: this run, unless it is not. */
  async function conflict(exchange: Exchange, answer: Answer, authenticated: Call): Promise<HandOverOutcome> {
    const { authentication, headers, url } = authenticated;
    const reply = await exchange({
      method: 'GET',
      headers,
      authentication,
      url: addressBelow(url, request.key),
    });
    if (reply.kind === 'answer' && reply.status === 404)
      return refused(`${who} answered 409, and has no run ${request.key}: ${answer.said}`);
    return { ...accepted(`${who} had this run already`), duplicate: true };
  }

  async function startWith(exchange: Exchange, authenticated: Call): Promise<HandOverOutcome> {
    const reply = await exchange(authenticated);
    if (reply.kind === 'answer' && reply.status === 409) return conflict(exchange, reply, authenticated);
    return judge(
      who,
      reply,
      (answer) => {
        if (textField(answer.json, 'dag_run_id') !== request.key) return undefined;
        return accepted(`${who} took the run, state ${textField(answer.json, 'state') ?? 'not told'}`);
      },
      nextSteps,
    );
  }

  async function start(exchange: Exchange): Promise<HandOverOutcome> {
    if (!login) return startWith(exchange, { ...call, authentication: authenticationOf(settings) });
    const answer = lookedUp(who, await exchange(login), { 404: 'check base_url and api in model.yaml' });
    if (typeof answer === 'string') return refused(`nothing was started: ${answer}`);
    const token = textField(answer.json, 'access_token');
    if (token === undefined) return refused(`nothing was started: ${who} gave no access token`);
    return startWith(exchange, { ...call, authentication: { ...shownToken, token } });
  }

  return {
    name: who,
    before: login ? [login] : [],
    call: { ...call, authentication: login ? shownToken : authenticationOf(settings) },
    repeats: 'by-key',
    start,
  };
}
