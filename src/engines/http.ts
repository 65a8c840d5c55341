// One HTTP call to a database: who asks comes from the environment, and is never told again.
import { usage } from '../errors.js';

/** Where a database is, and who asks. */
export interface Endpoint {
  /** The engine, for messages. */
  name: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** What must never be printed. */
  secrets: readonly string[];
}

const patience = 600_000;

/** An endpoint from an address that may hold a user and a password, which then leave it. */
export function endpoint(
  name: string,
  variable: string,
  address: string | undefined,
  login: { user: string | undefined; password: string | undefined; token?: string | undefined },
): Endpoint {
  const sample = `export ${variable}=http://localhost:8123`;
  if (!address) throw usage('engine/address', `${variable} says where ${name} is, and is not set`, sample);
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw usage('engine/address', `${variable} is no address`, sample);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw usage('engine/address', `${variable} is no HTTP address`, sample);
  const user = login.user ?? (url.username === '' ? undefined : decodeURIComponent(url.username));
  const password = login.password ?? (url.password === '' ? undefined : decodeURIComponent(url.password));
  url.username = '';
  url.password = '';
  const basic = Buffer.from(`${user ?? 'default'}:${password ?? ''}`).toString('base64');
  const authorization: Record<string, string> =
    login.token !== undefined
      ? { authorization: `Bearer ${login.token}` }
      : password !== undefined
        ? { authorization: `Basic ${basic}` }
        : {};
  return {
    name,
    url,
    headers: authorization,
    secrets: [password, login.token, password === undefined ? undefined : basic].filter(
      (secret) => secret !== undefined && secret !== '',
    ) as string[],
  };
}

/** A text without anything that is secret. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

/** A refusal by the database, in its own words as far as they are short and tell no secret. */
export function refused(to: Endpoint, said: string): Error {
  const [first = ''] = withoutSecrets(said, to.secrets).trim().split('\n');
  return usage(
    'engine/query',
    `${to.name}: ${first.slice(0, 500)}`,
    'mend the table or the SELECT, or who may read it',
  );
}

/** Calls the database, and answers what it said. */
export async function call(
  to: Endpoint,
  url: URL,
  init: { method: 'GET' | 'POST'; body?: string; headers?: Readonly<Record<string, string>> },
): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, {
      ...init,
      headers: { ...to.headers, ...init.headers },
      // A redirect could carry the credentials elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
  } catch (error) {
    const cause = (error as Error).cause;
    const why = cause instanceof Error && cause.message !== '' ? cause.message : (error as Error).message;
    throw usage(
      'engine/unreachable',
      `${to.name} at ${to.url.origin} cannot be reached: ${withoutSecrets(why, to.secrets)}`,
      'check the address and that the server runs',
    );
  }
  const text = await response.text();
  if (response.status === 401 || response.status === 403)
    throw usage(
      'engine/unauthorised',
      `${to.name} at ${to.url.origin} does not let this user in (HTTP ${response.status})`,
      'set the user and the password in the environment: mlc drift --help',
    );
  if (!response.ok) throw refused(to, text || `HTTP ${response.status}`);
  return text;
}

/** JSON that a database answered. */
export function parsed<T>(to: Endpoint, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw refused(to, `the answer is no JSON: ${text.slice(0, 200)}`);
  }
}
