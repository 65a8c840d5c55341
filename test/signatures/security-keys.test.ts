// Signatures of security keys, built by the rules of U2F since no device is at hand.
import { describe, expect, test } from 'vitest';
import { isSignatureOf, readSignature } from '../../src/signatures/ssh-signature.js';
import { type Touch, deviceSignature, makeDeviceKey, seal, signedBytes } from './handmade.js';
import { accepts, lineFor } from './open-ssh.js';

const message = Buffer.from('what is approved\n');
const namespace = 'git';

describe.each(['sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'])('%s', (keyType) => {
  const key = makeDeviceKey(keyType);
  const signed = signedBytes(message, namespace);

  async function judge(signature: Buffer, over = message): Promise<{ ours: boolean; theirs: boolean }> {
    const armored = seal({ publicKey: key.blob, namespace, signature });
    const read = readSignature(armored);
    return {
      ours: read !== undefined && isSignatureOf(read, over, namespace),
      theirs: await accepts({ armored, message: over, namespace, signers: lineFor(key) }),
    };
  }

  test.each<Touch>([
    { flags: 0x01, counter: 0 },
    { flags: 0x01, counter: 4_294_967_295 },
    { flags: 0x05, counter: 7 },
  ])('is good with a touch: %o', async (touch) => {
    const signature = deviceSignature(key, signed, touch);
    expect(await judge(signature)).toEqual({ ours: true, theirs: true });
    expect(await judge(signature, Buffer.from('else'))).toEqual({ ours: false, theirs: false });
  });

  test.each([0x00, 0x04])(
    'is not good without a touch, though ssh-keygen takes it: flags %i',
    async (flags) => {
      expect(await judge(deviceSignature(key, signed, { flags, counter: 1 }))).toEqual({
        ours: false,
        theirs: true,
      });
    },
  );

  test('is not good where flags or counter were changed afterwards', async () => {
    const signature = deviceSignature(key, signed, { flags: 0x00, counter: 1 });
    const [touched, counted] = [Buffer.from(signature), Buffer.from(signature)];
    touched[signature.length - 5] = 0x01;
    counted[signature.length - 1] = 2;
    expect(await judge(touched)).toEqual({ ours: false, theirs: false });
    expect(await judge(counted)).toEqual({ ours: false, theirs: false });
  });

  test('is not good for another application', async () => {
    const touch = { flags: 1, counter: 1, application: 'https://example.com' };
    expect(await judge(deviceSignature(key, signed, touch))).toEqual({ ours: false, theirs: false });
  });

  test('is not good without flags and counter, nor with more after them', async () => {
    const signature = deviceSignature(key, signed, { flags: 1, counter: 1 });
    const cut = signature.subarray(0, -5);
    expect(await judge(cut)).toEqual({ ours: false, theirs: false });
    expect(await judge(Buffer.concat([signature, Buffer.of(0)]))).toEqual({ ours: false, theirs: false });
  });

  test('is not good as a signature of the other kind of key', async () => {
    const other = makeDeviceKey(
      keyType.includes('ed25519') ? 'sk-ecdsa-sha2-nistp256@openssh.com' : 'sk-ssh-ed25519@openssh.com',
    );
    const signature = deviceSignature(other, signed, { flags: 1, counter: 1 });
    expect(await judge(signature)).toEqual({ ours: false, theirs: false });
  });
});
