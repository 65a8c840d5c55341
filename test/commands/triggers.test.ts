// mlc triggers, due and health: what they answer, and what their exit codes say.
import { beforeAll, describe, expect, test } from 'vitest';
import { type World, registryWorld } from '../support/world.js';
import { commits, copyOf } from './support.js';
import { driftedWorld, request, soon, watchedWorld } from './watch-scene.js';

let quiet: World;
let drifted: World;
beforeAll(async () => {
  quiet = await watchedWorld();
  drifted = await driftedWorld(quiet);
});

interface Triggers {
  fired: number;
  versions: { version: string; triggers: { type: string; state: string; causes: { source?: string }[] }[] }[];
}

const stateOf = ({ versions }: Triggers, wanted: string): string | undefined =>
  versions[0]?.triggers.find(({ type }) => type === wanted)?.state;

describe('triggers', () => {
  test('none where nothing is deployed', async () => {
    const said = await (await registryWorld()).json(['triggers'], soon);
    expect(said).toMatchObject({ code: 0, data: { fired: 0, versions: [] } });
  });

  test('nothing measured is not quiet', async () => {
    const { code, data } = await quiet.json<Triggers>(['triggers', 'churn'], soon);
    expect([code, stateOf(data, 'drift-threshold')]).toEqual([0, 'unmeasurable']);
  });

  test('one that fired is exit code 1, with its cause', async () => {
    const { code, data } = await drifted.json<Triggers>(['triggers'], soon);
    expect([code, data.fired, stateOf(data, 'drift-threshold')]).toEqual([1, 1, 'fired']);
    const causes = data.versions[0]?.triggers.flatMap((entry) => entry.causes);
    expect(causes).toMatchObject([{ kind: 'report', source: '1.0.0/20260308T235959Z-input-drift' }]);
  });

  test('off a terminal a line each, separated by tabs', async () => {
    const { stdout } = await drifted.mlc(['triggers'], soon);
    const lines = stdout.replace(/\n$/, '').split('\n');
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line.split('\t')).toHaveLength(7);
    expect(stdout).toMatch(/^churn@1\.0\.0\tdrift-threshold\tfired\t/m);
  });

  test('on a terminal the next commands, and the quiet ones with --all', async () => {
    const some = await drifted.mlc(['triggers'], { ...soon, terminal: 80 });
    const all = await drifted.mlc(['triggers', '--all'], { ...soon, terminal: 80 });
    expect(some.stdout + some.stderr).toContain('mlc retrain churn --trigger drift-threshold');
    expect(all.stdout.length).toBeGreaterThan(some.stdout.length);
  });

  test.each<[string, string[]]>([
    ['a retraining', [...request]],
    ['a review with a reason', ['review', 'churn@1.0.0', '-m', 'season']],
    ['a review of that trigger', ['review', 'churn@1.0.0', '--trigger', 'drift-threshold', '-m', 'season']],
    ['a deprecation', ['deprecate', 'churn@1.0.0', '--without-successor', 'the product ends']],
  ])('%s answers it', async (_name, args) => {
    const world = await copyOf(drifted);
    await world.ok(args, { at: '2026-03-11T09:00:00Z' });
    const { code, data } = await world.json<Triggers>(['triggers'], { at: '2026-03-12T09:00:00Z' });
    expect([code, data.fired]).toEqual([0, 0]);
    expect(stateOf(data, 'drift-threshold')).not.toBe('fired');
  });

  test('a review of another trigger does not, and nor does one without a reason', async () => {
    const world = await copyOf(drifted);
    await world.ok(['review', 'churn@1.0.0', '--trigger', 'calendar', '-m', 'x'], soon);
    await world.ok(['review', 'churn@1.0.0'], soon);
    expect((await world.mlc(['triggers'], soon)).code).toBe(1);
  });

  test('reads, and writes nothing', async () => {
    const before = [commits(drifted), drifted.git('status', '--porcelain')];
    await drifted.mlc(['triggers'], soon);
    expect([commits(drifted), drifted.git('status', '--porcelain')]).toEqual(before);
  });
});
