// Bundles src/ into dist/: split into chunks, so that a command loads only what it needs, with the licences of what is in it.
import { createHash } from 'node:crypto';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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

await rm(output, { recursive: true, force: true });
const result = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts', 'src/registry/check-worker.ts'],
  outdir: output,
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  define: { MLC_RULES: JSON.stringify(await rulesDigest()) },
  // CommonJS packages in the bundle load node's own modules through require.
  banner: {
    js: "import{createRequire as __mlcRequire}from'node:module';const require=__mlcRequire(import.meta.url);",
  },
});
const licences = await Promise.all(packagesIn(Object.keys(result.metafile.inputs)).map(licenceOf));
await writeFile(path.join(output, 'THIRD-PARTY-LICENSES.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`));
