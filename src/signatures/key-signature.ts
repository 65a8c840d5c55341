// Whether a key made a signature over some bytes: each kind of key with the one algorithm that belongs to it.
import { type VerifyKeyObjectInput, createHash, verify } from 'node:crypto';
import type { PublicKey } from './ssh-keys.js';
import { readFields, readName } from './ssh-wire.js';

function isVerified(
  hash: string | null,
  signed: Buffer,
  key: VerifyKeyObjectInput,
  signature: Buffer,
): boolean {
  try {
    return verify(hash, signed, key, signature);
  } catch {
    // What OpenSSL refuses only here: a key that its build or its settings (FIPS) do not allow.
    return false;
  }
}

function leftPadded(bytes: Buffer, length: number): Buffer {
  return Buffer.concat([Buffer.alloc(length - bytes.length), bytes]);
}

function isEd25519(key: PublicKey, signed: Buffer, signature: Buffer): boolean {
  return isVerified(null, signed, { key: key.key }, signature);
}

/** `size`: how many bytes each of the two numbers in a signature has at most. */
interface CurveRules {
  hash: string;
  size: number;
}

const p256: CurveRules = { hash: 'sha256', size: 32 };
const p384: CurveRules = { hash: 'sha384', size: 48 };
const p521: CurveRules = { hash: 'sha512', size: 66 };

function isEcdsa(key: PublicKey, rules: CurveRules, signed: Buffer, signature: Buffer): boolean {
  const numbers = readFields(signature, ['mpint', 'mpint']);
  if (!numbers || numbers.some((number) => number.length > rules.size)) return false;
  const joined = Buffer.concat(numbers.map((number) => leftPadded(number, rules.size)));
  return isVerified(rules.hash, signed, { key: key.key, dsaEncoding: 'ieee-p1363' }, joined);
}

function isRsa(key: PublicKey, hash: string, signed: Buffer, signature: Buffer): boolean {
  const size = Math.ceil((key.key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  if (signature.length > size) return false;
  // Some agents leave leading zeros out, and ssh-keygen puts them back as well.
  return isVerified(hash, signed, { key: key.key }, leftPadded(signature, size));
}

interface DeviceSignature {
  signature: Buffer;
  /** What the device signed: hashes of application and message, and what it says of itself between them. */
  signed: Buffer;
}

const userPresent = 0x01;

function readDeviceSignature(key: PublicKey, signed: Buffer, blob: Buffer): DeviceSignature | undefined {
  const fields = readFields(blob, ['string', 'string', 'byte', 'uint32']);
  if (!fields || key.application === undefined) return undefined;
  const [, signature, flags, counter] = fields;
  // Without a touch, any program on the machine could have signed. ssh-keygen leaves this to its caller.
  if ((flags & userPresent) === 0) return undefined;
  const said = Buffer.alloc(5);
  said.writeUInt8(flags, 0);
  said.writeUInt32BE(counter, 1);
  const digest = (value: Buffer | string): Buffer => createHash('sha256').update(value).digest();
  return { signature, signed: Buffer.concat([digest(key.application), said, digest(signed)]) };
}

function isSecurityKeys(key: PublicKey, algorithm: string, signed: Buffer, blob: Buffer): boolean {
  const device = readDeviceSignature(key, signed, blob);
  if (!device || algorithm !== key.keyType) return false;
  return key.keyType === 'sk-ssh-ed25519@openssh.com'
    ? isEd25519(key, device.signed, device.signature)
    : isEcdsa(key, p256, device.signed, device.signature);
}

function isPlainKeys(key: PublicKey, algorithm: string, signed: Buffer, signature: Buffer): boolean {
  switch (`${key.keyType} ${algorithm}`) {
    case 'ssh-ed25519 ssh-ed25519':
      return isEd25519(key, signed, signature);
    case 'ecdsa-sha2-nistp256 ecdsa-sha2-nistp256':
      return isEcdsa(key, p256, signed, signature);
    case 'ecdsa-sha2-nistp384 ecdsa-sha2-nistp384':
      return isEcdsa(key, p384, signed, signature);
    case 'ecdsa-sha2-nistp521 ecdsa-sha2-nistp521':
      return isEcdsa(key, p521, signed, signature);
    // `ssh-rsa` as a signature's algorithm means SHA-1, which proves nothing any more.
    case 'ssh-rsa rsa-sha2-256':
      return isRsa(key, 'sha256', signed, signature);
    case 'ssh-rsa rsa-sha2-512':
      return isRsa(key, 'sha512', signed, signature);
    default:
      return false;
  }
}

/**
 * Whether a key made a signature over some bytes. `blob` is the signature in SSH's wire format (RFC 4253, 5656, 8332 and
 * 8709; PROTOCOL.u2f for security keys, which must say that somebody touched them).
 */
export function isMadeBy(key: PublicKey, signed: Buffer, blob: Buffer): boolean {
  const algorithm = readName(blob);
  if (algorithm === undefined) return false;
  if (key.application !== undefined) return isSecurityKeys(key, algorithm, signed, blob);
  const fields = readFields(blob, ['string', 'string']);
  return fields !== undefined && isPlainKeys(key, algorithm, signed, fields[1]);
}
