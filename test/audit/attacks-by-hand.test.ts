// Attacks by hand: reviews that nobody made, and records and releases past the gate.
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Attack,
  type Scene,
  copyScene,
  expectAttackCaught,
  record,
  registryWithPast,
  then,
} from './attack-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

const reasons = `holds:
  - kind: legal
    placed_at: "2026-03-04T09:00:00Z"
    by: Alan <alan@example.com>
    reason: inquiry
    released:
      at: "${then}"
      by: Ada <ada@example.com>
      reason: over
`;

function reviewed(by: string): string {
  return `approval:
  gate_passed: true
  approved_by: ${by}
  approved_at: "${then}"
  reviews:
    - by: ${by}
      at: "${then}"
      decision: approve
`;
}

async function approveByHand(scene: Scene, by: string): Promise<void> {
  await scene.edit(record('1.2.0'), /approval:\n(?: .*\n)+/, reviewed(by));
  await scene.edit(record('1.2.0'), 'status: registered', 'status: approved');
}

const written: Attack[] = [
  {
    name: 'an approval of oneself',
    act: async (scene) => {
      await approveByHand(scene, 'Ada <ada@example.com>');
      scene.commit('approve');
    },
    check: {
      code: 'approval/own-version',
      says: /nobody reviews their own/,
      file: record('1.2.0'),
      commit: 'approve',
    },
    audit: { code: 'approval/own-version', says: /nobody reviews their own/, commit: 'approve' },
  },
  {
    name: 'an approval by somebody who is no approver',
    act: async (scene) => {
      await approveByHand(scene, 'Mallory <mallory@example.com>');
      scene.commit('approve', { as: 'mallory' });
    },
    check: {
      code: 'approval/not-an-approver',
      says: /Mallory .*not an approver of churn/,
      file: record('1.2.0'),
    },
    audit: { code: 'approval/not-an-approver', says: /grace@example.com/, commit: 'approve' },
  },
  {
    name: 'an approval by somebody who has only the name of an approver',
    act: async (scene) => {
      await approveByHand(scene, 'grace@example.com <mallory@example.com>');
      scene.commit('approve', { as: 'mallory' });
    },
    check: { code: 'approval/not-an-approver', says: /mallory@example.com/ },
    audit: { code: 'approval/not-an-approver', says: /mallory@example.com/ },
  },
  {
    name: 'an approval by a machine that policy names',
    act: async (scene) => {
      await approveByHand(scene, 'CI <ci@example.com>');
      scene.commit('approve', { as: 'ci' });
    },
    check: { code: 'approval/bot', says: /machines do not review/ },
    audit: { code: 'approval/bot', says: /machine/ },
  },
  {
    name: 'an approval by a machine that marks itself',
    act: async (scene) => {
      await approveByHand(scene, 'renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>');
      scene.commit('approve', { as: 'ci' });
    },
    check: { code: 'approval/bot', says: /renovate/ },
    audit: { code: 'approval/bot', says: /renovate/ },
  },
  {
    name: 'an approval that is right, and has no trailers',
    act: async (scene) => {
      await approveByHand(scene, 'Grace <grace@example.com>');
      scene.commit('approve', { as: 'grace' });
    },
    check: {
      code: 'commit/by-hand',
      says: /approve of churn@1\.2\.0 was written by hand/,
      commit: 'approve',
    },
    audit: { code: 'commit/by-hand', says: /no trailers/, commit: 'approve' },
  },
  {
    name: 'a hold that is released by hand',
    act: async (scene) => {
      await scene.edit(record('1.2.0'), /^holds:\n(?: .*\n)+/m, reasons);
      scene.commit('released');
    },
    check: {
      code: 'commit/by-hand',
      says: /release of churn@1\.2\.0 was written by hand/,
      commit: 'released',
    },
    audit: { code: 'commit/by-hand', says: /release/ },
  },
  {
    name: 'a record by hand where policy refuses them',
    act: async (scene) => {
      const text = await scene.read(record('1.2.0'));
      await scene.write(record('1.3.0'), text.replaceAll('1.2.0', '1.3.0').replace(/train@v3/, 'train@v9'));
      scene.commit('copy');
    },
    check: {
      code: 'record/hand-written',
      says: /churn@1\.3\.0 was added by hand, past the gate/,
      file: record('1.3.0'),
    },
    audit: { code: 'record/hand-written', says: /added by hand/, commit: 'copy' },
  },
];

describe('a transition written by hand', () => {
  test.each(written)('$name', (attack) => expectAttackCaught(past, attack));
});

test('a record that was approved before it was registered is told, and is no bug', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.register({ change: 'retraining', dataset: 'train@v4', weights: 'w4' });
  const early = reviewed('Grace <grace@example.com>').replaceAll(then, '2026-03-09T09:00:00Z');
  await scene.edit(record('1.3.0'), /approval:\n(?: .*\n)+/, early);
  await scene.edit(record('1.3.0'), 'status: registered', 'status: approved');
  scene.by({ at: then }, 'commit', '-q', '-a', '--amend', '--no-edit');
  for (const args of [[], ['--squash']]) {
    const judgement = await scene.check(['--base', 'main', ...args]);
    expect(judgement).toMatchObject({
      exitCode: 1,
      found: [{ code: 'replay/unregistered', file: record('1.3.0') }],
    });
  }
});
