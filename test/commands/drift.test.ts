// mlc drift: what it measures, what it says, and what it refuses to answer.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { fittingProfile } from '../../src/commands/drift-profile.js';
import { savedProfile } from '../../src/lifecycle/drift/saved-profile.js';
import { renderWithLibrary } from '../../src/registry/yaml-library-write.js';
import { normal, profileCells } from '../lifecycle/drift/support.js';
import type { World } from '../support/world.js';
import { answerChecker } from './answer-schemas.js';
import { servingWorld } from './stages.js';
import { type ErrorAnswer, codesOf, copyOf, widest } from './support.js';

interface DriftAnswer {
  version: string;
  verdict: string;
  window: { start: string; end: string } | null;
  observations: { name: string; method: string; value: number | null; breached: boolean | null }[];
  columns: {
    name: string;
    kind: string;
    verdict: string;
    why: string | null;
    ks: { measured_on: string } | null;
  }[];
  absent: { name: string; why: string }[];
  notes: string[];
}

let world: World;

/** A CSV text: tenure (which moves with the shift), plan, id, note. */
function rows(count: number, shift: number, seed: number): string {
  const lines = normal(count, shift, seed).map(
    (value, index) => `${value},${['basic', 'plus', 'pro'][(index * 7) % 3]},${seed}-${index}`,
  );
  return `tenure,plan,id\n${lines.join('\n')}\n`;
}

beforeAll(async () => {
  world = await servingWorld();
  await world.write('reference.csv', rows(500, 0, 1));
  await world.write('same.csv', rows(400, 0, 2));
  await world.write('shifted.csv', rows(400, 1, 3));
  await world.write('small.csv', rows(50, 1, 4));
});

const args = (current: string, ...more: string[]): string[] => [
  'drift',
  'churn',
  '--reference',
  'reference.csv',
  '--current',
  current,
  ...more,
];

describe('the answer', () => {
  test('no drift is exit code 0, drift is 1, and what was left out is said', async () => {
    const same = await world.mlc(args('same.csv'));
    expect(same.code).toBe(0);
    expect(same.stdout.split('\n').map((line) => line.split('\t')[8])).toEqual([
      'stable',
      'stable',
      undefined,
    ]);
    expect(same.stderr).toContain('id is left out');
    const shifted = await world.mlc(args('shifted.csv'));
    expect(shifted.code).toBe(1);
    expect(shifted.stdout.split('\n')[0]).toMatch(/^tenure\tnumeric\t500\t400\t.*\tdrifted\tpsi .* > 0\.2/);
  });

  test('as JSON it is a report for the version that serves, and fits its schema', async () => {
    const { code, data } = await world.json<DriftAnswer>(
      args('shifted.csv', '--window', '2026-03-01..2026-03-07'),
    );
    expect(code).toBe(1);
    expect(data).toMatchObject({
      schema: 'mlc/drift@1',
      model: 'churn',
      version: '1.0.0',
      signal: 'input-drift',
      window: { start: '2026-03-01T00:00:00Z', end: '2026-03-07T23:59:59Z' },
      samples: { reference: 500, current: 400 },
      verdict: 'breached',
    });
    expect(data.observations.filter(({ breached }) => breached === true)).toMatchObject([
      { name: 'tenure', method: 'psi' },
    ]);
    expect((await answerChecker())('drift', data)).toEqual([]);
  });

  test('too few samples are unmeasured: exit code 0, no value in the report, and why', async () => {
    const { code, data } = await world.json<DriftAnswer>(args('small.csv', '--column', 'tenure'));
    expect(code).toBe(0);
    expect(data.verdict).toBe('unmeasured');
    expect(data.columns[0]?.why).toContain('50 current values, and a verdict needs 200');
    expect(data.observations[0]).toMatchObject({ method: 'psi', value: null, breached: null });
    expect((await answerChecker())('drift', data)).toEqual([]);
    expect((await world.json(args('small.csv', '--min-samples', '50'))).code).toBe(1);
  });

  test('a version may be named', async () => {
    const of = async (address: string): Promise<string> => {
      const words = args('same.csv');
      words[1] = address;
      return (await world.json<DriftAnswer>(words)).data.version;
    };
    expect(await of('churn@1.1.0')).toBe('1.1.0');
    expect(await of('churn@latest')).toBe('1.1.0');
    expect(await of('churn@production')).toBe('1.0.0');
  });

  test.each([60, 80, 120])('on a terminal of %d columns the table fits', async (terminal) => {
    const said = await world.mlc(args('shifted.csv'), { terminal });
    expect(said.stdout).toContain('churn@1.0.0: 1 of 2 columns drifted');
    expect(widest(said.stdout.split('\n\n')[0] ?? '')).toBeLessThanOrEqual(terminal);
  });

  test('nothing is written', async () => {
    const before = world.git('status', '--porcelain');
    await world.mlc(args('shifted.csv'));
    expect(world.git('status', '--porcelain')).toBe(before);
  });
});

describe('key features', () => {
  test('are measured alone, and one that is not there is unmeasured', async () => {
    const own = await copyOf(world);
    const model = await own.read('models/churn/model.yaml');
    const without = model.replace(/^monitoring:\n( .*\n)*/m, '');
    await own.write('models/churn/model.yaml', `${without}monitoring:\n  key_features: [tenure, age]\n`);
    own.git('commit', '-qam', 'key features');
    const { code, data } = await own.json<DriftAnswer>(args('same.csv'));
    expect(code).toBe(0);
    expect(data.columns.map(({ name }) => name)).toEqual(['tenure']);
    expect(data.absent).toEqual([{ name: 'age', why: 'neither file has such a column' }]);
    expect(data.verdict).toBe('unmeasured');
    expect(data.observations.at(-1)).toMatchObject({ name: 'age', method: 'psi', value: null });
    const all = await own.json<DriftAnswer>(args('same.csv', '--signal', 'output-drift'));
    expect(all.data.columns.map(({ name }) => name)).toEqual(['tenure', 'plan']);
  });
});

