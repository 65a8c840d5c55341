// Tries one input: the reader or the call, everything around it before and after, and the way back.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from '../../src/main.js';
import type { Call, Input } from './input.js';
import { type Place, environmentOf } from './place.js';
import { processorTime } from './processor-time.js';
import { type Said, brokenBy, pollution } from './promises.js';
import { type Listing, differences, listingOf, restore } from './surroundings.js';

const program = path.join(import.meta.dirname, '..', '..', 'bin', 'mlc.js');

/** What came of one input. */
export interface Verdict {
  /** Whether the input was taken, not refused. */
  taken: boolean;
  broken: string[];
  /** Milliseconds of processor time of the call itself. */
  took: number;
}

/** A place to try inputs in, and how it looked before the first. */
export interface Bench {
  place: Place;
  /** Where the place was copied from. */
  original: string;
  listing: Listing;
}

function write(folder: string, files: ReadonlyMap<string, Buffer>): void {
  for (const [name, bytes] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
}

function commitAll(cwd: string, env: NodeJS.ProcessEnv): void {
  const options = { cwd, env, stdio: 'ignore' } as const;
  execFileSync('git', ['-c', 'core.hooksPath=/dev/null', 'add', '-A'], options);
  execFileSync(
    'git',
    ['-c', 'core.hooksPath=/dev/null', 'commit', '-q', '--allow-empty', '-m', 'by hand'],
    options,
  );
}

async function inProcess(call: Call, cwd: string, env: NodeJS.ProcessEnv): Promise<Said> {
  const said = { stdout: '', stderr: '' };
  const code = await run(call.argv, {
    cwd,
    env,
    stdin: new PassThrough(),
    stdout: { write: (text: string) => (said.stdout += text) },
    stderr: { write: (text: string) => (said.stderr += text) },
  });
  return { code, ...said };
}

/** The built program, with less memory than it has to do with. */
function asProgram(call: Call, cwd: string, env: NodeJS.ProcessEnv): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--max-old-space-size=256', program, ...call.argv], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, ...said }));
  });
}

const reads = new Set([
  ...[
    'list',
    'show',
    'history',
    'diff',
    'inventory',
    'health',
    'due',
    'triggers',
    'resolve',
    'validate',
    'doctor',
    'audit',
  ],
  ...['check', 'gate', 'schema', 'completion'],
]);
const ownFiles = /^\.git\/(mlc(\/|$)|COMMIT_EDITMSG$|logs$|logs\/HEAD$)/;

/** The names in the registry that a call may change, or undefined where it may change all of them. */
function changeable(call: Call, code: number): RegExp | undefined {
  const { argv, mayChange } = call;
  if (argv.includes('--save-profile')) return undefined;
  const isRead =
    reads.has(argv[0] ?? '') && !argv.some((word) => /^(--fix|--output|--format|seal|export)/.test(word));
  return code === 0 && !isRead ? undefined : (mayChange ?? ownFiles);
}

function touched(call: Call, code: number, changed: readonly string[]): string[] {
  const own = `${call.cwd}/`;
  const allowed = changeable(call, code);
  return changed.flatMap((name) => {
    if (name.startsWith('out/')) return [];
    if (!name.startsWith(own)) return [`${name} is outside of the registry, and was touched`];
    const inside = name.slice(own.length);
    if (allowed === undefined || allowed.test(inside) || ownFiles.test(inside)) return [];
    return [`exit code ${code}, and ${inside} was changed`];
  });
}

/** Brings everything back to how it was, objects of git excepted. */
function reset({ place, original, listing }: Bench): Listing {
  const now = listingOf(place.folder);
  const changed = differences(listing, now);
  if (changed.length === 0) return listing;
  restore(place.folder, original, changed, listing);
  return listingOf(place.folder);
}

/** Tries an input. `begin` is told when the call itself starts. */
export async function tryInput(
  bench: Bench,
  input: Input,
  built: boolean,
  begin: () => Promise<void>,
): Promise<{ verdict: Verdict; said?: Said }> {
  const { place } = bench;
  if ('reading' in input) {
    write(place.input, input.reading.files);
    await begin();
    const begun = processorTime('self');
    const { taken, broken } = await input.reading.read(place.input);
    const took = processorTime('self') - begun;
    for (const name of input.reading.files.keys())
      rmSync(path.join(place.input, name), { recursive: true, force: true });
    return { verdict: { taken, broken: [...broken, ...pollution()], took } };
  }
  const { call } = input;
  const [cwd, env] = [place[call.cwd], environmentOf(place, call.env)];
  write(place.folder, call.files);
  if (call.commit) commitAll(cwd, env);
  const before = listingOf(place.folder);
  await begin();
  const begun = processorTime('self');
  const said = built ? await asProgram(call, cwd, env) : await inProcess(call, cwd, env);
  const took = processorTime('self') - begun;
  const changed = differences(before, listingOf(place.folder));
  const broken = [...brokenBy(said, call.argv), ...touched(call, said.code, changed), ...pollution()];
  bench.listing = reset(bench);
  return { verdict: { taken: said.code === 0, broken, took }, said };
}
