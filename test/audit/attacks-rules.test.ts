// Attacks on whose rules count: a risk class, a gate and owners of the branch itself, squashes, and a history of its own.
import { beforeAll, expect, test } from 'vitest';
import {
  type Scene,
  copyScene,
  expectAttackCaught,
  expectCaught,
  expectClean,
  gateFile,
  modelFile,
  record,
  registryWithPast,
  then,
} from './attack-world.js';

let past: Scene;
let highRisk: Scene;
beforeAll(async () => {
  past = await registryWithPast();
  highRisk = await registryWithPast({ risk: 'high' });
});

const approvers = /approvers:\n/;

test('a branch lowers the risk class, and approves with one approval', async () => {
  await expectAttackCaught(highRisk, {
    name: '',
    act: async (scene) => {
      await scene.edit(modelFile, 'eu_ai_act_risk_class: high', 'eu_ai_act_risk_class: minimal');
      scene.commit('risk', { as: 'ada' });
      const more = ['--risk', 'minimal', '--substantial-modification', 'no', '--modification-reason', 'none'];
      await scene.register({ change: 'retraining', dataset: 'train@v2', weights: 'w2', more });
      await scene.ok(['approve', 'churn@1.1.0'], { as: 'grace', at: then });
    },
    check: {
      code: 'record/altered',
      says: /status was "registered" and is "approved"/,
      file: record('1.1.0'),
      commit: /^approve/,
    },
    audit: { code: 'record/altered', says: /approved_by was null/, commit: /^approve/ },
    lands: 'merge',
  });
});

test('a gate that was changed on the branch says which gate counts', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.edit(gateFile, 'min: 0.9', 'min: 0.91');
  scene.commit('gate', { at: '2026-03-10T07:00:00Z' });
  const more = ['--started-at', '2026-03-10T08:00:00Z'];
  await scene.register({ change: 'retraining', dataset: 'train@v4', weights: 'w4', more });
  const judgement = await scene.check();
  expectCaught(scene, judgement, [
    {
      code: 'gate/changed-in-branch',
      says: /registered by a gate that is not the agreed one/,
      file: record('1.3.0'),
      commit: /^register/,
    },
  ]);
  expect(judgement.found.map(({ code }) => code)).toEqual(['gate/changed-in-branch']);
});

test('who owns nothing names the first owner of a policy, and cannot weaken it with the same branch', async () => {
  const scene = await copyScene(past);
  await scene.edit('mlc.yaml', '  owners: [olga@example.com]\n', '');
  scene.commit('No owners', { as: 'olga' });
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.edit('mlc.yaml', 'policy:\n', 'policy:\n  owners: [mallory@example.com]\n');
  scene.commit('owners', { as: 'mallory' });
  expectClean(await scene.check());
  await scene.edit('mlc.yaml', 'notice_days: 30', 'notice_days: 0');
  scene.commit('notice', { as: 'mallory' });
  expectCaught(scene, await scene.check(), [
    { code: 'policy/weakened', says: /names no policy owner, so nobody may/, commit: 'notice' },
  ]);
});

test('the same by a squash: the net change is held to the rules of the base', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.edit(modelFile, approvers, 'approvers:\n  - mallory@example.com\n');
  scene.commit('approvers', { as: 'ada' });
  await scene.ok(['approve', 'churn@1.2.0'], { as: 'mallory', at: then });
  await scene.edit('mlc.yaml', 'notice_days: 30', 'notice_days: 0');
  scene.commit('notice', { as: 'mallory' });
  const judgement = await scene.check(['--base', 'main', '--squash']);
  expectCaught(scene, judgement, [
    { code: 'approval/not-an-approver', says: /Mallory/, file: record('1.2.0') },
    { code: 'policy/weakened', says: /notice_days.*Mallory/, file: 'mlc.yaml' },
  ]);
  expect(judgement.found.some(({ code }) => code === 'model/not-owner')).toBe(false);
});

test('a squash hides who weakened the policy behind an owner who changed something else', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.edit('mlc.yaml', 'canary_max_pct: 10', 'canary_max_pct: 5');
  scene.commit('stricter', { as: 'olga' });
  await scene.edit('mlc.yaml', 'notice_days: 30', 'notice_days: 0');
  scene.commit('notice', { as: 'mallory' });
  expectCaught(scene, await scene.check(['--base', 'main', '--squash']), [
    { code: 'policy/weakened', says: /notice_days.*Mallory/, file: 'mlc.yaml' },
  ]);
});

test('a policy that is gone is no registry, and that is no success', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  scene.git('rm', '-q', 'mlc.yaml');
  scene.commit('tidy');
  expect(await scene.check()).toMatchObject({ exitCode: 2, found: [{ code: 'registry/none' }] });
});

test('a history that begins anew answers to nobody, and does not come in by a merge', async () => {
  const scene = await copyScene(past);
  const mallory = { as: 'mallory', at: '2026-03-05T09:00:00Z' };
  scene.git('checkout', '-q', '--orphan', 'other');
  await scene.edit('mlc.yaml', 'policy:\n', 'policy:\n  hand_written_records: allow\n');
  await scene.edit(modelFile, approvers, 'approvers:\n  - mallory@example.com\n');
  scene.git('rm', '-rqf', '--cached', 'models');
  scene.git('add', 'mlc.yaml');
  scene.by(mallory, 'commit', '-q', '-m', 'begin');
  scene.commit('import', mallory);
  const more = ['--started-at', '2026-03-05T09:30:00Z'];
  await scene.register(
    { change: 'retraining', dataset: 'train@v4', weights: 'w4', more },
    { at: '2026-03-05T10:00:00Z' },
  );
  await scene.ok(['approve', 'churn@1.3.0'], { as: 'mallory', at: '2026-03-05T10:00:00Z' });
  scene.git('checkout', 'main', '--', 'mlc.yaml', modelFile);
  scene.commit('look like main', { ...mallory, at: '2026-03-05T11:00:00Z' });
  scene.git('checkout', '-q', 'main');
  scene.by(
    { at: then },
    'merge',
    '-q',
    '--no-ff',
    '--allow-unrelated-histories',
    '-m',
    'Merge other',
    'other',
  );
  expectCaught(scene, await scene.audit(), [
    { code: 'merge/unrelated', says: /history of its own/, commit: 'Merge other' },
  ]);
  scene.git('checkout', '-q', '-b', 'feature');
  scene.git('checkout', '-q', 'main');
  scene.git('reset', '-q', '--hard', 'HEAD~1');
  scene.git('checkout', '-q', 'feature');
  expectCaught(scene, await scene.check(), [
    { code: 'approval/not-an-approver', says: /Mallory/, file: record('1.3.0'), commit: /^approve/ },
  ]);
});
