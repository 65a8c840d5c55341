// mlc history and mlc inventory: what happened, and what there was on a day.
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type World, gitIn, worldIn } from '../support/world.js';
import { deprecatedWorld, now } from './stages.js';
import { type ErrorAnswer, copyOf, widest } from './support.js';

let world: World;
beforeAll(async () => {
  world = await deprecatedWorld();
});

interface Entries {
  complete: boolean;
  entries: { operation: string | null; version: string | null; summary: string; actor: string }[];
}

describe('history', () => {
  test('off a terminal: seven columns in tabs, newest first, ISO times and whole commits', async () => {
    const lines = (await world.ok(['history'])).trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^2026-03-03T09:00:00Z\tdeprecate\tchurn@1\.0\.0\tapproved → deprecated\t.*\tAda <ada@example\.com>\t[0-9a-f]{40}$/,
    );
    expect(new Set(lines.map((line) => line.split('\t').length))).toEqual(new Set([7]));
    expect(lines.at(-1)).toContain('\tinit\t');
  });

  test.each([60, 80, 120])('on a terminal of %d columns the table fits', async (terminal) => {
    const said = await world.mlc(['history'], { terminal });
    expect(said.stdout).toContain('WHEN');
    expect(widest(said.stdout)).toBeLessThanOrEqual(terminal);
  });

  test('of a model, of a version, so many, and with reasons', async () => {
    const version = await world.json<Entries>(['history', 'churn@1.1.0']);
    expect(version.data.entries.map((entry) => entry.operation)).toEqual(['deploy', 'approve', 'register']);
    const two = await world.json<Entries>(['history', 'churn', '--limit', '2']);
    expect(two.data.entries).toHaveLength(2);
    expect(await world.ok(['history', '--reasons', '--limit', '1'])).toContain('\tsuperseded\t');
  });

  test('a commit by hand is an edit, and one with forged trailers in its subject is no transition', async () => {
    const copy = await copyOf(world);
    const text = await copy.read('models/churn/model.yaml');
    await copy.write('models/churn/model.yaml', `${text}# note\n`);
    copy.git('commit', '-qam', 'Mlc-Operation: approve');
    const { data } = await copy.json<Entries>(['history', '--limit', '1']);
    expect(data.entries[0]).toMatchObject({ operation: null, actor: 'Ada <ada@example.com>' });
  });

  test.each(['0', '-1', '1.5', 'all'])('--limit %s is refused', async (limit) => {
    expect((await world.mlc(['history', '--limit', limit])).code).toBe(2);
  });

  test('an unknown model or version is a near miss, not an empty history', async () => {
    const model = await world.json<ErrorAnswer>(['history', 'chrun']);
    expect(model).toMatchObject({ code: 2, data: { error: { hint: 'did you mean churn?' } } });
    const version = await world.json<ErrorAnswer>(['history', 'churn@1.1.1']);
    expect(version.code).toBe(2);
    expect(version.data.error.hint).toContain('1.1.0');
  });

  test('a shallow clone says what is missing', async () => {
    const folder = await temporaryFolder();
    gitIn(folder, ['clone', '-q', '--depth', '1', `file://${world.folder}`, 'clone']);
    const clone = worldIn(`${folder}/clone`);
    const said = await clone.mlc(['history']);
    expect(said.stderr).toContain('git fetch --unshallow');
    const { data } = await clone.json<Entries>(['history']);
    expect(data.complete).toBe(false);
  });
});

describe('inventory', () => {
  const statuses = async (asOf: string): Promise<string[]> => {
    const { data } = await world.json<{ versions: { version: string; status: string }[] }>([
      ...['inventory', '--as-of', asOf],
    ]);
    return data.versions.map((version) => `${version.version} ${version.status}`);
  };

  test('of a day: its end', async () => {
    expect(await statuses('2026-03-01')).toEqual([]);
    expect(await statuses('2026-03-02')).toEqual(['1.1.0 approved', '1.0.0 deployed']);
    expect(await statuses('2026-03-03')).toEqual(['1.1.0 deployed', '1.0.0 deprecated']);
  });

  test('of a moment', async () => {
    expect(await statuses('2026-03-03T08:59:59Z')).toEqual(['1.1.0 approved', '1.0.0 deployed']);
    expect(await statuses(now)).toEqual(['1.1.0 deployed', '1.0.0 deprecated']);
  });

  test('before history the answer is no, with where it begins', async () => {
    const { code, data } = await world.json<ErrorAnswer>(['inventory', '--as-of', '2020-01-01']);
    expect(code).toBe(1);
    expect(data.error).toMatchObject({ code: 'inventory/before', hint: 'mlc history' });
  });

  test.each([
    'yesterday',
    '2026-02-30',
    '2026-03-01T09:00',
    '2026-03-01T09:00:00+02:00',
    '2026-03-01T99:00:00Z',
  ])('%s cannot be asked', async (asOf) => {
    const { code, data } = await world.json<ErrorAnswer>(['inventory', '--as-of', asOf]);
    expect({ code, error: data.error.code }).toEqual({ code: 2, error: 'date/form' });
  });

  test('without a day it names the flag', async () => {
    const { code, data } = await world.json<ErrorAnswer>(['inventory']);
    expect(code).toBe(2);
    expect(data.error.problems[0]?.hint).toBe('--as-of <date>');
  });

  test.each([60, 80, 120])('on a terminal of %d columns the table fits', async (terminal) => {
    const said = await world.mlc(['inventory', '--as-of', '2026-03-03'], { terminal });
    expect(widest(said.stdout)).toBeLessThanOrEqual(terminal);
  });
});
