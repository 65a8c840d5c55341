// Disks that are full, quotas that are used up, and file systems that nobody may write to.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Arena, mlc, mustDo } from '../arena.js';
import { promise } from '../complain.js';
import { eitherWay, holding, promiseTold, promiseWorks } from './expect.js';
import type { Fault } from './fault.js';

const isRoot = process.getuid?.() === 0;

function succeeds(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Does work on a copy of an arena that lies on a disk of its own; answers why that was not possible. */
async function onSmallDisk(
  arena: Arena,
  work: (there: Arena, disk: string) => Promise<void>,
): Promise<string | undefined> {
  const disk = path.join(arena.root, 'disk');
  mkdirSync(disk, { recursive: true });
  if (!isRoot || !succeeds('mount', '-t', 'tmpfs', '-o', 'size=24m', 'torture', disk))
    return 'a small disk cannot be mounted here';
  try {
    const folder = path.join(disk, 'work');
    cpSync(arena.folder, folder, { recursive: true, preserveTimestamps: true });
    const gitFolder = path.join(folder, '.git');
    await work({ ...arena, folder, gitFolders: [gitFolder], queue: path.join(gitFolder, 'mlc/queue') }, disk);
  } finally {
    succeeds('umount', disk);
  }
  return undefined;
}

/** Leaves so many bytes free on a disk. */
function fill(disk: string, free: number): () => void {
  const file = path.join(disk, 'filling');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - free)));
  return () => rmSync(file, { force: true });
}

// From no room at all up to room for everything that a transition writes.
const fillLevels = [0, 4, 8, 12, 16, 24, 32, 40, 48, 64, 96, 128];

export const diskFaults: Fault[] = [
  {
    name: `a full disk, with ${fillLevels.join(', ')} KiB left`,
    kind: 'plain',
    meet: (arena) =>
      onSmallDisk(arena, async (there, disk) => {
        let landed = 0;
        for (const level of fillLevels) {
          const empty = fill(disk, level * 1024);
          if (await eitherWay(there, {}, empty)) landed += 1;
        }
        promise(landed < fillLevels.length, 'no transition ever met the full disk');
        promise(landed > 0, 'no transition fitted in');
      }),
  },
  {
    name: 'files that may not grow (ulimit -f)',
    kind: 'plain',
    meet: async (arena) => {
      let landed = 0;
      const limits = [0, 1, 2, 4, 1024];
      for (const blocks of limits) {
        const launcher = ['/bin/sh', '-c', `ulimit -f ${blocks}; exec "$@"`, 'sh'];
        if (await eitherWay(arena, { launcher }, () => undefined)) landed += 1;
      }
      promise(landed > 0 && landed < limits.length, `${landed} of ${limits.length} landed`);
      return undefined;
    },
  },
  {
    name: 'a read-only file system',
    kind: 'plain',
    meet: (arena) =>
      onSmallDisk(arena, async (there, disk) => {
        await mustDo(there, ['list']);
        promise(succeeds('mount', '-o', 'remount,ro', disk), 'the disk cannot be made read-only');
        try {
          promiseTold(await mlc(there, holding().args), /read-only/i);
          for (const args of [['list'], ['validate'], ['show', 'churn@1.0.0'], ['audit'], ['doctor']])
            await mustDo(there, args);
        } finally {
          succeeds('mount', '-o', 'remount,rw', disk);
        }
        await promiseWorks(there);
      }),
  },
  {
    name: "a repository that is another user's, to read alone",
    kind: 'plain',
    meet: async (arena) => {
      if (!isRoot || !succeeds('setpriv', '--reuid=65534', '--clear-groups', 'true'))
        return 'no command can be run as another user here';
      for (let folder = arena.root; folder.includes('mlc-torture-'); folder = path.dirname(folder))
        chmodSync(folder, 0o755);
      const launcher = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
      const trusting = { GIT_CONFIG_GLOBAL: path.join(arena.root, 'trusting') };
      writeFileSync(trusting.GIT_CONFIG_GLOBAL, `[safe]\n\tdirectory = ${arena.folder}\n`);
      promiseTold(await mlc(arena, holding().args, { launcher }), /belongs to another user/);
      promiseTold(await mlc(arena, holding().args, { launcher, env: trusting }), /permission denied/i);
      for (const args of [['list'], ['validate'], ['audit']])
        await mustDo(arena, args, { launcher, env: trusting });
      await promiseWorks(arena);
      return undefined;
    },
  },
];
