// Reads a text file, gzipped or not, in blocks of whole records.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { usage } from '../../errors.js';

/** Some whole records of a text. */
export interface TextBlock {
  text: string;
  /** The line on which it begins, from 1. */
  line: number;
}

const blockSize = 256 * 1024;
const longestRecord = 16 * 1024 * 1024;

/** The first bytes of a file, as many as there are. */
export async function firstBytes(full: string, length: number): Promise<Buffer> {
  const handle = await open(full);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Whether bytes are the beginning of a gzip file. */
export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The text of a file piece by piece, without a byte order mark and with line feeds alone. */
async function* pieces(full: string, name: string): AsyncGenerator<string> {
  const head = await firstBytes(full, 4);
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
    throw usage('input/encoding', `${name} is UTF-16`, `iconv -f UTF-16 -t UTF-8 ${name}`);
  const file = createReadStream(full, { highWaterMark: blockSize });
  const stream = isGzip(head) ? file.pipe(createGunzip({ chunkSize: blockSize })) : file;
  // pipe does not hand an error of its source on.
  if (stream !== file) file.on('error', (error) => stream.destroy(error));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let held = '';
  try {
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      const text = held + decoder.decode(bytes, { stream: true });
      // A carriage return at the end may be half of a line break.
      held = text.endsWith('\r') ? '\r' : '';
      yield withLineFeeds(held === '' ? text : text.slice(0, -1));
    }
    yield withLineFeeds(held + decoder.decode());
  } catch (error) {
    throw readingFault(error, name);
  } finally {
    file.destroy();
  }
}

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
}

function readingFault(error: unknown, name: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return usage('input/encoding', `${name} is not valid UTF-8`, `iconv -f LATIN1 -t UTF-8 ${name}`);
  if (code?.startsWith('Z_'))
    return usage(
      'input/gzip',
      `${name} is a damaged gzip file: ${(error as Error).message}`,
      `gzip -t ${name}`,
    );
  return error;
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}

/**
 * The last line break of a text at which a record ends: one outside of quotes, which come in pairs. Before a record that
 * a quote keeps open there may be an earlier one.
 */
function lastRecordEnd(text: string, quote: string | undefined): number {
  let end = text.lastIndexOf('\n');
  if (quote === undefined || end < 0) return end;
  let isOpen = count(text.slice(0, end), quote) % 2 === 1;
  while (isOpen && end >= 0) {
    const before = text.lastIndexOf('\n', end - 1);
    if (count(text.slice(before + 1, end), quote) % 2 === 1) isOpen = false;
    end = before;
  }
  return end;
}

/**
 * Blocks of whole records. Each ends in a line break, but for the last where the file does not.
 *
 * @param quote the character between two of which a line break is part of a value
 */
export async function* textBlocks(full: string, name: string, quote?: string): AsyncGenerator<TextBlock> {
  let rest = '';
  let line = 1;
  for await (const piece of pieces(full, name)) {
    const text = rest + piece;
    const end = lastRecordEnd(text, quote);
    if (end < 0) {
      if (text.length > longestRecord)
        throw usage(
          'input/record-too-long',
          `${name}:${line}: a record does not end within ${longestRecord / 1024 / 1024} MiB${quote ? '; a quote may be open' : ''}`,
          `sed -n ${line}p ${name} | cut -c1-200`,
        );
      rest = text;
      continue;
    }
    yield { text: text.slice(0, end + 1), line };
    line += count(text.slice(0, end + 1), '\n');
    rest = text.slice(end + 1);
  }
  if (rest !== '') yield { text: rest, line };
}
