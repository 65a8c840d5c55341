// Installs what mlc is measured beside, once, into a folder that git ignores.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const home = path.join(import.meta.dirname, '..', '.peers');

function quietly(file: string, args: readonly string[], cwd: string): void {
  execFileSync(file, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Installs npm packages into a folder of their own, and answers its node_modules. */
function npmInto(name: string, ...packages: string[]): string {
  const folder = path.join(home, name);
  const modules = path.join(folder, 'node_modules');
  if (existsSync(path.join(folder, '.installed'))) return modules;
  process.stderr.write(`installing ${packages.join(', ')}\n`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"private": true}\n');
  quietly('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], folder);
  writeFileSync(path.join(folder, '.installed'), '');
  return modules;
}

/** Installs Python packages into an environment of their own, and answers the folder of its programs. */
function pipInto(name: string, ...packages: string[]): string {
  const folder = path.join(home, name);
  const programs = path.join(folder, 'bin');
  if (existsSync(path.join(folder, '.installed'))) return programs;
  process.stderr.write(`installing ${packages.join(', ')}\n`);
  mkdirSync(home, { recursive: true });
  quietly('python3', ['-m', 'venv', '--clear', folder], home);
  quietly(path.join(programs, 'python'), ['-m', 'pip', 'install', '--quiet', ...packages], home);
  writeFileSync(path.join(folder, '.installed'), '');
  return programs;
}

/** The binary of a version of node. */
export function nodeBinary(major: string): string {
  const name = `node-${process.platform}-${process.arch}`;
  return path.join(npmInto(`node-${major}`, `${name}@${major}`), name, 'bin', 'node');
}

/** The file that node runs as ajv-cli. */
export function ajvCli(): string {
  return path.join(npmInto('ajv', 'ajv-cli@5', 'ajv-formats@3'), 'ajv-cli', 'dist', 'index.js');
}

/** The program check-jsonschema. */
export function checkJsonschema(): string {
  return path.join(pipInto('check-jsonschema', 'check-jsonschema'), 'check-jsonschema');
}

/** The program gto. */
export function gto(): string {
  return path.join(pipInto('gto', 'gto'), 'gto');
}

/** The Python that has MLflow, with what its registry on SQLite needs. */
export function mlflowPython(): string {
  return path.join(pipInto('mlflow', 'mlflow-skinny', 'sqlalchemy', 'alembic'), 'python');
}
