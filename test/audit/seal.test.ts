// Seals: made over a clean history by an allowed key, and broken by whatever happens to what they cover.
import { beforeAll, describe, expect, test } from 'vitest';
import { copyScene, expectCaught, expectClean, later, record } from './attack-world.js';
import { type SignedScene, signedRegistry, signingWith, withKeys } from './signed-world.js';

let template: SignedScene;
let scene: SignedScene;

const sealing = async (who: 'ada' | 'mallory' = 'ada') => ({
  at: later,
  as: who,
  env: await signingWith(scene.keys[who]),
});

async function fresh(): Promise<SignedScene> {
  return withKeys(await copyScene(template), template);
}

interface Seal {
  tag: string;
  head: string;
  transitions: number;
  digest: string;
}

async function sealed(...args: string[]): Promise<Seal> {
  const { code, data } = await scene.json<Seal>(['audit', 'seal', ...args], await sealing());
  expect(data).toMatchObject({ tag: expect.stringMatching(/^mlc-seal-/) as string });
  expect(code).toBe(0);
  return data;
}

beforeAll(async () => {
  template = await signedRegistry();
}, 60_000);

describe('a seal', () => {
  test('is a signed tag on the head with the number and digest of all transitions, and holds', async () => {
    scene = await fresh();
    const made = await sealed();
    expect(made).toMatchObject({
      tag: 'mlc-seal-2026-03-12',
      head: scene.git('rev-parse', 'HEAD'),
      transitions: 7,
    });
    const tag = scene.git('cat-file', 'tag', made.tag);
    expect(tag).toContain(`Mlc-Digest: sha256:${made.digest}`);
    expect(tag).toContain('-----BEGIN SSH SIGNATURE-----');
    const { data } = await scene.json<{ seal: unknown; clean: boolean }>(['audit', '--seal', made.tag], {
      at: later,
    });
    expect(data).toMatchObject({
      clean: true,
      seal: { tag: made.tag, sealed_by: 'ada@example.com', sealed_at: later, transitions: 7, findings: [] },
    });
  });

  test('still holds when history went on, and has the next free name', async () => {
    scene = await fresh();
    const first = await sealed();
    await scene.ok(['review', 'churn@1.0.0'], { at: later });
    expect((await sealed()).tag).toBe('mlc-seal-2026-03-12.2');
    expectClean(await scene.audit(['--seal', first.tag]));
  });

  test('shows that what it covers was rewritten', async () => {
    scene = await fresh();
    const { tag } = await sealed();
    scene.by({ at: later }, 'reset', '-q', '--hard', 'HEAD~3');
    await scene.ok(['review', 'churn@1.0.0'], { at: later });
    const judged = await scene.audit(['--forget', '--seal', tag]);
    expectCaught(scene, judged, [{ code: 'seal/broken', says: /does not hold any more: it was rewritten/ }]);
  });

  test('is not put on a history with a finding', async () => {
    scene = await fresh();
    await scene.edit(record('1.0.0'), 'accuracy: 0.95', 'accuracy: 0.99');
    scene.commit('Correct a number', { at: later });
    const { code, stderr } = await scene.mlc(['audit', 'seal'], await sealing());
    expect(code).toBe(1);
    expect(stderr).toContain('the history is not clean, and is not sealed');
    expect(scene.git('tag', '--list')).toBe('');
  });

  test('by a key that nobody allowed does not count', async () => {
    scene = await fresh();
    const { code, stderr } = await scene.mlc(
      ['audit', 'seal', '--tag', 'mlc-seal-x'],
      await sealing('mallory'),
    );
    expect(code).toBe(1);
    expect(stderr).toContain('its key is not among the allowed signers');
    const judged = await scene.audit(['--seal', 'mlc-seal-x']);
    expectCaught(scene, judged, [{ code: 'seal/signature', says: /not among the allowed signers/ }]);
  });

  test('that was forged over another digest is broken, and so is one whose text was changed', async () => {
    scene = await fresh();
    const { tag, digest } = await sealed();
    const text = scene.git('cat-file', 'tag', tag).replace(digest, '0'.repeat(64));
    await scene.write('forged', `${text}\n`);
    const oid = scene.git('hash-object', '-t', 'tag', '-w', 'forged');
    scene.git('update-ref', 'refs/tags/mlc-seal-forged', oid);
    const judged = await scene.audit(['--seal', 'mlc-seal-forged']);
    expectCaught(scene, judged, [
      { code: 'seal/signature', says: /it is not a signature of this content/ },
      { code: 'seal/broken', says: /says 7 transitions with the digest 000000000000/ },
    ]);
  });

  test('needs an ssh key, and says how to set one up', async () => {
    scene = await fresh();
    const { code, stderr } = await scene.mlc(['audit', 'seal'], { at: later });
    expect(code).toBe(2);
    expect(stderr).toContain('git config gpg.format ssh');
  });

  test.each(['nowhere', 'two\nlines', 'v1'])('%j is no seal', async (name) => {
    scene = await fresh();
    scene.by({ at: later }, 'tag', '-a', '-m', 'a release', 'v1');
    const { code, stderr } = await scene.mlc(['audit', '--seal', name], { at: later });
    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no annotated tag|is no seal of mlc/);
  });
});

describe('the level', () => {
  const levelOf = async (): Promise<string> =>
    (await scene.json<{ level: string }>(['audit'], { at: later })).data.level;

  test('is claimed while a review is not signed, and a seal does not change that', async () => {
    scene = await fresh();
    expect(await levelOf()).toBe('claimed');
    await sealed();
    expect(await levelOf()).toBe('claimed');
  });
});
