// Puts mlc's pre-commit hook into a repository and takes it out again: whole or not at all, and never over another's.
import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure, refusal, usage } from '../errors.js';
import { type Warning, listOf } from '../lifecycle/problems.js';
import { type HookState, hookState, hooksPlace, wantedHook } from './hook-file.js';
import { type HookOwner, wayIn } from './hook-owner.js';
import { hookText } from './hook-text.js';
import type { Registry } from './registry.js';

/** What became of the hook. */
export interface HookOutcome {
  outcome: 'installed' | 'updated' | 'removed' | 'unchanged';
  file: string;
  warnings: Warning[];
}

const called: Readonly<Record<HookOwner, string>> = {
  'pre-commit': 'the pre-commit framework looks after',
  lefthook: 'lefthook looks after',
  husky: 'husky looks after',
  hand: 'somebody changed by hand',
  unknown: 'mlc did not write',
};

function othersHook({ file, owner = 'unknown' }: HookState, hint: string): Failure {
  return refusal('hook/other', `there is a pre-commit hook that ${called[owner]}: ${file}`, hint);
}

async function checkFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => error.code);
  if (found === 'ENOENT' || (typeof found === 'object' && found.isDirectory())) return;
  throw usage(
    'hook/switched-off',
    `git looks for hooks in ${folder}, which is no folder, so it runs none`,
    'git config --unset core.hooksPath (see where it is set: git config --show-origin core.hooksPath)',
  );
}

/** Writes the hook beside its place, and then puts it there in one step. */
async function place(
  file: string,
  text: string,
  put: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const temporary = `${file}.mlc-${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(temporary, text);
    await chmod(temporary, 0o755);
    await put(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function sharingWarnings(registry: Registry): Promise<Warning[]> {
  const folder = registry.repository.hooksFolder;
  if ((await hooksPlace(registry.repository)) !== 'outside') return [];
  return [
    {
      code: 'hook/shared',
      message: `core.hooksPath is ${folder}, outside of this repository: the hook runs in every repository that uses that folder, and does nothing in those without a registry`,
      hint: 'for a hook of this repository alone: git config --local core.hooksPath .git/hooks',
    },
  ];
}

/** Puts the hook there, or brings it up to date. Refuses where there is another's that does not call mlc. */
export async function installHook(registry: Registry): Promise<HookOutcome> {
  const state = await hookState(registry);
  const { file, kind } = state;
  if (kind === 'other') {
    if (!state.runsMlc) throw othersHook(state, wayIn(state.owner ?? 'unknown', file, registry.prefix));
    const message = `the pre-commit hook is another's, and calls mlc validate already: ${state.calledIn ?? file}`;
    return { outcome: 'unchanged', file, warnings: [{ code: 'hook/other', message }] };
  }
  await checkFolder(path.dirname(file));
  const text = await wantedHook(registry, state.content);
  if (kind === 'ours' && text === (await readFile(file, 'utf8')))
    return { outcome: 'unchanged', file, warnings: [] };
  await mkdir(path.dirname(file), { recursive: true });
  // A link is refused where something came to stand there meanwhile; a renaming would replace it.
  await place(file, text, kind === 'none' ? link : rename);
  return {
    outcome: kind === 'none' ? 'installed' : 'updated',
    file,
    warnings: await sharingWarnings(registry),
  };
}

/** The same beside something else that succeeds: what stands in the way is told, and nothing more. */
export async function installHookIfPossible(
  registry: Registry,
): Promise<{ hook?: HookOutcome; warnings: Warning[] }> {
  try {
    const hook = await installHook(registry);
    return { hook, warnings: hook.warnings };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, message, hint } = error;
    return { warnings: [{ code, message, ...(hint === undefined ? {} : { hint }) }] };
  }
}

/** Takes the hook of this registry out. What it does for other registries of the repository stays. */
export async function uninstallHook(registry: Registry): Promise<HookOutcome> {
  const state = await hookState(registry);
  const { file, content } = state;
  if (state.kind === 'other')
    throw othersHook(
      state,
      `take the call of mlc validate out of ${state.calledIn ?? file} yourself, if it has one`,
    );
  if (!content) return { outcome: 'unchanged', file, warnings: [] };
  const others = content.registries.filter((prefix) => prefix !== registry.prefix);
  if (others.length === 0) {
    await rm(file);
    return { outcome: 'removed', file, warnings: [] };
  }
  const message = `the hook stays for ${listOf(others.map((prefix) => (prefix === '' ? 'the registry at the top' : prefix)))}`;
  if (others.length === content.registries.length)
    return { outcome: 'unchanged', file, warnings: [{ code: 'hook/kept', message }] };
  await place(file, await hookText({ ...content, registries: others }), rename);
  return { outcome: 'updated', file, warnings: [{ code: 'hook/kept', message }] };
}
