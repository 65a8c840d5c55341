// Examines the caches: of other rules, damaged, or half written. They can be deleted at any time.
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from '../../git/repository.js';
import { cacheFile, cacheNames } from '../cache.js';
import { readKept } from '../kept-text.js';
import { ownMark } from '../processes.js';
import { type Examination, type Found, doubtful, nameOf } from './examination.js';
import { type PrivateFile, filesIn, ownerState } from './private-files.js';

const written = new RegExp(`^(?:${cacheNames.join('|')})-.+\\.json(?:\\.(\\d+))?$`);

// Writing it takes seconds; after an hour the number of its process is another's.
const longestWrite = 3600;

async function isSound(file: string): Promise<boolean> {
  const bytes = await readFile(file).catch(() => undefined);
  return bytes !== undefined && readKept(bytes) !== undefined;
}

/** What is wrong with one file of the cache's folder, if anything; undefined too where mlc did not write it. */
async function faultOf(
  file: PrivateFile,
  current: readonly string[],
): Promise<[code: string, fault: string] | undefined> {
  const [, writer] = written.exec(file.name) ?? [undefined, null];
  if (writer === null) return undefined;
  if (writer !== undefined) {
    const alive = ownerState({ ...ownMark(), pid: Number(writer), started: '' }) === 'running';
    return alive && file.age < longestWrite
      ? undefined
      : ['cache/unfinished', 'the cache was half written when mlc was killed'];
  }
  if (!current.includes(file.full)) return ['cache/stale', 'a cache of another version of mlc'];
  return (await isSound(file.full)) ? undefined : ['cache/damaged', 'the cache is damaged'];
}

function finding(repository: Repository, full: string, code: string, fault: string): Found {
  const file = nameOf(repository, full);
  return {
    ...doubtful(code, fault, 'mlc doctor --fix deletes it; mlc makes another when it needs one', file),
    mend: async () => {
      await rm(full, { force: true });
      return `deleted ${file}`;
    },
  };
}

export const cache: Examination = {
  name: 'cache',
  title: 'cache',
  examine: async ({ registry: { repository } }) => {
    const current = cacheNames.map((name) => cacheFile(repository, name));
    const found: Found[] = [];
    for (const file of await filesIn(path.dirname(current[0] ?? ''))) {
      const fault = await faultOf(file, current);
      if (fault) found.push(finding(repository, file.full, ...fault));
    }
    return found;
  },
};
