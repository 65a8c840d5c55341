// A step that gives ada a key to sign with.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../support/folders.js';
import { type World, gitIn } from '../support/world.js';

/** When she gets it. */
const at = '2026-06-02T09:00:00Z';

/** Gives ada an ssh key that git signs with, and commits it as an allowed signer's. */
export const withKey = async (world: World): Promise<string[]> => {
  const key = path.join(await temporaryFolder(), 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const [type, blob] = (await readFile(`${key}.pub`, 'utf8')).split(' ');
  await world.write('.mlc/allowed_signers', `ada@example.com ${type} ${blob}\n`);
  const dates = { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at };
  gitIn(world.folder, ['add', '.mlc/allowed_signers'], dates);
  gitIn(world.folder, ['commit', '--quiet', '-m', 'allow ada to sign', '--', '.mlc/allowed_signers'], dates);
  world.git('config', 'gpg.format', 'ssh');
  world.git('config', 'user.signingkey', `${key}.pub`);
  return [];
};
