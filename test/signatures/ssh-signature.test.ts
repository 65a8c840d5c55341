// A signature is believed where ssh-keygen believes it, for every kind of key, and nowhere else.
import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { isSignatureOf, readSignature } from '../../src/signatures/ssh-signature.js';
import { readFields, stringField } from '../../src/signatures/ssh-wire.js';
import { seal, signedBytes } from './handmade.js';
import { type TestKey, accepts, kindNames, kinds, lineFor, makeKey, signWith } from './open-ssh.js';

const message = Buffer.from('what is approved\n');
const tampered = Buffer.from('what is approvee\n');
const namespace = 'mlc-approval@v1';

function verifies(armored: string, over = message, expected = namespace): boolean {
  const signature = readSignature(armored);
  return signature !== undefined && isSignatureOf(signature, over, expected);
}

/** Whether a signature is good by us and by ssh-keygen. */
async function judge(
  armored: string,
  key: Pick<TestKey, 'keyType' | 'blob'>,
  over = message,
  expected = namespace,
) {
  const theirs = await accepts({ armored, message: over, namespace: expected, signers: lineFor(key) });
  return { ours: verifies(armored, over, expected), theirs };
}

// Keys of this kind take a second to make.
let rsa: TestKey;
beforeAll(async () => {
  rsa = await makeKey(['-t', 'rsa', '-b', '2048', '-m', 'PEM']);
});

const [good, bad] = [
  { ours: true, theirs: true },
  { ours: false, theirs: false },
];

describe.each(kindNames)('signed with %s', (kind) => {
  let key: TestKey;
  beforeAll(async () => {
    key = await makeKey(kinds[kind]);
  });

  test('a signature says whose, what for and how', () => {
    expect(readSignature(signWith(key, message, namespace))).toMatchObject({
      publicKey: key.blob,
      keyType: key.keyType,
      namespace,
      hashAlgorithm: 'sha512',
    });
  });

  test.each(['sha256', 'sha512'])('over %s it is good for its message and namespace alone', async (hash) => {
    const armored = signWith(key, message, namespace, '-O', `hashalg=${hash}`);
    expect(readSignature(armored)?.hashAlgorithm).toBe(hash);
    expect(await judge(armored, key)).toEqual(good);
    expect(await judge(armored, key, tampered)).toEqual(bad);
    expect(await judge(armored, key, Buffer.alloc(0))).toEqual(bad);
    expect(await judge(armored, key, message, 'git')).toEqual(bad);
    expect(await judge(armored, key, message, `${namespace}x`)).toEqual(bad);
  });

  test('it is not good under the name of another key', async () => {
    const other = await makeKey(kinds[kind]);
    const made = readSignature(signWith(key, message, namespace));
    const claimed = seal({ publicKey: other.blob, namespace, signature: made?.signature ?? message });
    expect(await judge(claimed, other)).toEqual(bad);
    expect(verifies(seal({ publicKey: key.blob, namespace, signature: made?.signature ?? message }))).toBe(
      true,
    );
  });

  test('no byte of it can be another', () => {
    const made = readSignature(signWith(key, message, namespace))?.signature ?? message;
    for (let at = 0; at < made.length; at++) {
      const changed = Buffer.from(made);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect(verifies(seal({ publicKey: key.blob, namespace, signature: changed })), `byte ${at}`).toBe(
        false,
      );
    }
  });

  test.each([0, 1, 100_000])('a message of %i bytes verifies', async (length) => {
    const long = Buffer.alloc(length, 0xe9);
    expect(await judge(signWith(key, long, namespace), key, long)).toEqual(good);
  });
});

describe('an envelope', () => {
  let key: TestKey;
  let signature: Buffer;
  beforeAll(async () => {
    key = await makeKey();
    signature = readSignature(signWith(key, message, namespace))?.signature ?? message;
  });

  test('that is put together again is good', async () => {
    expect(await judge(seal({ publicKey: key.blob, namespace, signature }), key)).toEqual(good);
  });

  test.each([
    ['another magic', { magic: 'SSHSIH' }],
    ['a later version', { version: 2 }],
    ['another namespace', { namespace: 'git' }],
    ['no namespace', { namespace: '' }],
    ['a hash that nobody allows', { hashAlgorithm: 'sha1' }],
    ['another hash', { hashAlgorithm: 'sha256' }],
    ['more after its end', { trailing: Buffer.of(0) }],
  ])('with %s is not', async (_name, changes) => {
    const armored = seal({ publicKey: key.blob, namespace, signature, ...changes });
    expect(await judge(armored, key)).toEqual(bad);
  });

  // ssh-keygen reads these; nothing that it makes looks so.
  test.each([
    ['no namespace', { namespace: '' }],
    ['a signature that is far too long', { signature: Buffer.alloc(100_000) }],
    ['version 0', { version: 0 }],
    ['a filled reserved field', { reserved: 'unsigned' }],
  ])('with %s is none', (_name, changes) => {
    expect(readSignature(seal({ publicKey: key.blob, namespace, signature, ...changes }))).toBeUndefined();
  });

  test('signed with SHA-1 inside is refused', async () => {
    const inside = sign('sha512', signedBytes(message, namespace, 'sha1'), await readFile(rsa.file));
    const blob = Buffer.concat([stringField('rsa-sha2-512'), stringField(inside)]);
    const armored = seal({ publicKey: rsa.blob, namespace, hashAlgorithm: 'sha1', signature: blob });
    expect(await judge(armored, rsa)).toEqual(bad);
  });
});

