// The user's settings of git, and where one comes from: their own, or the repository's.
import { type GitPlace, git, gitText } from './run.js';

/** One setting, and how far it reaches. */
export interface Setting {
  scope: 'system' | 'global' | 'local' | 'worktree';
  /** Lower case, but for the middle part. */
  key: string;
  value: string;
}

/** Every setting of git, the last value of each; keys are lower case. */
export async function readSettings(repository: GitPlace): Promise<Map<string, string>> {
  const settings = new Map<string, string>();
  for (const line of (await gitText(repository, { args: ['var', '-l'] })).split('\n')) {
    const equals = line.indexOf('=');
    if (equals > 0) settings.set(line.slice(0, equals), line.slice(equals + 1));
  }
  return settings;
}

/** Every setting but those of this call, in the order in which later ones win. */
export async function readScopedSettings(repository: GitPlace): Promise<Setting[]> {
  const { stdout } = await git(repository, { args: ['config', '--list', '--show-scope', '-z'] });
  const fields = stdout.toString('utf8').split('\0');
  const settings: Setting[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [scope = '', entry = ''] = [fields[at], fields[at + 1]];
    const end = entry.indexOf('\n');
    // A key without a value is switched on.
    const [key, value] = end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)];
    if (scope === 'system' || scope === 'global' || scope === 'local' || scope === 'worktree')
      settings.push({ scope, key, value });
  }
  return settings;
}
