// Loads the chunks of the bundle with what V8 compiled of them in earlier runs. Built into dist/loader.cjs, for bin/mlc.js.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { cacheFileOf } from './cache-file.js';
import {
  type CodeCache,
  type CompiledChunk,
  canWriteCodeCache,
  emptyCache,
  readCodeCache,
  writeCodeCache,
} from './code-cache.js';
import { sha256 } from './digest.js';

/** The program, and a way to keep what was compiled of it. */
export interface Program {
  start: (argv: readonly string[]) => Promise<number>;
  /** Keeps the compiled code for the next run, where there is more of it than was known. To be called last. */
  keep: () => void;
}

type Exports = Record<string, unknown>;
type Wrapper = (
  exports: Exports,
  require: (id: string) => unknown,
  module: { exports: Exports },
  file: string,
  folder: string,
) => void;

interface Loaded {
  source: string;
  script: vm.Script;
  known: CompiledChunk | undefined;
}

// A smaller chunk is compiled sooner than its digest is taken.
const worthKeeping = 16_384;
// Unknown commands have names too, and they are not to fill the file.
const mostCommands = 80;

/** The command that is called: the first word that is neither an option nor the folder of one. */
export function commandWord(argv: readonly string[]): string {
  const isFolder = (index: number): boolean => ['-C', '--registry'].includes(argv[index - 1] ?? '');
  return argv.find((word, index) => !word.startsWith('-') && !isFolder(index)) ?? '';
}

/** What has been loaded in this run, and the cache that it was loaded with. */
interface Loading {
  exports: Map<string, { exports: Exports }>;
  loaded: Map<string, Loaded>;
  /** Read when the first large chunk is loaded: `--version` needs none. */
  cache: () => CodeCache;
}

function compile(loading: Loading, file: string): Wrapper {
  const source = readFileSync(file, 'latin1');
  const name = path.basename(file);
  const kept = source.length < worthKeeping ? undefined : loading.cache().chunks.get(name);
  const known = kept && sha256(source, kept.data) === kept.digest ? kept : undefined;
  const script = new vm.Script(`(function(exports,require,module,__filename,__dirname){${source}\n})`, {
    filename: file,
    ...(known ? { cachedData: known.data } : {}),
  });
  // V8 takes none of another build of the same version.
  const taken = script.cachedDataRejected ? undefined : known;
  if (source.length >= worthKeeping) loading.loaded.set(name, { source, script, known: taken });
  return script.runInThisContext() as Wrapper;
}

function load(loading: Loading, file: string): Exports {
  const known = loading.exports.get(file);
  if (known) return known.exports;
  const module = { exports: {} };
  loading.exports.set(file, module);
  const folder = path.dirname(file);
  const fromNode = createRequire(file);
  const require = (id: string): unknown =>
    id.startsWith('./') ? load(loading, path.join(folder, id)) : fromNode(id);
  compile(loading, file)(module.exports, require, module, file, folder);
  return module.exports;
}

/** What is to be kept of a chunk. V8 drops what was not called for long: then there is less than before. */
function compiledOf({ source, script, known }: Loaded): CompiledChunk {
  const data = script.createCachedData();
  return known && known.data.length >= data.length ? known : { digest: sha256(source, data), data };
}

/**
 * Opens the bundle.
 *
 * @param file the bundle's first chunk, absolute; it exports `start`
 */
export function openProgram(file: string, argv: readonly string[], env: NodeJS.ProcessEnv): Program {
  let opened: { cacheFile: string | undefined; cache: CodeCache } | undefined;
  const open = (): NonNullable<typeof opened> => {
    const cacheFile = cacheFileOf(readFileSync(file, 'latin1'), env);
    return { cacheFile, cache: cacheFile === undefined ? emptyCache : readCodeCache(cacheFile) };
  };
  const loading: Loading = {
    exports: new Map(),
    loaded: new Map(),
    cache: () => (opened ??= open()).cache,
  };
  const { start } = load(loading, file) as unknown as Pick<Program, 'start'>;
  return {
    start,
    keep: () => {
      const command = commandWord(argv);
      if (opened?.cacheFile === undefined) return;
      const { cacheFile, cache } = opened;
      const isFull = cache.commands.length >= mostCommands;
      const isKnown = [...loading.loaded.values()].every((chunk) => chunk.known);
      if (isKnown && (isFull || cache.commands.includes(command))) return;
      if (!canWriteCodeCache(cacheFile)) return;
      const compiled = [...loading.loaded].map(([name, chunk]) => [name, compiledOf(chunk)] as const);
      writeCodeCache(cacheFile, {
        commands: isFull ? cache.commands : [...new Set([...cache.commands, command])],
        chunks: new Map([...cache.chunks, ...compiled]),
      });
    },
  };
}
