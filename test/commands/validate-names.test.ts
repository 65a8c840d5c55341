// mlc validate: names that some disks, or some people, take for one.
import { beforeEach, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { registryWorld, servingVersion } from '../support/world.js';

let world: World;
beforeEach(async () => {
  world = await registryWorld();
});

async function codes(): Promise<string[]> {
  const { data } = await world.json<{ problems: { code: string }[] }>(['validate']);
  return data.problems.map((problem) => problem.code);
}

test('two versions that differ in case alone are one file on some disks', async () => {
  await servingVersion(world);
  const record = (await world.read('models/churn/versions/1.0.0.yaml')).replace(
    'status: deployed',
    'status: approved',
  );
  const idle = record.replace(/deployment_history:\n(?: {2}.*\n)+/, 'deployment_history: []\n');
  for (const version of ['2.0.0-rc', '2.0.0-RC']) {
    await world.write(
      `models/churn/versions/${version}.yaml`,
      idle.replace('version: "1.0.0"', `version: "${version}"`),
    );
  }
  expect(await codes()).toEqual(['name/collision']);
});

test('two models that differ in punctuation alone are mistaken for each other', async () => {
  await world.write(
    'models/ch-urn/model.yaml',
    (await world.read('models/churn/model.yaml')).replace('model_id: churn', 'model_id: ch-urn'),
  );
  expect(await codes()).toEqual(['name/collision']);
});

test.each(['Churn', '-churn', 'con', 'a..b'])('a folder called %s names no model', async (folder) => {
  await world.write(`models/${folder}/model.yaml`, await world.read('models/churn/model.yaml'));
  expect(await codes()).toEqual(['path/unknown']);
});