describe('a saved profile', () => {
  const saved = async (file: string, change = (text: string): string => text): Promise<string> => {
    const profile = profileCells(normal(500));
    if (typeof profile === 'string') throw new Error(profile);
    const rest = {
      model: 'churn',
      version: '1.0.0',
      signal: 'input-drift' as const,
      source: { file: 'reference.csv', sha256: '0'.repeat(64) },
    };
    const made = await fittingProfile([{ ...profile, name: 'tenure' }], rest);
    const data = savedProfile(made, { now: '2026-03-01T09:00:00Z', actor: 'Ada <ada@example.com>' });
    await writeFile(path.join(world.folder, file), change(renderWithLibrary(data)));
    return file;
  };

  test('stands for the reference', async () => {
    const words = ['drift', 'churn', '--profile', await saved('profile.yaml'), '--current'];
    expect((await world.json<DriftAnswer>([...words, 'same.csv'])).code).toBe(0);
    const { code, data } = await world.json<DriftAnswer>([...words, 'shifted.csv']);
    expect(code).toBe(1);
    expect(data.columns[0]?.ks?.measured_on).toBe('quantiles');
    const inEngine = await world.json<DriftAnswer>([...words, 'shifted.csv', '--engine', 'duckdb']);
    expect(inEngine.data.columns).toEqual(data.columns);
  });

  test('of two hundred columns is still small enough, and of two thousand is refused', async () => {
    const profile = profileCells(normal(300));
    if (typeof profile === 'string') throw new Error(profile);
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...profile, name: `feature_number_${index}` }));
    const rest = { model: 'churn', version: '1.0.0', signal: 'input-drift', source: { file: 'x' } } as const;
    const made = await fittingProfile(many(200), rest);
    const text = renderWithLibrary(savedProfile(made, { now: '', actor: '' }));
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
    await expect(fittingProfile(many(2000), rest)).rejects.toMatchObject({ code: 'drift/profile-too-large' });
  });

  test('that is damaged is refused', async () => {
    const words = ['drift', 'churn', '--current', 'same.csv', '--profile'];
    const damage: [string, (text: string) => string, string][] = [
      ['other.yaml', (text) => text.replace('mlc/profile@1', 'mlc/gate@1'), 'no reference profile'],
      ['counts.yaml', (text) => text.replace(/counts: "\d+ /, 'counts: "'), 'counts for'],
      ['yaml.yaml', () => 'a: [', 'cannot be read'],
    ];
    for (const [name, change, said] of damage) {
      const { code, data } = await world.json<ErrorAnswer>([...words, await saved(name, change)]);
      expect(code).toBe(1);
      expect(data.error.message).toContain(said);
    }
  });

  test('where there is none, and no reference, it says where it would be', async () => {
    const { code, data } = await world.json<ErrorAnswer>(['drift', 'churn', '--current', 'same.csv']);
    expect(code).toBe(2);
    expect(data.error.message).toContain('models/churn/profiles/1.0.0/input-drift.yaml');
  });
});

describe('what cannot be asked', () => {
  test.each([
    [['--zeros', 'floor'], 'drift/zeros'],
    [['--zeros', 'floor:2'], 'drift/zeros'],
    [['--zeros', 'laplace:-1'], 'drift/zeros'],
    [['--threshold', 'psi'], 'drift/threshold'],
    [['--threshold', 'psi='], 'drift/threshold'],
    [['--threshold', 'ks-p-value=0.05'], 'drift/threshold'],
    [['--edges', 'tenure=3,2'], 'drift/edges'],
    [['--edges', 'tenure=1,,2'], 'drift/edges'],
    [['--embedding', 'text=emb_'], 'drift/embedding'],
    [['--embedding', 'text=emb_*'], 'drift/no-columns'],
    [['--window', '2026-03-07..2026-03-01'], 'drift/window'],
    [['--window', 'yesterday'], 'input/window'],
    [['--bins', '1'], 'input/number'],
    [['--bins', '2.5'], 'input/number'],
    [['--min-samples', '-5'], 'input/number'],
    [['--column', 'tenur'], 'drift/unknown-column'],
    [['--categorical', 'nope'], 'drift/unknown-column'],
    [['--numeric', 'plan'], 'table/cell'],
    [['--profile', 'x.yaml'], 'drift/two-references'],
    [['--engine', 'clickhouse'], 'engine/address'],
    [['--engine', 'trino', '--missing', 'x'], 'engine/missing'],
  ])('%j', async (more, code) => {
    const { code: exit, data } = await world.json<ErrorAnswer>(args('same.csv', ...more));
    expect({ exit, code: data.error.code }).toEqual({ exit: 2, code });
  });

  test('every unknown column is named, with what may be meant', async () => {
    const { data } = await world.json<ErrorAnswer>(args('same.csv', '--column', 'tenur', '--column', 'plam'));
    expect(codesOf(data)).toEqual(['drift/unknown-column', 'drift/unknown-column']);
    expect(data.error.hint).toContain('tenure');
  });

  test('a value that is no number is told with file and line', async () => {
    await world.write('broken.csv', rows(300, 0, 5).replace(/^[^,\n]+(,basic,5-150)$/m, 'oops$1'));
    const { code, data } = await world.json<ErrorAnswer>(args('broken.csv'));
    expect(code).toBe(2);
    expect(data.error.message).toContain('broken.csv:152: column tenure holds "oops"');
    expect((await world.json(args('broken.csv', '--missing', 'oops'))).code).toBe(0);
  });
});
