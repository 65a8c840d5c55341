// Blows that come late: after hooks that took long, and to what a transition is in the middle of at the remote.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Arena, git } from '../arena.js';
import { promise } from '../complain.js';
import { eitherWay, promiseWorks } from './expect.js';
import type { Fault } from './fault.js';

function hook(arena: Arena, name: string, script: string): void {
  writeFileSync(path.join(arena.folder, '.git/hooks', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

export const lateFaults: Fault[] = [
  {
    name: 'a kill while the branch moves, after hooks that took a minute',
    kind: 'plain',
    meet: async (arena) => {
      // The hook lets the time pass by dating the journal back; the lock on the branch is taken after it.
      hook(arena, 'pre-commit', 'touch -d "1 minute ago" .git/mlc/journal/*.json');
      hook(arena, 'reference-transaction', '[ "$1" = prepared ] && kill -9 0; exit 0');
      const landed = await eitherWay(arena, {}, () => {
        for (const name of ['pre-commit', 'reference-transaction']) hook(arena, name, 'exit 0');
      });
      promise(!landed, 'the branch moved, although its lock was never let go');
      await promiseWorks(arena);
      return undefined;
    },
  },
  {
    name: 'a kill while a fetch moves the copy of the remote branch',
    kind: 'pushed',
    meet: async (arena) => {
      const other = path.join(arena.root, 'elsewhere');
      git(arena, arena.root, 'clone', '-q', arena.remote ?? '', other);
      git(arena, other, 'commit', '-q', '--allow-empty', '-m', 'somebody else');
      git(arena, other, 'push', '-q');
      hook(arena, 'reference-transaction', '[ "$1" = prepared ] && kill -9 0; exit 0');
      await eitherWay(arena, {}, () => hook(arena, 'reference-transaction', 'exit 0'));
      return undefined;
    },
  },
];
