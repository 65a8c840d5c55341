// What was asked ahead of a transition is believed as long as it is so, and no lock is held while somebody signs.
import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { indexEntries, indexStamp } from '../../src/git/index-file.js';
import { openRepository } from '../../src/git/repository.js';
import { checkClean } from '../../src/registry/preflight.js';
import type { World } from '../support/world.js';
import { copyOf, make, made, registeredWorld } from './scene.js';

let origin: World;
beforeAll(async () => {
  origin = await registeredWorld();
});

describe('the index as it was a moment ago', () => {
  const file = 'models/churn/model.yaml';

  test('is not believed when the user has staged something since, even where the file looks as before', async () => {
    const world = await copyOf(origin);
    const repository = await openRepository(world.folder, process.env);
    const head = world.git('rev-parse', 'HEAD');
    const staged = { stamp: await indexStamp(repository), blobs: await indexEntries(repository, [file]) };
    const prepared = { files: [], needs: [file], staged };
    await expect(checkClean(repository, head, prepared)).resolves.toBeUndefined();
    await appendFile(path.join(world.folder, file), '# mine\n');
    world.git('add', file);
    world.git('restore', '--source=HEAD', '--worktree', file);
    await expect(checkClean(repository, head, prepared)).rejects.toMatchObject({ code: 'git/dirty' });
  });

  test('is believed as long as nobody has touched it', async () => {
    const world = await copyOf(origin);
    const repository = await openRepository(world.folder, process.env);
    const committed = await indexEntries(repository, [file]);
    await appendFile(path.join(world.folder, file), '# mine\n');
    world.git('add', file);
    world.git('restore', '--source=HEAD', '--worktree', file);
    // It is told that nothing is staged, of an index that has not changed since.
    const staged = { stamp: await indexStamp(repository), blobs: committed };
    const asked = checkClean(repository, world.git('rev-parse', 'HEAD'), {
      files: [],
      needs: [file],
      staged,
    });
    await expect(asked).resolves.toBeUndefined();
  });
});

test('git is free for others while a commit is signed', async () => {
  const world = await copyOf(origin);
  const program = path.join(world.folder, '.git', 'slow-signer');
  const signature = '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----';
  const script = [
    '#!/bin/sh',
    'cat > /dev/null',
    'test -e "$GIT_DIR/index.lock" -o -e .git/index.lock && { echo "the index is locked" >&2; exit 1; }',
    'printf "\\n[GNUPG:] SIG_CREATED x\\n" >&2',
    `printf '%b\\n' '${signature}'`,
  ];
  await writeFile(program, `${script.join('\n')}\n`, { mode: 0o755 });
  for (const [key, setting] of Object.entries({ 'commit.gpgsign': 'true', 'gpg.program': program }))
    world.git('config', key, setting);
  const { commit } = await made(world, 'approve');
  expect(world.git('cat-file', 'commit', String(commit))).toContain('gpgsig -----BEGIN PGP SIGNATURE-----');
  expect((await make(world, 'approve')).code).toBe(1);
});
