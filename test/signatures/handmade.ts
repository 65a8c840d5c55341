// Signatures made by hand for tests: what no hardware here makes, and what an attacker would try.
import { type KeyObject, createHash, generateKeyPairSync, sign } from 'node:crypto';
import { stringField } from '../../src/signatures/ssh-wire.js';
import type { TestKey } from './open-ssh.js';

/** The parts of an SSHSIG blob, to vary one at a time. */
export interface Envelope {
  magic?: string;
  version?: number;
  /** base64 */
  publicKey: string;
  namespace: string;
  reserved?: string;
  hashAlgorithm?: string;
  signature: Buffer;
  trailing?: Buffer;
}

export function armor(blob: Buffer): string {
  const lines = blob.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n');
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function seal(envelope: Envelope): string {
  return armor(
    Buffer.concat([
      Buffer.from(envelope.magic ?? 'SSHSIG'),
      uint32(envelope.version ?? 1),
      stringField(Buffer.from(envelope.publicKey, 'base64')),
      stringField(envelope.namespace),
      stringField(envelope.reserved ?? ''),
      stringField(envelope.hashAlgorithm ?? 'sha512'),
      stringField(envelope.signature),
      envelope.trailing ?? Buffer.alloc(0),
    ]),
  );
}

/** What a key signs for a message. */
export function signedBytes(message: Buffer, namespace: string, hash = 'sha512', reserved = ''): Buffer {
  const digest = createHash(hash).update(message).digest();
  return Buffer.concat([Buffer.from('SSHSIG'), ...[namespace, reserved, hash, digest].map(stringField)]);
}

/** A number as SSH writes it: a zero first where the highest bit is set, and no other leading zeros. */
function number(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const magnitude = bytes.subarray(start);
  return stringField((magnitude[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), magnitude]) : magnitude);
}

/** A key as a security key would hold it. */
export interface DeviceKey extends Pick<TestKey, 'keyType' | 'blob'> {
  application: string;
  privateKey: KeyObject;
}

export function makeDeviceKey(keyType: DeviceKey['keyType'], application = 'ssh:'): DeviceKey {
  const ed25519 = keyType === 'sk-ssh-ed25519@openssh.com';
  const { privateKey, publicKey } = ed25519
    ? generateKeyPairSync('ed25519')
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const [left, right] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  const fields = ed25519 ? [left] : ['nistp256', Buffer.concat([Buffer.of(4), left, right])];
  const blob = Buffer.concat([keyType, ...fields, application].map(stringField)).toString('base64');
  return { keyType, blob, application, privateKey };
}

/** What a device adds, and the application that it signs for. */
export interface Touch {
  flags: number;
  counter: number;
  application?: string;
}

/** The signature of a device over what SSHSIG has it sign (PROTOCOL.u2f). */
export function deviceSignature(key: DeviceKey, signed: Buffer, touch: Touch): Buffer {
  const digest = (value: Buffer | string): Buffer => createHash('sha256').update(value).digest();
  const said = Buffer.concat([Buffer.of(touch.flags), uint32(touch.counter)]);
  const data = Buffer.concat([digest(touch.application ?? key.application), said, digest(signed)]);
  const made =
    key.keyType === 'sk-ssh-ed25519@openssh.com'
      ? sign(null, data, key.privateKey)
      : numbers(sign('sha256', data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' }));
  return Buffer.concat([stringField(key.keyType), stringField(made), said]);
}

function numbers(joined: Buffer): Buffer {
  const middle = joined.length / 2;
  return Buffer.concat([number(joined.subarray(0, middle)), number(joined.subarray(middle))]);
}
