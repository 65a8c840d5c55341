// Loading chunks with what was compiled of them: the program runs the same with it, without it, and with rubbish.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readCodeCache, writeCodeCache } from '../../src/loading/code-cache.js';
import { sha256 } from '../../src/loading/digest.js';
import { commandWord, openProgram } from '../../src/loading/loader.js';
import { temporaryFolder } from '../support/folders.js';

let folder = '';
let main = '';
let env: NodeJS.ProcessEnv = {};

// Long enough to be worth keeping.
const filler = `/*${'-'.repeat(20_000)}*/`;

function writeChunks(answer: number): void {
  writeFileSync(main, 'const core=require("./core.cjs");exports.start=async argv=>core.run(argv);');
  const loaded = 'const other=require("./other.cjs"),{sep}=require("node:path");';
  const unused = 'exports.unused=function(){return 1};';
  const run = `exports.run=argv=>argv.length+other.later()+${answer}+sep.length;`;
  writeFileSync(path.join(folder, 'core.cjs'), `${loaded}exports.ten=10;${unused}${run}${filler}`);
  // It asks for what asks for it, as chunks do.
  writeFileSync(
    path.join(folder, 'other.cjs'),
    'const core=require("./core.cjs");exports.later=()=>core.ten+__filename.length-__filename.length;',
  );
}

beforeEach(async () => {
  folder = await temporaryFolder();
  main = path.join(folder, 'main.cjs');
  env = { XDG_CACHE_HOME: path.join(folder, 'caches') };
  writeChunks(100);
});

afterEach(() => vi.restoreAllMocks());

function cacheFile(): string {
  const caches = path.join(folder, 'caches', 'mlc');
  return path.join(caches, readdirSync(caches)[0] ?? '');
}

async function run(argv: readonly string[]): Promise<number> {
  const program = openProgram(main, argv, env);
  const code = await program.start(argv);
  program.keep();
  return code;
}

/** The scripts that are made from now on, each with the compiled code that V8 was given for it. */
function watchScripts(): { script: vm.Script; given: unknown }[] {
  const seen: { script: vm.Script; given: unknown }[] = [];
  const { Script } = vm;
  vi.spyOn(vm, 'Script').mockImplementation(function (source: string, options: vm.ScriptOptions) {
    const script = new Script(source, options);
    seen.push({ script, given: options.cachedData });
    return script;
  } as never);
  return seen;
}

test('the first run keeps large chunks, and says which command it was', async () => {
  expect(await run(['list'])).toBe(112);
  const { commands, chunks } = readCodeCache(cacheFile());
  expect(commands).toEqual(['list']);
  expect([...chunks.keys()]).toEqual(['core.cjs']);
});

test('the next run gives V8 what was kept, and V8 takes it', async () => {
  await run(['list']);
  const kept = readCodeCache(cacheFile()).chunks.get('core.cjs')?.data;
  const seen = watchScripts();
  expect(await run(['list'])).toBe(112);
  expect(seen.map(({ given }) => given)).toEqual([undefined, kept, undefined]);
  expect(seen.map(({ script }) => script.cachedDataRejected)).toEqual([undefined, false, undefined]);
});

test('a command that has not run yet adds itself, and one that has writes nothing', async () => {
  await run(['list']);
  await run(['-C', 'somewhere', 'review']);
  expect(readCodeCache(cacheFile()).commands).toEqual(['list', 'review']);
  const { mtimeMs } = statSync(cacheFile());
  await run(['list']);
  expect(statSync(cacheFile()).mtimeMs).toBe(mtimeMs);
});

test('compiled code that was altered is not given to V8, and mended', async () => {
  await run(['list']);
  const bytes = readFileSync(cacheFile());
  const source = readFileSync(path.join(folder, 'core.cjs'));
  for (const at of [bytes.length - 1, bytes.length - 200, bytes.indexOf(0x0a) + 1]) {
    const altered = Buffer.from(bytes);
    altered.writeUInt8(altered.readUInt8(at) ^ 0xff, at);
    writeFileSync(cacheFile(), altered);
    const seen = watchScripts();
    expect(await run(['list'])).toBe(112);
    expect(seen.map(({ given }) => given)).toEqual([undefined, undefined, undefined]);
    vi.restoreAllMocks();
    const mended = readCodeCache(cacheFile()).chunks.get('core.cjs');
    expect(mended?.digest).toBe(sha256(source, mended?.data ?? ''));
  }
});

test('compiled code that V8 does not take is replaced', async () => {
  await run(['list']);
  const { commands, chunks } = readCodeCache(cacheFile());
  const kept = chunks.get('core.cjs');
  if (!kept) throw new Error('nothing was kept');
  // V8 remembers what it compiled in this process, and so needs another text.
  writeChunks(300);
  const source = readFileSync(path.join(folder, 'core.cjs'));
  // Of another build of V8, by the second word of its heading; longer than what this one makes.
  const data = Buffer.concat([kept.data, Buffer.alloc(64)]);
  data.writeUInt8(data.readUInt8(4) ^ 0xff, 4);
  const foreign = { digest: sha256(source, data), data };
  writeCodeCache(cacheFile(), { commands, chunks: new Map([['core.cjs', foreign]]) });
  const seen = watchScripts();
  expect(await run(['list'])).toBe(312);
  expect(readCodeCache(cacheFile()).chunks.get('core.cjs')?.data.equals(data)).toBe(false);
  expect(await run(['list'])).toBe(312);
  expect(
    seen.map(({ script }) => script.cachedDataRejected).filter((rejected) => rejected !== undefined),
  ).toEqual([true, false]);
});

test('a chunk of the same name and length with another text is compiled anew', async () => {
  await run(['list']);
  writeChunks(200);
  expect(await run(['list'])).toBe(212);
});

test('names of commands that do not exist fill no more than eighty places', async () => {
  for (let number = 0; number < 90; number++) await run([`unknown${number}`]);
  expect(readCodeCache(cacheFile()).commands).toHaveLength(80);
});

test('without a folder for caches the program runs all the same, and leaves nothing', async () => {
  env = {};
  expect(await run(['list'])).toBe(112);
  expect(readdirSync(folder).sort()).toEqual(['core.cjs', 'main.cjs', 'other.cjs']);
});

test.each([
  [['list', '--json'], 'list'],
  [['--json', 'list'], 'list'],
  [['-C', 'models', 'list'], 'list'],
  [['--registry', 'a', '-C', 'b', 'model', 'add', 'x'], 'model'],
  [['--version'], ''],
  [[], ''],
])('%j calls %s', (argv, command) => {
  expect(commandWord(argv)).toBe(command);
});
