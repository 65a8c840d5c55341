// The one file that sends requests: a call with its credentials filled in, and an answer with every credential taken out.
import { type Call, filledIn } from './call.js';
import type { HandOverSetting } from './hand-over.js';
import type { Secret } from './redact.js';
import { fieldsOf, oneLine, type Reply } from './outcomes.js';

/** Sends one request and answers what came of it; never throws. */
export type Exchange = (call: Call) => Promise<Reply>;

/** What a sender knows: where credentials come from, what to hide, and when to give up. */
interface Line {
  env: HandOverSetting['env'];
  redact: (text: string) => string;
  /** Tells of a credential that came up on the way, to be hidden from now on. */
  remember: (secret: Secret) => void;
  signal: AbortSignal;
  timeoutSeconds: number;
}

const maximumAnswer = 8 * 1024 * 1024;

// Those that mean that no connection came about, so that nothing can have arrived.
const neverSent: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused; check the address, and that the server runs',
  ENOTFOUND: 'there is no such host; check the address',
  EAI_AGAIN: 'the name of the host could not be looked up; check the network',
  EHOSTUNREACH: 'the host cannot be reached; check the network',
  ENETUNREACH: 'the network cannot be reached',
  EADDRNOTAVAIL: 'the address cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about in time; check the address and the network',
};

const tlsFault =
  /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_|EPROTO)/;

/** An error and what caused it, the outermost first. */
function chainOf(error: unknown): Record<string, unknown>[] {
  const chain: Record<string, unknown>[] = [];
  for (let link = fieldsOf(error); chain.length < 6 && !chain.includes(link); link = fieldsOf(link.cause))
    chain.push(link);
  return chain;
}

function failureOf(error: unknown, line: Line): Reply {
  const chain = chainOf(error);
  const codes = chain.flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
  const message = chain
    .map((link) => link.message)
    .filter((text): text is string => typeof text === 'string' && text !== '')
    .at(-1);
  if (line.signal.aborted) {
    const timedOut = fieldsOf(line.signal.reason).name === 'TimeoutError';
    return {
      kind: 'lost',
      why: timedOut ? `no answer within ${line.timeoutSeconds} s` : 'it was interrupted',
    };
  }
  for (const code of codes) {
    const why = neverSent[code];
    if (why !== undefined) return { kind: 'not-sent', why };
    if (tlsFault.test(code))
      return {
        kind: 'not-sent',
        why: `the connection could not be secured (${code}); check the certificate, or name its authority in NODE_EXTRA_CA_CERTS`,
      };
  }
  if (chain.some(({ syscall }) => syscall === 'connect'))
    return {
      kind: 'not-sent',
      why: `no connection came about (${codes[0] ?? 'no reason given'}); check the address`,
    };
  const said = oneLine(line.redact(message ?? 'no reason given'), 200);
  // What fetch refuses by itself: a port that no server may use, an address or a header that it cannot send.
  if (codes.length === 0 && /bad port|invalid|failed to parse/i.test(said))
    return { kind: 'not-sent', why: `the request cannot be sent (${said})` };
  return { kind: 'lost', why: `the connection was lost (${codes[0] ?? said})` };
}

/** The body as text, up to a limit; what is beyond is not read. */
async function textOf(response: Response): Promise<string> {
  if (!response.body) return '';
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      parts.push(Buffer.from(part));
      size += part.length;
      if (size > maximumAnswer) break;
    }
  } catch {
    // The status says what became of the request; a body cut short only says less about it.
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const speakingFields = [
  'detail',
  'message',
  'exception_message',
  'error',
  'error_message',
  'title',
  'errors',
  'msg',
];

/** What a server says for people, from the fields that such servers use. */
function messageOf(json: unknown, text: string): string {
  if (json === undefined) {
    if (!/^\s*<(!doctype|html)/i.test(text)) return text;
    return `a web page, ${/<title[^>]*>([^<]*)</i.exec(text)?.[1]?.trim() ?? 'without a title'}`;
  }
  if (typeof json === 'string') return json;
  const parts = speakingFields
    .map((name) => fieldsOf(json)[name])
    .filter((value) => value !== undefined && value !== null && value !== '')
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  return parts.length > 0 ? [...new Set(parts)].join(', ') : text;
}

function locationOf(response: Response, url: string, redact: (text: string) => string): string | undefined {
  const location = response.headers.get('location');
  if (location === null || !URL.canParse(location, url)) return undefined;
  const { origin, pathname } = new URL(location, url);
  return oneLine(redact(`${origin}${pathname}`), 300);
}

/** A sender. Follows no redirect, so that no credential goes to another host. */
export function exchangeOver(line: Line): Exchange {
  return async (call) => {
    const { authentication } = call;
    if (authentication?.kind === 'given')
      line.remember({ shown: authentication.shown, value: authentication.token });
    if (line.signal.aborted) return { kind: 'not-sent', why: 'there was no time left for it' };
    try {
      const response = await fetch(call.url, {
        ...filledIn(call, (name) => line.env[name] ?? ''),
        redirect: 'manual',
        signal: line.signal,
      });
      const text = await textOf(response);
      const json = parsed(text);
      return {
        kind: 'answer',
        status: response.status,
        json,
        // Redacted before it is cut: half a credential would not be recognised.
        said: oneLine(line.redact(messageOf(json, text))),
        location: locationOf(response, call.url, line.redact),
      };
    } catch (error) {
      return failureOf(error, line);
    }
  };
}
