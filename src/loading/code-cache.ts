// What V8 compiled of the bundle in earlier runs, in one file of the user's: node would compile it again in every process.
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isOwn, isOwnFolder, makeOwnFolder } from './own-folder.js';

/** Compiled code of one chunk. V8 believes what it is given, so it goes with a digest over the source and itself. */
export interface CompiledChunk {
  digest: string;
  data: Buffer;
}

/** The content of a cache file. */
export interface CodeCache {
  /** Commands that ran with it: what they call is compiled. */
  commands: readonly string[];
  /** By the file name of the chunk. */
  chunks: ReadonlyMap<string, CompiledChunk>;
}

/** What the first line of a cache file says of the bytes after it. */
interface Heading {
  commands: string[];
  chunks: { name: string; digest: string; length: number }[];
}

export const emptyCache: CodeCache = { commands: [], chunks: new Map() };

// One file for each version of mlc and of node, of 1 to 3 MB.
const mostFiles = 4;

function isHeading(value: unknown): value is Heading {
  const { commands, chunks } = (value ?? {}) as Partial<Heading>;
  return Array.isArray(commands) && Array.isArray(chunks);
}

/** The bytes of a file that nobody else can have written; undefined where it is a link, or another's. */
function readOwn(file: string): Buffer | undefined {
  if (!isOwnFolder(path.dirname(file))) return undefined;
  const opened = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    return isOwn(fstatSync(opened)) ? readFileSync(opened) : undefined;
  } finally {
    closeSync(opened);
  }
}

/** Reads a cache file. One that is absent, damaged or somebody else's is empty. */
export function readCodeCache(file: string): CodeCache {
  try {
    const bytes = readOwn(file) ?? Buffer.alloc(0);
    const end = bytes.indexOf(0x0a);
    const heading: unknown = JSON.parse(bytes.toString('utf8', 0, end));
    if (!isHeading(heading)) return emptyCache;
    const chunks = new Map<string, CompiledChunk>();
    let at = end + 1;
    for (const { name, digest, length } of heading.chunks) {
      chunks.set(name, { digest, data: bytes.subarray(at, at + length) });
      at += length;
    }
    return { commands: heading.commands, chunks };
  } catch {
    return emptyCache;
  }
}

const ownName = /^code-[0-9a-f]{16}(?:\.\d+)?$/;

/** Keeps the newest cache files of a folder, and drops the others. What else is there is not ours. */
function dropOldFiles(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => ownName.test(name))
    .map((name) => {
      const file = path.join(folder, name);
      return { file, changed: lstatSync(file).mtimeMs };
    });
  files.sort((a, b) => b.changed - a.changed);
  for (const { file } of files.slice(mostFiles)) rmSync(file, { force: true });
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It was never there.
  }
}

/** Whether there is a place for a cache file; it is made where it lacks. */
export function canWriteCodeCache(file: string): boolean {
  return makeOwnFolder(path.dirname(file));
}

/** Writes a cache file, whole or not at all. Where that cannot be done, nothing is lost and nothing is said. */
export function writeCodeCache(file: string, cache: CodeCache): void {
  if (!canWriteCodeCache(file)) return;
  const beside = `${file}.${process.pid}`;
  try {
    const chunks = [...cache.chunks];
    const heading: Heading = {
      commands: [...cache.commands],
      chunks: chunks.map(([name, { digest, data }]) => ({ name, digest, length: data.length })),
    };
    const bytes = Buffer.concat([
      Buffer.from(`${JSON.stringify(heading)}\n`),
      ...chunks.map(([, { data }]) => data),
    ]);
    writeFileSync(beside, bytes, { flag: 'wx', mode: 0o600 });
    renameSync(beside, file);
    dropOldFiles(path.dirname(file));
  } catch {
    discard(beside);
  }
}
