// One HTTP request to an orchestrator, with credentials by the names of their environment variables alone.

/** How a request says who asks. Names are those of environment variables. */
export type Authentication =
  | { kind: 'bearer'; env: string }
  | { kind: 'basic'; userEnv: string; passwordEnv: string }
  /** `user:password` in one variable. */
  | { kind: 'basic-string'; env: string }
  | { kind: 'private-token'; env: string }
  /** A token that an earlier answer gave; shown as `shown`. */
  | { kind: 'given'; token: string; shown: string };

/** A request as it is built and shown; `secretFields` puts credentials into the body, by field. */
export interface Call {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  authentication?: Authentication | undefined;
  json?: Readonly<Record<string, unknown>> | undefined;
  form?: Readonly<Record<string, string>> | undefined;
  /** Body fields and the environment variables that hold their values. */
  secretFields?: Readonly<Record<string, string>> | undefined;
}

/** A request as a person sees it. */
export interface ShownCall {
  method: 'GET' | 'POST';
  url: string;
  /** Credentials stand as `$NAME`. */
  headers: Record<string, string>;
  /** The JSON body, or the fields of a form. */
  body?: Record<string, unknown>;
}

/** Where values of environment variables come from. */
type Lookup = (name: string) => string;

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function authenticationHeaders(
  authentication: Authentication | undefined,
  value: Lookup,
  encode: (text: string) => string,
): Record<string, string> {
  switch (authentication?.kind) {
    case undefined:
      return {};
    case 'bearer':
      return { authorization: `Bearer ${value(authentication.env)}` };
    case 'basic':
      return {
        authorization: `Basic ${encode(`${value(authentication.userEnv)}:${value(authentication.passwordEnv)}`)}`,
      };
    case 'basic-string':
      return { authorization: `Basic ${encode(value(authentication.env))}` };
    case 'private-token':
      return { 'private-token': value(authentication.env) };
    case 'given':
      return { authorization: `Bearer ${authentication.token}` };
  }
}

function secretFields(call: Call, value: Lookup): Record<string, string> {
  return Object.fromEntries(
    Object.entries(call.secretFields ?? {}).map(([field, env]) => [field, value(env)]),
  );
}

function contentType(call: Call): Record<string, string> {
  if (call.json) return { 'content-type': 'application/json' };
  return call.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
}

/** What `fetch` is given: the credentials filled in. */
export function filledIn(
  call: Call,
  value: Lookup,
): { method: string; headers: Record<string, string>; body?: string } {
  const fields = secretFields(call, value);
  const headers = {
    ...call.headers,
    ...contentType(call),
    ...authenticationHeaders(call.authentication, value, base64),
  };
  if (call.json) return { method: call.method, headers, body: JSON.stringify({ ...call.json, ...fields }) };
  if (call.form)
    return {
      method: call.method,
      headers,
      body: new URLSearchParams({ ...fields, ...call.form }).toString(),
    };
  return { method: call.method, headers };
}

/** The request with `$NAME` where a credential will stand. */
export function shownCall(call: Call): ShownCall {
  const value: Lookup = (name) => `$${name}`;
  const given: Authentication | undefined =
    call.authentication?.kind === 'given'
      ? { ...call.authentication, token: call.authentication.shown }
      : call.authentication;
  const headers = {
    ...call.headers,
    ...contentType(call),
    ...authenticationHeaders(given, value, (text) => text),
  };
  const fields = call.json ?? call.form;
  const shown = { method: call.method, url: call.url, headers };
  return fields ? { ...shown, body: { ...secretFields(call, value), ...fields } } : shown;
}

/** An address below a base address, which may end in a slash; segments are encoded. */
export function addressBelow(base: string, ...segments: readonly string[]): string {
  return [base.replace(/(?<!\/)\/+$/, ''), ...segments.map(encodeURIComponent)].join('/');
}
