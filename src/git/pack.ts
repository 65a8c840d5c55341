// A pack file in memory, so that all objects of a commit reach git in one call (format: gitformat-pack, version 2).
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { NewObject, ObjectFormat } from './trees.js';

const typeNumbers = { commit: 1, tree: 2, blob: 3 } as const;

/** Type and size, seven bits a byte, four in the first, lowest first. */
function entryHeader(type: number, size: number): Buffer {
  const bytes: number[] = [];
  let rest = Math.floor(size / 16);
  bytes.push((type << 4) | (size & 15) | (rest > 0 ? 0x80 : 0));
  while (rest > 0) {
    const more = Math.floor(rest / 128);
    bytes.push((rest & 0x7f) | (more > 0 ? 0x80 : 0));
    rest = more;
  }
  return Buffer.from(bytes);
}

/** Packs objects. */
export function buildPack(objects: readonly NewObject[], format: ObjectFormat): Buffer {
  const header = Buffer.alloc(12);
  header.write('PACK', 0, 'ascii');
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(objects.length, 8);
  const parts: Buffer[] = [header];
  for (const object of objects) {
    parts.push(entryHeader(typeNumbers[object.type], object.content.length), deflateSync(object.content));
  }
  const body = Buffer.concat(parts);
  return Buffer.concat([body, createHash(format).update(body).digest()]);
}
