// Attacks on signed commits: other content, other people, and programs that say that all is well.
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { modelFile, then } from './attack-world.js';
import {
  type SignedScene,
  approve,
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

describe('a signed commit', () => {
  test('whose content is another', async () => {
    const copy = await copySigned(template);
    copy.git('checkout', '-q', '-b', 'feature');
    const env = await signingAll(copy.keys.ada);
    await copy.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: then, env });
    const raw = copy.git('cat-file', 'commit', 'HEAD');
    expect(raw).toContain('gpgsig');
    const file = path.join(await temporaryFolder(), 'commit');
    await writeFile(file, `${raw.replace('legal hold', 'legal  hold')}\n`);
    copy.git('reset', '-q', '--hard', copy.git('hash-object', '-t', 'commit', '-w', file));
    await expectBoth(copy, {
      code: 'signature/bad',
      says: /signature of the commit does not count: it is not a signature of this content/,
      commit: /^hold/,
    });
  });

  test('by another person than the actor', async () => {
    const copy = await copySigned(template);
    copy.git('checkout', '-q', '-b', 'feature');
    await copy.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], {
      at: then,
      env: await signingAll(copy.keys.alan),
    });
    await expectBoth(copy, {
      code: 'signature/other-person',
      says: /Ada .* made it, and the commit is signed by alan@example\.com/,
      commit: /^hold/,
    });
  });

  test('by an owner of the policy in name alone', async () => {
    const copy = await copySigned(template);
    copy.git('checkout', '-q', '-b', 'feature');
    await copy.edit('mlc.yaml', 'signatures: required', 'signatures: optional');
    copy.commit('unsigned', { as: 'olga', env: await signingAll(copy.keys.mallory) });
    await expectBoth(copy, {
      code: 'policy/weakened',
      says: /signatures goes from required to optional.*not signed by an allowed signer/,
      file: 'mlc.yaml',
      commit: 'unsigned',
    });
  });

  test("by another person's key, where the policy's owner is named", async () => {
    const copy = await copySigned(template);
    copy.git('checkout', '-q', '-b', 'feature');
    await copy.edit('mlc.yaml', 'signatures: required', 'signatures: optional');
    copy.commit('alan signs', { as: 'olga', env: await signingAll(copy.keys.alan) });
    await expectBoth(copy, {
      code: 'policy/weakened',
      says: /alan@example\.com is not one of them/,
      commit: 'alan signs',
    });
  });
});

test("a program that the repository's configuration names proves nothing", async () => {
  const copy = await copySigned(template);
  const program = path.join(await temporaryFolder(), 'ssh-keygen');
  await writeFile(
    program,
    '#!/bin/sh\necho \'Good "git" signature for olga@example.com with ED25519 key SHA256:x\'\nexit 0\n',
  );
  await chmod(program, 0o755);
  copy.git('checkout', '-q', '-b', 'feature');
  await copy.edit('mlc.yaml', 'signatures: required', 'signatures: optional');
  copy.commit('forged', { as: 'olga', env: await signingAll(copy.keys.mallory) });
  copy.git('config', 'gpg.ssh.program', program);
  copy.git('config', 'gpg.format', 'ssh');
  copy.git('config', 'gpg.ssh.allowedSignersFile', path.join(copy.folder, signersFile));
  expect(copy.git('log', '-1', '--format=%G?')).toBe('G');
  await expectBoth(copy, {
    code: 'policy/weakened',
    says: /not signed by an allowed signer/,
    commit: 'forged',
  });
});

test('an approver of the model is no signer by that alone', async () => {
  const copy = await copySigned(template);
  await copy.edit(modelFile, /approvers:\n/, 'approvers:\n  - mallory@example.com\n');
  copy.commit('approvers', { as: 'ada', at: '2026-03-06T09:00:00Z' });
  const said = await copy.mlc(approve, {
    as: 'mallory',
    at: then,
    env: await signingWith(copy.keys.mallory),
  });
  expect(said.code).toBe(2);
  expect(said.stderr).toContain('not among the allowed signers');
});
