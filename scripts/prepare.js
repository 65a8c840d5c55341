// What npm runs after an install from this repository: it builds dist/. A global install from git, as the pre-commit
// framework makes it, comes here without the development packages (npm/cli#8440), so they are installed first.
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { URL, fileURLToPath } from 'node:url';

const program = process.env.npm_execpath;
const cwd = fileURLToPath(new URL('..', import.meta.url));

/** @param {string[]} args */
function npm(...args) {
  const [file, first] = program === undefined ? ['npm', []] : [process.execPath, [program]];
  // What npm says on stdout would end up in the answer of `npm pack --json`.
  execFileSync(file, [...first, ...args], { cwd, stdio: ['ignore', 2, 2] });
}

function isInstalled() {
  try {
    import.meta.resolve('rolldown');
    return true;
  } catch {
    return false;
  }
}

if (!isInstalled())
  npm(
    'ci',
    '--global=false',
    '--location=project',
    '--include=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  );
npm('run', 'build');
