// Examines who git says the user is, and whether commits can be signed where that is asked for.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../errors.js';
import { type Repository, isOn, readUser } from '../../git/repository.js';
import { type Examination, type Found, doubtful, wrong } from './examination.js';

type Settings = ReadonlyMap<string, string>;

function sshFindings(repository: Repository, settings: Settings): Found[] {
  const key = settings.get('user.signingkey') ?? '';
  if (key === '') {
    if (settings.get('gpg.ssh.defaultkeycommand')) return [];
    return [
      wrong(
        'signing/no-key',
        'commit.gpgsign asks for signed commits, and user.signingkey names no key: every transition will fail',
        'git config --global user.signingkey ~/.ssh/id_ed25519.pub',
      ),
    ];
  }
  if (key.startsWith('key::') || key.startsWith('ssh-')) return [];
  const home = repository.env.HOME ?? repository.env.USERPROFILE ?? '';
  const file = path.resolve(
    repository.cwd,
    key.replace(/^~(?=\/)/, () => home),
  );
  // `~somebody/` is for git to find.
  if (key.startsWith('~') && !key.startsWith('~/')) return [];
  if (existsSync(file)) return [];
  return [
    wrong(
      'signing/key-missing',
      `commit.gpgsign asks for signed commits, and the key ${key} is not there: every transition will fail`,
      'git config user.signingkey KEY-THAT-IS-THERE, or make it: ssh-keygen -t ed25519',
    ),
  ];
}

function signingFindings(repository: Repository, settings: Settings, committer: string): Found[] {
  if (!isOn(settings, 'commit.gpgsign')) return [];
  if (settings.get('gpg.format') === 'ssh') return sshFindings(repository, settings);
  if (settings.get('user.signingkey')) return [];
  return [
    doubtful(
      'signing/no-key',
      `commit.gpgsign asks for signed commits, and user.signingkey names no key: gpg looks for one of ${committer}`,
      'see whether there is one: gpg --list-secret-keys; name it: git config --global user.signingkey KEY',
    ),
  ];
}

export const identity: Examination = {
  name: 'identity',
  title: 'identity and signing',
  examine: async ({ registry: { repository } }) => {
    try {
      const { identity: who, settings } = await readUser(repository);
      return signingFindings(repository, settings, `${who.committer.name} <${who.committer.email}>`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const found = error.code === 'git/no-identity' ? doubtful : wrong;
      return [found(error.code, error.message, error.hint ?? '')];
    }
  },
};
