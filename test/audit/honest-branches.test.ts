// Branches and merges as teams make them: parallel work, and main merged into a branch.
import { beforeAll, describe, expect, test } from 'vitest';
import { type Scene, copyScene, gateFile, modelFile, registryWithPast } from './attack-world.js';
import { branch, expectAudited, expectMergeable, hold, inMarch as day, merge } from './branch-work.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

describe('merges', () => {
  test('of a branch, with the registry touched on one side', async () => {
    const scene = await copyScene(past);
    branch(scene, 'feature');
    await scene.ok(hold('1.1.0'), { at: day(10) });
    scene.git('checkout', '-q', 'main');
    await scene.write('README.md', 'x\n');
    scene.commit('readme', { at: day(11) });
    merge(scene, day(12), 'feature');
    await expectAudited(scene);
  });

  test('of branches that touch different versions, one after the other, and at once', async () => {
    const scene = await copyScene(past);
    for (const [index, version] of ['1.0.0', '1.1.0', '1.2.0'].entries()) {
      branch(scene, `b${index}`);
      await scene.ok(hold(version), { at: day(10 + index) });
    }
    const octopus = await copyScene(scene);
    for (const index of [0, 1, 2]) {
      scene.git('checkout', '-q', `b${index}`);
      await expectMergeable(scene);
      scene.git('checkout', '-q', 'main');
      merge(scene, day(13 + index), `b${index}`);
      await expectAudited(scene);
    }
    octopus.git('checkout', '-q', 'main');
    merge(octopus, day(14), 'b0', 'b1', 'b2');
    expect(octopus.git('log', '-1', '--format=%P').split(' ')).toHaveLength(4);
    await expectAudited(octopus);
  });

  test('of branches that touch different models', async () => {
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
    branch(scene, 'fraud');
    await scene.ok(['model', 'add', 'fraud', ...owner], { at: day(10) });
    branch(scene, 'churn');
    await scene.ok(hold('1.1.0'), { at: day(11) });
    scene.git('checkout', '-q', 'main');
    merge(scene, day(12), 'fraud');
    scene.git('checkout', '-q', 'churn');
    await expectMergeable(scene);
    scene.git('checkout', '-q', 'main');
    merge(scene, day(13), 'churn');
    await expectAudited(scene);
  });

  test('of branches that register different versions', async () => {
    const scene = await copyScene(past);
    branch(scene, 'minor');
    await scene.register({ change: 'retraining', dataset: 'train@v7', weights: 'w7' }, { at: day(10) });
    branch(scene, 'major');
    await scene.register(
      { change: 'architecture', architecture: 'trees', dataset: 'train@v8', weights: 'w8' },
      { at: day(11) },
    );
    scene.git('checkout', '-q', 'main');
    merge(scene, day(12), 'minor');
    scene.git('checkout', '-q', 'major');
    await expectMergeable(scene);
    await expectMergeable(scene, '--squash');
    scene.git('checkout', '-q', 'main');
    merge(scene, day(13), 'major');
    await expectAudited(scene);
  });

  test('of the same edit, made on both sides', async () => {
    const scene = await copyScene(past);
    branch(scene, 'feature');
    await scene.edit(modelFile, /title: .*/, 'title: Who leaves');
    const commit = scene.commit('title', { at: day(10) });
    scene.git('checkout', '-q', 'main');
    scene.by({ at: day(11) }, 'cherry-pick', commit);
    scene.git('checkout', '-q', 'feature');
    await scene.ok(hold('1.1.0'), { at: day(12) });
    await expectMergeable(scene);
    scene.git('checkout', '-q', 'main');
    merge(scene, day(13), 'feature');
    await expectAudited(scene);
  });
});

describe('main merged into a branch', () => {
  test('brings rules that count from then on: an approver, a gate', async () => {
    const scene = await copyScene(past);
    branch(scene, 'feature');
    await scene.ok(hold('1.1.0'), { at: day(10) });
    scene.git('checkout', '-q', 'main');
    await scene.edit(modelFile, /approvers:\n/, 'approvers:\n  - edsger@example.com\n');
    scene.commit('approver', { as: 'ada', at: day(11) });
    await scene.edit(gateFile, 'min: 0.9', 'min: 0.8');
    scene.commit('gate', { as: 'ada', at: day(11, 10) });
    scene.git('checkout', '-q', 'feature');
    merge(scene, day(12), 'main');
    await scene.ok(['approve', 'churn@1.2.0'], { as: 'edsger', at: day(13) });
    const more = ['--started-at', day(12)];
    await scene.register({ change: 'retraining', dataset: 'train@v7', weights: 'w7', more }, { at: day(14) });
    await expectMergeable(scene);
    await expectMergeable(scene, '--squash');
    scene.git('checkout', '-q', 'main');
    merge(scene, day(15), 'feature');
    await expectAudited(scene);
  });

  test('several times, and back, crosswise', async () => {
    const scene = await copyScene(past);
    branch(scene, 'feature');
    await scene.ok(hold('1.1.0'), { at: day(10) });
    scene.git('branch', 'early');
    scene.git('checkout', '-q', 'main');
    await scene.ok(hold('1.0.0'), { at: day(11) });
    const before = scene.git('rev-parse', 'main');
    merge(scene, day(12), 'early');
    scene.git('checkout', '-q', 'feature');
    merge(scene, day(12, 10), before);
    await scene.ok(['release', 'churn@1.1.0', '-m', 'over'], { at: day(13) });
    scene.git('checkout', '-q', 'main');
    await scene.ok(['release', 'churn@1.0.0', '-m', 'over'], { at: day(14) });
    expect(scene.git('merge-base', '--all', 'main', 'feature').split('\n')).toHaveLength(2);
    scene.git('checkout', '-q', 'feature');
    for (const args of [[], ['--squash']]) await expectMergeable(scene, ...args);
    scene.git('checkout', '-q', 'main');
    merge(scene, day(15), 'feature');
    await expectAudited(scene);
  });
});