describe('an armor', () => {
  let armored: string;
  beforeAll(async () => {
    armored = signWith(await makeKey(), message, namespace);
  });

  test('may end with or without a line break', () => {
    expect(verifies(armored.trimEnd())).toBe(true);
    expect(verifies(armored)).toBe(true);
  });

  test.each([
    ['text before it', (text: string) => `x${text}`],
    ['a line before it', (text: string) => `\n${text}`],
    ['text after it', (text: string) => `${text}x`],
    ['a second one after it', (text: string) => text + text],
    ['no end', (text: string) => text.replace(/-----END.*/s, '')],
    ['no beginning', (text: string) => text.replace(/.*BEGIN.*\n/, '')],
    ['blanks in its lines', (text: string) => text.replace('U1NI', 'U1N I')],
    ['other characters in its lines', (text: string) => text.replace('U1NI', 'U1N!I')],
    ['padding in the middle', (text: string) => text.replace('U1NI', 'U1==NI')],
    ['nothing in it', () => '-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n'],
    ['other lines', (text: string) => text.replaceAll('SSH SIGNATURE', 'PGP SIGNATURE')],
  ])('with %s is none', (_name, change) => {
    expect(readSignature(change(armored))).toBeUndefined();
  });
});

describe('an algorithm', () => {
  test.each([
    ['rsa-sha2-256', 'sha256', true],
    ['rsa-sha2-512', 'sha512', true],
    ['ssh-rsa', 'sha1', false],
    ['rsa-sha2-512', 'sha256', false],
    ['rsa-sha2-256', 'sha512', false],
    ['ssh-rsa', 'sha512', false],
    ['ssh-ed25519', 'sha512', false],
  ])('%s of an RSA key over %s: %s', async (algorithm, hash, expected) => {
    const key = rsa;
    const made = sign(hash, signedBytes(message, namespace), createPrivateKey(await readFile(key.file)));
    const signature = Buffer.concat([stringField(algorithm), stringField(made)]);
    const armored = seal({ publicKey: key.blob, namespace, signature });
    expect(await judge(armored, key)).toEqual(expected ? good : bad);
  });

  test('that belongs to another kind of key is refused', async () => {
    const [key, other] = [await makeKey(), await makeKey(kinds['ecdsa 256'])];
    const [, made] = readFields(readSignature(signWith(key, message, namespace))?.signature ?? message, [
      'string',
      'string',
    ]) ?? [message, message];
    const signature = Buffer.concat([stringField('ecdsa-sha2-nistp256'), stringField(made)]);
    expect(await judge(seal({ publicKey: key.blob, namespace, signature }), key)).toEqual(bad);
    expect(await judge(seal({ publicKey: other.blob, namespace, signature }), other)).toEqual(bad);
  });

  test('of an RSA key of 1024 bits is refused, though ssh-keygen takes it', async () => {
    const key = await makeKey(['-t', 'rsa', '-b', '1024']);
    expect((await judge(signWith(key, message, namespace), key)).ours).toBe(false);
  });
});

describe('numbers as other agents write them', () => {
  test('leading zeros in an ECDSA signature change nothing', async () => {
    const key = await makeKey(kinds['ecdsa 256']);
    const made = readSignature(signWith(key, message, namespace))?.signature ?? message;
    const pair = readFields(made, ['string', 'string'])?.[1] ?? message;
    const [r, s] = readFields(pair, ['mpint', 'mpint']) ?? [message, message];
    const padded = [r, s].map((number) => stringField(Buffer.concat([Buffer.alloc(2), number])));
    const signature = Buffer.concat([stringField(key.keyType), stringField(Buffer.concat(padded))]);
    expect(await judge(seal({ publicKey: key.blob, namespace, signature }), key)).toEqual(good);
  });

  test('an ECDSA signature of zeros, or of numbers that are too large, is none', async () => {
    const key = await makeKey(kinds['ecdsa 256']);
    for (const number of [Buffer.alloc(0), Buffer.alloc(33, 1), Buffer.alloc(32, 0x7f)]) {
      const pair = Buffer.concat([stringField(number), stringField(number)]);
      const signature = Buffer.concat([stringField(key.keyType), stringField(pair)]);
      expect(await judge(seal({ publicKey: key.blob, namespace, signature }), key)).toEqual(bad);
    }
  });

  test('an RSA signature without its leading zero is good, and one that is too long is not', async () => {
    const key = rsa;
    const privateKey = createPrivateKey(await readFile(key.file));
    // One in 256 begins with a zero.
    const signed = (over: Buffer): Buffer => sign('sha512', signedBytes(over, namespace), privateKey);
    const messages = Array.from({ length: 5000 }, (_, count) => Buffer.from(`message ${count}`));
    const over = messages.find((candidate) => signed(candidate)[0] === 0) ?? message;
    const made = signed(over);
    const sealed = (bytes: Buffer): string =>
      seal({
        publicKey: key.blob,
        namespace,
        signature: Buffer.concat([stringField('rsa-sha2-512'), stringField(bytes)]),
      });
    expect(await judge(sealed(made), key, over)).toEqual(good);
    expect(await judge(sealed(made.subarray(1)), key, over)).toEqual(good);
    expect(await judge(sealed(Buffer.concat([Buffer.of(0), made])), key, over)).toEqual(bad);
    expect(await judge(sealed(made.subarray(2)), key, over)).toEqual(bad);
  });

  test('an RSA key with an even modulus verifies nothing', () => {
    const modulus = Buffer.concat([Buffer.of(0), Buffer.alloc(255, 0xff), Buffer.of(0xfe)]);
    const publicKey = Buffer.concat(['ssh-rsa', Buffer.of(1, 0, 1), modulus].map(stringField)).toString(
      'base64',
    );
    const signature = Buffer.concat([stringField('rsa-sha2-512'), stringField(Buffer.alloc(256, 1))]);
    expect(verifies(seal({ publicKey, namespace, signature }))).toBe(false);
  });
});
