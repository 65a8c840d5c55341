// Looks at the cache when everybody has gone: answers are the same with it and without, and it has not outgrown the registry.
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { git } from './program.js';
import { ask } from './readers.js';

// A file of the registry leaves a few hundred bytes in a cache.
const mostBytesPerFile = 2000;

/** Reads with the cache and without, and weighs the cache. */
export async function cacheFaults(program: string, folder: string): Promise<string[]> {
  const faults: string[] = [];
  const cache = path.join(folder, '.git/mlc/cache');
  for (const command of ['list', 'validate', 'due', 'triggers']) {
    const [first, second] = [await ask(program, folder, command), await ask(program, folder, command)];
    await rm(cache, { recursive: true, force: true });
    const without = await ask(program, folder, command);
    if (first.stdout !== second.stdout || second.stdout !== without.stdout)
      faults.push(`mlc ${command} says otherwise without its cache`);
  }
  const registered = (await git(folder, 'ls-files', 'models')).split('\n').length;
  for (const file of await readdir(cache)) {
    const { size } = await stat(path.join(cache, file));
    if (size > mostBytesPerFile * registered)
      faults.push(`the cache ${file} has ${size} bytes for ${registered} files`);
  }
  return faults;
}
