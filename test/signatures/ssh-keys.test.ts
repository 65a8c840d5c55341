// Public keys are the keys that ssh-keygen made, and what is weak, foreign or malformed is no key.
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { fingerprintOf, readPublicKey } from '../../src/signatures/ssh-keys.js';
import { stringField } from '../../src/signatures/ssh-wire.js';
import { kindNames, kinds, makeKey } from './open-ssh.js';

function blobOf(...fields: (Buffer | string)[]): string {
  return Buffer.concat(fields.map(stringField)).toString('base64');
}

/** A number as SSH writes it, of so many bits. */
function numberOf(bits: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(bits / 8) + 1, 0xff);
  bytes[0] = 0;
  bytes[1] = 0xff >> ((8 - (bits % 8)) % 8);
  return (bytes[1] & 0x80) === 0 ? bytes.subarray(1) : bytes;
}

const exponent = Buffer.from([1, 0, 1]);
const generator = Buffer.from(
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
  'hex',
);

describe.each(kindNames)('a key of %s', (kind) => {
  test('is the key that was made, with the fingerprint that ssh-keygen prints', async () => {
    const made = await makeKey(kinds[kind]);
    const key = readPublicKey(made.blob);
    expect(key).toMatchObject({ keyType: made.keyType, application: undefined });
    const printed = execFileSync('ssh-keygen', ['-l', '-f', `${made.file}.pub`]).toString();
    expect(printed.split(' ')[1]).toBe(fingerprintOf(made.blob));
    if (kind === 'ed25519') {
      const raw = Buffer.from(made.blob, 'base64').subarray(-32);
      expect(key?.key.export({ format: 'jwk' }).x).toBe(raw.toString('base64url'));
    } else {
      const pem = execFileSync('ssh-keygen', ['-e', '-m', 'PKCS8', '-f', `${made.file}.pub`]).toString();
      expect(key?.key.export({ type: 'spki', format: 'pem' })).toBe(pem);
    }
  });
});

test('keys on security keys carry what they are bound to', () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const point = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  expect(readPublicKey(blobOf('sk-ssh-ed25519@openssh.com', point, 'ssh:work'))?.application).toBe(
    'ssh:work',
  );
  const ecdsa = blobOf('sk-ecdsa-sha2-nistp256@openssh.com', 'nistp256', generator, 'ssh:');
  expect(readPublicKey(ecdsa)).toMatchObject({ application: 'ssh:', key: { asymmetricKeyType: 'ec' } });
});

test('an RSA key has 2048 bits or more, and not more than a computer can work with', () => {
  const read = (bits: number): unknown => readPublicKey(blobOf('ssh-rsa', exponent, numberOf(bits)));
  expect([1024, 2047, 2048, 4096, 16384, 16385].map((bits) => read(bits) !== undefined)).toEqual([
    false,
    false,
    true,
    true,
    true,
    false,
  ]);
});

const point = Buffer.alloc(32, 7);
const offCurve = Buffer.from(generator);
offCurve[64] = 0;
const [left, right] = [generator.subarray(1, 33), generator.subarray(33)];
const padded = Buffer.concat([Buffer.of(4), left, Buffer.of(0), right]);

test.each([
  ['nothing', ''],
  ['no base64', 'ssh-ed25519'],
  ['an unknown type', blobOf('ssh-dss', point)],
  ['a short ed25519 key', blobOf('ssh-ed25519', point.subarray(1))],
  ['a long ed25519 key', blobOf('ssh-ed25519', Buffer.alloc(33, 7))],
  ['more after an ed25519 key', blobOf('ssh-ed25519', point, 'more')],
  ['an ed25519 key without an application', blobOf('sk-ssh-ed25519@openssh.com', point)],
  ['a point off the curve', blobOf('ecdsa-sha2-nistp256', 'nistp256', offCurve)],
  ['a point of another curve', blobOf('ecdsa-sha2-nistp384', 'nistp384', generator)],
  ['another curve than the type names', blobOf('ecdsa-sha2-nistp384', 'nistp256', generator)],
  ['a compressed point', blobOf('ecdsa-sha2-nistp256', 'nistp256', Buffer.concat([Buffer.of(3), point]))],
  ['a point with a zero before its second half', blobOf('ecdsa-sha2-nistp256', 'nistp256', padded)],
  ['the point at infinity', blobOf('ecdsa-sha2-nistp256', 'nistp256', Buffer.of(0))],
  ['an empty point', blobOf('ecdsa-sha2-nistp256', 'nistp256', '')],
  ['a negative modulus', blobOf('ssh-rsa', exponent, Buffer.alloc(256, 0xff))],
])('%s is no key', (_name, blob) => {
  expect(readPublicKey(blob)).toBeUndefined();
});

test('a certificate is no key', async () => {
  const [authority, subject] = [await makeKey(), await makeKey()];
  execFileSync('ssh-keygen', ['-q', '-s', authority.file, '-I', 'ada', '-n', 'ada', `${subject.file}.pub`]);
  const [keyType, blob = ''] = (await readFile(`${subject.file}-cert.pub`, 'utf8')).split(' ');
  expect(keyType).toBe('ssh-ed25519-cert-v01@openssh.com');
  expect(readPublicKey(blob)).toBeUndefined();
});

test('a key is made once, and many keys do not pile up', () => {
  const blob = blobOf('ssh-ed25519', point);
  const first = readPublicKey(blob);
  expect(readPublicKey(blob)).toBe(first);
  for (let number = 0; number < 600; number++)
    readPublicKey(blobOf('ssh-ed25519', Buffer.alloc(32, `key ${number}`)));
  expect(readPublicKey(blob)).not.toBe(first);
});
