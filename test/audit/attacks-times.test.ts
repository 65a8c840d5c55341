// Attacks by dates: notices and shadows that are back-dated, in records, in commits and by branches that merge at once.
import { beforeAll, describe, expect, test } from 'vitest';
import { digest } from '../support/world.js';
import {
  type Scene,
  copyScene,
  expectCaught,
  expectClean,
  later,
  record,
  registryWithPast,
  then,
} from './attack-world.js';

let past: Scene;
let highRisk: Scene;
beforeAll(async () => {
  past = await registryWithPast();
  highRisk = await registryWithPast({ risk: 'high' });
});

const giveNotice = ['deprecate', 'churn@1.1.0', '--successor', '1.0.0'];
const retire = [
  ...['retire', 'churn@1.1.0', '--compliance-confirmed-by', 'Olga <olga@example.com>'],
  ...['--cold-storage', `${digest('w2')}=s3://cold/w2`],
];
const soon = '2026-05-01T09:00:00Z';

test('a retirement without any notice', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.edit(record('1.1.0'), 'status: approved', 'status: retired');
  await scene.write(
    record('1.1.0'),
    `${await scene.read(record('1.1.0'))}retirement:\n  retired_at: "${then}"\n  by: Ada <ada@example.com>\n  reason: old\n  withdrawn: false\n  owner: Ada <ada@example.com>\n  compliance_confirmed_by: Olga <olga@example.com>\n`,
  );
  scene.commit('retire');
  const found = {
    code: 'status/not-allowed',
    says: /churn@1\.1\.0 is approved; it has to be deprecated/,
    file: record('1.1.0'),
    commit: 'retire',
  };
  expectCaught(scene, await scene.check(), [found]);
  scene.git('checkout', '-q', 'main');
  scene.git('merge', '-q', '--ff-only', 'feature');
  expectCaught(scene, await scene.audit(), [found]);
});

describe('a notice that is back-dated', () => {
  test('in the record alone', async () => {
    const scene = await copyScene(past);
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(giveNotice, { at: '2026-03-05T09:00:00Z' });
    scene.by({ at: soon }, 'commit', '-q', '--amend', '--no-edit', '--reset-author');
    await scene.ok(retire, { at: soon });
    expectCaught(scene, await scene.check(['--base', 'main'], { at: soon }), [
      { code: 'time/disagrees', says: /record says 2026-03-05.*made at 2026-05-01/, commit: /^deprecate/ },
      {
        code: 'notice/back-dated',
        says: /dated 2026-03-05.*came into this history on 2026-05-01/,
        file: record('1.1.0'),
      },
    ]);
    scene.git('checkout', '-q', 'main');
    scene.git('merge', '-q', '--ff-only', 'feature');
    expectCaught(scene, await scene.audit([], { at: soon }), [
      {
        code: 'notice/back-dated',
        says: /came into this history on 2026-05-01/,
        file: record('1.1.0'),
        commit: /^retire/,
      },
    ]);
  });

  test('in commits too, on a branch that is merged at once', async () => {
    const scene = await copyScene(past);
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(giveNotice, { at: '2026-03-05T09:00:00Z' });
    await scene.ok(retire, { at: soon });
    const judgement = await scene.check(['--base', 'main'], { at: soon });
    expectCaught(scene, judgement, [
      {
        code: 'notice/back-dated',
        says: /retired on 2026-05-01, before the 30 days of notice/,
        file: record('1.1.0'),
      },
    ]);
    expect(judgement.found[0]?.hint).toContain('retire it on 2026-05-31 or later');
    expectCaught(scene, await scene.check(['--base', 'main', '--squash'], { at: soon }), [
      { code: 'notice/back-dated', says: /before the 30 days/, file: record('1.1.0') },
    ]);
    scene.git('checkout', '-q', 'main');
    scene.by({ at: soon }, 'merge', '-q', '--no-ff', '-m', 'Merge feature', 'feature');
    expectCaught(scene, await scene.audit([], { at: soon }), [
      { code: 'notice/back-dated', says: /came into this history on 2026-05-01/, commit: 'Merge feature' },
    ]);
  });

  test('by two branches, the second right after the first', async () => {
    const scene = await copyScene(past);
    scene.git('checkout', '-q', '-b', 'notice');
    await scene.ok(giveNotice, { at: '2026-03-05T09:00:00Z' });
    scene.git('checkout', '-q', 'main');
    scene.by({ at: soon }, 'merge', '-q', '--no-ff', '-m', 'Merge notice', 'notice');
    expectClean(await scene.audit([], { at: soon }));
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(retire, { at: '2026-05-02T09:00:00Z' });
    const found = {
      code: 'notice/back-dated',
      says: /came into this history on 2026-05-01.*retired on 2026-05-02/,
    };
    const at = { at: '2026-05-02T10:00:00Z' };
    expectCaught(scene, await scene.check(['--base', 'main'], at), [found]);
    scene.git('checkout', '-q', 'main');
    scene.git('merge', '-q', '--ff-only', 'feature');
    expectCaught(scene, await scene.audit([], at), [found]);
    expectCaught(scene, await scene.audit(['--forget'], at), [found]);
  });

  test('before an audit that goes on from what was verified, with an older branch that comes in first', async () => {
    const scene = await copyScene(past);
    scene.git('checkout', '-q', '-b', 'old');
    await scene.ok(['hold', 'churn@1.0.0', '-m', 'inquiry'], { at: then });
    scene.git('checkout', '-q', '-b', 'notice', 'main');
    await scene.ok(giveNotice, { at: '2026-03-05T09:00:00Z' });
    scene.git('checkout', '-q', 'main');
    scene.by({ at: soon }, 'merge', '-q', '--no-ff', '-m', 'Merge notice', 'notice');
    expectClean(await scene.audit([], { at: soon }));
    scene.by({ at: soon }, 'merge', '-q', '--no-ff', '-m', 'Merge old', 'old');
    await scene.ok(retire, { at: '2026-05-02T09:00:00Z' });
    expectCaught(scene, await scene.audit([], { at: '2026-05-02T10:00:00Z' }), [
      { code: 'notice/back-dated', says: /came into this history on 2026-05-01/, commit: /^retire/ },
    ]);
  });
});

