// Text that mlc keeps for itself, with a digest of its own, so that what is damaged is as good as gone.
import { createHash } from 'node:crypto';

const head = '{"sha256":"';
const middle = '","kept":';
const bodyStart = head.length + 64 + middle.length;

function digestOf(body: string | Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Data as it is kept: JSON. */
export function keptText(data: object): string {
  const body = JSON.stringify(data);
  return `${head}${digestOf(body)}${middle}${body}}`;
}

/** The data of kept bytes; undefined where they are not what was written. */
export function readKept(bytes: Buffer): unknown {
  const body = bytes.subarray(bodyStart, -1);
  const start = `${head}${digestOf(body)}${middle}`;
  if (bytes.subarray(0, bodyStart).toString('latin1') !== start) return undefined;
  return JSON.parse(body.toString('utf8')) as unknown;
}
