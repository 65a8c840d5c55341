// Branches that go on after they were merged, and branches that are rebased.
import { beforeAll, describe, test } from 'vitest';
import {
  type Scene,
  copyScene,
  expectCaught,
  expectClean,
  gateFile,
  modelFile,
  record,
  registryWithPast,
} from './attack-world.js';
import { branch, expectAudited, expectMergeable, hold, inMarch as day, merge } from './branch-work.js';
import { endOfYear } from './honest-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

describe('a branch that lives long', () => {
  test('and goes on after each merge builds on what was merged', async () => {
    const scene = await copyScene(past);
    branch(scene, 'develop');
    await scene.edit(modelFile, /approvers:\n/, 'approvers:\n  - edsger@example.com\n');
    scene.commit('approver', { as: 'ada', at: day(10) });
    scene.git('checkout', '-q', 'main');
    merge(scene, day(11), 'develop');
    await expectAudited(scene);
    scene.git('checkout', '-q', 'develop');
    await scene.ok(['approve', 'churn@1.2.0'], { as: 'edsger', at: day(12) });
    await expectMergeable(scene);
    scene.git('checkout', '-q', 'main');
    merge(scene, day(13), 'develop');
    await expectAudited(scene);
    scene.git('checkout', '-q', 'develop');
    await scene.ok(['release', 'churn@1.2.0', '-m', 'over'], { at: day(14) });
    await scene.ok(['deploy', 'churn@1.2.0', '--env', 'staging'], { at: day(14, 10) });
    scene.git('checkout', '-q', 'main');
    merge(scene, day(15), 'develop');
    await expectAudited(scene);
  });

  test('and approves by a rule of its own before it is merged is told', async () => {
    const scene = await copyScene(past);
    branch(scene, 'develop');
    await scene.ok(hold('1.1.0'), { at: day(10) });
    scene.git('checkout', '-q', 'main');
    merge(scene, day(11), 'develop');
    expectClean(await scene.audit([], { at: endOfYear }));
    scene.git('checkout', '-q', 'develop');
    await scene.edit(modelFile, /approvers:\n/, 'approvers:\n  - edsger@example.com\n');
    scene.commit('approver', { as: 'ada', at: day(12) });
    await scene.ok(['approve', 'churn@1.2.0'], { as: 'edsger', at: day(13) });
    scene.git('checkout', '-q', 'main');
    merge(scene, day(14), 'develop');
    for (const args of [[], ['--forget']])
      expectCaught(scene, await scene.audit(args, { at: endOfYear }), [
        { code: 'approval/not-an-approver', says: /Edsger/, file: record('1.2.0'), commit: /^approve/ },
      ]);
  });
});

describe('a rebase', () => {
  test('keeps who made a transition, and when', async () => {
    const scene = await copyScene(past);
    branch(scene, 'feature');
    await scene.ok(hold('1.1.0'), { at: day(10) });
    await scene.edit(gateFile, 'min: 0.9', 'min: 0.8');
    scene.commit('gate', { at: day(10, 10) });
    scene.git('checkout', '-q', 'main');
    await scene.ok(hold('1.0.0'), { at: day(11) });
    scene.git('checkout', '-q', 'feature');
    const rebased = { GIT_AUTHOR_DATE: '', GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '' };
    scene.by({ as: 'grace', at: day(12), env: rebased }, 'rebase', '-q', 'main');
    await expectMergeable(scene);
    scene.git('checkout', '-q', 'main');
    scene.git('merge', '-q', '--ff-only', 'feature');
    await expectAudited(scene);
    const more = ['--started-at', day(11)];
    await scene.register(
      {
        change: 'retraining',
        dataset: 'train@v7',
        weights: 'w7',
        more: ['--started-at', day(13), ...more.slice(2)],
      },
      { at: day(14) },
    );
    await expectAudited(scene);
  });

  test('of a gate and a registration keeps when the gate was agreed', async () => {
    const scene = await copyScene(past);
    branch(scene, 'feature');
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
    await scene.ok(['model', 'add', 'fraud', ...owner], { at: day(10) });
    const file = 'results.json';
    await scene.write(file, '{"accuracy": 0.95, "evaluation_dataset": "golden@v1"}');
    const args = [
      'register',
      'fraud',
      '--run',
      'r',
      '--dataset',
      'd@1',
      '--commit',
      '0123456789abcdef',
      '--seed',
      '1',
      '--gdpr-status',
      'ok',
    ];
    await scene.ok([...args, '--results', file, '--started-at', day(10, 10)], { at: day(11) });
    scene.git('checkout', '-q', 'main');
    await scene.ok(hold('1.0.0'), { at: day(11, 10) });
    scene.git('checkout', '-q', 'feature');
    scene.by(
      { at: day(12), env: { GIT_AUTHOR_DATE: '', GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '' } },
      'rebase',
      '-q',
      'main',
    );
    await expectMergeable(scene);
    scene.git('checkout', '-q', 'main');
    scene.git('merge', '-q', '--ff-only', 'feature');
    await expectAudited(scene);
  });
});
