// Bundles src/ into dist/: split into chunks, so that a command loads only what it needs, with the licences of what is in it.
import { createHash } from 'node:crypto';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { chunkAssigner } from './chunks.js';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const output = path.join(root, 'dist');

/** A digest of everything that decides what is valid: what the cache holds is believed under the same rules alone. */
async function rulesDigest(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['src/generated', 'src/lifecycle', 'src/registry']) {
    const files = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
    for (const file of files
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()) {
      hash.update(await readFile(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** The packages that ended up in the bundle. */
function packagesIn(inputs: readonly string[]): string[] {
  const packages = inputs.flatMap(
    (input) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(input)?.[1] ?? [],
  );
  return [...new Set(packages)].sort();
}

async function licenceOf(name: string): Promise<string> {
  const folder = path.join(root, 'node_modules', name);
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
    license: string;
  };
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(path.join(folder, file), 'utf8') : '';
  return `${name} ${manifest.version} (${manifest.license})\n\n${text.trim()}\n`;
}

/** Text outside ASCII makes node keep a whole chunk in two bytes a letter, and read it more slowly. */
function inAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const minify = { compress: true, mangle: false, codegen: { removeWhitespace: true } } as const;
const target = 'node20';

await rm(output, { recursive: true, force: true });
const result = await build({
  cwd: root,
  input: {
    mlc: 'src/start.ts',
    'chunks/check-worker': 'src/registry/check-worker.ts',
    'chunks/book-worker': 'src/registry/books/book-worker.ts',
  },
  platform: 'node',
  // Optional, and large: whoever wants it installs it beside mlc.
  external: ['@duckdb/node-api'],
  preserveEntrySignatures: 'allow-extension',
  transform: { target, define: { MLC_RULES: JSON.stringify(await rulesDigest()) } },
  output: {
    dir: output,
    // Not ESM, and no import(): what V8 compiled of a script can be kept (src/loading), and such code cannot import.
    format: 'cjs',
    strict: true,
    dynamicImportInCjs: false,
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    minify,
    comments: false,
    codeSplitting: {
      groups: [{ name: chunkAssigner(), debugName: 'by command' }],
      includeDependenciesRecursively: false,
    },
  },
});
const { output: loader } = await build({
  cwd: root,
  input: 'src/loading/loader.ts',
  platform: 'node',
  transform: { target },
  output: { file: path.join(output, 'loader.cjs'), format: 'cjs', strict: true, minify, comments: false },
});
for (const chunk of [...result.output, ...loader]) {
  if (chunk.type !== 'chunk') continue;
  if (/\bimport\(/.test(chunk.code)) throw new Error(`${chunk.fileName} imports, which compiled code cannot`);
  await writeFile(path.join(output, chunk.fileName), inAscii(chunk.code));
}
const modules = result.output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
// The generated validators hold code of these two, bundled when they were generated.
const packages = [...new Set([...packagesIn(modules), 'ajv', 'ajv-formats'])].sort();
const licences = await Promise.all(packages.map(licenceOf));
await writeFile(path.join(output, 'THIRD-PARTY-LICENSES.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`));
