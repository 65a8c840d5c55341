// Looking for a workflow run of GitHub by the request's key in its name.
import type { Call } from './call.js';
import type { Exchange } from './exchange.js';
import type { HandOverRequest } from './hand-over.js';
import { fieldsOf, lookedUp, textField } from './outcomes.js';
import type { Found } from './orchestrator.js';

/** GitHub, as messages name it. */
export const github = 'GitHub';

/** The headers that GitHub asks for. */
export const githubHeaders = {
  accept: 'application/vnd.github+json',
  'user-agent': 'mlc',
  'x-github-api-version': '2022-11-28',
} as const;

const pageSize = 100;
// GitHub gives no more than 1,000 runs of a search.
const maximumPages = 10;
const dayMilliseconds = 86_400_000;

/** The day before a moment: the other side's clock need not agree with the one that wrote the request. */
export function dayBefore(timestamp: string): string {
  return new Date(Date.parse(timestamp) - dayMilliseconds).toISOString().slice(0, 10);
}

/** The first page of the runs of an event since the request was made; `runsUrl` ends in `/runs`. */
export function runsCall(runsUrl: string, event: string, request: HandOverRequest, tokenEnv: string): Call {
  const query = new URLSearchParams({
    event,
    created: `>=${dayBefore(request.requestedAt)}`,
    per_page: String(pageSize),
  });
  return {
    method: 'GET',
    url: `${runsUrl}?${query.toString()}`,
    headers: githubHeaders,
    authentication: { kind: 'bearer', env: tokenEnv },
  };
}

/** The run that names the key, if there is one. */
export async function findRun(exchange: Exchange, first: Call, key: string): Promise<Found> {
  for (let page = 1; page <= maximumPages; page++) {
    const answer = lookedUp(github, await exchange({ ...first, url: `${first.url}&page=${page}` }), {
      403: 'give the token the right to read actions',
      404: 'check repository and workflow in model.yaml, and that the token may read actions there',
    });
    if (typeof answer === 'string') return { failed: answer };
    const runs = fieldsOf(answer.json).workflow_runs;
    if (!Array.isArray(runs))
      return { failed: `${github} did not answer as it does; check api_url in model.yaml` };
    const run: unknown = runs.find((item) =>
      [textField(item, 'display_title'), textField(item, 'name')].some((title) => title?.includes(key)),
    );
    if (run !== undefined)
      return {
        found: {
          outcome: 'accepted',
          externalId: textField(run, 'id'),
          url: textField(run, 'html_url'),
          detail: `${github} has a run that names the request already`,
          duplicate: true,
        },
      };
    if (runs.length < pageSize) return 'absent';
  }
  return { failed: `${github} lists more runs since then than can be looked through` };
}
