// What is wrong with a file of a commit before its content is read: what is no plain file, too large, or missing.
import type { TreeFile } from '../git/objects.js';
import { type Problem, problem } from '../lifecycle/problems.js';
import { maximumBytes } from './yaml-text.js';

/** Refuses a tree entry that is not a plain file of a record's size, before its content is read. */
export function entryProblem(
  entry: Pick<TreeFile, 'mode' | 'type'> & { size?: number },
  file: string,
): Problem | undefined {
  if (entry.mode === '120000')
    return {
      ...problem(
        'path/symlink',
        'the file is a symbolic link; records are plain files',
        'replace it with the file itself',
      ),
      file,
    };
  if (entry.type === 'commit')
    return {
      ...problem('path/submodule', 'a submodule stands where a record should be', 'take it out: git rm'),
      file,
    };
  if ((entry.size ?? 0) > maximumBytes) {
    return {
      ...problem(
        'yaml/too-large',
        `the file has ${entry.size} bytes; a record has at most ${maximumBytes}`,
        'keep large content elsewhere and record its URI and digest',
      ),
      file,
      line: 1,
      column: 1,
    };
  }
  return undefined;
}

/** An object that a tree names and git does not have: a damaged repository, or a tree that somebody made by hand. */
export function missingObject(oid: string, file: string): Problem {
  return {
    ...problem('object/missing', `the object ${oid} is missing`, 'git fetch, or git fsck --full'),
    file,
  };
}
