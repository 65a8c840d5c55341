// OpenSSH signatures (PROTOCOL.sshsig): reading one, and whether it is one of a message.
import { createHash } from 'node:crypto';
import { isMadeBy } from './key-signature.js';
import { readPublicKey } from './ssh-keys.js';
import { readBase64, readFields, readName, stringField } from './ssh-wire.js';

/** What a signature says of itself. None of it is to be believed before `isSignatureOf` answers yes. */
export interface SshSignature {
  /** The blob of the key that made it: base64, as in a `.pub` file. */
  publicKey: string;
  keyType: string;
  /** What the signature is for (`git` for commits and tags), so that one use does not pass for another. */
  namespace: string;
  hashAlgorithm: 'sha256' | 'sha512';
  /** An algorithm's name and what that algorithm makes, in SSH's wire format. */
  signature: Buffer;
}

const magic = Buffer.from('SSHSIG');
const armor = /^-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]+\n)+)-----END SSH SIGNATURE-----\n*$/;
// Ten times what the largest RSA key needs.
const longestArmored = 65_536;
const layout = ['uint32', 'string', 'string', 'string', 'string', 'string'] as const;

function isKnownHash(name: string): name is SshSignature['hashAlgorithm'] {
  return name === 'sha256' || name === 'sha512';
}

/**
 * A signature from its armored text, `-----BEGIN SSH SIGNATURE-----` and so on. Undefined for anything that is not wholly
 * one: text after it is refused, and so is a filled reserved field, which nothing signs.
 */
export function readSignature(armored: string): SshSignature | undefined {
  if (armored.length > longestArmored) return undefined;
  const blob = readBase64(armor.exec(armored)?.[1]?.replaceAll('\n', '') ?? '');
  if (!blob?.subarray(0, magic.length).equals(magic)) return undefined;
  const fields = readFields(blob.subarray(magic.length), layout);
  if (!fields) return undefined;
  const [version, publicKey, namespace, reserved, hash, signature] = fields;
  const keyType = readName(publicKey);
  const hashAlgorithm = hash.toString('latin1');
  if (version !== 1 || namespace.length === 0 || reserved.length > 0) return undefined;
  if (keyType === undefined || !isKnownHash(hashAlgorithm)) return undefined;
  return {
    publicKey: publicKey.toString('base64'),
    keyType,
    namespace: namespace.toString('utf8'),
    hashAlgorithm,
    signature,
  };
}

/**
 * Whether a signature was made over exactly this message, for this namespace, with the key that it names. Whose key that
 * is, `findSigner` says.
 */
export function isSignatureOf(signature: SshSignature, message: Buffer, namespace: string): boolean {
  if (signature.namespace !== namespace) return false;
  const key = readPublicKey(signature.publicKey);
  if (!key) return false;
  const hash = createHash(signature.hashAlgorithm).update(message).digest();
  const fields = [namespace, '', signature.hashAlgorithm, hash].map(stringField);
  return isMadeBy(key, Buffer.concat([magic, ...fields]), signature.signature);
}
