// Measured drift against scipy, numpy and Evidently on real data, in every format and by real engines.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type World, registryWorld, servingVersion } from '../support/world.js';
import { type ClickhouseServer, clickhouseServer } from './clickhouse.js';
import { must, pythonWith, root } from './tools.js';

type Values = Record<string, Record<string, number>>;

interface Expected {
  sets: Record<string, Values>;
  evidently: Record<string, { edges: Record<string, number[]>; psi: Record<string, number> }>;
}

interface Answer {
  columns: { name: string; measures: Record<string, number | null>; ks: { p_value_method: string } | null }[];
  observations: { name: string; method: string; value: number | null }[];
}

let world: World;
let data: string;
let expected: Expected;

beforeAll(async () => {
  data = await temporaryFolder();
  const bin = await pythonWith(
    'numpy==2.4.6',
    'scipy==1.17.1',
    'pandas==2.3.3',
    'pyarrow==26.0.1',
    'scikit-learn==1.9.1',
    'evidently==0.7.21',
  );
  must(path.join(bin, 'python'), [path.join(import.meta.dirname, 'drift.py'), data], root);
  expected = JSON.parse(readFileSync(path.join(data, 'expected.json'), 'utf8')) as Expected;
  world = await registryWorld();
  await servingVersion(world);
});

