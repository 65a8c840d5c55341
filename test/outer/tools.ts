// Other people's tools in temporary folders: installed at a pinned version, run, and what they said.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../support/folders.js';

/** The top of this project. */
export const root = path.join(import.meta.dirname, '../..');

const identity = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

/** Runs a program and answers its exit code and all that it said. */
export function tell(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): { status: number | null; said: string } {
  const done = spawnSync(file, [...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...identity, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (done.error) throw done.error;
  return { status: done.status, said: `${done.stdout}${done.stderr}` };
}

/** Runs a program that has to succeed, and answers what it said. */
export function must(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): string {
  const { status, said } = tell(file, args, cwd, env);
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} exited ${status}\n${said}`);
  return said;
}

/** A Python environment with some packages; answers the folder of its programs. */
export async function pythonWith(...packages: string[]): Promise<string> {
  const venv = path.join(await temporaryFolder(), 'venv');
  must('python3', ['-m', 'venv', venv], root);
  const bin = path.join(venv, 'bin');
  must(path.join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', ...packages], root);
  return bin;
}

/** Installs npm packages into a folder, without their install scripts. */
export async function npmInto(folder: string, ...packages: string[]): Promise<void> {
  const manifest = path.join(folder, 'package.json');
  await writeFile(manifest, '{"private": true}', { flag: 'wx' }).catch(() => undefined);
  must('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], folder);
}

/** A clone of this project as it stands in the working tree, everything committed; answers where, and the commit. */
export async function projectClone(): Promise<{ folder: string; commit: string }> {
  const folder = path.join(await temporaryFolder(), 'project');
  must('git', ['clone', '--quiet', root, folder], root);
  const list = (...flags: string[]): string[] =>
    execFileSync('git', ['ls-files', '-z', '--exclude-standard', ...flags], { cwd: root, encoding: 'utf8' })
      .split('\0')
      .filter((file) => file !== '');
  const gone = new Set(list('--deleted'));
  for (const file of new Set(list('--modified', '--others'))) {
    const target = path.join(folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await (gone.has(file) ? rm(target, { force: true }) : copyFile(path.join(root, file), target));
  }
  must('git', ['add', '--all'], folder);
  must('git', ['commit', '--quiet', '--allow-empty', '-m', 'as it stands'], folder);
  return { folder, commit: must('git', ['rev-parse', 'HEAD'], folder).trim() };
}
