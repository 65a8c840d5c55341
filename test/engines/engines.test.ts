// What engines are asked and how they answer: Trino's protocol on a local server, who asks, and what a source may be.
import { type IncomingMessage, type Server, createServer } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { openClickhouse } from '../../src/engines/clickhouse.js';
import { kindOfType } from '../../src/engines/column-types.js';
import { levelsFor, quantilesBetween } from '../../src/engines/order-statistics.js';
import { doubleQuoted, numberLiteral, tableOrSelect } from '../../src/engines/standard-sql.js';
import { openTrino } from '../../src/engines/trino.js';
import { Failure } from '../../src/errors.js';
import { quantile } from '../../src/lifecycle/drift/quantiles.js';

interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** A server that keeps what it was asked. */
async function answering(
  reply: (
    asked: Asked,
    address: string,
  ) => { status?: number; headers?: Record<string, string>; body: unknown },
): Promise<{ address: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  let address = '';
  const made = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      asked.push(one);
      const { status = 200, headers = {}, body: answer } = reply(one, address);
      response.writeHead(status, headers);
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const bound = made.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
  return { address, asked };
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  if (!(thrown instanceof Failure)) throw new Error(`no failure: ${String(thrown)}`);
  return thrown;
}

describe('Trino', () => {
  test('pages are followed to the last, with who asks in every call', async () => {
    const columns = [{ name: 'n', type: 'bigint' }];
    const { address, asked } = await answering(({ path }, here) =>
      path === '/v1/statement'
        ? { body: { nextUri: `${here}/v1/2` } }
        : path === '/v1/2'
          ? { body: { columns, data: [[1]], nextUri: `${here}/v1/3` } }
          : { body: { columns, data: [[2]] } },
    );
    const engine = openTrino({
      TRINO_URL: address,
      TRINO_USER: 'ada',
      TRINO_PASSWORD: 'secret',
      TRINO_CATALOG: 'hive',
      TRINO_SCHEMA: 'web',
    });
    expect(await engine.query('SELECT n FROM t')).toEqual({ columns, rows: [[1], [2]] });
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/statement',
      'GET /v1/2',
      'GET /v1/3',
    ]);
    expect(asked[0]?.body).toBe('SELECT n FROM t');
    for (const { headers } of asked)
      expect(headers).toMatchObject({
        'x-trino-user': 'ada',
        'x-trino-catalog': 'hive',
        'x-trino-schema': 'web',
        authorization: `Basic ${Buffer.from('ada:secret').toString('base64')}`,
      });
  });

  test('an error is told without secrets', async () => {
    const { address } = await answering(() => ({ body: { error: { message: 'line 1: no s3cret table' } } }));
    const failure = await failureOf(openTrino({ TRINO_URL: address, TRINO_TOKEN: 's3cret' }).query('SELECT'));
    expect(failure).toMatchObject({
      code: 'engine/query',
      exitCode: 2,
      message: 'Trino: line 1: no *** table',
    });
  });

  test('it is not followed elsewhere, where the credentials would go along', async () => {
    const { address, asked } = await answering(() => ({ body: { nextUri: 'http://127.0.0.2:9/v1/2' } }));
    const failure = await failureOf(openTrino({ TRINO_URL: address }).query('SELECT 1'));
    expect(failure.message).toContain('not where it was asked');
    expect(asked).toHaveLength(1);
  });
});

