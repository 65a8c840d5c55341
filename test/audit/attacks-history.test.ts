// Attacks on history: rewritten, forced, turned around, and transitions that are taken back.
import { beforeAll, describe, test } from 'vitest';
import {
  type Scene,
  copyScene,
  expectCaught,
  expectClean,
  later,
  record,
  registryWithPast,
  then,
} from './attack-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

async function altered(scene: Scene): Promise<void> {
  await scene.edit(record('1.0.0'), 'accuracy: 0.95', 'accuracy: 0.99');
}

describe('a history that is written again', () => {
  test('by an amended commit: its content is no transition', async () => {
    const scene = await copyScene(past);
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: then });
    await altered(scene);
    scene.by({ at: then }, 'commit', '-q', '-a', '--amend', '--no-edit');
    expectCaught(scene, await scene.check(), [
      {
        code: 'record/altered',
        says: /accuracy was 0\.95 and is 0\.99/,
        file: record('1.0.0'),
        commit: /^hold/,
      },
    ]);
  });

  test('by a rebase that edits an old commit: the audit remembers what it verified, and says so each time', async () => {
    const scene = await copyScene(past);
    expectClean(await scene.audit());
    const verified = scene.git('rev-parse', '--short=10', 'HEAD');
    const env = { GIT_SEQUENCE_EDITOR: "sed -i '1s/^pick/edit/'" };
    scene.by({ at: then, env }, 'rebase', '-q', '-i', 'HEAD~7');
    await altered(scene);
    scene.by({ at: then, env: { GIT_AUTHOR_DATE: '' } }, 'commit', '-q', '-a', '--amend', '--no-edit');
    try {
      scene.by({ at: then }, 'rebase', '--continue');
    } catch {
      // The record was changed again later on, and the rebase stops there.
    }
    if (scene.git('status').includes('rebase in progress')) {
      scene.by({ at: then }, 'rebase', '--abort');
      scene.git('reset', '-q', '--hard', 'HEAD~1');
      await altered(scene);
      scene.commit('edited');
    }
    const found = {
      code: 'history/rewritten',
      says: new RegExp(`verified ${verified}, and .* does not hold it any more`),
    };
    expectCaught(scene, await scene.audit(), [found]);
    expectCaught(scene, await scene.audit(), [found]);
  });

  test('by a force-push: the check after the push names what is gone', async () => {
    const scene = await copyScene(past);
    const before = scene.git('rev-parse', 'HEAD');
    scene.git('reset', '-q', '--hard', 'HEAD~1');
    await scene.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: then });
    const judgement = await scene.check(['--base', before, '--fast-forward']);
    expectCaught(scene, judgement, [
      { code: 'history/rewritten', says: new RegExp(`${before.slice(0, 10)} is no longer in the history`) },
    ]);
    expectClean(await scene.check(['--base', 'HEAD~1', '--fast-forward']));
  });

  test('by going back: a branch that was reset is not what was verified', async () => {
    const scene = await copyScene(past);
    expectClean(await scene.audit());
    scene.git('reset', '-q', '--hard', 'HEAD~2');
    expectCaught(scene, await scene.audit(), [
      { code: 'history/rewritten', says: /the history was rewritten/ },
    ]);
    expectClean(await scene.audit(['--forget']));
  });
});

test('a branch that is turned around, so that main becomes its side branch, is told', async () => {
  const scene = await copyScene(past);
  const before = scene.git('rev-parse', 'HEAD');
  expectClean(await scene.audit());
  await scene.ok(['hold', 'churn@1.0.0', '-m', 'inquiry'], { at: then });
  const tip = scene.git('rev-parse', 'HEAD');
  expectClean(await scene.audit());
  scene.git('checkout', '-q', '-b', 'feature', before);
  await scene.edit('models/churn/model.yaml', /approvers:\n/, 'approvers:\n  - mallory@example.com\n');
  scene.commit('approvers', { as: 'ada' });
  await scene.ok(['approve', 'churn@1.2.0'], { as: 'mallory', at: then });
  scene.by({ at: later }, 'merge', '-q', '--no-ff', '-m', 'Merge main into feature', 'main');
  expectCaught(scene, await scene.check(), [
    { code: 'approval/not-an-approver', says: /Mallory/, file: record('1.2.0'), commit: /^approve/ },
  ]);
  scene.git('checkout', '-q', 'main');
  scene.git('merge', '-q', '--ff-only', 'feature');
  const found = {
    code: 'history/turned',
    says: new RegExp(`${tip.slice(0, 10)} was the tip of this branch`),
  };
  expectCaught(scene, await scene.check(['--base', tip, '--fast-forward']), [found]);
  const told = { ...found, commit: /^Merge main/ };
  expectCaught(scene, await scene.audit(), [told]);
  expectCaught(scene, await scene.audit(), [told]);
});

describe('a transition that is taken back', () => {
  test('by git revert of a deployment', async () => {
    const scene = await copyScene(past);
    await scene.ok(['deploy', 'churn@1.1.0', '--env', 'staging', '--pattern', 'blue-green'], { at: then });
    scene.git('checkout', '-q', '-b', 'feature');
    scene.by({ at: later }, 'revert', '--no-edit', 'HEAD');
    const found = {
      code: 'record/altered',
      says: /deployment_history\[0\] was .*staging.* and is gone/,
      file: record('1.1.0'),
      commit: /^Revert/,
    };
    expectCaught(scene, await scene.check(), [found]);
    expectCaught(scene, await scene.check(['--base', 'main', '--squash']), [{ ...found, commit: /^$/ }]);
    expectCaught(scene, await scene.audit(), [found]);
  });

  test('by git revert of a registration', async () => {
    const scene = await copyScene(past);
    scene.git('checkout', '-q', '-b', 'feature');
    scene.by({ at: then }, 'revert', '--no-edit', 'HEAD', 'HEAD~1');
    const found = {
      code: 'record/deleted',
      says: /never deleted/,
      file: record('1.2.0'),
      commit: /^Revert "register/,
    };
    expectCaught(scene, await scene.check(), [found]);
    expectCaught(scene, await scene.audit(), [found]);
  });

  test('by swapping two entries of a history', async () => {
    const scene = await copyScene(past);
    await scene.ok(['hold', 'churn@1.2.0', '--kind', 'incident', '-m', 'outage'], { at: then });
    const text = await scene.read(record('1.2.0'));
    const [first = '', second = ''] = text.match(/ {2}- kind: .*\n(?: {4}.*\n)+/g) ?? [];
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.write(record('1.2.0'), text.replace(first + second, second + first));
    scene.commit('order');
    const found = {
      code: 'record/altered',
      says: /holds\[0\]\.kind was "legal" and is "incident"/,
      file: record('1.2.0'),
      commit: 'order',
    };
    expectCaught(scene, await scene.check(), [found]);
    expectCaught(scene, await scene.audit(), [found]);
  });
});
