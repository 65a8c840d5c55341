// A local HTTP server that keeps every request it gets and answers as it is told.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** One request as it came in. */
export interface Recorded {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  text: string;
  /** The body, where it is JSON. */
  json: unknown;
}

/** What to answer; `hang` never does, `reset` breaks the connection off. */
export type Told =
  { status: number; json?: unknown; text?: string; headers?: Record<string, string> } | 'hang' | 'reset';

export interface Recorder {
  url: string;
  requests: Recorded[];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function answer(response: ServerResponse, told: Told): void {
  if (told === 'hang') return;
  if (told === 'reset') return void response.socket?.resetAndDestroy();
  const body = told.json === undefined ? (told.text ?? '') : JSON.stringify(told.json);
  const type = told.json === undefined ? 'text/plain' : 'application/json';
  response.writeHead(told.status, { 'content-type': type, ...told.headers });
  response.end(body);
}

/** A server for the time of one test. */
export async function recorder(tell: (request: Recorded) => Told): Promise<Recorder> {
  const requests: Recorded[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => undefined);
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const recorded: Recorded = {
        method: request.method ?? '',
        path: pathname,
        query: searchParams,
        headers: request.headers,
        text,
        json: parsed(text),
      };
      requests.push(recorded);
      answer(response, tell(recorded));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}
