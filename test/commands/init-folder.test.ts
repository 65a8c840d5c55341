// mlc init makes a folder for a registry, and leaves none where there comes to be no registry.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { dayOne as at, worldIn } from '../support/world.js';

test('a folder that was made for nothing is taken away again', async () => {
  const world = worldIn(await temporaryFolder());
  world.git('init', '-q');
  for (const name of ['new', 'new/deeper']) {
    const env = { GIT_AUTHOR_NAME: '', GIT_COMMITTER_NAME: '' };
    expect((await world.mlc(['init', name], { at, env })).code).toBe(2);
    expect((await world.mlc(['init', name, '--dry-run'], { at })).code).toBe(0);
    expect(existsSync(path.join(world.folder, 'new'))).toBe(false);
  }
});
