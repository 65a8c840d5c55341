// However many comparisons are asked for, each answer stands where its question stood.
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openRepository } from '../../src/git/repository.js';
import { compareTrees, emptyTree } from '../../src/git/tree-changes.js';
import { temporaryFolder } from '../support/folders.js';

test.each([0, 1, 1999, 2000, 2501])('%i comparisons', async (many) => {
  const folder = await temporaryFolder();
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  git('init', '-q');
  await writeFile(path.join(folder, 'a'), 'a\n');
  git('add', 'a');
  const tree = git('write-tree');
  const repository = await openRepository(folder, process.env);
  const empty = emptyTree(repository);
  const pairs = Array.from({ length: many }, (_, at) =>
    at % 3 === 0
      ? ([tree, empty] as const)
      : at % 3 === 1
        ? ([empty, tree] as const)
        : ([tree, tree] as const),
  );
  const compared = await compareTrees(repository, pairs, ['a']);
  const gone = compared.map((changes) => changes.map(({ mode }) => mode));
  expect(gone).toEqual(pairs.map((_, at) => (at % 3 === 0 ? ['000000'] : at % 3 === 1 ? ['100644'] : [])));
});
