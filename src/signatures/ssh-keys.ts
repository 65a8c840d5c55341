// OpenSSH public keys: from the base64 text of a key file to a key that node:crypto verifies with.
import { type JsonWebKey, type KeyObject, createHash, createPublicKey } from 'node:crypto';
import { readBase64, readFields, readName } from './ssh-wire.js';

/** The kinds of key that mlc verifies with. */
const keyTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
] as const;

type KeyType = (typeof keyTypes)[number];

/** A public key, ready to verify with. */
export interface PublicKey {
  keyType: KeyType;
  key: KeyObject;
  /** What a key on a security key is bound to, `ssh:` as a rule; undefined for a key that is not on one. */
  application: string | undefined;
}

interface KeyParts {
  jwk: JsonWebKey;
  application?: string;
}

const smallestModulus = 2048;
// OpenSSL's own limit: a larger one could keep it computing for minutes.
const largestModulus = 16384;
// `size`: the bytes of each coordinate.
const curves = {
  nistp256: { crv: 'P-256', size: 32 },
  nistp384: { crv: 'P-384', size: 48 },
  nistp521: { crv: 'P-521', size: 66 },
} as const;

type Curve = keyof typeof curves;

function ed25519Jwk(point: Buffer): JsonWebKey {
  return { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') };
}

function ed25519Parts(blob: Buffer): KeyParts | undefined {
  const fields = readFields(blob, ['string', 'string']);
  return fields && { jwk: ed25519Jwk(fields[1]) };
}

function securityEd25519Parts(blob: Buffer): KeyParts | undefined {
  const fields = readFields(blob, ['string', 'string', 'string']);
  return fields && { jwk: ed25519Jwk(fields[1]), application: fields[2].toString('utf8') };
}

function ecdsaJwk(curve: Curve, named: Buffer, point: Buffer): JsonWebKey | undefined {
  const { crv, size } = curves[curve];
  // 4 marks an uncompressed point, the only form that OpenSSH knows.
  if (named.toString('latin1') !== curve || point[0] !== 4 || point.length !== 1 + 2 * size) return undefined;
  const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)];
  return { kty: 'EC', crv, x: x.toString('base64url'), y: y.toString('base64url') };
}

function ecdsaParts(blob: Buffer, curve: Curve): KeyParts | undefined {
  const fields = readFields(blob, ['string', 'string', 'string']);
  const jwk = fields && ecdsaJwk(curve, fields[1], fields[2]);
  return jwk && { jwk };
}

function securityEcdsaParts(blob: Buffer): KeyParts | undefined {
  const fields = readFields(blob, ['string', 'string', 'string', 'string']);
  const jwk = fields && ecdsaJwk('nistp256', fields[1], fields[2]);
  return jwk && { jwk, application: fields[3].toString('utf8') };
}

function bitsOf(magnitude: Buffer): number {
  return magnitude.length === 0 ? 0 : magnitude.length * 8 - (Math.clz32(magnitude[0] as number) - 24);
}

function rsaParts(blob: Buffer): KeyParts | undefined {
  const fields = readFields(blob, ['string', 'mpint', 'mpint']);
  if (!fields) return undefined;
  const [, exponent, modulus] = fields;
  const bits = bitsOf(modulus);
  if (bits < smallestModulus || bits > largestModulus) return undefined;
  return { jwk: { kty: 'RSA', e: exponent.toString('base64url'), n: modulus.toString('base64url') } };
}

function partsOf(keyType: KeyType, blob: Buffer): KeyParts | undefined {
  switch (keyType) {
    case 'ssh-ed25519':
      return ed25519Parts(blob);
    case 'ecdsa-sha2-nistp256':
      return ecdsaParts(blob, 'nistp256');
    case 'ecdsa-sha2-nistp384':
      return ecdsaParts(blob, 'nistp384');
    case 'ecdsa-sha2-nistp521':
      return ecdsaParts(blob, 'nistp521');
    case 'ssh-rsa':
      return rsaParts(blob);
    case 'sk-ssh-ed25519@openssh.com':
      return securityEd25519Parts(blob);
    case 'sk-ecdsa-sha2-nistp256@openssh.com':
      return securityEcdsaParts(blob);
  }
}

function parseKey(blob: string): PublicKey | undefined {
  const bytes = readBase64(blob);
  const name = bytes && readName(bytes);
  const keyType = keyTypes.find((known) => known === name);
  const parts = bytes && keyType && partsOf(keyType, bytes);
  if (!parts) return undefined;
  try {
    const key = createPublicKey({ key: parts.jwk, format: 'jwk' });
    return { keyType, key, application: parts.application };
  } catch {
    // A point that is not on its curve, or not of its length.
    return undefined;
  }
}

// A history is signed by few people: making a key costs as much as verifying with it.
const remembered = new Map<string, PublicKey | undefined>();
const mostRemembered = 500;

/**
 * The public key in a blob, the base64 text of a `.pub` file's second word. Undefined for what is malformed, for kinds
 * that mlc does not verify with (certificates, DSA), and for RSA below 2048 bits.
 */
export function readPublicKey(blob: string): PublicKey | undefined {
  if (remembered.has(blob)) return remembered.get(blob);
  if (remembered.size >= mostRemembered) remembered.clear();
  const key = parseKey(blob);
  remembered.set(blob, key);
  return key;
}

/** A key's fingerprint as ssh-keygen prints it: `SHA256:` and unpadded base64. */
export function fingerprintOf(blob: string): string {
  const digest = createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64');
  return `SHA256:${digest.replace(/={1,2}$/, '')}`;
}
