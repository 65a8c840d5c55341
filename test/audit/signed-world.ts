// A registry whose policy asks for signed approvals, with everybody's keys.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestKey, lineFor, makeKey } from '../signatures/open-ssh.js';
import { temporaryFolder } from '../support/folders.js';
import { approvalNamespace } from '../../src/registry/approval-statement.js';
import {
  type Expected,
  type Scene,
  copyScene,
  expectCaught,
  registryWithPast,
  then,
} from './attack-world.js';

export const signersFile = '.mlc/allowed_signers';
const both = `namespaces="git,${approvalNamespace}"`;

/** A scene in which people sign. */
export interface SignedScene extends Scene {
  keys: Record<'ada' | 'grace' | 'alan' | 'olga' | 'mallory', TestKey>;
}

/** A line that allows a person's key. */
export function allow(key: TestKey, person: string, options = both): string {
  return lineFor(key, options, `${person}@example.com`);
}

/** git settings under which a key signs: in the environment, as a person's own settings are beside the repository. */
export async function signingWith(key: TestKey, ...more: string[]): Promise<Record<string, string>> {
  const file = path.join(await temporaryFolder(), 'gitconfig');
  const lines = ['[gpg]', 'format = ssh', '[user]', `signingkey = ${key.file}`, ...more];
  await writeFile(file, `${lines.join('\n')}\n`);
  return { GIT_CONFIG_GLOBAL: file };
}

/** Settings under which commits are signed too. */
export function signingAll(key: TestKey): Promise<Record<string, string>> {
  return signingWith(key, '[commit]', 'gpgsign = true');
}

/** churn@1.0.0 serves, 1.1.0 is approved and 1.2.0 is registered; from then on approvals have to be signed. */
export async function signedRegistry(): Promise<SignedScene> {
  const scene = await registryWithPast();
  const names = ['ada', 'grace', 'alan', 'olga', 'mallory'] as const;
  const made = await Promise.all(names.map(async (name) => [name, await makeKey()] as const));
  const keys = Object.fromEntries(made) as SignedScene['keys'];
  const lines = (['ada', 'grace', 'alan', 'olga'] as const).map((name) => allow(keys[name], name));
  await scene.write(signersFile, lines.join(''));
  scene.commit('Allow signers', { as: 'olga', at: '2026-03-05T09:00:00Z' });
  await scene.edit('mlc.yaml', 'policy:\n', 'policy:\n  signatures: required\n');
  const env = await signingAll(keys.olga);
  scene.commit('Ask for signatures', { as: 'olga', at: '2026-03-05T10:00:00Z', env });
  return { ...scene, keys };
}

/** Reviews 1.2.0, which is registered. */
export const approve = ['approve', 'churn@1.2.0'];

/** The keys of one scene with the repository of another. */
export function withKeys(scene: Scene, { keys }: SignedScene): SignedScene {
  return { ...scene, keys };
}

/** A copy of a scene, with its keys. */
export async function copySigned(template: SignedScene): Promise<SignedScene> {
  return withKeys(await copyScene(template), template);
}

/** A copy in which grace approves 1.2.0 on `feature`, signed by her key. */
export async function approvedCopy(
  template: SignedScene,
  more: readonly string[] = [],
): Promise<SignedScene> {
  const copy = await copySigned(template);
  copy.git('checkout', '-q', '-b', 'feature');
  await copy.ok([...approve, ...more], { as: 'grace', at: then, env: await signingWith(copy.keys.grace) });
  return copy;
}

/** Expects the check of `feature`, and the audit once it is main, to find something. */
export async function expectBoth(copy: Scene, expected: Expected): Promise<void> {
  expectCaught(copy, await copy.check(), [expected]);
  copy.git('checkout', '-q', 'main');
  copy.git('merge', '-q', '--ff-only', 'feature');
  expectCaught(copy, await copy.audit(), [expected]);
}
