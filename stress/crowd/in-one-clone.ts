// Many writers in one clone, beside as many loops of plain git commit.
import { count } from '../campaign.js';
import { judge } from './judge.js';
import { type Setting, copyOfOrigin, rounded } from './setting.js';
import { runCrowd, tally } from './writers.js';
import { bareCommits } from './yardstick.js';

/** Writers and nobody else: no update is lost. */
export async function inOneClone(setting: Setting): Promise<string[]> {
  const { campaign, program, material, before } = setting;
  const { writers = 8, transitions = 100 } = campaign.numbers;
  const folder = await copyOfOrigin(setting, 'clone');
  const folders = Array.from({ length: writers }, () => folder);
  const begun = performance.now();
  const told = await runCrowd(
    { program, folders, turns: transitions, name: 'clone', flags: [], material },
    campaign,
  );
  const seconds = (performance.now() - begun) / 1000;
  tally(campaign, 'clone', told);
  const landed = told.filter(({ commit }) => commit !== null).length;
  count(campaign, 'clone.askedPerSecond', rounded(told.length / seconds));
  count(campaign, 'clone.landedPerSecond', rounded(landed / seconds));
  const bare = await bareCommits(
    await copyOfOrigin(setting, 'bare-commits'),
    writers,
    Math.min(transitions, 25),
  );
  count(campaign, 'clone.gitCommitsPerSecond', rounded(bare.perSecond));
  count(campaign, 'clone.gitTriesPerCommit', rounded(bare.tries / (writers * Math.min(transitions, 25))));
  return judge({ program, folder, attempts: told, before, user: '' });
}
