// A writer beside a user who commits without a pause: it gets through, and the user's commits stay.
import { count, randomFrom } from '../campaign.js';
import { type Attempt, attempt } from './attempts.js';
import { userBeside } from './bystanders.js';
import { judge } from './judge.js';
import { git, start } from './program.js';
import { type Setting, copyOfOrigin } from './setting.js';

/** One writer against two loops of git commit that never rest. */
export async function starved(setting: Setting): Promise<string[]> {
  const { campaign, program, before } = setting;
  const { starved: turns = 5 } = campaign.numbers;
  const folder = await copyOfOrigin(setting, 'starved');
  const random = randomFrom(campaign.seed + 2);
  const users = [0, 1].map(() => userBeside(folder, random, () => 0));
  const told: Attempt[] = [];
  try {
    for (let turn = 0; turn < turns; turn++) {
      const token = `tok-starved-0-${turn}-`;
      const args = ['hold', 'churn@1.0.0', '--kind', 'legal', '-m', token];
      const wish = { operation: 'hold', model: 'churn', args, person: 'ada' };
      told.push(await attempt(program, folder, token, wish, []));
    }
  } finally {
    for (const user of users) count(campaign, 'starved.userCommits', await user.stop());
  }
  count(campaign, 'starved.asked', told.length);
  count(campaign, 'starved.landed', told.filter(({ commit }) => commit !== null).length);
  count(campaign, 'starved.longestMilliseconds', Math.round(Math.max(...told.map(({ took }) => took))));
  await git(folder, 'add', 'notes');
  await start('git', ['commit', '-qm', 'the rest'], folder, 'user');
  const gaveUp = told
    .filter(({ code }) => code !== 0)
    .map(({ refusal, took }) => `starved after ${Math.round(took)} ms: ${refusal}`);
  return [...gaveUp, ...(await judge({ program, folder, attempts: told, before, user: 'user@example.com' }))];
}
