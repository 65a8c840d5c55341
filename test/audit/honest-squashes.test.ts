// Squash merges where policy allows them: as git writes their messages, and as git hosts do.
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Doer,
  type Scene,
  copyScene,
  expectCaught,
  expectClean,
  modelFile,
  record,
  registryWithPast,
  then,
} from './attack-world.js';
import { endOfYear } from './honest-world.js';

let past: Scene;
let strict: Scene;
beforeAll(async () => {
  past = await registryWithPast({ config: 'git:\n  squash_merges: allow\n' });
  strict = await registryWithPast();
});

const merged = '2026-03-20T09:00:00Z';

/** Two people's work on a branch: a registration, its approval, a deployment. */
async function work(scene: Scene): Promise<void> {
  scene.git('checkout', '-q', '-b', 'feature');
  const more = ['--started-at', '2026-03-09T12:00:00Z'];
  await scene.register({ change: 'retraining', dataset: 'train@v7', weights: 'w7', more }, { at: then });
  await scene.ok(['approve', 'churn@1.3.0', '-m', 'numbers checked\n\nall of them'], {
    as: 'grace',
    at: '2026-03-11T09:00:00Z',
  });
  await scene.ok(['deploy', 'churn@1.3.0', '--env', 'production', '-m', 'go'], {
    at: '2026-03-12T09:00:00Z',
  });
}

/** As GitHub and GitLab put the messages of a branch together. */
function hostMessage(scene: Scene, title: string, end = ''): string {
  const messages = scene
    .git('log', '--reverse', '--format=%B%x00', 'main..feature')
    .split('\0')
    .map((text) => text.trim());
  return `${title}\n\n${messages
    .filter(Boolean)
    .map((text) => `* ${text}`)
    .join('\n\n')}${end}`;
}

function squash(scene: Scene, message: string | undefined, doer: Doer = {}): void {
  scene.git('checkout', '-q', 'main');
  scene.by(doer, 'merge', '-q', '--squash', 'feature');
  const said = message === undefined ? ['--no-edit'] : ['-m', message];
  scene.by({ at: merged, ...doer }, 'commit', '-q', ...said);
}

async function expectAudited(scene: Scene): Promise<number> {
  expectClean(await scene.audit([], { at: endOfYear }));
  const judgement = await scene.audit(['--forget'], { at: endOfYear });
  expectClean(judgement);
  return judgement.transitions;
}

const check = ['--base', 'main', '--squash'];

describe('a squash', () => {
  test.each([
    ['as git writes it', () => undefined],
    ['as a git host writes it', (scene: Scene) => hostMessage(scene, 'Release 1.3.0 (#12)')],
    [
      'with others named below',
      (scene: Scene) =>
        hostMessage(scene, 'Release (#12)', '\n\n---------\n\nCo-authored-by: Grace <grace@example.com>'),
    ],
    [
      'with others named among the trailers',
      (scene: Scene) => hostMessage(scene, 'Release (#12)', '\nCo-authored-by: Grace <grace@example.com>'),
    ],
  ])('%s', async (_name, message) => {
    const scene = await copyScene(past);
    await work(scene);
    expectClean(await scene.check(check));
    squash(scene, message(scene), { as: 'alan' });
    expect(await expectAudited(scene)).toBe(10);
  });

  test('of one transition', async () => {
    const scene = await copyScene(past);
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { as: 'grace', at: then });
    expectClean(await scene.check(check));
    squash(scene, hostMessage(scene, 'Hold (#13)'), { as: 'alan' });
    expect(await expectAudited(scene)).toBe(8);
  });

  test('of transitions with edits by hand between them', async () => {
    const scene = await copyScene(past);
    await work(scene);
    await scene.edit(modelFile, /title: .*/, 'title: Who leaves');
    await scene.write(record('1.0.0'), `${await scene.read(record('1.0.0'))}labels: {team: risk}\n`);
    scene.commit('titles', { as: 'grace', at: '2026-03-13T09:00:00Z' });
    expectClean(await scene.check(check));
    squash(scene, hostMessage(scene, 'Release and titles (#14)'));
    expect(await expectAudited(scene)).toBe(10);
  });

  test('of one transition with an edit by hand', async () => {
    const scene = await copyScene(past);
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.edit(modelFile, /title: .*/, 'title: Who leaves');
    scene.commit('title', { as: 'grace' });
    await scene.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { as: 'grace', at: '2026-03-10T10:00:00Z' });
    expectClean(await scene.check(check));
    squash(scene, hostMessage(scene, 'Hold and title (#15)'), { as: 'alan' });
    expect(await expectAudited(scene)).toBe(8);
  });

  test('of edits by hand alone', async () => {
    const scene = await copyScene(past);
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.edit(modelFile, /title: .*/, 'title: Who leaves');
    scene.commit('title');
    expectClean(await scene.check(check));
    squash(scene, 'Title (#16)', { as: 'grace' });
    expect(await expectAudited(scene)).toBe(7);
  });

  test('of everything that can happen to a version in a day', async () => {
    const scene = await copyScene(past);
    scene.git('checkout', '-q', '-b', 'feature');
    const steps = [
      ['hold', 'churn@1.1.0', '-m', 'x'],
      ['release', 'churn@1.1.0', '-m', 'over'],
      ['deploy', 'churn@1.1.0', '--env', 'production', '--pattern', 'canary'],
      ['ramp', 'churn@1.1.0', '--env', 'production', '--traffic', '40'],
      ['rollback', 'churn', '--env', 'production'],
      ['review', 'churn@1.1.0', '--until', '2027-06-01', '-m', 'later'],
      ['deprecate', 'churn@1.1.0', '--successor', '1.0.0'],
      ['reinstate', 'churn@1.1.0', '-m', 'no'],
    ];
    for (const [hour, step] of steps.entries())
      await scene.ok(step, { at: `2026-03-10T${10 + hour}:00:00Z` });
    expectClean(await scene.check(check));
    squash(scene, hostMessage(scene, 'A day (#17)'));
    expect(await expectAudited(scene)).toBe(15);
  });

  test('and the work that goes on after it, rebased onto it', async () => {
    const scene = await copyScene(past);
    await work(scene);
    const tip = scene.git('rev-parse', 'HEAD');
    squash(scene, hostMessage(scene, 'Release (#18)'));
    scene.git('checkout', '-q', 'feature');
    await scene.ok(['ramp', 'churn@1.3.0', '--env', 'production', '--traffic', '50'], {
      at: '2026-03-21T09:00:00Z',
    });
    const conflict = await scene.check(check, { at: endOfYear });
    expect(conflict.found.map(({ code }) => code).sort()).toEqual(['merge/conflict', 'number/reused']);
    scene.by(
      { at: '2026-03-21T10:00:00Z', env: { GIT_AUTHOR_DATE: '', GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '' } },
      'rebase',
      '-q',
      '--onto',
      'main',
      tip,
    );
    expectClean(await scene.check(['--base', 'main'], { at: endOfYear }));
  });
});