describe('ClickHouse', () => {
  const env = (address: string): NodeJS.ProcessEnv => ({
    CLICKHOUSE_URL: address.replace('http://', 'http://ada:p%40ss@'),
    CLICKHOUSE_DATABASE: 'web',
  });

  test('a statement is posted, and user and password leave the address', async () => {
    const meta = [{ name: 'n', type: 'UInt64' }];
    const { address, asked } = await answering(() => ({ body: { meta, data: [['5']] } }));
    const engine = openClickhouse(env(address));
    expect(await engine.query('SELECT 5 AS n')).toEqual({ columns: meta, rows: [['5']] });
    expect(asked[0]).toMatchObject({
      method: 'POST',
      path: '/?database=web',
      body: 'SELECT 5 AS n FORMAT JSONCompact',
      headers: { authorization: `Basic ${Buffer.from('ada:p@ss').toString('base64')}` },
    });
  });

  test.each([
    ['a refusal', { status: 500, body: 'Code: 60. Table p@ss is not there\nmore' }, 'engine/query', '***'],
    ['no entry', { status: 403, body: 'p@ss is wrong' }, 'engine/unauthorised', 'HTTP 403'],
    ['no JSON', { body: '<html>' }, 'engine/query', 'no JSON'],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.2:9/' }, body: '' },
      'engine/unreachable',
      '',
    ],
  ])('%s is told, and no password', async (_name, reply, code, said) => {
    const { address } = await answering(() => reply);
    const failure = await failureOf(openClickhouse(env(address)).query('SELECT 1'));
    expect(failure).toMatchObject({ code, exitCode: 2 });
    expect(failure.message).toContain(said);
    expect(`${failure.message} ${failure.hint}`).not.toContain('p@ss');
  });

  test('no server, no address, and a wrong one are told', async () => {
    const gone = await failureOf(openClickhouse({ CLICKHOUSE_URL: 'http://127.0.0.1:1' }).query('SELECT 1'));
    expect(gone.code).toBe('engine/unreachable');
    for (const address of [undefined, '', 'nowhere', 'ftp://host'])
      expect(() => openClickhouse({ CLICKHOUSE_URL: address })).toThrow(/CLICKHOUSE_URL/);
  });
});

describe('SQL', () => {
  test.each([
    ['scores', '"scores"'],
    ['web.scores', '"web"."scores"'],
    ['hive.web.scores', '"hive"."web"."scores"'],
    ['SELECT * FROM t WHERE x > 1 ;', '(SELECT * FROM t WHERE x > 1\n)'],
    ['with a as (select 1) select * from a', '(with a as (select 1) select * from a\n)'],
  ])('%s is a source', (given, expected) => {
    expect(tableOrSelect(given, doubleQuoted)).toBe(expected);
  });

  test.each(['DROP TABLE x', 'SELECT 1; DROP TABLE x', 'a.b.c.d', 't; --', '', '../file.csv', 'a b'])(
    '%j is none',
    (given) => {
      expect(() => tableOrSelect(given, doubleQuoted)).toThrow(/neither a table nor a SELECT/);
    },
  );

  test('numbers keep every digit', () => {
    for (const value of [0, -1.5, 0.1, 1 / 3, 1e300, -5e-324, 123456789.123])
      expect(Number(numberLiteral(value).replace(/[()]/g, ''))).toBe(value);
  });

  test('quantiles out of order statistics are those of the values', () => {
    const values = Array.from({ length: 37 }, (_, index) => Math.sqrt(index));
    const shares = [0, 0.1, 1 / 3, 0.5, 0.99, 1];
    const answer = levelsFor(shares, values.length)
      .split(', ')
      .map((level) => values[Math.floor(Number(level) * values.length)] ?? Number.NaN);
    expect(quantilesBetween(answer, shares, values.length)).toEqual(
      shares.map((share) => quantile(values, share)),
    );
  });

  test.each([
    ['Nullable(Float64)', 'numeric'],
    ['LowCardinality(Nullable(String))', 'categorical'],
    ['DECIMAL(18,3)', 'numeric'],
    ['UInt8', 'numeric'],
    ['varchar(20)', 'categorical'],
    ['BOOLEAN', 'categorical'],
    ['bigint', 'numeric'],
  ])('%s is %s', (type, kind) => {
    expect(kindOfType(type)).toEqual({ kind });
  });

  test.each([
    'Array(Float32)',
    'DOUBLE[]',
    'timestamp(3)',
    'Date',
    'row(a bigint)',
    'Map(String, UInt8)',
    'BLOB',
  ])('%s is left out', (type) => {
    expect(kindOfType(type)).toHaveProperty('leftOut');
  });
});
