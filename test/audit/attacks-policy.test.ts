// Attacks on the rules: a branch that changes policy, approvers, risk class, gate or owners for itself.
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

const approvers = /approvers:\n/;

const own: Attack[] = [
  {
    name: 'loosens the gate, and registers by the loose one',
    act: async (scene) => {
      await scene.edit(gateFile, 'min: 0.9', 'min: 0.5');
      await scene.edit(gateFile, 'abs: 0.01', 'abs: 0.9');
      scene.commit('gate', { at: '2026-03-10T07:00:00Z' });
      const more = ['--started-at', '2026-03-10T08:00:00Z'];
      await scene.register({ change: 'retraining', dataset: 'train@v4', weights: 'w4', accuracy: 0.6, more });
    },
    check: {
      code: 'gate/failed',
      says: /churn@1\.3\.0: gate check accuracy-floor failed/,
      file: record('1.3.0'),
      commit: /^register/,
    },
    audit: { code: 'gate/failed', says: /accuracy-floor failed/, commit: /^register/ },
    lands: 'merge',
  },
  {
    name: 'adds an approver, and has them approve',
    act: async (scene) => {
      await scene.edit(modelFile, approvers, 'approvers:\n  - mallory@example.com\n');
      scene.commit('approvers', { as: 'ada' });
      await scene.ok(['approve', 'churn@1.2.0'], { as: 'mallory', at: then });
    },
    check: { code: 'approval/not-an-approver', says: /Mallory/, file: record('1.2.0'), commit: /^approve/ },
    audit: { code: 'approval/not-an-approver', says: /Mallory/, commit: /^approve/ },
    lands: 'merge',
  },
  {
    name: 'adds oneself as an approver without owning the model',
    act: async (scene) => {
      await scene.edit(modelFile, approvers, 'approvers:\n  - mallory@example.com\n');
      scene.commit('approvers', { as: 'mallory' });
    },
    check: {
      code: 'model/not-owner',
      says: /approvers of churn changed.*Mallory/,
      file: modelFile,
      commit: 'approvers',
    },
    audit: { code: 'model/not-owner', says: /Only its owner or a policy owner/, commit: 'approvers' },
  },
  {
    name: 'makes oneself the owner of a model',
    act: async (scene) => {
      await scene.edit(modelFile, /owner: .*/, 'owner: Mallory <mallory@example.com>');
      scene.commit('owner', { as: 'mallory' });
    },
    check: { code: 'model/not-owner', says: /owner of churn changed.*Mallory/, commit: 'owner' },
    audit: { code: 'model/not-owner', says: /owner of churn changed.*Mallory/, commit: 'owner' },
  },
  {
    name: 'weakens the policy without owning it',
    act: async (scene) => {
      await scene.edit('mlc.yaml', 'notice_days: 30', 'notice_days: 0');
      scene.commit('policy', { as: 'mallory' });
    },
    check: {
      code: 'policy/weakened',
      says: /notice_days goes down from 30 to 0.*Mallory/,
      file: 'mlc.yaml',
      commit: 'policy',
    },
    audit: { code: 'policy/weakened', says: /notice_days/, file: 'mlc.yaml', commit: 'policy' },
  },
  {
    name: 'shortens how long documentation is kept, which had its default',
    act: async (scene) => {
      await scene.edit(
        'mlc.yaml',
        'retention:\n',
        'retention:\n    - {kind: documentation, period: P1D, anchor: retired_at}\n',
      );
      scene.commit('policy', { as: 'mallory' });
    },
    check: {
      code: 'policy/weakened',
      says: /documentation is kept for P1D/,
      file: 'mlc.yaml',
      commit: 'policy',
    },
    audit: { code: 'policy/weakened', says: /documentation is kept for P1D/, commit: 'policy' },
  },
  {
    name: 'allows records by hand, and writes one',
    act: async (scene) => {
      await scene.edit('mlc.yaml', 'policy:\n', 'policy:\n  hand_written_records: allow\n');
      scene.commit('policy', { as: 'mallory' });
      const text = await scene.read(record('1.2.0'));
      await scene.write(record('1.3.0'), text.replaceAll('1.2.0', '1.3.0'));
      scene.commit('import', { as: 'mallory' });
    },
    check: [
      { code: 'policy/weakened', says: /hand_written_records goes from refuse to allow/, commit: 'policy' },
      { code: 'record/hand-written', says: /past the gate/, commit: 'import' },
    ],
    audit: { code: 'record/hand-written', says: /past the gate/, commit: 'import' },
    lands: 'merge',
  },
  {
    name: 'takes the owners of the policy away',
    act: async (scene) => {
      await scene.edit('mlc.yaml', 'owners: [olga@example.com]', 'owners: []');
      scene.commit('policy', { as: 'mallory' });
    },
    check: {
      code: 'policy/weakened',
      says: /olga@example\.com is no longer among the policy owners/,
      commit: 'policy',
    },
    audit: { code: 'policy/weakened', says: /policy owners/, commit: 'policy' },
  },
  {
    name: 'adds oneself to the owners of the policy, and weakens it',
    act: async (scene) => {
      await scene.edit('mlc.yaml', '[olga@example.com]', '[olga@example.com, mallory@example.com]');
      scene.commit('owners', { as: 'mallory' });
      await scene.edit('mlc.yaml', 'notice_days: 30', 'notice_days: 0');
      scene.commit('notice', { as: 'mallory' });
    },
    check: [
      {
        code: 'policy/weakened',
        says: /mallory@example\.com is added to the policy owners/,
        commit: 'owners',
      },
      { code: 'policy/weakened', says: /notice_days/, commit: 'notice' },
    ],
    audit: { code: 'policy/weakened', says: /is added to the policy owners/, commit: 'owners' },
  },
  {
    name: 'takes a machine off the list of machines',
    act: async (scene) => {
      await scene.edit('mlc.yaml', 'bots: [ci@example.com]', 'bots: []');
      scene.commit('policy', { as: 'ci' });
    },
    check: { code: 'policy/weakened', says: /ci@example\.com is no longer among the bots/, commit: 'policy' },
    audit: { code: 'policy/weakened', says: /bots/, commit: 'policy' },
  },
  {
    name: 'deletes the policy, and brings a weaker one',
    act: async (scene) => {
      const text = await scene.read('mlc.yaml');
      scene.git('rm', '-q', 'mlc.yaml');
      scene.commit('tidy', { as: 'mallory' });
      await scene.write('mlc.yaml', text.replace('notice_days: 30', 'notice_days: 0'));
      scene.commit('mend', { as: 'mallory' });
    },
    check: { code: 'file/deleted', says: /the registry needs it/, file: 'mlc.yaml', commit: 'tidy' },
    audit: { code: 'file/deleted', says: /the registry needs it/, file: 'mlc.yaml', commit: 'tidy' },
  },
  {
    name: 'breaks the policy, and mends it weaker',
    act: async (scene) => {
      const text = await scene.read('mlc.yaml');
      await scene.write('mlc.yaml', 'schema: [\n');
      scene.commit('oops', { as: 'mallory' });
      await scene.write('mlc.yaml', text.replace('notice_days: 30', 'notice_days: 0'));
      scene.commit('mend', { as: 'mallory' });
    },
    check: { code: 'policy/weakened', says: /notice_days/, file: 'mlc.yaml', commit: 'mend' },
    audit: { code: 'policy/weakened', says: /notice_days/, file: 'mlc.yaml', commit: 'mend' },
  },
  {
    name: 'deletes the gate',
    act: (scene) => {
      scene.git('rm', '-q', gateFile);
      scene.commit('tidy');
    },
    check: { code: 'file/deleted', says: /the registry needs it/, file: gateFile, commit: 'tidy' },
    audit: { code: 'file/deleted', says: /deleted/, file: gateFile, commit: 'tidy' },
  },
  {
    name: 'allows signers',
    act: async (scene) => {
      await scene.write('.mlc/allowed_signers', 'mallory@example.com ssh-ed25519 AAAA\n');
      scene.commit('signers', { as: 'mallory' });
    },
    check: {
      code: 'policy/signers',
      says: /allowed signers changed.*Mallory/,
      file: '.mlc/allowed_signers',
      commit: 'signers',
    },
    audit: { code: 'policy/signers', says: /Only policy owners/, commit: 'signers' },
  },
];

describe('a branch that makes its own rules', () => {
  test.each(own)('$name', (attack) => expectAttackCaught(past, attack));
});
