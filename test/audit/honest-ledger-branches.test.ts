// Work on the ledger on several branches, merged and squashed, and rules that change while a branch is worked on.
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Scene,
  copyScene,
  expectCaught,
  expectClean,
  gateFile,
  registryWithPast,
} from './attack-world.js';
import { branch, expectAudited, expectMergeable, merge } from './branch-work.js';
import { endOfYear } from './honest-world.js';
import {
  answer,
  begin,
  incidentAt,
  march,
  openIncident,
  profile,
  psi,
  report,
  reportPath,
  request,
  requestOf,
  settle,
} from './ledger-work.js';

let past: Scene;
let lenient: Scene;
beforeAll(async () => {
  past = await registryWithPast();
  lenient = await registryWithPast({ config: 'git:\n  squash_merges: allow\n' });
});

describe('branches', () => {
  test('two people report on different signals, and a third opens an incident', async () => {
    const scene = await copyScene(past);
    branch(scene, 'drift');
    await report(scene, { at: march(10) });
    await report(scene, { at: march(10, 10) }, { until: 10 });
    branch(scene, 'cost');
    await report(scene, { as: 'grace', at: march(10) }, { signal: 'cost' });
    branch(scene, 'incident');
    await scene.ok(openIncident('minor'), { at: march(11) });
    for (const [day, name] of [
      [12, 'drift'],
      [13, 'cost'],
      [14, 'incident'],
    ] as const) {
      scene.git('checkout', '-q', name);
      await expectMergeable(scene);
      await expectMergeable(scene, '--squash');
      scene.git('checkout', '-q', 'main');
      merge(scene, march(day), name);
      await expectAudited(scene);
    }
    await scene.ok(['incident', 'close', 'churn', incidentAt(march(11)), '-m', 'over'], { at: march(15) });
    await expectAudited(scene);
  });

  test('the same window on two branches is a conflict that nobody can merge away', async () => {
    const scene = await copyScene(past);
    branch(scene, 'one');
    await report(scene, { at: march(10) });
    branch(scene, 'two');
    await report(scene, { at: march(11), as: 'grace' });
    scene.git('checkout', '-q', 'main');
    merge(scene, march(12), 'one');
    scene.by({ at: march(13) }, 'merge', '-q', '--no-ff', '-s', 'ours', '-m', 'Merge two', 'two');
    expectCaught(scene, await scene.audit([], { at: endOfYear }), [
      { code: 'merge/conflict', says: /both sides/, file: reportPath(8), commit: 'Merge two' },
    ]);
  });

  test('a metric that the gate learned of after a report that could not judge it', async () => {
    const scene = await copyScene(past);
    branch(scene, 'feature');
    const unjudged = psi('f1', 0.5, { method: 'value', threshold: 0.9 });
    await report(scene, { at: march(10) }, { signal: 'quality', observations: [unjudged] });
    expect(await scene.read(reportPath(8, '1.0.0', 'quality'))).toContain('verdict: unjudged');
    scene.git('checkout', '-q', 'main');
    await scene.edit(gateFile, 'metrics:\n', 'metrics:\n  f1: {better: higher}\n');
    scene.commit('gate', { as: 'ada', at: march(11) });
    scene.git('checkout', '-q', 'feature');
    await expectMergeable(scene);
    await expectMergeable(scene, '--squash');
    scene.git('checkout', '-q', 'main');
    merge(scene, march(12), 'feature');
    await expectAudited(scene);
  });

  test('a request on one branch, its answer on another that builds on it', async () => {
    const scene = await copyScene(past);
    branch(scene, 'asked');
    await scene.ok([...request, '-m', 'x'], { at: march(10) });
    branch(scene, 'answered', 'asked');
    await answer(scene, { at: march(11) }, await requestOf(scene));
    scene.git('checkout', '-q', 'main');
    merge(scene, march(12), 'asked');
    scene.git('checkout', '-q', 'answered');
    await expectMergeable(scene);
    scene.git('checkout', '-q', 'main');
    merge(scene, march(13), 'answered');
    await expectAudited(scene);
  });
});

async function everything(scene: Scene): Promise<void> {
  branch(scene, 'feature');
  await report(scene, { at: march(10) });
  await profile(scene, { at: march(10), as: 'grace' });
  await scene.ok(['event', 'churn', '--type', 'data-accumulation', '--new-examples', '9', '-m', 'x'], {
    at: march(10),
  });
  await scene.ok([...request, '-m', 'x'], { at: march(10) });
  const id = await requestOf(scene);
  await begin(scene, { at: march(10) }, id);
  await settle(scene, { at: march(10), as: 'grace' }, id, 'unknown');
  await begin(scene, { at: march(11), as: 'grace' }, id);
  await settle(scene, { at: march(11) }, id, 'accepted');
  await answer(scene, { at: march(12) }, id);
  await scene.ok(openIncident('serious'), { at: march(12) });
  const incident = incidentAt(march(12));
  const update = ['incident', 'update', 'churn', incident];
  await scene.ok([...update, '--severity', 'minor', '--affected', '1.3.0', '-m', 'x'], { at: march(13) });
  await scene.ok(['incident', 'close', 'churn', incident, '-m', 'x'], { at: march(14), as: 'grace' });
}

describe('a squash of everything that a ledger knows', () => {
  test('where policy allows it, with the trailers of all', async () => {
    const scene = await copyScene(lenient);
    await everything(scene);
    expectClean(await scene.check(['--base', 'main', '--squash'], { at: endOfYear }));
    scene.git('checkout', '-q', 'main');
    scene.by({}, 'merge', '-q', '--squash', 'feature');
    scene.by({ at: march(20) }, 'commit', '-q', '--no-edit');
    expectClean(await scene.audit([], { at: endOfYear }));
    const again = await scene.audit(['--forget'], { at: endOfYear });
    expectClean(again);
    // Seven of the past. The first hand-over of the same person and second began with its request.
    expect(again.transitions).toBe(7 + 11);
  });

  test('where policy does not', async () => {
    const scene = await copyScene(past);
    await everything(scene);
    scene.git('checkout', '-q', 'main');
    scene.by({}, 'merge', '-q', '--squash', 'feature');
    scene.by({ at: march(20) }, 'commit', '-q', '--no-edit');
    expectCaught(scene, await scene.audit([], { at: endOfYear }), [
      { code: 'commit/several-transitions', says: /monitor of churn@1\.0\.0.*incident-close of churn/ },
    ]);
  });

  test('without the trailers of one', async () => {
    const scene = await copyScene(lenient);
    await everything(scene);
    const messages = scene.git('log', '--reverse', '--format=%B%x00', 'main..feature').split('\0');
    scene.git('checkout', '-q', 'main');
    scene.by({}, 'merge', '-q', '--squash', 'feature');
    const kept = messages.filter((text) => !text.includes('Mlc-Operation: event'));
    scene.by(
      { at: march(20) },
      'commit',
      '-q',
      '-m',
      `All\n\n${kept.map((text) => text.trim()).join('\n\n')}`,
    );
    expectCaught(scene, await scene.audit([], { at: endOfYear }), [
      { code: 'commit/several-transitions', says: /event of churn/, commit: 'All' },
    ]);
  });
});
