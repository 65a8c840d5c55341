// Attacks by merges: changes made in the merge commit, transitions dropped by it, and branches that contradict each other.
import { beforeAll, describe, test } from 'vitest';
import {
  type Doer,
  type Expected,
  type Scene,
  copyScene,
  expectCaught,
  later,
  record,
  registryWithPast,
  then,
} from './attack-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

/** A hold on a branch of its own, off main. */
async function holdOn(scene: Scene, branch: string, version: string, at = then): Promise<void> {
  scene.git('checkout', '-q', '-b', branch, 'main');
  await scene.ok(['hold', `churn@${version}`, '-m', 'inquiry'], { at });
}

/** Merges into main, and lets it be changed before it is committed. */
async function mergeWith(
  scene: Scene,
  args: readonly string[],
  change: () => Promise<void> | void,
  doer: Doer = { at: later },
): Promise<void> {
  scene.git('checkout', '-q', 'main');
  try {
    scene.by(doer, 'merge', '-q', '--no-ff', '--no-commit', ...args);
  } catch {
    // A conflict is what some of these merges are about.
  }
  await change();
  scene.git('add', '-A');
  scene.by(doer, 'commit', '-q', '-m', 'Merge');
}

interface Merge {
  name: string;
  act: (scene: Scene) => Promise<void>;
  found: Expected | Expected[];
}

const merges: Merge[] = [
  {
    name: 'changes a record that neither branch changed',
    act: async (scene) => {
      await holdOn(scene, 'feature', '1.1.0');
      await mergeWith(scene, ['feature'], () =>
        scene.edit(record('1.0.0'), 'accuracy: 0.95', 'accuracy: 0.99'),
      );
    },
    found: { code: 'merge/evil', says: /neither branch has it so/, file: record('1.0.0'), commit: 'Merge' },
  },
  {
    name: 'changes the record that the branch changed',
    act: async (scene) => {
      await holdOn(scene, 'feature', '1.1.0');
      await mergeWith(scene, ['feature'], () =>
        scene.edit(record('1.1.0'), 'reason: inquiry', 'reason: nothing'),
      );
    },
    found: {
      code: 'merge/evil',
      says: /merge commit itself changes the file/,
      file: record('1.1.0'),
      commit: 'Merge',
    },
  },
  {
    name: 'adds a record',
    act: async (scene) => {
      await holdOn(scene, 'feature', '1.1.0');
      await mergeWith(scene, ['feature'], async () =>
        scene.write(record('1.3.0'), (await scene.read(record('1.2.0'))).replaceAll('1.2.0', '1.3.0')),
      );
    },
    found: { code: 'merge/evil', says: /neither branch/, file: record('1.3.0'), commit: 'Merge' },
  },
  {
    name: 'weakens the policy',
    act: async (scene) => {
      await holdOn(scene, 'feature', '1.1.0');
      await mergeWith(scene, ['feature'], () => scene.edit('mlc.yaml', 'notice_days: 30', 'notice_days: 0'));
    },
    found: { code: 'merge/evil', says: /neither branch/, file: 'mlc.yaml', commit: 'Merge' },
  },
  {
    name: 'drops the transition that it merges',
    act: async (scene) => {
      await holdOn(scene, 'feature', '1.1.0');
      scene.git('checkout', '-q', 'main');
      scene.by({ at: later }, 'merge', '-q', '-s', 'ours', '-m', 'Merge', 'feature');
    },
    found: {
      code: 'merge/dropped',
      says: /drops what the merged branch did/,
      file: record('1.1.0'),
      commit: 'Merge',
    },
  },
  {
    name: 'drops what main did meanwhile',
    act: async (scene) => {
      await holdOn(scene, 'feature', '1.1.0');
      scene.git('checkout', '-q', 'main');
      await scene.ok(['hold', 'churn@1.0.0', '-m', 'inquiry'], { at: then });
      await mergeWith(scene, ['feature'], () => void scene.git('checkout', 'HEAD~1', '--', record('1.0.0')));
    },
    found: { code: 'merge/evil', says: /neither branch/, file: record('1.0.0'), commit: 'Merge' },
  },
  {
    name: 'blends two edits of one record',
    act: async (scene) => {
      await holdOn(scene, 'feature', '1.1.0');
      scene.git('checkout', '-q', 'main');
      await scene.ok(['hold', 'churn@1.1.0', '--kind', 'incident', '-m', 'outage'], { at: then });
      await mergeWith(
        scene,
        ['feature'],
        () => void scene.git('checkout', '--theirs', '--', record('1.1.0')),
      );
    },
    found: {
      code: 'merge/conflict',
      says: /both sides of the merge changed the file/,
      file: record('1.1.0'),
      commit: 'Merge',
    },
  },
  {
    name: 'of three sides keeps one of two holds on a record',
    act: async (scene) => {
      await holdOn(scene, 'one', '1.1.0');
      await holdOn(scene, 'two', '1.1.0', '2026-03-10T10:00:00Z');
      const [main, one, two] = ['main', 'one', 'two'].map((name) => scene.git('rev-parse', name)) as [
        string,
        string,
        string,
      ];
      const tree = scene.git('rev-parse', 'two^{tree}');
      const commit = scene.by(
        { at: later },
        'commit-tree',
        tree,
        '-p',
        main,
        '-p',
        one,
        '-p',
        two,
        '-m',
        'Merge',
      );
      scene.git('checkout', '-q', 'main');
      scene.git('reset', '-q', '--hard', commit);
    },
    found: {
      code: 'merge/conflict',
      says: /both sides|several branches/,
      file: record('1.1.0'),
      commit: 'Merge',
    },
  },
  {
    name: 'of two branches that give one environment away twice',
    act: async (scene) => {
      const deploy = (version: string): string[] => [
        'deploy',
        `churn@${version}`,
        '--env',
        'staging',
        '--pattern',
        'blue-green',
      ];
      scene.git('checkout', '-q', '-b', 'one');
      await scene.ok(deploy('1.0.0'), { at: then });
      scene.git('checkout', '-q', '-b', 'two', 'main');
      await scene.ok(deploy('1.1.0'), { at: then });
      scene.git('checkout', '-q', 'main');
      for (const branch of ['one', 'two'])
        scene.by({ at: later }, 'merge', '-q', '--no-ff', '-m', `Merge ${branch}`, branch);
    },
    found: {
      code: 'deploy/over-100',
      says: /live split of churn in staging comes to 200 %: 1\.0\.0 100 %, 1\.1\.0 100 %/,
      commit: 'Merge two',
    },
  },
  {
    name: 'of two branches that add models which differ in a dot',
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
      scene.git('checkout', '-q', '-b', 'one');
      await scene.ok(['model', 'add', 'fraud-eu', ...owner], { at: then });
      scene.git('checkout', '-q', '-b', 'two', 'main');
      await scene.ok(['model', 'add', 'fraud.eu', ...owner], { at: then });
      scene.git('checkout', '-q', 'main');
      for (const branch of ['one', 'two'])
        scene.by({ at: later }, 'merge', '-q', '--no-ff', '-m', `Merge ${branch}`, branch);
    },
    found: { code: 'name/collision', says: /differ in nothing but/, commit: 'Merge two' },
  },
];

describe('a merge that', () => {
  test.each(merges)('$name is found by the audit', async ({ act, found }) => {
    const scene = await copyScene(past);
    await act(scene);
    expectCaught(scene, await scene.audit(), [found].flat());
  });
});
