// Writers: each a loop that starts one process of mlc after another, and pairs of them that ask at the same moment.
import { type Campaign, count, randomFrom } from '../campaign.js';
import { type Attempt, attempt, hasGivenUp, isRuled } from './attempts.js';
import { type Scene, type Wish, anyWish, deploymentOf, registrationOf } from './mixture.js';
import { type Material, models } from './registry.js';

/** What a crowd does. */
interface Crowd {
  program: string;
  /** The clone of each writer; several may share one. */
  folders: readonly string[];
  turns: number;
  /** Part of every token; names the crowd. */
  name: string;
  flags: readonly string[];
  material: Material;
}

type Meeting = () => Promise<void>;

/** Lets two loops wait for each other. */
function meetingOfTwo(): Meeting {
  let waiting: (() => void) | undefined;
  return () => {
    if (waiting === undefined) return new Promise((resolve) => (waiting = resolve));
    waiting();
    waiting = undefined;
    return Promise.resolve();
  };
}

/** Every so many turns two writers ask for the same thing at once: for a number, then for an environment. */
async function wishAt(turn: number, pair: number, scene: Scene, crowd: string, meet: Meeting): Promise<Wish> {
  if (turn % 6 !== 5) return anyWish(scene);
  const model = models[(turn + pair) % models.length] ?? models[0];
  const kind = Math.floor(turn / 6) % 3;
  await meet();
  if (kind === 0) return registrationOf(scene, model, `${crowd}-${pair}-${turn}`);
  if (kind === 1) return registrationOf(scene, model, scene.token);
  return deploymentOf(scene, model);
}

async function writer(
  crowd: Crowd,
  number: number,
  meet: Meeting,
  campaign: Campaign,
  told: Attempt[],
): Promise<void> {
  const random = randomFrom(campaign.seed * 31 + number * 7919 + crowd.name.length);
  const folder = crowd.folders[number] ?? '';
  for (let turn = 0; turn < crowd.turns; turn++) {
    const token = `tok-${crowd.name}-${number}-${turn}-`;
    const scene = { folder, random, material: crowd.material, token };
    const wish = await wishAt(turn, Math.floor(number / 2), scene, crowd.name, meet);
    told.push(await attempt(crowd.program, folder, token, wish, crowd.flags));
    if (told.length % 50 === 0) process.stderr.write(`${crowd.name}: ${told.length} asked\n`);
  }
}

/** Runs a crowd to its end, and answers what every writer was told. */
export async function runCrowd(crowd: Crowd, campaign: Campaign): Promise<Attempt[]> {
  const told: Attempt[] = [];
  const loops = crowd.folders.length;
  const meetings = Array.from({ length: Math.ceil(loops / 2) }, (_, pair) =>
    pair * 2 + 1 < loops ? meetingOfTwo() : () => Promise.resolve(),
  );
  await Promise.all(
    crowd.folders.map((_, number) =>
      writer(crowd, number, meetings[Math.floor(number / 2)] ?? meetingOfTwo(), campaign, told),
    ),
  );
  return told;
}

/** Counts what became of the attempts of a crowd. */
export function tally(campaign: Campaign, name: string, told: readonly Attempt[]): void {
  count(campaign, `${name}.asked`, told.length);
  count(campaign, `${name}.landed`, told.filter(({ commit }) => commit !== null).length);
  count(
    campaign,
    `${name}.unchanged`,
    told.filter(({ code, commit }) => code === 0 && commit === null).length,
  );
  count(campaign, `${name}.refused`, told.filter((made) => made.code !== 0 && isRuled(made)).length);
  count(campaign, `${name}.gaveUp`, told.filter(hasGivenUp).length);
  count(campaign, `${name}.longestMilliseconds`, Math.round(Math.max(0, ...told.map(({ took }) => took))));
}