describe('a squash that does not do', () => {
  test('where policy refuses them, the audit says what would allow them', async () => {
    const scene = await copyScene(strict);
    await work(scene);
    expectClean(await scene.check());
    squash(scene, hostMessage(scene, 'Release (#12)'));
    const judgement = await scene.audit();
    expectCaught(scene, judgement, [
      {
        code: 'commit/several-transitions',
        says: /holds 3 transitions: register of churn@1\.3\.0, approve of churn@1\.3\.0 and deploy of churn@1\.3\.0/,
        commit: /^Release/,
      },
    ]);
    expect(JSON.stringify(judgement.found)).toContain('squash_merges: allow');
  });

  test('whose message lost the trailers', async () => {
    const scene = await copyScene(past);
    await work(scene);
    squash(scene, 'Release 1.3.0 (#12)');
    const judgement = await scene.audit([], { at: endOfYear });
    expectCaught(scene, judgement, [
      {
        code: 'record/hand-written',
        says: /churn@1\.3\.0 was added by hand, past the gate/,
        file: record('1.3.0'),
        commit: /^Release/,
      },
    ]);
    expect(judgement.found.map(({ code }) => code)).toEqual(['record/hand-written']);
  });

  test('whose message lost one of them', async () => {
    const scene = await copyScene(past);
    await work(scene);
    squash(
      scene,
      hostMessage(scene, 'Release (#12)').replace('Mlc-Operation: approve', 'Operation: approve'),
    );
    expectCaught(scene, await scene.audit(), [
      { code: 'commit/several-transitions', says: /3 transitions/, commit: /^Release/ },
    ]);
  });

  test('whose message names another actor', async () => {
    const scene = await copyScene(past);
    await work(scene);
    squash(
      scene,
      hostMessage(scene, 'Release (#12)').replace(/Mlc-Actor: Grace.*/, 'Mlc-Actor: Alan <alan@example.com>'),
    );
    expectCaught(scene, await scene.audit(), [
      { code: 'commit/several-transitions', says: /3 transitions/, commit: /^Release/ },
    ]);
  });

  test('that brings a weaker policy along', async () => {
    const scene = await copyScene(past);
    await work(scene);
    await scene.edit('mlc.yaml', 'notice_days: 30', 'notice_days: 0');
    scene.commit('notice', { as: 'mallory', at: '2026-03-13T09:00:00Z' });
    expectCaught(scene, await scene.check(check), [
      { code: 'policy/weakened', says: /notice_days.*Mallory/, file: 'mlc.yaml' },
    ]);
    squash(scene, hostMessage(scene, 'Release (#12)'), { as: 'mallory' });
    expectCaught(scene, await scene.audit(), [
      { code: 'policy/weakened', says: /notice_days/, commit: /^Release/ },
    ]);
  });

  test('that alters a record beside its transition', async () => {
    const scene = await copyScene(past);
    await work(scene);
    await scene.edit(record('1.0.0'), 'accuracy: 0.95', 'accuracy: 0.99');
    scene.commit('metric', { at: '2026-03-13T09:00:00Z' });
    const found = { code: 'record/altered', says: /accuracy was 0\.95 and is 0\.99/, file: record('1.0.0') };
    expectCaught(scene, await scene.check(check), [found]);
    squash(scene, hostMessage(scene, 'Release (#12)'));
    expectCaught(scene, await scene.audit(), [{ ...found, commit: /^Release/ }]);
  });
});
