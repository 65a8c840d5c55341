// Files that ship with mlc: schemas and templates.
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// From src/registry/ and from dist/ the package's root is at different heights.
function packageRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
}

/** The file that starts mlc, absolute. */
export function programFile(): string {
  return path.join(packageRoot(), 'bin', 'mlc.js');
}

/** A schema's text. */
export async function readSchemaText(name: string): Promise<string> {
  return readFile(path.join(packageRoot(), 'schemas', `${name}.schema.json`), 'utf8');
}

/** A template's text. */
export async function readTemplate(name: string): Promise<string> {
  return readFile(path.join(packageRoot(), 'templates', name), 'utf8');
}

/** The version of this package. */
export async function readPackageVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
