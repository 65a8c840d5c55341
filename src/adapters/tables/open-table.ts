// Opens a table by what is in the file: Parquet, JSON Lines or CSV, the last two gzipped or not.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { usage } from '../../errors.js';
import { openCsv } from './csv.js';
import { openJsonLines } from './json-lines.js';
import { openParquet } from './parquet.js';
import type { Table } from './table.js';
import { firstBytes, isGzip } from './text-blocks.js';

/** Checks that a name means a file, and answers its absolute path. */
async function existingFile(cwd: string, name: string): Promise<string> {
  const full = path.resolve(cwd, name);
  const found = await stat(full).catch(() => undefined);
  if (!found) throw usage('path/not-found', `there is no file ${name}`, `ls ${path.dirname(name)}`);
  if (!found.isFile()) throw usage('path/not-a-file', `${name} is not a file`, `ls ${name}`);
  if (found.size === 0) throw usage('input/empty', `${name} is empty`, `ls -l ${name}`);
  return full;
}

/** The first character of a text file that is no space. */
async function firstCharacter(full: string, head: Buffer): Promise<string> {
  const zipped = isGzip(head);
  if (!zipped)
    return head
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trimStart()
      .charAt(0);
  const stream = createReadStream(full, { end: 65_535 }).pipe(createGunzip());
  try {
    for await (const bytes of stream as AsyncIterable<Buffer>)
      return bytes
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .trimStart()
        .charAt(0);
  } catch {
    // What is wrong with the file is told by whoever reads it.
  } finally {
    stream.destroy();
  }
  return '';
}

/** Opens a table that a user names. `cwd` is what a relative name starts from. */
export async function openTable(cwd: string, name: string): Promise<Table> {
  const full = await existingFile(cwd, name);
  const head = await firstBytes(full, 1024);
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return openParquet(full, name);
  if (/\.(parquet|pq)$/i.test(name))
    throw usage(
      'parquet/broken',
      `${name} is no Parquet file: it does not begin with PAR1`,
      `head -c 4 ${name}`,
    );
  const first = await firstCharacter(full, head);
  const isJson = /\.(jsonl|ndjson|json)(\.gz)?$/i.test(name) || first === '{';
  return isJson ? openJsonLines(full, name) : openCsv(full, name);
}

/** The SHA-256 digest of a file's bytes, which it never holds as a whole. */
export async function digestOf(cwd: string, name: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path.resolve(cwd, name), {
    highWaterMark: 1 << 20,
  }) as AsyncIterable<Buffer>)
    hash.update(bytes);
  return hash.digest('hex');
}
