// The yardstick: as many loops of plain git commit, and of commit and push, that try again until they get through.
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { git, start } from './program.js';

async function untilDone(folder: string, args: readonly string[]): Promise<number> {
  for (let tries = 1; ; tries++) {
    const { code } = await start('git', args, folder);
    if (code === 0) return tries;
    if (tries > 2000) throw new Error(`git ${args.join(' ')} never got through in ${folder}`);
    await sleep(Math.random() * 20);
  }
}

/** What plain git did. */
interface Measured {
  perSecond: number;
  tries: number;
}

/** Commits a file of its own per loop, as often as it is told, all loops at once in one clone. */
export async function bareCommits(folder: string, loops: number, turns: number): Promise<Measured> {
  const file = (loop: number): string => `notes/loop-${loop}.txt`;
  for (let loop = 0; loop < loops; loop++) await appendFile(path.join(folder, file(loop)), 'x\n');
  await git(folder, 'add', 'notes');
  await git(folder, 'commit', '-qm', 'files');
  const begun = performance.now();
  let tries = 0;
  const loopOf = async (loop: number): Promise<void> => {
    for (let turn = 0; turn < turns; turn++) {
      await appendFile(path.join(folder, file(loop)), `${turn}\n`);
      const needed = await untilDone(folder, [
        'commit',
        '-qm',
        `${loop} ${turn}`,
        '--only',
        '--',
        file(loop),
      ]);
      tries += needed;
    }
  };
  await Promise.all(Array.from({ length: loops }, (_, loop) => loopOf(loop)));
  return { perSecond: (loops * turns * 1000) / (performance.now() - begun), tries };
}

/** Commits and pushes from every clone at once; on a rejection pulls with rebase, as people do. */
export async function barePushes(clones: readonly string[], turns: number): Promise<Measured> {
  const begun = performance.now();
  let tries = 0;
  const loopOf = async (folder: string, loop: number): Promise<void> => {
    const file = `notes/clone-${loop}.txt`;
    for (let turn = 0; turn < turns; turn++) {
      await appendFile(path.join(folder, file), `${turn}\n`);
      await git(folder, 'add', file);
      await git(folder, 'commit', '-qm', `${loop} ${turn}`);
      for (tries++; (await start('git', ['push', '-q'], folder)).code !== 0; tries++)
        await untilDone(folder, ['pull', '-q', '--rebase']);
    }
  };
  await Promise.all(clones.map((folder, loop) => loopOf(folder, loop)));
  return { perSecond: (clones.length * turns * 1000) / (performance.now() - begun), tries };
}
