// Allowed signers files (man ssh-keygen, ALLOWED SIGNERS): whose key is whose, and for what and when.
import { matchesList } from './patterns.js';
import { type SignerOptions, readOptions } from './signer-options.js';
import { readPublicKey } from './ssh-keys.js';

/** One line of an allowed signers file. */
export interface AllowedSigner extends SignerOptions {
  /** The names of one person, as the file gives them: addresses as a rule. Never empty. */
  principals: string[];
  keyType: string;
  /** The key's blob, base64. */
  key: string;
}

/** A line that is not used, and why. Lines are counted from 1. */
interface SignerProblem {
  line: number;
  message: string;
}

/** What an allowed signers file says. */
export interface AllowedSigners {
  signers: AllowedSigner[];
  problems: SignerProblem[];
}

/** Whose key it is, or why it is nobody's here and then. */
export type SignerOutcome =
  | { kind: 'good'; principal: string }
  | { kind: 'unknown-key' | 'other-namespace' | 'not-yet-valid' | 'expired' };

type ReadLine = { signer: AllowedSigner } | { problem: string };

const principalsField = /^(?:"([^"]*)"|([^\s"]+))(?:[ \t]+|$)/;
// An option's name never looks so: what does is the key's type.
const keyField = /^((?:sk-)?(?:ssh|ecdsa)-[A-Za-z0-9@.-]+)[ \t]+(\S*)/;
// Blanks end the options, but for those between double quotes.
const optionsField = /^((?:"(?:\\"|\\(?!")|[^"\\])*"|[^\s"])+)[ \t]+/;
const wildcard = /[*?!]/;

function readPrincipals(
  names: string,
  options: SignerOptions,
): { principals: string[] } | { problem: string } {
  const principals = names.split(',');
  if (principals.includes('')) return { problem: 'a principal is empty' };
  const pattern = principals.find((principal) => wildcard.test(principal));
  if (pattern !== undefined && !options.certAuthority)
    return { problem: `principal ${pattern} is a pattern, and a principal has to name one person` };
  return { principals };
}

function readLine(line: string): ReadLine {
  const names = principalsField.exec(line);
  if (!names) return { problem: 'cannot read the principals' };
  const rest = line.slice(names[0].length);
  const optionsText = keyField.test(rest) ? '' : (optionsField.exec(rest)?.[1] ?? rest);
  const read = readOptions(optionsText);
  if ('problem' in read) return read;
  const named = readPrincipals(names[1] ?? names[2] ?? '', read.options);
  if ('problem' in named) return named;
  const [, keyType, key] = keyField.exec(rest.slice(optionsText.length).trimStart()) ?? [];
  if (keyType === undefined || key === undefined) return { problem: 'there is no key' };
  if (readPublicKey(key)?.keyType !== keyType)
    return { problem: `cannot read the ${keyType} key, or mlc does not verify with such keys` };
  return { signer: { ...named, keyType, key, ...read.options } };
}

/**
 * Reads an allowed signers file. A line that is not understood in full is a problem and its signer is not used. So is one
 * whose principals are patterns, but for certificate authorities, which are read and never matched.
 */
export function parseAllowedSigners(text: string): AllowedSigners {
  const signers: AllowedSigner[] = [];
  const problems: SignerProblem[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const read = readLine(line);
    if ('signer' in read) signers.push(read.signer);
    else problems.push({ line: index + 1, message: read.problem });
  }
  return { signers, problems };
}

function isEarly(signer: AllowedSigner, at: number): boolean {
  return signer.validAfter !== undefined && at < signer.validAfter;
}

function isLate(signer: AllowedSigner, at: number): boolean {
  return signer.validBefore !== undefined && at > signer.validBefore;
}

/**
 * Whose key it is. A key may stand on several lines; the first line that allows the namespace at the time counts, by its
 * first principal. `key` is a blob, base64; `at` is in seconds since 1970.
 */
export function findSigner(
  signers: readonly AllowedSigner[],
  key: string,
  namespace: string,
  at: number,
): SignerOutcome {
  const known = signers.filter((signer) => signer.key === key && !signer.certAuthority);
  if (known.length === 0) return { kind: 'unknown-key' };
  const allowed = known.filter(
    (signer) => signer.namespaces === undefined || matchesList(namespace, signer.namespaces),
  );
  if (allowed.length === 0) return { kind: 'other-namespace' };
  const valid = allowed.find((signer) => !isEarly(signer, at) && !isLate(signer, at));
  if (valid) return { kind: 'good', principal: valid.principals[0] as string };
  return { kind: allowed.some((signer) => isLate(signer, at)) ? 'expired' : 'not-yet-valid' };
}