test('a notice that was taken back, and is given again under its old date', async () => {
  const scene = await copyScene(past);
  const old = '2026-03-05T09:00:00Z';
  await scene.ok(giveNotice, { at: old });
  await scene.ok(['reinstate', 'churn@1.1.0', '-m', 'needed'], { at: '2026-03-06T09:00:00Z' });
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.ok(giveNotice, { at: old });
  scene.by({ at: old, committedAt: soon }, 'commit', '-q', '--amend', '--no-edit');
  await scene.ok(retire, { at: '2026-05-01T10:00:00Z' });
  const found = { code: 'notice/back-dated', says: /dated 2026-03-05.*came into this history on 2026-05-01/ };
  const at = { at: '2026-05-01T11:00:00Z' };
  expectCaught(scene, await scene.check(['--base', 'main'], at), [found]);
  scene.git('checkout', '-q', 'main');
  scene.git('merge', '-q', '--ff-only', 'feature');
  expectCaught(scene, await scene.audit([], at), [{ ...found, commit: /^retire/ }]);
});

describe('a shadow that is back-dated', () => {
  const shadow = ['deploy', 'churn@1.0.0', '--env', 'production', '--pattern', 'shadow'];
  const live = ['deploy', 'churn@1.0.0', '--env', 'production', '--pattern', 'canary'];

  test('on a branch that is merged at once', async () => {
    const scene = await copyScene(highRisk);
    await scene.ok(['approve', 'churn@1.0.0'], { as: 'alan', at: '2026-03-03T09:00:00Z' });
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(shadow, { at: '2026-03-05T09:00:00Z' });
    await scene.ok(live, { at: soon });
    const found = {
      code: 'shadow/back-dated',
      says: /after 0 days of shadow in this history; policy asks for 14 days/,
      file: record('1.0.0'),
    };
    expectCaught(scene, await scene.check(['--base', 'main'], { at: soon }), [found]);
    scene.git('checkout', '-q', 'main');
    scene.by({ at: soon }, 'merge', '-q', '--no-ff', '-m', 'Merge feature', 'feature');
    expectCaught(scene, await scene.audit([], { at: soon }), [{ ...found, commit: 'Merge feature' }]);
  });

  test('and one that came in weeks before is none', async () => {
    const scene = await copyScene(highRisk);
    await scene.ok(['approve', 'churn@1.0.0'], { as: 'alan', at: '2026-03-03T09:00:00Z' });
    await scene.ok(shadow, { at: '2026-03-05T09:00:00Z' });
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(live, { at: soon });
    expectClean(await scene.check(['--base', 'main'], { at: soon }));
    scene.git('checkout', '-q', 'main');
    scene.git('merge', '-q', '--ff-only', 'feature');
    expectClean(await scene.audit([], { at: soon }));
  });
});

test('a commit from the future', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: '2027-01-01T09:00:00Z' });
  const found = {
    code: 'time/future',
    says: /dated 2027-01-01T09:00:00Z, which was yet to come/,
    commit: /^hold/,
  };
  expectCaught(scene, await scene.check(), [found]);
  scene.git('checkout', '-q', 'main');
  scene.git('merge', '-q', '--ff-only', 'feature');
  expectCaught(scene, await scene.audit(), [found]);
});

test('a commit that is dated before what it builds on', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: then });
  await scene.ok(giveNotice, { at: '2026-02-01T09:00:00Z' });
  const found = {
    code: 'time/backward',
    says: /dated 2026-02-01T09:00:00Z, and comes after one of 2026-03-10/,
    commit: /^deprecate/,
  };
  expectCaught(scene, await scene.check(), [found]);
  scene.git('checkout', '-q', 'main');
  scene.git('merge', '-q', '--ff-only', 'feature');
  expectCaught(scene, await scene.audit([], { at: later }), [found]);
});

test('a record that is dated after the squash that brings it', async () => {
  const scene = await registryWithPast({ config: 'git:\n  squash_merges: allow\n' });
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: '2026-04-01T09:00:00Z' });
  const message = scene.git('log', '-1', '--format=%B');
  scene.git('checkout', '-q', 'main');
  scene.git('merge', '-q', '--squash', 'feature');
  scene.by({ at: then }, 'commit', '-q', '-m', message);
  expectCaught(scene, await scene.audit(), [
    {
      code: 'time/disagrees',
      says: /dates the hold of churn@1\.1\.0 2026-04-01.*after the commit itself/,
      commit: /^hold/,
    },
  ]);
});
