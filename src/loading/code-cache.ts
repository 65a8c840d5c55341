// What V8 compiled of the bundle in earlier runs, in one file of the user's: node would compile it again in every process.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

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

/** Whether this user alone can have written a file: code out of it is run. */
function isOwn(file: string): boolean {
  if (process.getuid === undefined) return true;
  const { uid, mode } = statSync(file);
  return uid === process.getuid() && (mode & 0o022) === 0;
}

function isHeading(value: unknown): value is Heading {
  const { commands, chunks } = (value ?? {}) as Partial<Heading>;
  return Array.isArray(commands) && Array.isArray(chunks);
}

/** Reads a cache file. One that is absent, damaged or somebody else's is empty. */
export function readCodeCache(file: string): CodeCache {
  try {
    if (!isOwn(path.dirname(file)) || !isOwn(file)) return emptyCache;
    const bytes = readFileSync(file);
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

/** Keeps the newest files of a folder, and drops the others. */
function dropOldFiles(folder: string): void {
  const files = readdirSync(folder).map((name) => {
    const file = path.join(folder, name);
    return { file, changed: statSync(file).mtimeMs };
  });
  files.sort((a, b) => b.changed - a.changed);
  for (const { file } of files.slice(mostFiles)) rmSync(file, { force: true });
}

/** Makes one folder in one that is there. (Making all that lack on the way never ends where none can be, as in /proc.) */
function makeFolder(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It was never there.
  }
}

/** Writes a cache file, whole or not at all. Where that cannot be done, nothing is lost and nothing is said. */
export function writeCodeCache(file: string, cache: CodeCache): void {
  const folder = path.dirname(file);
  const beside = `${file}.${process.pid}`;
  try {
    makeFolder(path.dirname(folder));
    makeFolder(folder);
    if (!isOwn(folder)) return;
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
    dropOldFiles(folder);
  } catch {
    discard(beside);
  }
}
