// Attacks on the repository itself, and checks that cannot be made: replaced and broken objects, bases that are not there.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { worldIn } from '../support/world.js';
import {
  type Judgement,
  type Scene,
  copyScene,
  expectCaught,
  expectClean,
  record,
  registryWithPast,
  sceneOf,
  then,
} from './attack-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

async function altered(scene: Scene): Promise<void> {
  await scene.edit(record('1.0.0'), 'accuracy: 0.95', 'accuracy: 0.99');
}

describe('objects that are not what they seem', () => {
  test('replace refs hide nothing, and are told', async () => {
    const scene = await copyScene(past);
    const good = scene.git('rev-parse', `HEAD:${record('1.0.0')}`);
    await altered(scene);
    scene.commit('edited');
    const bad = scene.git('rev-parse', `HEAD:${record('1.0.0')}`);
    scene.git('replace', bad, good);
    expect(scene.git('show', `HEAD:${record('1.0.0')}`)).toContain('accuracy: 0.95');
    expectCaught(scene, await scene.audit(), [
      { code: 'record/altered', says: /accuracy/, file: record('1.0.0'), commit: 'edited' },
      { code: 'history/replaced', says: new RegExp(`refs/replace/${bad}`) },
    ]);
  });

  test('grafts hide nothing, and are told', async () => {
    const scene = await copyScene(past);
    const before = scene.git('rev-parse', 'HEAD');
    await altered(scene);
    scene.commit('edited');
    await scene.edit(record('1.0.0'), 'accuracy: 0.99', 'accuracy: 0.95');
    scene.commit('undo');
    await mkdir(path.join(scene.folder, '.git/info'), { recursive: true });
    await writeFile(
      path.join(scene.folder, '.git/info/grafts'),
      `${scene.git('rev-parse', 'HEAD')} ${before}\n`,
    );
    expect(scene.git('log', '--format=%s')).not.toContain('edited');
    expectCaught(scene, await scene.audit(), [
      { code: 'record/altered', says: /accuracy was 0\.95 and is 0\.99/, commit: 'edited' },
      { code: 'history/grafted', says: /other parents/ },
    ]);
  });

  /** Puts other content where an object is stored. */
  async function overwrite(scene: Scene, id: string, type: string, content: string): Promise<void> {
    const file = path.join(scene.folder, '.git/objects', id.slice(0, 2), id.slice(2));
    const packs = path.join(scene.folder, '.git/objects/pack');
    const moved = path.join(await temporaryFolder(), 'packs');
    execFileSync('cp', ['-r', packs, moved]);
    for (const name of await readdir(packs)) await rm(path.join(packs, name), { force: true });
    for (const name of (await readdir(moved)).filter((entry) => entry.endsWith('.pack')))
      execFileSync('git', ['unpack-objects', '-q'], {
        cwd: scene.folder,
        input: execFileSync('cat', [path.join(moved, name)]),
      });
    await rm(file, { force: true });
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, deflateSync(Buffer.from(`${type} ${Buffer.byteLength(content)}\0${content}`)));
  }

  function expectRefused(judgement: Judgement): void {
    expect(judgement.exitCode, JSON.stringify(judgement)).not.toBe(0);
    expect(judgement.exitCode).not.toBe(70);
  }

  test('a record whose object was overwritten', async () => {
    const scene = await copyScene(past);
    const text = await scene.read(record('1.2.0'));
    const id = scene.git('rev-parse', `HEAD:${record('1.2.0')}`);
    await overwrite(scene, id, 'blob', text.replace('accuracy: 0.95', 'accuracy: 0.99'));
    const judgement = await scene.audit();
    expectRefused(judgement);
    expect(JSON.stringify(judgement.found)).toMatch(/object\/corrupt|git fsck/);
  });

  test('a commit whose object was overwritten', async () => {
    const scene = await copyScene(past);
    const id = scene.git('rev-parse', 'HEAD~1');
    const raw = `${scene.git('cat-file', 'commit', 'HEAD~1')}\n`;
    await overwrite(scene, id, 'commit', raw.replace('gate passed', 'all is well'));
    const judgement = await scene.audit();
    expectRefused(judgement);
    expect(JSON.stringify(judgement.found)).toMatch(/object\/corrupt|hash mismatch|is corrupt/);
  });

  test('an object that is no object', async () => {
    const scene = await copyScene(past);
    const id = scene.git('rev-parse', `HEAD:${record('1.2.0')}`);
    await overwrite(scene, id, 'blob', 'x');
    await writeFile(path.join(scene.folder, '.git/objects', id.slice(0, 2), id.slice(2)), 'garbage');
    expectRefused(await scene.audit());
    scene.git('branch', 'base', 'HEAD~2');
    expectRefused(await scene.check(['--base', 'base']));
  });
});

