// mlc register: the gate passes, is there, and was agreed before the training.
import { beforeAll, describe, expect, test } from 'vitest';
import { type World, registration, registryWorld } from '../support/world.js';
import { now } from './stages.js';
import { type ErrorAnswer, codesOf, copyOf } from './support.js';

let base: World;
beforeAll(async () => {
  base = await registryWorld();
});
const at = now;
const record = (world: World): Promise<string> => world.read('models/churn/versions/1.0.0.yaml');
const without = (words: readonly string[], flag: string): string[] => {
  const place = words.indexOf(flag);
  return [...words.slice(0, place), ...words.slice(place + 2)];
};

test('a version that fails its gate is refused, and the message shows value and limit', async () => {
  const said = await base.mlc(await registration({ accuracy: 0.5 }), { at });
  expect(said.code).toBe(1);
  expect(said.stderr).toMatch(/accuracy-floor failed.*0\.5.*0\.9/);
  expect(base.git('log', '--format=%s')).not.toContain('register');
});

test('the first version is held to the value checks alone, and the record says so', async () => {
  const world = await copyOf(base);
  const said = await world.mlc(await registration(), { at });
  expect(said.stderr).toContain('no baseline yet');
  expect(await record(world)).toContain('bootstrap: true');
});

describe('agreed in advance', () => {
  const early = ['--started-at', '2026-02-01T00:00:00Z'];

  test('a gate that is younger than the training refuses, with the times and the way out', async () => {
    const said = await base.mlc([...(await registration()), ...early], { at });
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('2026-03-01T09:00:00Z');
    expect(said.stderr).toContain('2026-02-01T00:00:00Z');
    expect(said.stderr).toContain('git log models/churn/gate.yaml');
    const { data } = await base.json<ErrorAnswer>([...(await registration()), ...early], { at });
    expect(codesOf(data)).toEqual(['gate/not-agreed-in-advance']);
  });

  test('the date of a training commit that git knows counts where no start is given', async () => {
    const words = [...without(await registration(), '--started-at'), '--commit', 'HEAD~1'];
    const world = await copyOf(base);
    const { code } = await world.json(words, { at });
    // The commit before the model was added has the same second as the gate, which is not after it.
    expect(code).toBe(0);
    expect(await record(world)).toContain('basis: training_commit');
  });

  test('where policy warns, it is a warning, and the record says no', async () => {
    const world = await copyOf(base);
    await world.write(
      'mlc.yaml',
      (await world.read('mlc.yaml')).replace('agreed_in_advance: enforce', 'agreed_in_advance: warn'),
    );
    world.git('commit', '-qam', 'warn only');
    const said = await world.mlc([...(await registration()), ...early], { at });
    expect(said.code).toBe(0);
    expect(said.stderr).toContain('after the training began');
    expect(await record(world)).toContain('answer: "no"');
  });

  test('where the start is not known it warns, and the record says unknown', async () => {
    const world = await copyOf(base);
    const said = await world.mlc(without(await registration(), '--started-at'), { at });
    expect(said.code).toBe(0);
    expect(said.stderr).toContain('the start of the training is not known');
    expect(said.stderr).toContain('--started-at');
    const text = await record(world);
    expect(text).toContain('answer: unknown');
    expect(text).toContain('basis: unknown');
    expect(text).not.toContain('started_at');
  });
});

test('without a gate nothing enters', async () => {
  const world = await copyOf(base);
  world.git('rm', '-q', 'models/churn/gate.yaml');
  world.git('commit', '-qm', 'no gate');
  const { code, data } = await world.json<ErrorAnswer>(await registration(), { at });
  expect(code).toBe(1);
  expect(codesOf(data)).toEqual(['gate/none']);
});

test('a gate that is changed and not committed is not what counts, and stands in the way', async () => {
  const world = await copyOf(base);
  const text = await world.read('models/churn/gate.yaml');
  await world.write('models/churn/gate.yaml', text.replace('min: 0.9', 'min: 0.1'));
  const { code, data } = await world.json<ErrorAnswer>(await registration({ accuracy: 0.95 }), { at });
  expect(code).toBe(1);
  expect(data.error.code).toBe('git/dirty');
  const failing = await world.mlc(await registration({ accuracy: 0.5 }), { at });
  expect(failing.code).toBe(1);
  expect(failing.stderr).toContain('0.9');
});

test('every reason is told at once', async () => {
  const words = [...(await registration({ accuracy: 0.5 })), '--started-at', '2026-02-01T00:00:00Z'];
  const { data } = await base.json<ErrorAnswer>([...words, '--deprecation-target', '2020-01-01'], { at });
  expect(codesOf(data)).toEqual(['gate/failed', 'gate/not-agreed-in-advance', 'register/target-past']);
});
