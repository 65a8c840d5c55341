// The folder of a new registry, and the repository around it.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../errors.js';
import { openRepository } from '../git/repository.js';
import { git } from '../git/run.js';
import { type Registry, type RegistryRequest, locateRegistry } from './registry.js';

/** Whether there is a repository around a folder. */
export async function isInRepository(folder: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  if (!existsSync(folder)) return false;
  return openRepository(folder, env).then(
    () => true,
    (error: unknown) => {
      if ((error as { code?: string }).code === 'registry/none') return false;
      throw error;
    },
  );
}

/** Makes the folder and the repository where there is none, and answers the registry-to-be. Where nothing comes of it, `dropUnused`. */
export async function makeRegistryFolder(
  folder: string,
  request: Omit<RegistryRequest, 'cwd'>,
): Promise<{ registry: Registry; created: boolean; dropUnused: () => Promise<void> }> {
  const taken =
    existsSync(folder) &&
    !(await readdir(folder).then(
      () => true,
      () => false,
    ));
  if (taken) throw usage('path/not-a-folder', `${folder} is a file`, 'mlc init ANOTHER-FOLDER');
  const made = await mkdir(folder, { recursive: true });
  const created = !(await isInRepository(folder, request.env));
  if (created) {
    const args = ['init', '--quiet', '--initial-branch=main'];
    await git({ cwd: folder, env: request.env }, { args, access: 'write' });
  }
  return {
    registry: await locateRegistry({ cwd: folder, ...request }),
    created,
    dropUnused: () => (made === undefined ? Promise.resolve() : dropEmpty(folder, made)),
  };
}

/** Takes away folders that were made, from the innermost out, as far as nothing is in them. */
async function dropEmpty(innermost: string, outermost: string): Promise<void> {
  try {
    for (let folder = innermost; folder.startsWith(outermost); folder = path.dirname(folder))
      await rmdir(folder);
  } catch {
    // Something is in it: it is in use.
  }
}
