// What an audit remembers: the next one reads only what is new, and a damaged or foreign memory is never believed.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Scene,
  copyScene,
  expectCaught,
  expectClean,
  later,
  record,
  registryWithPast,
} from './attack-world.js';

let template: Scene;
let scene: Scene;

interface Report {
  from: string | null;
  head: string;
  counts: { commits: number; transitions: number };
}

const audit = async (...args: string[]): Promise<Report> =>
  (await scene.json<Report>(['audit', ...args], { at: later })).data;

const memoryFile = async (): Promise<string> => {
  const folder = path.join(scene.folder, '.git', 'mlc', 'audit');
  const [name = ''] = await readdir(folder);
  return path.join(folder, name);
};

beforeAll(async () => {
  template = await registryWithPast();
}, 60_000);

beforeEach(async () => {
  scene = await copyScene(template);
});

describe('the memory', () => {
  test('lets the next audit begin where the last one ended, with the same counts', async () => {
    const first = await audit();
    expect(first).toMatchObject({ from: null, counts: { commits: 10, transitions: 7 } });
    await scene.ok(['review', 'churn@1.0.0'], { at: later });
    const second = await audit();
    expect(second).toMatchObject({ from: first.head, counts: { commits: 11, transitions: 8 } });
    expect(await audit('--forget')).toMatchObject({ from: null, counts: second.counts });
  });

  test('keeps what was found', async () => {
    await scene.edit(record('1.0.0'), 'accuracy: 0.95', 'accuracy: 0.99');
    scene.commit('Correct a number', { at: later });
    const caught = [
      { code: 'record/altered', says: /accuracy was 0.95 and is 0.99/, commit: 'Correct a number' },
    ];
    expectCaught(scene, await scene.audit(), caught);
    await scene.ok(['review', 'churn@1.1.0'], { at: later });
    expectCaught(scene, await scene.audit(), caught);
  });

  test('finds what was done after it as a whole audit does', async () => {
    await audit();
    await scene.edit(record('1.1.0'), 'gate_passed: true', 'gate_passed: false');
    scene.commit('Edit', { at: later });
    const caught = [
      { code: 'record/altered', says: /approval.gate_passed was true and is false/, commit: 'Edit' },
    ];
    expectCaught(scene, await scene.audit(), caught);
    expectCaught(scene, await scene.audit(['--forget']), caught);
  });

  test('tells that what was verified is gone, until it is told to forget', async () => {
    const { head } = await audit();
    scene.by({ at: later }, 'reset', '-q', '--hard', 'HEAD~1');
    await scene.ok(['review', 'churn@1.0.0'], { at: later });
    for (let times = 0; times < 2; times++) {
      const judged = await scene.audit();
      expectCaught(scene, judged, [
        { code: 'history/rewritten', says: new RegExp(`verified ${head.slice(0, 10)}`) },
      ]);
    }
    expectClean(await scene.audit(['--forget']));
    expectClean(await scene.audit());
  });

  test('of one branch is not taken for another', async () => {
    await audit();
    scene.git('switch', '-q', '-c', 'other', 'HEAD~2');
    expectClean(await scene.audit());
  });

  test.each([
    ['not JSON', () => '{"head": '],
    ['of another shape', () => '{"head": "0000000000000000000000000000000000000000"}'],
    ['with a head that is no commit', (text: string) => text.replace(/"head":"[0-9a-f]+"/, '"head":"HEAD"')],
  ])('that is %s counts as none', async (_name, damage) => {
    await audit();
    const file = await memoryFile();
    await writeFile(file, damage(await readFile(file, 'utf8')));
    expect(await audit()).toMatchObject({ from: null, counts: { transitions: 7 } });
  });

  test('is not kept of a part: --since says nothing of what was before', async () => {
    expect(await audit('--since', 'HEAD~2')).toMatchObject({ counts: { transitions: 2 } });
    expect(await audit()).toMatchObject({ from: null, counts: { transitions: 7 } });
  });

  test('an unknown revision cannot be asked for', async () => {
    const { code, stderr } = await scene.mlc(['audit', '--since', 'nowhere'], { at: later });
    expect(code).toBe(2);
    expect(stderr).toContain('"nowhere" is no revision');
  });
});
