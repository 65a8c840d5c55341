// Attacks that hide in what a file is rather than in what it says, and in who may change whom.
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Scene,
  copyScene,
  expectCaught,
  expectClean,
  later,
  modelFile,
  record,
  registryWithPast,
  then,
} from './attack-world.js';
import { type SignedScene, signedRegistry, signingAll, signingWith, withKeys } from './signed-world.js';

let past: Scene;
let signed: SignedScene;

beforeAll(async () => {
  past = await registryWithPast();
  signed = await signedRegistry();
}, 90_000);

const link = '120000';

/** Merges `feature` into main with one file of another mode, as no merge of git's own would. */
function mergeWithMode(scene: Scene, file: string): string {
  const tree = 'feature^{tree}';
  scene.git('checkout', '-q', 'feature');
  const blob = scene.git('rev-parse', `feature:${file}`);
  scene.git('read-tree', tree);
  scene.git('update-index', '--cacheinfo', `${link},${blob},${file}`);
  const merged = scene.git(
    'commit-tree',
    scene.git('write-tree'),
    '-p',
    'main',
    '-p',
    'feature',
    '-m',
    'merge',
  );
  scene.git('checkout', '-q', '-f', '-B', 'landing', merged);
  return merged;
}

describe('a merge that turns a file into a link', () => {
  test.each([record('1.0.0'), 'mlc.yaml', modelFile])('%s', async (file) => {
    const scene = await copyScene(past);
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(['review', 'churn@1.0.0'], { at: then });
    mergeWithMode(scene, file);
    const caught = [{ code: 'path/symlink', says: /symbolic link/, file, commit: 'merge' }];
    expectCaught(scene, await scene.check(), caught);
    expectCaught(scene, await scene.audit(), [
      ...caught,
      { code: 'merge/evil', says: /neither branch has it so/, file },
    ]);
  });

  test('does not let the next commit undo a transition', async () => {
    const scene = await copyScene(past);
    const before = await scene.read(record('1.0.0'));
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(['hold', 'churn@1.0.0', '-m', 'litigation'], { at: then });
    mergeWithMode(scene, record('1.0.0'));
    scene.git('rm', '-q', '-f', record('1.0.0'));
    await scene.write(record('1.0.0'), before);
    scene.commit('tidy');
    const undone = [{ code: 'record/altered', says: /holds/, file: record('1.0.0'), commit: 'tidy' }];
    expectCaught(scene, await scene.check(), undone);
    expectCaught(scene, await scene.audit(), undone);
  });
});

describe('a model without versions', () => {
  const folder = 'models/empty';
  const add = ['model', 'add', 'empty', '--intended-use', 'x', '--risk', 'limited'];

  async function withEmptyModel(): Promise<Scene> {
    const scene = await copyScene(past);
    await scene.ok([...add, '--owner', 'ada@example.com', '--approver', 'grace@example.com'], { at: then });
    scene.git('checkout', '-q', '-b', 'feature');
    return scene;
  }

  test('is not taken away and added again by somebody else', async () => {
    const scene = await withEmptyModel();
    scene.git('rm', '-q', '-r', folder);
    scene.commit('tidy', { as: 'mallory' });
    const mine = ['--owner', 'mallory@example.com', '--approver', 'mallory2@example.com'];
    await scene.ok([...add, ...mine], { as: 'mallory', at: then });
    expectCaught(scene, await scene.check(), [
      { code: 'model/not-owner', says: /empty was taken away/, file: `${folder}/model.yaml`, commit: 'tidy' },
      { code: 'model/not-owner', says: /approvers/, file: `${folder}/model.yaml`, commit: /^model-add/ },
    ]);
    expectCaught(scene, await scene.audit(), [
      { code: 'model/not-owner', says: /taken away/, commit: 'tidy' },
    ]);
  });

  test('is its owner’s to take away', async () => {
    const scene = await withEmptyModel();
    scene.git('rm', '-q', '-r', folder);
    scene.commit('a mistake', { as: 'ada' });
    expectClean(await scene.check());
    expectClean(await scene.audit());
  });
});

test('a consumer’s pin that the branch deletes by hand still blocks the retirement', async () => {
  const scene = await copyScene(past);
  const pinned = 'consumers:\n  - {name: app, kind: service, pinned_version: "1.1.0"}\n';
  await scene.edit(modelFile, /$/, pinned);
  scene.commit('a consumer', { at: then });
  await scene.ok(['deprecate', 'churn@1.1.0', '--successor', '1.0.0'], { at: then });
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.edit(modelFile, pinned, '');
  scene.commit('tidy', { at: '2026-05-01T08:00:00Z' });
  const { artifacts } = (
    await scene.json<{ record: { artifacts: { sha256: string }[] } }>(['show', 'churn@1.1.0'])
  ).data.record;
  const flags = artifacts.flatMap(({ sha256 }) => ['--cold-storage', `${sha256}=s3://cold/x`]);
  const at = '2026-05-01T09:00:00Z';
  await scene.ok(['retire', 'churn@1.1.0', ...flags, '--compliance-confirmed-by', 'Grace'], { at });
  expectCaught(scene, await scene.check(['--base', 'main'], { at }), [
    {
      code: 'retire/consumer-pinned',
      says: /on the protected branch app calls it by number/,
      commit: /^retire/,
    },
  ]);
});

describe('where approvals are signed', () => {
  test('a typed name changes no approvers', async () => {
    const scene = withKeys(await copyScene(signed), signed);
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.edit(modelFile, /approvers:\n/, 'approvers:\n  - mallory@example.com\n');
    scene.commit('approvers', { as: 'ada' });
    const caught = [
      { code: 'model/not-owner', says: /not signed by an allowed signer/, commit: 'approvers' },
    ];
    expectCaught(scene, await scene.check(), caught);
    expectCaught(scene, await scene.audit(), caught);
    scene.by({ as: 'ada', env: await signingAll(scene.keys.ada) }, 'commit', '-q', '--amend', '--no-edit');
    expectClean(await scene.check());
  });

  test('a comment in mlc.yaml voids no approval', async () => {
    const scene = withKeys(await copyScene(signed), signed);
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(['approve', 'churn@1.2.0'], {
      as: 'grace',
      at: then,
      env: await signingWith(scene.keys.grace),
    });
    scene.git('checkout', '-q', 'main');
    await scene.edit('mlc.yaml', /$/, '# a note\n');
    scene.commit('note');
    scene.git('checkout', '-q', 'feature');
    expectClean(await scene.check());
    scene.by({}, 'rebase', '-q', 'main');
    expectClean(await scene.check());
  });
});

test('a seal is made without a program that the repository brings along, and a forged one seals nothing', async () => {
  const scene = withKeys(await copyScene(signed), signed);
  await scene.write('evil.sh', '#!/bin/sh\ntouch pwned\nexit 1\n');
  scene.git('config', 'gpg.ssh.program', `${scene.folder}/evil.sh`);
  const env = await signingWith(scene.keys.ada);
  await scene.ok(['audit', 'seal'], { at: later, env });
  expect(scene.git('status', '--porcelain')).not.toContain('pwned');
  expect((await scene.json<{ level: string }>(['audit'], { at: later })).data.level).not.toBe('sealed');
});
