// Signatures that hold: where they were made, and after merges, rebases, squashes and removed keys.
import { beforeAll, describe, expect, test } from 'vitest';
import { asPerson, expectClean, then } from './attack-world.js';
import { endOfYear } from './honest-world.js';
import {
  type SignedScene,
  approvedCopy,
  copySigned,
  signedRegistry,
  signingAll,
  signingWith,
} from './signed-world.js';

const at = { at: endOfYear };
describe('signatures', () => {
  let signed: SignedScene;
  beforeAll(async () => {
    signed = await signedRegistry();
  });

  test('of approvals hold where they were made, after a merge, a rebase by somebody else, and a removed key', async () => {
    const scene = await approvedCopy(signed, ['-m', 'checked']);
    expectClean(await scene.check());
    scene.git('checkout', '-q', 'main');
    await scene.ok(['hold', 'churn@1.1.0', '-m', 'x'], {
      at: '2026-03-11T09:00:00Z',
      env: await signingAll(scene.keys.ada),
    });
    scene.git('checkout', '-q', 'feature');
    scene.by(
      {
        as: 'alan',
        at: '2026-03-12T09:00:00Z',
        env: { GIT_AUTHOR_DATE: '', GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '' },
      },
      'rebase',
      '-q',
      'main',
    );
    expectClean(await scene.check(['--base', 'main'], at));
    scene.git('checkout', '-q', 'main');
    scene.by({ at: '2026-03-12T10:00:00Z' }, 'merge', '-q', '--no-ff', '-m', 'Merge', 'feature');
    expectClean(await scene.audit([], at));
    await scene.edit('.mlc/allowed_signers', /^grace.*\n/m, '');
    scene.commit('grace left', {
      as: 'olga',
      at: '2026-03-13T09:00:00Z',
      env: await signingAll(scene.keys.olga),
    });
    expectClean(await scene.audit([], at));
    expectClean(await scene.audit(['--forget'], at));
  });

  test('of approvals hold in a squash', async () => {
    const scene = await copySigned(signed);
    await scene.write('mlc.yaml', `${await scene.read('mlc.yaml')}git: {squash_merges: allow}\n`);
    scene.commit('squash', {
      as: 'olga',
      at: '2026-03-06T09:00:00Z',
      env: await signingAll(scene.keys.olga),
    });
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(['approve', 'churn@1.2.0'], {
      as: 'grace',
      at: then,
      env: await signingWith(scene.keys.grace),
    });
    await scene.ok(['release', 'churn@1.2.0', '-m', 'over'], { at: '2026-03-11T09:00:00Z' });
    expectClean(await scene.check(['--base', 'main', '--squash'], at));
    scene.git('checkout', '-q', 'main');
    scene.git('merge', '-q', '--squash', 'feature');
    scene.by({ as: 'alan', at: '2026-03-12T09:00:00Z' }, 'commit', '-q', '--no-edit');
    expectClean(await scene.audit([], at));
  });

  test('where nothing asks for them: --sign, beside approvals that are only claimed', async () => {
    const scene = await copySigned(signed);
    await scene.edit('mlc.yaml', 'signatures: required', 'signatures: optional');
    scene.commit('optional', {
      as: 'olga',
      at: '2026-03-06T09:00:00Z',
      env: await signingAll(scene.keys.olga),
    });
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(['reject', 'churn@1.2.0', '--sign', '-m', 'biased'], {
      as: 'grace',
      at: then,
      env: await signingWith(scene.keys.grace),
    });
    await scene.register(
      { change: 'retraining', dataset: 'train@v8', weights: 'w8' },
      { at: '2026-03-11T09:00:00Z' },
    );
    await scene.ok(['approve', 'churn@1.3.0'], { as: 'alan', at: '2026-03-12T09:00:00Z' });
    expectClean(await scene.check(['--base', 'main'], at));
    scene.git('checkout', '-q', 'main');
    scene.git('merge', '-q', '--ff-only', 'feature');
    expectClean(await scene.audit([], at));
  });

  test('of commits by a key that nobody allowed say nothing', async () => {
    const scene = await approvedCopy(signed, ['-m', 'checked']);
    await scene.ok(['hold', 'churn@1.1.0', '-m', 'x'], {
      at: '2026-03-11T09:00:00Z',
      env: await signingAll(scene.keys.mallory),
    });
    expectClean(await scene.check(['--base', 'main'], at));
    expect(asPerson({}).GIT_AUTHOR_NAME).toBe('Ada');
  });
});
