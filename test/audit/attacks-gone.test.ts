// Attacks on what there is: records that go, move, turn into something else or come back, and numbers that are used twice.
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Attack,
  type Scene,
  copyScene,
  expectAttackCaught,
  later,
  record,
  registryWithPast,
} from './attack-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

const vanished: Attack[] = [
  {
    name: 'deleted',
    act: (scene) => {
      scene.git('rm', '-q', record('1.2.0'));
      scene.commit('tidy');
    },
    check: { code: 'record/deleted', says: /never deleted/, file: record('1.2.0'), commit: 'tidy' },
    audit: { code: 'record/deleted', says: /never deleted/, file: record('1.2.0'), commit: 'tidy' },
  },
  {
    name: 'deleted, and brought back changed',
    act: async (scene) => {
      const text = await scene.read(record('1.2.0'));
      scene.git('rm', '-q', record('1.2.0'));
      scene.commit('tidy');
      await scene.write(record('1.2.0'), text.replace('accuracy: 0.95', 'accuracy: 0.99'));
      scene.commit('bring it back');
    },
    check: [
      { code: 'record/deleted', says: /never deleted/, commit: 'tidy' },
      { code: 'record/hand-written', says: /past the gate/, commit: 'bring it back' },
    ],
    audit: [
      { code: 'record/deleted', says: /never deleted/, commit: 'tidy' },
      { code: 'record/hand-written', says: /past the gate/, commit: 'bring it back' },
    ],
  },
  {
    name: 'renamed',
    act: (scene) => {
      scene.git('mv', record('1.2.0'), record('1.2.7'));
      scene.commit('rename');
    },
    check: [
      { code: 'record/renamed', says: /renamed to .*1\.2\.7/, file: record('1.2.0'), commit: 'rename' },
      { code: 'record/path', says: /path says "1\.2\.7"/, file: record('1.2.7') },
    ],
    audit: { code: 'record/renamed', says: /renamed to/, commit: 'rename' },
  },
  {
    name: 'moved to another model',
    act: (scene) => {
      scene.git('mv', 'models/churn', 'models/churn2');
      scene.commit('rename');
    },
    check: [
      { code: 'record/renamed', says: /renamed to models\/churn2/, file: record('1.0.0'), commit: 'rename' },
      { code: 'file/deleted', says: /the registry needs it/, file: 'models/churn/model.yaml' },
    ],
    audit: { code: 'record/renamed', says: /renamed to/, commit: 'rename' },
  },
  {
    name: 'made a link',
    act: async (scene) => {
      scene.git('rm', '-q', record('1.2.0'));
      await symlink('1.1.0.yaml', path.join(scene.folder, record('1.2.0')));
      scene.commit('link');
    },
    check: { code: 'path/symlink', says: /symbolic link/, file: record('1.2.0'), commit: 'link' },
    audit: { code: 'path/symlink', says: /symbolic link/, commit: 'link' },
  },
  {
    name: 'made a submodule',
    act: (scene) => {
      const head = scene.git('rev-parse', 'HEAD');
      scene.git('update-index', '--add', '--cacheinfo', `160000,${head},models/churn/versions/2.0.0.yaml`);
      scene.git('commit', '-q', '-m', 'submodule');
      scene.git('reset', '-q', '--hard');
    },
    check: { code: 'path/submodule', says: /submodule/, file: record('2.0.0'), commit: 'submodule' },
    audit: { code: 'path/submodule', says: /submodule/, commit: 'submodule' },
  },
];

describe('a record that goes', () => {
  test.each(vanished)('$name', (attack) => expectAttackCaught(past, attack));
});

test('a number that two branches registered is told, with the way out', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.register({ change: 'retraining', dataset: 'train@v4', weights: 'w4' });
  scene.git('checkout', '-q', 'main');
  await scene.register({ change: 'retraining', dataset: 'train@v5', weights: 'w5' });
  scene.git('checkout', '-q', 'feature');
  for (const args of [[], ['--squash']]) {
    const judgement = await scene.check(['--base', 'main', ...args]);
    expect(judgement.exitCode).toBe(1);
    const [found] = judgement.found.filter(({ code }) => code === 'number/reused');
    expect(found).toMatchObject({ file: record('1.3.0') });
    expect(found?.message).toContain('1.3.0 was registered on the base meanwhile');
    expect(found?.hint).toContain('rebase');
  }
});

test('a number whose record was deleted before is not given out again', async () => {
  const scene = await copyScene(past);
  scene.git('rm', '-q', record('1.2.0'));
  scene.commit('tidy');
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.register({ change: 'retraining', dataset: 'train@v4', weights: 'w4' }, { at: later });
  const judgement = await scene.check(['--base', 'main'], { at: later });
  expect(judgement).toMatchObject({ exitCode: 1 });
  expect(judgement.found[0]).toMatchObject({ code: 'number/reused', file: record('1.2.0') });
  expect(judgement.found[0]?.message).toContain('the number was used before');
});
