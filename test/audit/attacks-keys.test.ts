// Attacks by keys that do not count: new ones, old ones, those of others, and two of one person.
import { beforeAll, describe, expect, test } from 'vitest';
import { makeKey } from '../signatures/open-ssh.js';
import { expectCaught, record, then } from './attack-world.js';
import {
  type SignedScene,
  allow,
  approve,
  approvedCopy,
  copySigned,
  expectBoth,
  signedRegistry,
  signersFile,
  signingAll,
  signingWith,
} from './signed-world.js';

let template: SignedScene;
beforeAll(async () => {
  template = await signedRegistry();
});

describe('a key', () => {
  test('that is added by the same branch', async () => {
    const copy = await copySigned(template);
    copy.git('checkout', '-q', '-b', 'feature');
    const second = await makeKey();
    await copy.write(signersFile, (await copy.read(signersFile)) + allow(second, 'grace'));
    copy.commit('signers', {
      as: 'mallory',
      at: '2026-03-09T09:00:00Z',
      env: await signingAll(copy.keys.mallory),
    });
    await copy.ok(approve, { as: 'grace', at: then, env: await signingWith(second) });
    expectCaught(copy, await copy.check(), [
      {
        code: 'policy/signers',
        says: /not signed by an allowed signer/,
        file: signersFile,
        commit: 'signers',
      },
      {
        code: 'signature/unknown-key',
        says: /its key is not among the allowed signers/,
        file: record('1.2.0'),
        commit: /^approve/,
      },
    ]);
    copy.git('checkout', '-q', 'main');
    copy.by({ at: then }, 'merge', '-q', '--no-ff', '-m', 'Merge feature', 'feature');
    expectCaught(copy, await copy.audit(), [
      { code: 'policy/signers', says: /allowed signers changed/, commit: 'signers' },
      { code: 'signature/unknown-key', says: /not among the allowed signers/, commit: /^approve/ },
    ]);
  });

  test.each([
    [
      'that was taken away since',
      (copy: SignedScene) => allow(copy.keys.olga, 'olga'),
      'signature/unknown-key',
      /not among/,
    ],
    [
      'whose time is over',
      (copy: SignedScene) => allow(copy.keys.grace, 'grace', 'valid-before="20260301"'),
      'signature/expired',
      /no longer valid/,
    ],
    [
      'whose time has not come',
      (copy: SignedScene) => allow(copy.keys.grace, 'grace', 'valid-after="20270301"'),
      'signature/not-yet-valid',
      /not valid yet/,
    ],
    [
      'that may not sign approvals',
      (copy: SignedScene) => allow(copy.keys.grace, 'grace', 'namespaces="git"'),
      'signature/other-namespace',
      /not allowed for this use/,
    ],
    [
      'of somebody else',
      (copy: SignedScene) => allow(copy.keys.grace, 'alan'),
      'signature/other-person',
      /the key is alan@example\.com's/,
    ],
  ] as const)('%s', async (_name, signers, code, says) => {
    const copy = await copySigned(template);
    await copy.write(signersFile, signers(copy) + allow(copy.keys.olga, 'olga'));
    copy.commit('signers', { as: 'olga', at: '2026-03-06T09:00:00Z', env: await signingAll(copy.keys.olga) });
    const good = await approvedCopy(template);
    good.git('checkout', '-q', 'feature');
    const text = await good.read(record('1.2.0'));
    const message = good.git('log', '-1', '--format=%B');
    copy.git('checkout', '-q', '-b', 'feature');
    await copy.write(record('1.2.0'), text);
    copy.git('add', '-A');
    copy.by({ as: 'grace', at: then }, 'commit', '-q', '-m', message);
    await expectBoth(copy, { code, says, file: record('1.2.0'), commit: /^approve/ });
  });

  test('that is the second of one person', async () => {
    const copy = await copySigned(template);
    const second = await makeKey();
    await copy.write(signersFile, (await copy.read(signersFile)) + allow(second, 'grace'));
    await copy.edit('mlc.yaml', 'policy:\n', 'policy:\n  approvals: {limited: 2}\n');
    copy.commit('two', { as: 'olga', at: '2026-03-06T09:00:00Z', env: await signingAll(copy.keys.olga) });
    copy.git('checkout', '-q', '-b', 'feature');
    await copy.ok(approve, { as: 'grace', at: then, env: await signingWith(copy.keys.grace) });
    const again = await copy.json<{ error: { problems: { code: string }[] } }>(approve, {
      as: 'mallory',
      at: then,
      env: await signingWith(second),
    });
    expect(again.data.error.problems.map(({ code }) => code)).toEqual(['approval/twice']);
    const review =
      / {4}- by: grace@example.com\n(?: {6}.*\n)+/.exec(await copy.read(record('1.2.0')))?.[0] ?? '';
    await copy.edit(record('1.2.0'), review, review + review);
    await copy.edit(
      record('1.2.0'),
      /approved_by: null\n {2}approved_at: null/,
      `approved_by: grace@example.com\n  approved_at: "${then}"`,
    );
    await copy.edit(record('1.2.0'), 'status: registered', 'status: approved');
    copy.commit('second', { as: 'grace' });
    await expectBoth(copy, {
      code: 'approval/twice',
      says: /two approvals are two people/,
      file: record('1.2.0'),
      commit: 'second',
    });
  });
});
