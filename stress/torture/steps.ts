// Every step of a transition, one after another: each call of git, each change of a file, each system call of git that changes something.
import { rmSync } from 'node:fs';
import { type Campaign, count } from '../campaign.js';
import { type Arena, type ArenaKind, mlc } from './arena.js';
import { goOn, lookAfter, promiseSound, standing } from './aftermath.js';
import { promise } from './complain.js';
import { blows, callsMade, halfGit } from './half-git.js';
import { changesMade, fileBlows, halfNode } from './half-node.js';
import type { Operation } from './operations.js';
import { callBlows, callsIn, canTrace, disturbing, tracing } from './system-calls.js';
import { makeArena, tick } from './worlds.js';

/** A blow to one step. */
interface Step {
  what: 'git commands' | 'file changes' | 'system calls';
  name: string;
  env: (arena: Arena) => Record<string, string>;
}

// A record that went through some hundreds of transitions is longer than records may be.
const perArena = 150;
const kinds: ArenaKind[] = ['plain', 'hooks', 'pushed', 'behind'];

/** A transition that changes two records: production's traffic goes back and forth between two versions. */
function swing(arena: Arena): Operation {
  const traffic = (arena.clock / 60) % 2 === 0 ? '20' : '30';
  const args = ['ramp', 'churn@1.1.0', '--env', 'production', '--traffic', traffic, '-m', 'a step.'];
  return {
    name: 'ramp',
    args: arena.remote === undefined ? args : [...args, '--push'],
    as: 'ada',
    repeatable: false,
  };
}

/** The steps of a transition in such an arena, found out by making it once in peace for each kind of step. */
async function stepsOf(campaign: Campaign, arena: Arena): Promise<Step[]> {
  const steps: Step[] = [];
  const inPeace = async (env: Record<string, string>): Promise<void> => {
    tick(arena);
    const ended = await mlc(arena, swing(arena).args, { env });
    promise(ended.code === 0, 'the transition fails when nothing disturbs it', ended.said);
  };
  if (campaign.numbers.steps) {
    await inPeace(halfGit(arena, 0, 'fails'));
    for (let at = 1; at <= callsMade(arena); at++)
      for (const blow of blows)
        steps.push({
          what: 'git commands',
          name: `git call ${at} ${blow}`,
          env: (there) => halfGit(there, at, blow),
        });
    await inPeace(halfNode(arena, 0, 'EIO'));
    for (let at = 1; at <= changesMade(arena); at++)
      for (const blow of fileBlows)
        steps.push({
          what: 'file changes',
          name: `change ${at}: ${blow}`,
          env: (there) => halfNode(there, at, blow),
        });
  }
  return campaign.numbers.calls ? [...steps, ...(await systemSteps(arena, inPeace))] : steps;
}

async function systemSteps(
  arena: Arena,
  inPeace: (env: Record<string, string>) => Promise<void>,
): Promise<Step[]> {
  const steps: Step[] = [];
  await inPeace(halfGit(arena, 0, 'fails'));
  const runs = callsMade(arena);
  for (let run = 1; run <= runs; run++) {
    await inPeace(halfGit(arena, run, 'traced', tracing));
    const calls = callsIn(arena, run);
    for (let at = 1; at <= calls; at++)
      for (const blow of callBlows)
        steps.push({
          what: 'system calls',
          name: `system call ${at} of git call ${run}: ${blow}`,
          env: (there) => halfGit(there, run, 'traced', disturbing(at, blow)),
        });
  }
  return steps;
}

async function disturb(campaign: Campaign, arena: Arena, step: Step): Promise<void> {
  tick(arena);
  const before = standing(arena);
  const operation = swing(arena);
  const ended = await mlc(arena, operation.args, { env: step.env(arena) });
  promise(ended.code !== 70, 'it ends as a bug', ended.said);
  const succeeded = ended.code === null ? undefined : ended.code === 0;
  const verdict = await lookAfter(arena, before, operation, ['list'], succeeded);
  count(campaign, `${step.what} disturbed`);
  count(campaign, `${step.what} disturbed, ${verdict.landed ? 'landed' : 'not landed'}`);
  if (verdict.landed) tick(arena);
  await goOn(arena, before, swing(arena));
}

/** Disturbs every n-th step of a transition, in registries of several kinds; which ones those are follows from the seed. */
export async function disturbSteps(campaign: Campaign, origin: Arena, runFolder: string): Promise<void> {
  if (campaign.numbers.calls && !canTrace())
    throw new Error(
      '--calls needs strace, and the right to trace: apt-get install strace; --calls 0 leaves them out',
    );
  for (const kind of kinds) {
    let arena = makeArena(origin, runFolder, kind);
    let disturbed = 0;
    const steps = await stepsOf(campaign, arena);
    count(campaign, `steps of a transition in ${kind}`, steps.length);
    for (const what of ['git commands', 'file changes', 'system calls'] as const) {
      const stride = (what === 'system calls' ? campaign.numbers.calls : campaign.numbers.steps) || 1;
      const some = steps.filter((step) => step.what === what);
      for (let at = Math.floor(campaign.random() * stride); at < some.length; at += stride) {
        const step = some[at];
        if (step === undefined) break;
        disturbed += 1;
        if (disturbed % perArena === 0) {
          await leave(arena);
          arena = makeArena(origin, runFolder, kind);
        }
        await disturb(campaign, arena, step).catch((error: unknown) => {
          throw new Error(`${step.name}, ${kind}, in ${arena.folder}`, { cause: error });
        });
      }
      process.stderr.write(`${kind}: ${what} disturbed\n`);
    }
    await leave(arena);
  }
}

async function leave(arena: Arena): Promise<void> {
  await promiseSound(arena);
  rmSync(arena.root, { recursive: true, force: true });
}
