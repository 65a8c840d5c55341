// Attacks by cargo: what rides along with a transition, or hides behind trailers that look like one.
import { beforeAll, describe, test } from 'vitest';
import {
  type Attack,
  type Scene,
  expectAttackCaught,
  gateFile,
  modelFile,
  record,
  registryWithPast,
  then,
} from './attack-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

async function holding(scene: Scene): Promise<void> {
  await scene.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: then });
}

const smuggled: Attack[] = [
  {
    name: 'another file',
    act: async (scene) => {
      await holding(scene);
      await scene.edit(gateFile, 'min: 0.9', 'min: 0.5');
      scene.by({ at: then }, 'commit', '-q', '--amend', '-a', '--no-edit');
    },
    check: {
      code: 'commit/other-changes',
      says: /hold of churn@1\.1\.0, and changes models\/churn\/gate\.yaml too/,
      file: gateFile,
      commit: /^hold/,
    },
    audit: { code: 'commit/other-changes', says: /gate\.yaml too/, file: gateFile, commit: /^hold/ },
  },
  {
    name: 'an approver',
    act: async (scene) => {
      await holding(scene);
      await scene.edit(modelFile, /approvers:\n/, 'approvers:\n  - mallory@example.com\n');
      scene.by({ at: then }, 'commit', '-q', '--amend', '-a', '--no-edit');
    },
    check: {
      code: 'record/altered',
      says: /approvers\[0\] was .*grace.* and is .*mallory/,
      file: modelFile,
      commit: /^hold/,
    },
    audit: { code: 'commit/other-changes', says: /model\.yaml too/, file: modelFile, commit: /^hold/ },
  },
  {
    name: 'an edit of another record',
    act: async (scene) => {
      await holding(scene);
      await scene.edit(record('1.2.0'), 'accuracy: 0.95', 'accuracy: 0.99');
      scene.by({ at: then }, 'commit', '-q', '--amend', '-a', '--no-edit');
    },
    check: [
      {
        code: 'record/altered',
        says: /accuracy was 0\.95 and is 0\.99/,
        file: record('1.2.0'),
        commit: /^hold/,
      },
      { code: 'commit/other-changes', says: /1\.2\.0\.yaml too/, file: record('1.2.0'), commit: /^hold/ },
    ],
    audit: { code: 'record/altered', says: /accuracy/, file: record('1.2.0'), commit: /^hold/ },
  },
  {
    name: 'an edit of the same record',
    act: async (scene) => {
      await holding(scene);
      await scene.edit(record('1.1.0'), 'accuracy: 0.95', 'accuracy: 0.99');
      scene.by({ at: then }, 'commit', '-q', '--amend', '-a', '--no-edit');
    },
    check: {
      code: 'record/altered',
      says: /evaluation_results\.accuracy was 0\.95 and is 0\.99/,
      file: record('1.1.0'),
      commit: /^hold/,
    },
    audit: { code: 'record/altered', says: /accuracy/, file: record('1.1.0'), commit: /^hold/ },
  },
  {
    name: 'a label of the same record',
    act: async (scene) => {
      await holding(scene);
      await scene.write(record('1.1.0'), `${await scene.read(record('1.1.0'))}labels: {team: risk}\n`);
      scene.by({ at: then }, 'commit', '-q', '--amend', '-a', '--no-edit');
    },
    check: {
      code: 'record/altered',
      says: /labels was added: .*risk/,
      file: record('1.1.0'),
      commit: /^hold/,
    },
    audit: { code: 'record/altered', says: /labels was added/, commit: /^hold/ },
  },
  {
    name: 'an illegal change under legal-looking trailers',
    act: async (scene) => {
      await scene.edit(
        record('1.2.0'),
        /approval:\n(?: .*\n)+/,
        `approval:\n  gate_passed: true\n  approved_by: Ada <ada@example.com>\n  approved_at: "${then}"\n`,
      );
      await scene.edit(record('1.2.0'), 'status: registered', 'status: approved');
      scene.commit(
        'approve(churn@1.2.0): approved by Ada\n\nMlc-Operation: approve\nMlc-Model: churn\nMlc-Version: 1.2.0\nMlc-From: registered\nMlc-To: approved\nMlc-Actor: Ada <ada@example.com>\nMlc-Transaction: 6b1c7c1e-0000-4000-8000-000000000000',
      );
    },
    check: [
      {
        code: 'record/own-version',
        says: /registered the version and approved it/,
        file: record('1.2.0'),
        commit: /^approve/,
      },
      {
        code: 'record/altered',
        says: /approval\.approved_by was null/,
        file: record('1.2.0'),
        commit: /^approve/,
      },
    ],
    audit: { code: 'record/altered', says: /approved_by/, commit: /^approve/ },
  },
  {
    name: 'trailers of a transition that did not happen',
    act: (scene) => {
      scene.commit(
        'retire\n\nMlc-Operation: retire\nMlc-Model: churn\nMlc-Version: 1.0.0\nMlc-Actor: Ada <ada@example.com>\nMlc-Transaction: 1',
      );
    },
    check: {
      code: 'trailer/untrue',
      says: /retire of churn@1\.0\.0, and the records show no such transition/,
      commit: 'retire',
    },
    audit: { code: 'trailer/untrue', says: /no such transition/, commit: 'retire' },
  },
  {
    name: 'a change of the gate that says it adds a model',
    act: async (scene) => {
      await scene.edit(gateFile, 'min: 0.9', 'min: 0.5');
      scene.commit(
        'gate\n\nMlc-Operation: model-add\nMlc-Model: churn\nMlc-Actor: Ada <ada@example.com>\nMlc-Transaction: 1',
      );
    },
    check: {
      code: 'trailer/untrue',
      says: /says that it is model-add, and changes .*gate\.yaml/,
      file: gateFile,
      commit: 'gate',
    },
    audit: { code: 'trailer/untrue', says: /model-add/, commit: 'gate' },
  },
  {
    name: 'two transitions in one commit',
    act: async (scene) => {
      await holding(scene);
      await scene.ok(['deploy', 'churn@1.0.0', '--env', 'staging', '--pattern', 'blue-green'], { at: then });
      scene.git('reset', '-q', '--soft', 'HEAD~1');
      scene.by({ at: then }, 'commit', '-q', '--amend', '--no-edit');
    },
    check: {
      code: 'commit/several-transitions',
      says: /2 transitions: .*deploy of churn@1\.0\.0.*hold of churn@1\.1\.0/,
      commit: /^hold/,
    },
    audit: { code: 'commit/several-transitions', says: /2 transitions/, commit: /^hold/ },
  },
  {
    name: 'transitions of two models in one commit',
    act: async (scene) => {
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
      await scene.ok(['model', 'add', 'fraud', ...owner], { at: '2026-03-05T09:00:00Z' });
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
        '--started-at',
        '2026-03-06T09:00:00Z',
      ];
      await scene.write('results.json', JSON.stringify({ accuracy: 0.95, evaluation_dataset: 'golden@v1' }));
      await scene.ok([...args, '--results', 'results.json'], { at: then });
      await holding(scene);
      scene.git('reset', '-q', '--soft', 'HEAD~1');
      scene.by({ at: then }, 'commit', '-q', '--amend', '--no-edit');
    },
    check: {
      code: 'commit/several-transitions',
      says: /hold of churn@1\.1\.0 and register of fraud@1\.0\.0/,
      commit: /^register/,
    },
    audit: { code: 'commit/several-transitions', says: /2 transitions/, commit: /^register/ },
  },
];

describe('cargo of a transition', () => {
  test.each(smuggled)('$name', (attack) => expectAttackCaught(past, attack));
});
