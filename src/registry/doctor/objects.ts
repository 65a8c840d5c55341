// Examines every object of the repository, as git fsck does. Takes seconds to minutes, and so only when it is asked for.
import { checkObjects } from '../../git/health.js';
import { type Examination, type Found, doubtful, wrong } from './examination.js';

const mostTold = 20;

export const objects: Examination = {
  name: 'objects',
  title: 'objects of git',
  examine: async ({ registry: { repository }, tell }) => {
    tell('reading every object of git');
    const lines = await checkObjects(repository);
    const found = lines
      .slice(0, mostTold)
      .map((line): Found =>
        line.startsWith('warning ')
          ? doubtful('objects/doubtful', line, 'git fsck --full --strict')
          : wrong(
              'objects/damaged',
              line,
              'clone again from a remote that has everything, and keep this folder until that is sure',
            ),
      );
    if (lines.length <= mostTold) return found;
    const rest = `git says ${lines.length - mostTold} more of this kind`;
    return [...found, wrong('objects/damaged', rest, 'git fsck --full --strict')];
  },
};
