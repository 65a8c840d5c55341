// Kills at random moments of real transitions of every kind, in registries of every kind.
import { rmSync } from 'node:fs';
import { type Campaign, count } from '../campaign.js';
import { type Arena, type ArenaKind, arenaKinds, git, headOf, mlc } from './arena.js';
import { type Before, goOn, lookAfter, promiseRepeatable, promiseSound, standing } from './aftermath.js';
import { type Operation, anyOperation, modelAdd } from './operations.js';
import type { Doom } from './program.js';
import { canRollBack, versionsAt } from './registry-state.js';
import { decidingFolder } from './whole.js';
import { makeArena, tick } from './worlds.js';

const perArena = 20;

/** How long commands take here: learnt on the way, since machines differ. */
interface Pace {
  whole: number;
  writing: number;
  reading: number;
}

function learn(known: number, seen: number): number {
  return known * 0.7 + seen * 0.3;
}

/** Most moments fall where the command writes; some fall anywhere. */
function moment(random: () => number, pace: Pace): Doom {
  const victim = random() < 0.75 ? 'group' : 'parent';
  if (random() < 0.2) return { victim, from: 'start', delay: pace.whole * (0.2 + 0.9 * random()) };
  // What decides is at the end: the branch moves in the last tenth.
  return { victim, from: 'writing', delay: pace.writing * 1.1 * random() ** (random() < 0.5 ? 0.5 : 0.1) };
}

/** Somebody else moves the remote's branch on, with a file that is no record. */
function overtake(arena: Arena, turn: number): void {
  const other = `${arena.root}/other`;
  git(arena, other, 'pull', '-q', '--ff-only');
  git(arena, other, 'commit', '-q', '--allow-empty', '-m', `turn ${turn}`);
  git(arena, other, 'push', '-q');
}

/** A legal transition of an arena, whatever it is like by now. */
function nextOperation(campaign: Campaign, arena: Arena, turn: number): Operation {
  if (arena.kind === 'unborn') return firstOperation(arena, turn);
  const folder = decidingFolder(arena);
  const head = headOf(arena, folder, arena.branch);
  const operation = anyOperation({
    arena,
    turn,
    versions: versionsAt(arena, folder, head),
    canRollBack: canRollBack(arena, folder, head),
    random: campaign.random,
  });
  return arena.remote === undefined ? operation : { ...operation, args: [...operation.args, '--push'] };
}

function firstOperation(arena: Arena, turn: number): Operation {
  const args =
    headOf(arena, arena.folder) === '' ? ['init', '--name', 'torture'] : modelAdd(arena, `model-${turn}`);
  return { name: args[0] === 'init' ? 'init' : 'model add', args, as: 'ada', repeatable: args[0] === 'init' };
}

async function killMending(campaign: Campaign, arena: Arena, pace: Pace): Promise<void> {
  for (let again = 0; again < 2 && campaign.random() < 0.3; again++) {
    const doom: Doom = {
      victim: 'group',
      from: 'start',
      delay: pace.reading * (0.3 + 0.7 * campaign.random()),
    };
    if ((await mlc(arena, ['list'], { doom })).code === null) count(campaign, 'killed while mending');
  }
}

/** Kills one transition, and sees to what is left. */
async function killOnce(campaign: Campaign, arena: Arena, turn: number, pace: Pace): Promise<void> {
  tick(arena);
  if (arena.kind === 'behind') overtake(arena, turn);
  const before: Before = standing(arena);
  const operation = nextOperation(campaign, arena, turn);
  const doom = moment(campaign.random, pace);
  const ended = await mlc(arena, operation.args, { as: operation.as, doom });
  const killed = ended.code === null;
  if (killed) {
    count(campaign, 'kills');
    count(campaign, `kills of ${operation.name}`);
    count(campaign, `kills in ${arena.kind}`);
    if (doom.victim === 'parent') count(campaign, "kills of mlc's own process alone");
    if (ended.wrote === undefined) count(campaign, 'killed before writing');
  } else {
    count(campaign, 'too late');
  }
  await killMending(campaign, arena, pace);
  // Told again what it knows already, mlc says so and commits nothing.
  const answered = killed || ended.said.includes('nothing to do') ? undefined : ended.code === 0;
  const reader = campaign.random() < 0.5 ? ['list'] : ['validate'];
  const verdict = await lookAfter(arena, before, operation, reader, answered).catch((error: unknown) => {
    throw new Error(`mlc ${operation.args.join(' ')}: ${String(ended.code)}, ${ended.said}`, {
      cause: error,
    });
  });
  if (killed) count(campaign, verdict.landed ? 'landed' : 'not landed');
  if (verdict.mended) count(campaign, 'mended');
  tick(arena);
  if (verdict.landed && operation.repeatable && arena.remote === undefined)
    await promiseRepeatable(arena, operation);
  // What did not happen is asked for again, by the very same command; what did is followed by something else.
  const next = verdict.landed ? nextOperation(campaign, arena, turn + 1000) : operation;
  const undisturbed = await goOn(arena, before, next);
  pace.whole = learn(pace.whole, undisturbed.took);
  pace.writing = learn(pace.writing, undisturbed.wrote ?? pace.writing);
}

/** Kills transitions until there are enough, in one arena after another. */
export async function killAtRandom(campaign: Campaign, origin: Arena, runFolder: string): Promise<void> {
  const wanted = campaign.numbers.kills ?? 0;
  const done = (): number => campaign.counts.kills ?? 0;
  const paces = new Map<ArenaKind, Pace>();
  for (let round = 0; done() < wanted; round++) {
    const kind = arenaKinds[round % arenaKinds.length] ?? 'plain';
    const pace = paces.get(kind) ?? { whole: 400, writing: 150, reading: 200 };
    paces.set(kind, pace);
    const arena = makeArena(origin, runFolder, kind);
    const turns = kind === 'unborn' ? 3 : Math.min(perArena, Math.ceil(wanted / arenaKinds.length));
    for (let turn = 1; turn <= turns && done() < wanted; turn++) {
      try {
        await killOnce(campaign, arena, 10_000 + 100 * round + turn, pace);
      } catch (error) {
        throw new Error(`kill ${done()}, ${kind}, in ${arena.folder}`, { cause: error });
      }
    }
    await promiseSound(arena);
    process.stderr.write(`${done()} kills\n`);
    rmSync(arena.root, { recursive: true, force: true });
  }
}
