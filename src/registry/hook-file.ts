// The repository's pre-commit hook as a file: what is there, put ours there, take ours away. Another's is never touched.
import { constants, existsSync } from 'node:fs';
import { access, lstat, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from '../git/repository.js';
import { type HookContent, hookText, readHookText } from './hook-text.js';
import { type HookOwner, ownerOf, whereMlcIsCalled } from './hook-owner.js';
import type { Registry } from './registry.js';
import { programFile } from './resources.js';

/** The pre-commit hook of a repository. */
export interface HookState {
  /** Ours and as it should be; ours of another mlc, for other registries, or switched off; somebody else's; not there. */
  kind: 'ours' | 'outdated' | 'other' | 'none';
  /** The hook, absolute, whether or not it is there. */
  file: string;
  /** Whether a commit made now has its records checked. */
  runsMlc: boolean;
  /** Whose it is, where it is another's. */
  owner?: HookOwner;
  /** The file that makes another's hook call mlc. */
  calledIn?: string;
  /** What our hook is about. */
  content?: HookContent;
}

/** Where the hooks are: the repository's own folder, one in its working tree, or one that others may share. */
export async function hooksPlace(repository: Repository): Promise<'repository' | 'working-tree' | 'outside'> {
  const real = async (folder: string): Promise<string> => realpath(folder).catch(() => folder);
  const hooks = await real(repository.hooksFolder);
  const holds = async (folder: string): Promise<boolean> => `${hooks}/`.startsWith(`${await real(folder)}/`);
  if (await holds(repository.commonDir)) return 'repository';
  return (await holds(repository.cwd)) ? 'working-tree' : 'outside';
}

/** The hook that this mlc would write for a registry, beside the registries that the hook checks already. */
export async function wantedHook(registry: Registry, present: HookContent | undefined): Promise<string> {
  // A folder in the working tree is committed, and another machine has its programs elsewhere.
  const inRepository = (await hooksPlace(registry.repository)) === 'working-tree';
  const registries = [...new Set([...(present?.registries ?? []), registry.prefix])];
  return hookText({ registries, program: inRepository ? '' : programFile() });
}

/** Whether a hook of ours still does what it should; one that another installation of mlc wrote does. */
async function isCurrent(registry: Registry, text: string, content: HookContent): Promise<boolean> {
  if (!content.registries.includes(registry.prefix)) return false;
  if (content.program !== '' && !existsSync(content.program)) return false;
  return text === (await hookText(content));
}

async function runs(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** What the repository's pre-commit hook is, and whether it has mlc check what is committed. */
export async function hookState(registry: Registry): Promise<HookState> {
  const file = path.join(registry.repository.hooksFolder, 'pre-commit');
  const found = await lstat(file).catch(() => undefined);
  if (!found) return { kind: 'none', file, runsMlc: false };
  const text = await readFile(file, 'utf8').catch(() => '');
  const executable = await runs(file);
  const content = found.isFile() ? readHookText(text) : undefined;
  if (!content) {
    const calledIn = await whereMlcIsCalled(registry, file, text);
    const owner = ownerOf(file, text);
    return {
      kind: 'other',
      file,
      runsMlc: executable && calledIn !== undefined,
      owner,
      ...(calledIn === undefined ? {} : { calledIn }),
    };
  }
  const current = executable && (await isCurrent(registry, text, content));
  return {
    kind: current ? 'ours' : 'outdated',
    file,
    runsMlc: executable && content.registries.includes(registry.prefix),
    content,
  };
}
