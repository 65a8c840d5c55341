// Attacks by merges and names that the check finds before they are merged: on the branch, in a squash, and against the base.
import { beforeAll, expect, test } from 'vitest';
import {
  type Scene,
  copyScene,
  expectCaught,
  expectClean,
  modelFile,
  record,
  registryWithPast,
  then,
} from './attack-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

test('an evil merge on the branch is found by the check, and names the commit', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: then });
  scene.git('checkout', '-q', 'main');
  await scene.edit(modelFile, /title: .*/, 'title: Churn of customers');
  scene.commit('title');
  scene.git('checkout', '-q', 'feature');
  scene.by({ at: then }, 'merge', '-q', '--no-ff', '--no-commit', 'main');
  await scene.edit(record('1.2.0'), 'accuracy: 0.95', 'accuracy: 0.99');
  scene.git('add', '-A');
  scene.by({ at: then }, 'commit', '-q', '-m', 'Merge main');
  expectCaught(scene, await scene.check(), [
    { code: 'merge/evil', says: /neither branch/, file: record('1.2.0'), commit: 'Merge main' },
  ]);
});

test('a squash of an evil merge is held to who made it', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  scene.commit('nothing', { as: 'olga' });
  scene.git('checkout', '-q', '-b', 'side', 'main');
  scene.commit('nothing either', { as: 'olga' });
  scene.git('checkout', '-q', 'feature');
  scene.by({ as: 'mallory', at: then }, 'merge', '-q', '--no-ff', '--no-commit', 'side');
  await scene.edit('mlc.yaml', 'notice_days: 30', 'notice_days: 0');
  scene.git('add', '-A');
  scene.by({ as: 'mallory', at: then }, 'commit', '-q', '-m', 'Merge side');
  expectCaught(scene, await scene.check(['--base', 'main', '--squash']), [
    { code: 'policy/weakened', says: /notice_days.*Mallory/, file: 'mlc.yaml' },
  ]);
});

test('two branches to one environment: the second is told before it is merged', async () => {
  const scene = await copyScene(past);
  const deploy = (version: string): string[] => [
    'deploy',
    `churn@${version}`,
    '--env',
    'staging',
    '--pattern',
    'blue-green',
  ];
  scene.git('checkout', '-q', '-b', 'two');
  await scene.ok(deploy('1.1.0'), { at: then });
  scene.git('checkout', '-q', 'main');
  await scene.ok(deploy('1.0.0'), { at: then });
  scene.git('checkout', '-q', 'two');
  const judgement = await scene.check();
  expectCaught(scene, judgement, [{ code: 'deploy/over-100', says: /comes to 200 %/ }]);
  expect(judgement.found.find(({ code }) => code === 'deploy/over-100')?.hint).toContain('rebase');
});

test('a model of the base and one of the branch that differ in a dot are told before they are merged', async () => {
  const scene = await copyScene(past);
  const owner = [
    '--owner',
    'ada@example.com',
    '--intended-use',
    'x',
    '--risk',
    'limited',
    '--approver',
    'grace@example.com',
  ];
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.ok(['model', 'add', 'fraud.eu', ...owner], { at: then });
  expectClean(await scene.check());
  scene.git('checkout', '-q', 'main');
  await scene.ok(['model', 'add', 'fraud-eu', ...owner], { at: then });
  scene.git('checkout', '-q', 'feature');
  expectCaught(scene, await scene.check(), [
    { code: 'name/collision', says: /"fraud\.eu" and "fraud-eu"/, file: 'models/fraud.eu/model.yaml' },
  ]);
});

test('two models of one commit that differ in a dot, and a folder that differs in case, are told', async () => {
  const scene = await copyScene(past);
  const text = await scene.read(modelFile);
  scene.git('checkout', '-q', '-b', 'feature');
  for (const id of ['fraud.eu', 'fraud_eu'])
    await scene.write(`models/${id}/model.yaml`, text.replace('model_id: churn', `model_id: ${id}`));
  scene.commit('models');
  await scene.write('models/Churn/model.yaml', text.replace('model_id: churn', 'model_id: Churn'));
  await scene.write('models/churn/versions/1.3.0-RC.1.yaml', 'x: 1\n');
  await scene.write('models/churn/versions/1.3.0.YAML', 'x: 1\n');
  scene.commit('case');
  expectCaught(scene, await scene.check(), [
    { code: 'name/collision', says: /fraud/, commit: 'models' },
    { code: 'path/unknown', says: /lower|letters/, file: 'models/Churn/model.yaml', commit: 'case' },
    {
      code: 'path/unknown',
      says: /named after its version/,
      file: 'models/churn/versions/1.3.0.YAML',
      commit: 'case',
    },
  ]);
});
