// Whatever stands where a signature should, nothing is thrown and nothing is believed.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { splitCommit, splitTag } from '../../src/signatures/git-objects.js';
import { readPublicKey } from '../../src/signatures/ssh-keys.js';
import { isSignatureOf, readSignature } from '../../src/signatures/ssh-signature.js';
import { armor, deviceSignature, makeDeviceKey, seal, signedBytes } from './handmade.js';
import { kindNames, kinds, makeKey, signWith } from './open-ssh.js';

const message = Buffer.from('what is approved\n');
const namespace = 'git';
const numRuns = 3000;

function isBelieved(armored: string): boolean {
  const signature = readSignature(armored);
  return signature !== undefined && isSignatureOf(signature, message, namespace);
}

const good: string[] = [];
beforeAll(async () => {
  for (const kind of kindNames) good.push(signWith(await makeKey(kinds[kind]), message, namespace));
  for (const keyType of ['sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com']) {
    const key = makeDeviceKey(keyType);
    const touch = { flags: 1, counter: 3 };
    const signature = deviceSignature(key, signedBytes(message, namespace), touch);
    good.push(seal({ publicKey: key.blob, namespace, signature }));
  }
  expect(good.map(isBelieved)).toEqual(good.map(() => true));
});

/** The bytes in an armor. */
function blobOf(armored: string): Buffer {
  return Buffer.from(armored.split('\n').slice(1, -2).join(''), 'base64');
}

const change = fc.record({
  which: fc.nat(),
  at: fc.nat(),
  remove: fc.nat({ max: 5 }),
  insert: fc.uint8Array({ maxLength: 5 }),
});

function changed(
  bytes: Buffer,
  { at, remove, insert }: { at: number; remove: number; insert: Uint8Array },
): Buffer {
  const start = at % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
}

function pick(which: number): string {
  return good[which % good.length] as string;
}

describe('signatures', () => {
  test('whose bytes were changed anywhere are not believed', () => {
    fc.assert(
      fc.property(change, (mutation) => {
        const blob = blobOf(pick(mutation.which));
        const mutant = changed(blob, mutation);
        fc.pre(!mutant.equals(blob));
        expect(isBelieved(armor(mutant))).toBe(false);
      }),
      { numRuns },
    );
  });

  test('with one bit turned are not believed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (which, bit) => {
        const blob = blobOf(pick(which));
        const at = Math.floor(bit / 8) % blob.length;
        blob[at] = (blob[at] as number) ^ (1 << (bit % 8));
        expect(isBelieved(armor(blob))).toBe(false);
      }),
      { numRuns },
    );
  });

  test('whose text was changed anywhere are not believed', () => {
    const withoutBreaks = (text: string): string => text.replaceAll('\n', '');
    fc.assert(
      fc.property(change, fc.constantFrom('\n', ' ', '=', 'A', '-', '\r', '\0', 'é'), (mutation, insert) => {
        const text = pick(mutation.which);
        const mutant = changed(Buffer.from(text), { ...mutation, insert: Buffer.from(insert) }).toString();
        // Where the lines break says nothing.
        fc.pre(withoutBreaks(mutant) !== withoutBreaks(text));
        expect(isBelieved(mutant)).toBe(false);
      }),
      { numRuns },
    );
  });

  test('that were put together of two are not believed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (one, other, at) => {
        const [left, right] = [blobOf(pick(one)), blobOf(pick(other))];
        fc.pre(!left.equals(right));
        const cut = 11 + (at % (left.length - 11));
        const mutant = Buffer.concat([left.subarray(0, cut), right.subarray(cut)]);
        fc.pre(!mutant.equals(left) && !mutant.equals(right));
        expect(isBelieved(armor(mutant))).toBe(false);
      }),
      { numRuns },
    );
  });

  test('of random fields are not believed', () => {
    const bytes = fc.uint8Array({ maxLength: 80 }).map((value) => Buffer.from(value));
    const hashAlgorithm = fc.constantFrom('sha256', 'sha512', 'md5');
    fc.assert(
      fc.property(bytes, bytes, hashAlgorithm, fc.nat(), (publicKey, signature, hash, which) => {
        const known = readSignature(pick(which))?.publicKey ?? '';
        for (const key of [publicKey.toString('base64'), known])
          expect(isBelieved(seal({ publicKey: key, namespace, signature, hashAlgorithm: hash }))).toBe(false);
      }),
      { numRuns },
    );
  });

  test('of random text are none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array(), (text, bytes) => {
        expect(readSignature(text)).toBeUndefined();
        expect(readSignature(armor(Buffer.from(bytes)))).toBeUndefined();
        expect(readPublicKey(text)).toBeUndefined();
      }),
      { numRuns },
    );
  });
});

describe('objects', () => {
  const line = fc.oneof(
    fc.constantFrom('gpgsig', 'gpgsig-sha256', 'tree', '', ' ', '\n\n'),
    fc.constantFrom('-----BEGIN SSH SIGNATURE-----', '-----BEGIN PGP MESSAGE-----'),
    fc.string({ unit: 'binary' }),
  );
  const raw = fc
    .array(fc.tuple(line, line), { maxLength: 8 })
    .map((lines) => Buffer.from(lines.map((words) => words.join(' ')).join('\n')));

  test('of any bytes are taken apart, and never into more than there was', () => {
    fc.assert(
      fc.property(raw, (bytes) => {
        for (const split of [splitCommit(bytes), splitTag(bytes)]) {
          expect(split.payload.length + (split.signature?.length ?? 0)).toBeLessThanOrEqual(bytes.length);
          if (split.kind === 'unsigned') expect(split.payload.length).toBeLessThanOrEqual(bytes.length);
          else expect(split.payload.length).toBeLessThan(bytes.length);
        }
      }),
      { numRuns },
    );
  });
});
