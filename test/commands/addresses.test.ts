// How commands read model@version: near misses, ambiguity, and words that name no version.
import { beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { now, servingWorld } from './stages.js';
import type { ErrorAnswer } from './support.js';

let world: World;
beforeAll(async () => {
  world = await servingWorld();
  await world.ok(['deploy', 'churn@1.1.0', '--env', 'production', '--pattern', 'ab', '--traffic', '50'], {
    at: now,
  });
});

const commands: Readonly<Record<string, readonly string[]>> = {
  show: [],
  approve: [],
  reject: ['-m', 'x'],
  deploy: ['--env', 'production'],
  ramp: ['--env', 'production', '--traffic', '5'],
  review: [],
  deprecate: [],
  reinstate: ['-m', 'x'],
  retire: [],
  hold: ['-m', 'x'],
  release: ['-m', 'x'],
  diff: ['1.0.0'],
};

describe.each(Object.entries(commands))('mlc %s', (command, flags) => {
  const ask = (address: string): Promise<{ code: number; data: ErrorAnswer }> =>
    world.json<ErrorAnswer>([command, address, ...flags], { at: now });

  test.each([
    ['chrun@1.0.0', 'model/unknown', 'did you mean churn?'],
    ['CHURN@1.0.0', 'name/model-id', 'try churn'],
    ['churn@1.0.1', 'address/unknown-version', 'did you mean 1.0.0 or 1.1.0?'],
    ['churn@prodution', 'address/unknown-selector', 'did you mean production?'],
    ['churn@lastest', 'address/unknown-selector', 'did you mean latest?'],
    ['churn@staging', 'address/not-serving', 'mlc list churn'],
    ['churn@production', 'address/ambiguous', 'name one: churn@1.0.0 or churn@1.1.0'],
    ['../churn@1.0.0', 'name/model-id', 'try churn'],
  ])('%s: %s', async (address, code, hint) => {
    const answer = await ask(address);
    expect(answer.code).toBe(2);
    expect(answer.data.error).toMatchObject({ code, hint });
  });

  test.each(['churn', '@1.0.0', 'churn@'])(
    '"%s" names no version, and the hint shows how',
    async (address) => {
      const answer = await ask(address);
      expect(answer.code).toBe(2);
      expect(answer.data.error.code).toBe('address/form');
      expect(answer.data.error.hint).toContain('@latest');
    },
  );
});

test('latest is the newest that is not over, and an environment the version with most traffic', async () => {
  const { data } = await world.json<{ record: { version: string } }>(['show', 'churn@latest']);
  expect(data.record.version).toBe('1.1.0');
});
