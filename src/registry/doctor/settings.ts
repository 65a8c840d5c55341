// Examines the repository's own settings: those that have git run a program, which whoever made the clone may have chosen.
import { type Setting, readScopedSettings } from '../../git/settings.js';
import { type Examination, doubtful, shellWord } from './examination.js';

const startsProgram =
  /^(core\.(fsmonitor|hookspath|sshcommand|askpass|gitproxy)|gpg(\.[^.]+)?\.program|gpg\.ssh\.defaultkeycommand)$/;
// Where it is on or off, git itself watches the files.
const truthValue = /^(true|false|yes|no|on|off|0|1|)$/i;

function runsProgram({ scope, key, value }: Setting): boolean {
  if (scope !== 'local' && scope !== 'worktree') return false;
  if (!startsProgram.test(key)) return false;
  return key !== 'core.fsmonitor' || !truthValue.test(value);
}

export const settings: Examination = {
  name: 'settings',
  title: 'settings of this repository',
  examine: async ({ registry: { repository } }) =>
    (await readScopedSettings(repository))
      .filter(runsProgram)
      .map(({ scope, key, value }) =>
        doubtful(
          'settings/program',
          `${key} is ${value}, by the settings of this repository alone: git runs what it says`,
          `if it was not you who set it: git config --${scope} --unset-all ${shellWord(key)}`,
        ),
      ),
};
