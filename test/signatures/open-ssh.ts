// OpenSSH's own tools for tests: keys, signatures, and what ssh-keygen thinks of a signature.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../support/folders.js';

/** A key pair in a folder of its own. */
export interface TestKey {
  /** The private key's path; the public one is beside it. */
  file: string;
  keyType: string;
  /** The public key's blob, base64. */
  blob: string;
}

/** What ssh-keygen makes keys of. */
export const kinds = {
  ed25519: ['-t', 'ed25519'],
  'ecdsa 256': ['-t', 'ecdsa', '-b', '256'],
  'ecdsa 384': ['-t', 'ecdsa', '-b', '384'],
  'ecdsa 521': ['-t', 'ecdsa', '-b', '521'],
  'rsa 3072': ['-t', 'rsa', '-b', '3072', '-m', 'PEM'],
} as const;

export const kindNames = Object.keys(kinds) as (keyof typeof kinds)[];

export async function makeKey(args: readonly string[] = kinds.ed25519, passphrase = ''): Promise<TestKey> {
  const file = path.join(await temporaryFolder(), 'key');
  execFileSync('ssh-keygen', ['-q', '-N', passphrase, '-C', 'a comment', '-f', file, ...args]);
  const [keyType = '', blob = ''] = (await readFile(`${file}.pub`, 'utf8')).split(' ');
  return { file, keyType, blob };
}

export function signWith(key: TestKey, message: Buffer, namespace: string, ...options: string[]): string {
  const args = ['-Y', 'sign', '-n', namespace, '-f', key.file, ...options];
  return execFileSync('ssh-keygen', args, { input: message, stdio: ['pipe', 'pipe', 'ignore'] }).toString();
}

/** A question to `ssh-keygen -Y verify`. */
export interface Question {
  armored: string;
  message: Buffer;
  namespace: string;
  /** An allowed signers file. */
  signers: string;
  /** Who should have signed. */
  principal?: string;
  /** YYYYMMDDHHMMSSZ */
  at?: string;
}

export const signer = 'ada@example.com';

/** Whether ssh-keygen accepts a signature. */
export async function accepts(question: Question): Promise<boolean> {
  const folder = await temporaryFolder();
  const [signature, signers] = [path.join(folder, 'signature'), path.join(folder, 'signers')];
  await Promise.all([writeFile(signature, question.armored), writeFile(signers, question.signers)]);
  const files = ['-f', signers, '-s', signature, '-I', question.principal ?? signer];
  const when = question.at === undefined ? [] : [`-Overify-time=${question.at}`];
  const args = ['-Y', 'verify', '-n', question.namespace, ...files, ...when];
  return spawnSync('ssh-keygen', args, { input: question.message }).status === 0;
}

/** A line of an allowed signers file. */
export function lineFor(key: Pick<TestKey, 'keyType' | 'blob'>, options = '', principals = signer): string {
  return `${principals} ${options}${options && ' '}${key.keyType} ${key.blob} a comment\n`;
}
