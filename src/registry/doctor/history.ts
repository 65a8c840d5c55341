// Examines what makes history lie or end early: replaced objects, grafts, shallow and partial clones.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readScopedSettings } from '../../git/settings.js';
import { listRefs } from '../../git/tags.js';
import type { Repository } from '../../git/repository.js';
import { count } from '../../lifecycle/problems.js';
import { type Examination, type Found, doubtful, nameOf, shellWord, wrong } from './examination.js';

async function replacements(repository: Repository): Promise<Found[]> {
  const replaced = (await listRefs(repository, 'refs/replace/')).map(({ name }) =>
    name.replace('refs/replace/', ''),
  );
  if (replaced.length === 0) return [];
  return [
    wrong(
      'history/replaced',
      `other objects stand in for ${count(replaced.length, 'object')} of this repository: git log and git show do not tell what was committed; mlc looks past them`,
      `see each with git show; then git replace -d ${replaced.slice(0, 3).join(' ')}${replaced.length > 3 ? ' …' : ''}`,
    ),
  ];
}

async function grafts(repository: Repository): Promise<Found[]> {
  const file = path.join(repository.commonDir, 'info', 'grafts');
  const text = await readFile(file, 'utf8').catch(() => '');
  if (!text.split('\n').some((line) => line.trim() !== '' && !line.startsWith('#'))) return [];
  const message =
    'grafts give commits other parents than they have: git log leaves commits out; mlc looks past them';
  return [wrong('history/grafts', message, `rm ${shellWord(file)}`, nameOf(repository, file))];
}

async function partial(repository: Repository): Promise<Found[]> {
  const setting = (await readScopedSettings(repository)).find(({ key }) =>
    /^(extensions\.partialclone|remote\..+\.partialclonefilter)$/.test(key),
  );
  if (!setting) return [];
  return [
    doubtful(
      'history/partial',
      `this is a partial clone (${setting.key}): git fetches objects when they are asked for, and without the remote they cannot be read`,
      'for an audit, work in a whole clone: git clone without --filter',
    ),
  ];
}

export const history: Examination = {
  name: 'history',
  title: 'history',
  examine: async ({ registry: { repository } }) => [
    ...(await replacements(repository)),
    ...(await grafts(repository)),
    ...(repository.shallow
      ? [
          doubtful(
            'git/shallow',
            'this clone is shallow, so older transitions are missing',
            'git fetch --unshallow',
          ),
        ]
      : []),
    ...(await partial(repository)),
  ],
};
