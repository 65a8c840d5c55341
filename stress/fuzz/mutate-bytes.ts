// Blind mutations: bytes flipped, cut, doubled, joined and replaced, whatever they mean.
import { gzipSync } from 'node:zlib';
import { oneOf } from '../campaign.js';
import { type Random, whole } from './random.js';

/** Makes other bytes of some. `others` are bytes to take pieces from. */
export type Mutation = (random: Random, bytes: Buffer, others: () => Buffer) => Buffer;

const invalidUtf8: readonly (readonly number[])[] = [
  ...[[0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xff], [0xfe, 0xff], [0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]],
  ...[[0xf0, 0x9f, 0x98], [0xc3], [0xef, 0xbb, 0xbf], [0x1f, 0x8b], [0x50, 0x4b, 0x03, 0x04]],
];

function placed(bytes: Buffer, at: number, remove: number, insert: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
}

function place(random: Random, bytes: Buffer): number {
  return whole(random, 0, bytes.length);
}

const flipBits: Mutation = (random, bytes) => {
  const changed = Buffer.from(bytes);
  if (changed.length === 0) return changed;
  for (let flips = whole(random, 1, 8); flips > 0; flips--) {
    const at = whole(random, 0, changed.length - 1);
    changed[at] = (changed[at] ?? 0) ^ (1 << whole(random, 0, 7));
  }
  return changed;
};

const setBytes: Mutation = (random, bytes) => {
  const changed = Buffer.from(bytes);
  if (changed.length === 0) return changed;
  for (let sets = whole(random, 1, 4); sets > 0; sets--)
    changed[whole(random, 0, changed.length - 1)] = oneOf(
      random,
      [0, 9, 10, 13, 32, 34, 45, 58, 91, 123, 127, 128, 255],
    );
  return changed;
};

const truncate: Mutation = (random, bytes) => bytes.subarray(0, place(random, bytes));
const beheaded: Mutation = (random, bytes) => bytes.subarray(place(random, bytes));
const remove: Mutation = (random, bytes) =>
  placed(bytes, place(random, bytes), whole(random, 1, 64), Buffer.alloc(0));

const repeat: Mutation = (random, bytes) => {
  const at = place(random, bytes);
  const piece = bytes.subarray(at, at + whole(random, 1, 200));
  const times = oneOf(random, [2, 3, 10, 100, 1000]);
  return placed(bytes, at, 0, Buffer.concat(Array.from({ length: times }, () => piece)));
};

const splice: Mutation = (random, bytes, others) => {
  const other = others();
  const head = bytes.subarray(0, place(random, bytes));
  return Buffer.concat([head, other.subarray(place(random, other))]);
};

const insertOther: Mutation = (random, bytes, others) => {
  const other = others();
  const from = place(random, other);
  return placed(bytes, place(random, bytes), 0, other.subarray(from, from + whole(random, 1, 400)));
};

const breakEncoding: Mutation = (random, bytes) =>
  placed(bytes, place(random, bytes), 0, Buffer.from(oneOf(random, invalidUtf8)));

const noise: Mutation = (random, bytes) =>
  placed(
    bytes,
    place(random, bytes),
    0,
    Buffer.from(Array.from({ length: whole(random, 1, 60) }, () => whole(random, 0, 255))),
  );

const wide: Mutation = (_random, bytes) => Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le');

const zipped: Mutation = (random, bytes) => {
  const packed = gzipSync(bytes, { level: 1 });
  return random() < 0.5 ? packed : flipBits(random, packed, () => packed);
};

const nothing: Mutation = () => Buffer.alloc(0);

/** Mutations of bytes, by weight. */
export const byteMutations: readonly { name: string; weight: number; mutate: Mutation }[] = [
  { name: 'flip-bits', weight: 10, mutate: flipBits },
  { name: 'set-bytes', weight: 8, mutate: setBytes },
  { name: 'truncate', weight: 6, mutate: truncate },
  { name: 'behead', weight: 2, mutate: beheaded },
  { name: 'remove', weight: 6, mutate: remove },
  { name: 'repeat', weight: 5, mutate: repeat },
  { name: 'splice', weight: 6, mutate: splice },
  { name: 'insert-other', weight: 6, mutate: insertOther },
  { name: 'break-encoding', weight: 3, mutate: breakEncoding },
  { name: 'noise', weight: 3, mutate: noise },
  { name: 'utf-16', weight: 0.5, mutate: wide },
  { name: 'gzip', weight: 0.5, mutate: zipped },
  { name: 'empty', weight: 0.2, mutate: nothing },
];
