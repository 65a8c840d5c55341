// Writers without a queue, beside a user with plain git, readers, and somebody who spoils the cache.
import path from 'node:path';
import { count, randomFrom } from '../campaign.js';
import { cacheVandal, ticketThief, userBeside } from './bystanders.js';
import { cacheFaults } from './cache-faults.js';
import { readHistory } from './history.js';
import { judge } from './judge.js';
import { git, start } from './program.js';
import { type Reading, reader, readingFaults } from './readers.js';
import { type Setting, copyOfOrigin } from './setting.js';
import { runCrowd, tally } from './writers.js';

const user = 'user@example.com';

/** Commits of the user, each there and each about notes alone; the judge looks at what they touch. */
async function userFaults(folder: string, commits: number): Promise<string[]> {
  const there = (await readHistory(folder, 'HEAD')).filter(({ author }) => author === user).length;
  return there === commits ? [] : [`the user made ${commits} commits, and ${there} are in history`];
}

/** Everybody at once in one clone. */
export async function besideOthers(setting: Setting): Promise<string[]> {
  const { campaign, program, material, before } = setting;
  const { writers = 8, beside = 25 } = campaign.numbers;
  const folder = await copyOfOrigin(setting, 'beside');
  const random = randomFrom(campaign.seed + 1);
  const readings: Reading[] = [];
  const others = {
    userCommits: userBeside(folder, random, () => 100 + random() * 500),
    ticketsTaken: ticketThief(folder, random),
    cachesSpoilt: cacheVandal(folder, random),
    readings: reader(program, folder, random, readings),
    moreReadings: reader(program, folder, random, readings),
  };
  const folders = Array.from({ length: writers }, () => folder);
  const done: Record<string, number> = {};
  const told = await runCrowd(
    { program, folders, turns: beside, name: 'beside', flags: [], material },
    campaign,
  ).finally(async () => {
    for (const [name, other] of Object.entries(others)) {
      done[name] = await other.stop();
      count(campaign, `beside.${name}`, done[name]);
    }
  });
  tally(campaign, 'beside', told);
  // What the user could not add stays behind in their folder; it is theirs.
  await git(folder, 'add', 'notes');
  const last = await start('git', ['commit', '-qm', 'the rest'], folder, 'user');
  const commits = (done.userCommits ?? 0) + (last.code === 0 ? 1 : 0);
  const read = await readingFaults(program, folder, path.join(setting.folder, 'reread'), readings, random);
  count(campaign, 'beside.readingsRepeated', read.repeated);
  return [
    ...read.faults,
    ...(await userFaults(folder, commits)),
    ...(await cacheFaults(program, folder)),
    ...(await judge({ program, folder, attempts: told, before, user })),
  ];
}