describe('a base that is not there', () => {
  test('an empty base is a variable that is not set', async () => {
    const scene = await copyScene(past);
    for (const base of ['', ' ']) {
      const judgement = await scene.check(['--base', base]);
      expect(judgement).toMatchObject({ exitCode: 2, found: [{ code: 'check/no-base' }] });
      expect(judgement.found[0]?.message).toContain('variable that it comes from is not set');
    }
  });

  test('an unknown base is told, with what to fetch', async () => {
    const scene = await copyScene(past);
    const judgement = await scene.check(['--base', 'origin/main']);
    expect(judgement).toMatchObject({ exitCode: 2, found: [{ code: 'check/unknown-base' }] });
    expect(judgement.found[0]?.hint).toContain('git fetch origin main');
  });

  test('a base of zeros judges everything', async () => {
    const scene = await copyScene(past);
    const zeros = '0'.repeat(40);
    const clean = await scene.check(['--base', zeros]);
    expectClean(clean);
    expect(clean.transitions).toBe(7);
    await altered(scene);
    scene.commit('edited');
    expectCaught(scene, await scene.check(['--base', zeros]), [
      { code: 'record/altered', says: /accuracy/, commit: 'edited' },
    ]);
  });

  test('a shallow clone says what to fetch, and --fetch fetches it', async () => {
    const origin = await copyScene(past);
    origin.git('checkout', '-q', '-b', 'feature');
    for (const hour of ['10', '11', '12'])
      await origin.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: `2026-03-10T${hour}:00:00Z` });
    const folder = path.join(await temporaryFolder(), 'clone');
    const url = `file://${origin.folder}`;
    execFileSync('git', [
      'clone',
      '-q',
      '--depth=1',
      '--no-single-branch',
      '--branch',
      'feature',
      url,
      folder,
    ]);
    const clone = sceneOf(worldIn(folder));
    const shallow = await clone.check(['--base', 'origin/main']);
    expect(shallow).toMatchObject({ exitCode: 2, found: [{ code: 'git/shallow' }] });
    expect(shallow.found[0]?.hint).toMatch(/fetch-depth: 0.*GIT_DEPTH.*--unshallow/);
    expect(await clone.audit()).toMatchObject({ exitCode: 2, found: [{ code: 'git/shallow' }] });
    const fetched = await clone.check(['--base', 'origin/main', '--fetch']);
    expectClean(fetched);
    expect(fetched.transitions).toBe(3);
    expectClean(await clone.audit());
  });

  test('a clone of one branch fetches the base that it lacks', async () => {
    const origin = await copyScene(past);
    origin.git('checkout', '-q', '-b', 'feature');
    await origin.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: then });
    const folder = path.join(await temporaryFolder(), 'clone');
    execFileSync('git', [
      'clone',
      '-q',
      '--depth=1',
      '--branch',
      'feature',
      `file://${origin.folder}`,
      folder,
    ]);
    const clone = sceneOf(worldIn(folder));
    expect(await clone.check(['--base', 'origin/main'])).toMatchObject({ exitCode: 2 });
    const fetched = await clone.check(['--base', 'origin/main', '--fetch']);
    expectClean(fetched);
    expect(fetched.transitions).toBe(1);
  });

  test('a shallow clone never passes for less than there is', async () => {
    const origin = await copyScene(past);
    origin.git('checkout', '-q', '-b', 'feature');
    await altered(origin);
    origin.commit('edited');
    await origin.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: then });
    for (const depth of ['1', '2', '3']) {
      const folder = path.join(await temporaryFolder(), 'clone');
      execFileSync('git', [
        'clone',
        '-q',
        `--depth=${depth}`,
        '--no-single-branch',
        '--branch',
        'feature',
        `file://${origin.folder}`,
        folder,
      ]);
      const judgement = await sceneOf(worldIn(folder)).check(['--base', 'origin/main']);
      expect(judgement.exitCode, depth).not.toBe(0);
    }
  });
});
