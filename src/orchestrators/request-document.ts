// A retraining request as the JSON document and the environment variables that are handed over.
import { escapeLine } from '../lifecycle/escape.js';
import type { HandOverRequest, Parameters } from './hand-over.js';

/** The request as it is printed, put on a command's standard input, and sent. */
export interface RequestDocument {
  schema: 'mlc/retraining-request@1';
  key: string;
  request: string;
  model: string;
  version: string;
  trigger: string;
  reason: string | null;
  data_snapshot: string;
  seed: number;
  commit: string;
  requested_at: string;
  requested_by: string;
  causes: readonly string[];
  /** How many causes were too long to be sent along. */
  causes_left_out?: number;
  parameters: Parameters;
}

/** The request as a document with keys in a fixed order. */
export function requestDocument(request: HandOverRequest, parameters: Parameters = {}): RequestDocument {
  return {
    schema: 'mlc/retraining-request@1',
    key: request.key,
    request: request.request,
    model: request.model,
    version: request.version,
    trigger: request.trigger,
    reason: request.reason,
    data_snapshot: request.dataSnapshot,
    seed: request.seed,
    commit: request.commit,
    requested_at: request.requestedAt,
    requested_by: request.requestedBy,
    causes: [...request.causes],
    parameters,
  };
}

// GitHub takes 65,535 characters of inputs and 64 KB of payload, and Linux 128 KiB in one variable.
const maximumBytes = 48_000;

function bytesOf(document: RequestDocument): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(document)));
}

/** The document, with as many causes as fit where its size is limited; the others are counted. */
export function limitedDocument(request: HandOverRequest, parameters: Parameters = {}): RequestDocument {
  const whole = requestDocument(request, parameters);
  for (let kept = whole.causes.length; kept > 0; kept--) {
    const left = whole.causes.length - kept;
    const document =
      left === 0 ? whole : { ...whole, causes: whole.causes.slice(0, kept), causes_left_out: left };
    if (bytesOf(document) <= maximumBytes) return document;
  }
  return whole.causes.length === 0 ? whole : { ...whole, causes: [], causes_left_out: whole.causes.length };
}

// A variable that holds more than 128 KiB keeps a program from starting at all.
const maximumVariable = 30_000;

function variable(text: string): string {
  return text.replaceAll('\0', '').slice(0, maximumVariable);
}

/** The request as environment variables: `MLC_REQUEST_KEY` and so on; causes one a line, what is absent empty. */
export function requestEnvironment(request: HandOverRequest): Record<string, string> {
  return {
    MLC_REQUEST_KEY: variable(request.key),
    MLC_REQUEST_ID: variable(request.request),
    MLC_REQUEST_MODEL: variable(request.model),
    MLC_REQUEST_VERSION: variable(request.version),
    MLC_REQUEST_TRIGGER: variable(request.trigger),
    MLC_REQUEST_REASON: variable(request.reason ?? ''),
    MLC_REQUEST_DATA_SNAPSHOT: variable(request.dataSnapshot),
    MLC_REQUEST_SEED: String(request.seed),
    MLC_REQUEST_COMMIT: variable(request.commit),
    MLC_REQUEST_REQUESTED_AT: variable(request.requestedAt),
    MLC_REQUEST_REQUESTED_BY: variable(request.requestedBy),
    MLC_REQUEST_CAUSES: variable(request.causes.map(escapeLine).join('\n')),
  };
}
