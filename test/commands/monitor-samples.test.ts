// mlc monitor: PSI is recorded with the sizes of its samples, or not at all.
import { beforeAll, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { type ErrorAnswer, commits, copyOf, fileWith } from './support.js';
import { plainReport, recording, samples, soon, watchedWorld } from './watch-scene.js';

let template: World;
let world: World;
beforeAll(async () => {
  template = await watchedWorld();
});
const fresh = async (): Promise<World> => (world = await copyOf(template));

/** Runs with --json, expects that nothing was committed, and answers the code of what is wrong. */
async function refused(args: readonly string[]): Promise<string[]> {
  const before = commits(world);
  const said = await world.json<ErrorAnswer>(args, soon);
  expect(said.code, JSON.stringify(said.data)).toBe(2);
  expect(commits(world)).toBe(before);
  return [said.data.error.code];
}

const without = async (...more: string[]): Promise<string[]> => [
  ...(await recording()).slice(0, -samples.length),
  ...more,
];

test.each([
  ['both', []],
  ['of the window', samples.slice(0, 2)],
  ['of the reference', samples.slice(2)],
])('sizes that psi lacks are asked for: %s', async (_what, flags) => {
  await fresh();
  expect(await refused(await without(...flags))).toEqual(['input/samples']);
});

test('the flags that are missing are named', async () => {
  await fresh();
  const said = await world.mlc(await without(...samples.slice(0, 2)), soon);
  expect(said.stderr).toContain('psi of tenure');
  expect(said.stderr).toMatch(/--current-samples N/);
  expect(said.stderr).not.toContain('--reference-samples N');
});

test('sizes are not needed for other methods, nor without a value, nor of a report that is there already', async () => {
  await fresh();
  const ks = '[{"feature": "tenure", "method": "ks-statistic", "value": 0.3, "threshold": 0.2}]';
  const other = await without();
  other[5] = await fileWith('drift.json', ks);
  await world.ok(other, soon);
  await fresh();
  const unmeasured = await without();
  unmeasured[5] = await plainReport('NaN');
  await world.ok(unmeasured, soon);
  await fresh();
  const file = await plainReport();
  await world.ok(await recording(file), soon);
  const again = (await recording(file)).slice(0, -samples.length);
  expect((await world.json(again, soon)).data).toMatchObject({ outcome: 'unchanged' });
});

test.each(['-1', '1.5', '5%', '', '1e3', '99999999999999999999'])('no size is %j', async (number) => {
  await fresh();
  const flags = [`--reference-samples=${number}`, '--current-samples', '900'];
  expect(await refused(await without(...flags))).toEqual(['input/number']);
  const current = ['--reference-samples', '900', `--current-samples=${number}`];
  expect(await refused(await without(...current))).toEqual(['input/number']);
});
