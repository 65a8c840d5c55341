// What drives a terminal stays out of --json too, where JSON lets it through; the data is the same.
import { beforeAll, expect, test } from 'vitest';
import { type World } from '../support/world.js';
import { now, registeredWorld } from './stages.js';

let world: World;
beforeAll(async () => {
  world = await registeredWorld();
});

// Delete, C1 controls, bidirectional overrides and isolates, line separators.
const characters = [
  '\u007f',
  '\u009b31m',
  '\u0085',
  '\u202e',
  '\u2066',
  '\u200e',
  '\u2028',
  '\u2029',
  '\ufeff',
];

test.each(characters)('%j in a flag comes back escaped', async (character) => {
  const { code, stdout } = await world.mlc(['list', `--${character}`, '--json'], { at: now });
  expect(code).toBe(2);
  expect(stdout).not.toContain(character[0]);
  const { error } = JSON.parse(stdout) as { error: { message: string } };
  expect(error.message).toContain(character);
});

test('in help and in an answer too', async () => {
  const held = await world.mlc(['hold', 'churn@1.0.0', '-m', 'so\u202eit is', '--dry-run', '--json'], {
    at: now,
  });
  expect(held.stdout).not.toContain('\u202e');
  expect(JSON.parse(held.stdout)).toBeTypeOf('object');
});