async function measure(
  reference: string,
  current: string,
  more: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Answer> {
  const args = ['drift', 'churn', '--reference', reference, '--current', current, ...more];
  const { code, data: answer } = await world.json<Answer>(args, { env });
  if (code > 1) throw new Error(JSON.stringify(answer));
  return answer;
}

const file = (name: string): string => path.join(data, name);

const between = (set: string, more: readonly string[] = []): Promise<Answer> =>
  measure(file(`${set}-reference.csv`), file(`${set}-current.csv`), more);

/** Tolerances: an index and a statistic are sums of a few terms; a p-value is a long computation. */
const relative: Record<string, number> = { 'ks-p-value': 1e-6 };

function farthest(found: Answer, wanted: Values): { count: number; off: string[] } {
  const off: string[] = [];
  let count = 0;
  for (const [name, measures] of Object.entries(wanted))
    for (const [method, value] of Object.entries(measures)) {
      const own = found.columns.find((column) => column.name === name)?.measures[method] ?? Number.NaN;
      const allowed = Math.max(1e-12, (relative[method] ?? 1e-9) * Math.abs(value));
      count += 1;
      if (!(Math.abs(own - value) <= allowed)) off.push(`${name} ${method}: ${own}, and not ${value}`);
    }
  return { count, off };
}

test.each([
  ['breast-cancer', 30, 'exact'],
  ['wine', 13, 'exact'],
  ['diabetes', 10, 'exact'],
  ['digits', 64, 'exact'],
  ['large', 10, 'asymptotic'],
])('%s: %d columns agree with scipy and numpy, the p-value %s', async (set, columns, method) => {
  const found = await between(set);
  const { count, off } = farthest(found, expected.sets[set] ?? {});
  expect(off).toEqual([]);
  expect(count).toBe(4 * columns);
  expect(new Set(found.columns.map((column) => column.ks?.p_value_method))).toEqual(new Set([method]));
});

test('categories agree with scipy: total variation, Jensen-Shannon, PSI', async () => {
  const { count, off } = farthest(await between('categories'), expected.sets.categories ?? {});
  expect(off).toEqual([]);
  expect(count).toBe(9);
});

test.each(['breast-cancer', 'categories'])('%s: the PSI is that of Evidently in its bins', async (set) => {
  const { edges, psi } = expected.evidently[set] ?? { edges: {}, psi: {} };
  const flags = Object.entries(edges).flatMap(([name, list]) => ['--edges', `${name}=${list.join(',')}`]);
  const found = await between(set, flags);
  const wanted = Object.fromEntries(Object.entries(psi).map(([name, value]) => [name, { psi: value }]));
  expect(farthest(found, wanted)).toEqual({ count: Object.keys(psi).length, off: [] });
});

test.each([
  ...['none', 'snappy', 'gzip', 'brotli', 'zstd', 'lz4'].map((codec) => [codec, 'parquet'] as const),
  ['lines', 'jsonl'] as const,
  ['zipped', 'csv.gz'] as const,
])('%s %s gives what CSV gives', async (name, ending) => {
  const found = await measure(file(`${name}-reference.${ending}`), file(`${name}-current.${ending}`));
  expect(found.columns).toEqual((await between('breast-cancer')).columns);
});

/** What an engine found, against what the files give: the statistic on quantiles is not above the exact one. */
function sameAsEmbedded(found: Answer, embedded: Answer): void {
  expect(found.columns.map((column) => column.name)).toEqual(embedded.columns.map((column) => column.name));
  for (const [index, column] of found.columns.entries()) {
    const own = embedded.columns[index]?.measures ?? {};
    for (const method of ['psi', 'missing-share', 'total-variation', 'jensen-shannon'])
      if (own[method] !== undefined) expect(column.measures[method]).toBeCloseTo(own[method] ?? 0, 9);
    const [here, there] = [column.measures['ks-statistic'], own['ks-statistic']];
    if (typeof here !== 'number' || typeof there !== 'number') continue;
    expect(here).toBeLessThanOrEqual(there + 1e-12);
    expect(there - here).toBeLessThan(0.04);
  }
}

test.each(['breast-cancer', 'diabetes', 'categories'])('DuckDB counts %s as mlc does', async (set) => {
  sameAsEmbedded(await between(set, ['--engine', 'duckdb']), await between(set));
});

test('DuckDB reads Parquet', async () => {
  const found = await measure(file('zstd-reference.parquet'), file('zstd-current.parquet'), [
    '--engine',
    'duckdb',
  ]);
  sameAsEmbedded(found, await between('breast-cancer'));
});

describe('ClickHouse, a real server', () => {
  let server: ClickhouseServer;

  beforeAll(async () => {
    server = await clickhouseServer();
    for (const set of ['breast-cancer', 'categories'])
      for (const side of ['reference', 'current']) {
        const [head = '', ...lines] = readFileSync(file(`${set}-${side}.csv`), 'utf8')
          .trimEnd()
          .split('\n');
        const type = set === 'categories' ? 'Nullable(String)' : 'Nullable(Float64)';
        const columns = head.split(',').map((name) => `\`${name}\` ${type}`);
        const table = `${set.replace('-', '_')}_${side}`;
        await server.post(`CREATE TABLE ${table} (${columns.join(', ')}) ENGINE = Log`);
        const nulls = lines.map((line) =>
          line
            .split(',')
            .map((cell) => cell || '\\N')
            .join(','),
        );
        await server.post(`INSERT INTO ${table} FORMAT CSV`, nulls.join('\n'));
      }
  });

  afterAll(() => server.stop());

  const login = (): Record<string, string> => ({
    CLICKHOUSE_URL: server.address,
    CLICKHOUSE_USER: 'mlc',
    CLICKHOUSE_PASSWORD: server.password,
  });

  test.each(['breast-cancer', 'categories'])('counts %s as mlc does', async (set) => {
    const table = set.replace('-', '_');
    const found = await measure(
      `${table}_reference`,
      `SELECT * FROM ${table}_current`,
      ['--engine', 'clickhouse'],
      login(),
    );
    sameAsEmbedded(found, await between(set));
  });

  test.each([
    ['a wrong password', { CLICKHOUSE_PASSWORD: 'not-the-one' }, 'no_table', 'engine/unauthorised'],
    ['no table', {}, 'no_table', 'engine/query'],
  ])('%s is told without the password', async (_name, change, table, code) => {
    const env = { ...login(), ...change };
    const args = ['drift', 'churn', '--engine', 'clickhouse', '--reference', table, '--current', table];
    const said = await world.mlc(args, { env });
    expect(said.code).toBe(2);
    expect(said.stderr).not.toContain(env.CLICKHOUSE_PASSWORD);
    const { data: answer } = await world.json<{ error: { code: string } }>(args, { env });
    expect(answer.error.code).toBe(code);
  });
});
