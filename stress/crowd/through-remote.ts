// Clones that push to one bare remote, beside as many clones that commit, push, and pull with rebase.
import { count } from '../campaign.js';
import { judge } from './judge.js';
import { git } from './program.js';
import { type Setting, remoteWithClones, rounded } from './setting.js';
import { runCrowd, tally } from './writers.js';
import { barePushes } from './yardstick.js';

/** Every clone comes to what the remote has, by pulling alone. */
async function convergenceFaults(bare: string, folders: readonly string[]): Promise<string[]> {
  const head = (await git(bare, 'rev-parse', 'HEAD')).trim();
  const faults: string[] = [];
  for (const folder of folders) {
    await git(folder, 'pull', '-q', '--ff-only');
    const own = (await git(folder, 'rev-parse', 'HEAD')).trim();
    if (own !== head) faults.push(`${folder} is at ${own}, and the remote at ${head}`);
  }
  return faults;
}

/** Writers in clones of their own: every transition is on the remote once, and every clone comes to it. */
export async function throughRemote(setting: Setting): Promise<string[]> {
  const { campaign, program, material, before } = setting;
  const { clones = 4, pushes = 50 } = campaign.numbers;
  const { bare, folders } = await remoteWithClones(setting, 'remote', clones);
  const begun = performance.now();
  const told = await runCrowd(
    { program, folders, turns: pushes, name: 'remote', flags: ['--push'], material },
    campaign,
  );
  const seconds = (performance.now() - begun) / 1000;
  tally(campaign, 'remote', told);
  const landed = told.filter(({ commit }) => commit !== null);
  count(campaign, 'remote.askedPerSecond', rounded(told.length / seconds));
  count(campaign, 'remote.landedPerSecond', rounded(landed.length / seconds));
  count(
    campaign,
    'remote.couldNotFollow',
    landed.filter(({ warnings }) => warnings.includes('push/local-behind')).length,
  );
  const others = await remoteWithClones(setting, 'bare-pushes', clones);
  const turns = Math.min(pushes, 15);
  const plain = await barePushes(others.folders, turns);
  count(campaign, 'remote.gitPushesPerSecond', rounded(plain.perSecond));
  count(campaign, 'remote.gitTriesPerPush', rounded(plain.tries / (clones * turns)));
  const faults = landed.filter(({ pushed }) => !pushed).map(({ command }) => `not pushed: ${command}`);
  faults.push(...(await convergenceFaults(bare, folders)));
  for (const folder of folders)
    faults.push(...(await judge({ program, folder, attempts: told, before, user: '' })));
  return faults;
}
