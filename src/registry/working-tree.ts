// Files of the working tree: read, compared and replaced without ever leaving half a file.
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { refusal } from '../errors.js';
import { temporaryFolder } from '../git/index-file.js';
import type { Repository } from '../git/repository.js';
import { objectId } from '../git/trees.js';

/** A file that is written and waits to be put in its place by a rename. */
export interface PreparedFile {
  temporary: string;
  target: string;
}

/** Refuses a path that leads through a link or a submodule, out of the repository, or onto something that is no file. */
export async function checkPath(repository: Repository, file: string): Promise<void> {
  const parts = file.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const current = parts.slice(0, depth).join('/');
    const found = await lstat(path.join(repository.cwd, current)).catch(() => undefined);
    if (!found) return;
    const isLast = depth === parts.length;
    if (found.isSymbolicLink())
      throw refusal(
        'path/symlink',
        `${current} is a symbolic link; records are plain files in plain folders`,
        `rm ${current}, and restore it: git restore ${file}`,
      );
    if (isLast && !found.isFile())
      throw refusal(
        'path/not-a-file',
        `${current} is a folder where a file should be`,
        `move it away: mv ${current} ELSEWHERE`,
      );
    if (!isLast && !found.isDirectory())
      throw refusal(
        'path/not-a-folder',
        `${current} is a file where a folder should be`,
        `move it away: mv ${current} ELSEWHERE`,
      );
    if (!isLast && (await lstat(path.join(repository.cwd, current, '.git')).catch(() => undefined))) {
      throw refusal(
        'path/submodule',
        `${current} is another repository; records are not kept in submodules`,
        'move the registry out of it',
      );
    }
  }
}

/** What stands for a path that holds no plain file in plain folders: equal to no blob. */
const otherThanFile = 'other';

// Bytes beyond which a file is nothing that mlc wrote. It need not be read to know that it is another.
const largestFile = 16 * 1024 * 1024;

/**
 * The id of the blob that the working tree has at a path; null where there is nothing. What is no plain file, is reached
 * through a link, or is larger than anything of ours, is neither: it is never read, and never written through.
 */
export async function blobInWorkingTree(repository: Repository, file: string): Promise<string | null> {
  const parts = file.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const found = await lstat(path.join(repository.cwd, ...parts.slice(0, depth))).catch(() => undefined);
    if (!found) return null;
    if (depth < parts.length ? !found.isDirectory() : !found.isFile()) return otherThanFile;
    if (depth === parts.length && found.size > largestFile) return otherThanFile;
  }
  return objectId('blob', await readFile(path.join(repository.cwd, file)), repository.objectFormat);
}

/** Writes a file's new content beside git's own files, ready to be renamed into place. */
export async function prepareFile(
  repository: Repository,
  tag: string,
  index: number,
  file: string,
  content: Buffer,
): Promise<PreparedFile> {
  const target = path.join(repository.cwd, file);
  await mkdir(path.dirname(target), { recursive: true });
  await mkdir(temporaryFolder(repository), { recursive: true });
  const temporary = path.join(temporaryFolder(repository), `file-${tag}-${index}`);
  await writeFile(temporary, content);
  return { temporary, target };
}

/** Puts a prepared file in its place. */
export async function installFile(prepared: PreparedFile): Promise<void> {
  try {
    await rename(prepared.temporary, prepared.target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    // The working tree is on another disk than .git: the rename has to happen over there.
    const beside = `${prepared.target}.mlc-tmp`;
    await writeFile(beside, await readFile(prepared.temporary));
    await rename(beside, prepared.target);
    await rm(prepared.temporary, { force: true });
  }
}

/** Takes a file out of the working tree. */
export async function removeFile(repository: Repository, file: string): Promise<void> {
  await rm(path.join(repository.cwd, file), { force: true });
}
