// Signed commits and tags: what was signed, and the signature, taken apart as git takes them apart.

type SignatureFormat = 'ssh' | 'openpgp' | 'x509';

/** A raw commit or tag, taken apart. `payload` is what a signature of it has to be over. */
export type SignedObject =
  | { kind: 'unsigned'; payload: Buffer; signature: undefined; format: undefined }
  /** `signature` is the armored text. */
  | { kind: 'signed'; payload: Buffer; signature: string; format: SignatureFormat }
  /** Two signatures, or one of no known format: nothing to believe. */
  | { kind: 'malformed'; payload: Buffer; signature: undefined; format: undefined };

const formats: readonly (readonly [armor: string, format: SignatureFormat])[] = [
  ['-----BEGIN SSH SIGNATURE-----', 'ssh'],
  ['-----BEGIN PGP SIGNATURE-----', 'openpgp'],
  ['-----BEGIN PGP MESSAGE-----', 'openpgp'],
  ['-----BEGIN SIGNED MESSAGE-----', 'x509'],
];

const newline = 0x0a;
const space = 0x20;

function formatOf(armored: string): SignatureFormat | undefined {
  return formats.find(([armor]) => armored.startsWith(armor))?.[1];
}

function unsigned(payload: Buffer): SignedObject {
  return { kind: 'unsigned', payload, signature: undefined, format: undefined };
}

function malformed(payload: Buffer): SignedObject {
  return { kind: 'malformed', payload, signature: undefined, format: undefined };
}

function signed(payload: Buffer, signature: string): SignedObject {
  const format = formatOf(signature);
  return format ? { kind: 'signed', payload, signature, format } : malformed(payload);
}

/** A line, or a header with the lines that go on with it: from `start` to before `end`. */
interface Span {
  start: number;
  end: number;
}

interface Header extends Span {
  name: string;
}

function lineAt(raw: Buffer, start: number): Span {
  const found = raw.indexOf(newline, start);
  return { start, end: found < 0 ? raw.length : found + 1 };
}

function headersOf(raw: Buffer): Header[] {
  const headers: Header[] = [];
  for (let at = 0; at < raw.length && raw[at] !== newline;) {
    const line = lineAt(raw, at);
    const last = headers.at(-1);
    if (raw[at] === space && last) last.end = line.end;
    else headers.push({ ...line, name: raw.toString('latin1', at, line.end).split(/[ \n]/, 1)[0] ?? '' });
    at = line.end;
  }
  return headers;
}

function valueOf(raw: Buffer, header: Header): string {
  return raw.toString('latin1', header.start + header.name.length + 1, header.end).replaceAll('\n ', '\n');
}

const signatureHeaders: readonly string[] = ['gpgsig', 'gpgsig-sha256'];

// The repository's own format decides which header is over these bytes: the other is over a translation of them.
function ownHeader(raw: Buffer): string {
  return /^tree [0-9a-f]{64}\n/.test(raw.toString('latin1', 0, 70)) ? 'gpgsig-sha256' : 'gpgsig';
}

/**
 * Takes a raw commit apart. What was signed is the commit without its `gpgsig` and `gpgsig-sha256` headers. With the same
 * one twice it is malformed: git joins the two, and nobody can say whose they are.
 */
export function splitCommit(raw: Buffer): SignedObject {
  const headers = headersOf(raw);
  const taken = headers.filter((header) => signatureHeaders.includes(header.name));
  const kept = headers.filter((header) => !signatureHeaders.includes(header.name));
  const payload = Buffer.concat([
    ...kept.map((header) => raw.subarray(header.start, header.end)),
    raw.subarray(headers.at(-1)?.end ?? 0),
  ]);
  if (new Set(taken.map((header) => header.name)).size < taken.length) return malformed(payload);
  const own = taken.find((header) => header.name === ownHeader(raw));
  return own ? signed(payload, valueOf(raw, own)) : unsigned(payload);
}

function lastArmor(raw: Buffer): number | undefined {
  let found: number | undefined;
  for (let line = lineAt(raw, 0); line.start < raw.length; line = lineAt(raw, line.end))
    if (formatOf(raw.toString('latin1', line.start, Math.min(line.end, line.start + 40)))) found = line.start;
  return found;
}

/**
 * Takes a raw tag apart. Its signature is at its end, from the last line that begins one; what was signed is everything
 * before that line.
 */
export function splitTag(raw: Buffer): SignedObject {
  const start = lastArmor(raw);
  return start === undefined ? unsigned(raw) : signed(raw.subarray(0, start), raw.toString('latin1', start));
}
