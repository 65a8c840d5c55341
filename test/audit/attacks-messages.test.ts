// Attacks by what commits say: forged, moved, doubled or missing trailers, and other people's names, times and transactions.
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Attack,
  type Expected,
  type Scene,
  copyScene,
  expectAttackCaught,
  expectCaught,
  record,
  registryWithPast,
  then,
} from './attack-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

/** Writes the last commit again with another message, under its own author and dates. */
function reword(scene: Scene, from: string | RegExp, to: string): void {
  const message = scene.git('log', '-1', '--format=%B');
  const changed = message.replace(from, to);
  expect(changed).not.toBe(message);
  scene.by({ at: then }, 'commit', '-q', '--amend', '--cleanup=verbatim', '-m', changed);
}

/** An honest deployment, whose message is then forged. */
function forging(name: string, from: string | RegExp, to: string, found: Expected): Attack {
  return {
    name,
    act: async (scene) => {
      await scene.ok(['deploy', 'churn@1.1.0', '--env', 'production', '--pattern', 'canary', '-m', 'go'], {
        at: then,
      });
      reword(scene, from, to);
    },
    check: { commit: /^deploy/, ...found },
    audit: { commit: /^deploy/, ...found },
  };
}

function untrue(trailer: string, from: string | RegExp, value: string, is: string): Attack {
  const says = new RegExp(`Mlc-${trailer} says ${value}, and the records? (show|says) ${is}`);
  return forging(trailer, from, `Mlc-${trailer}: ${value}`, { code: 'trailer/untrue', says });
}

const forged: Attack[] = [
  untrue('Operation', /Mlc-Operation: deploy/, 'ramp', 'deploy'),
  untrue('Model', /Mlc-Model: churn/, 'fraud', 'churn'),
  untrue('Version', /Mlc-Version: 1\.1\.0/, '1.0.0', '1\\.1\\.0'),
  untrue('From', /Mlc-From: approved/, 'deployed', 'approved'),
  untrue('To', /Mlc-To: deployed/, 'approved', 'deployed'),
  untrue('Environment', /Mlc-Environment: production/, 'staging', 'production'),
  untrue('Supersedes', /Mlc-Supersedes: 1\.0\.0/, '1.2.0', '1\\.0\\.0'),
  untrue('Actor', /Mlc-Actor: .*/, 'Grace <grace@example.com>', 'Ada'),
  forging('no trailers at all', /\n\nMlc-[^]*$/, '\n', {
    code: 'commit/by-hand',
    says: /deploy of churn@1\.1\.0 was written by hand/,
  }),
  forging('trailers in the middle of the message', /$/, '\n\nThat is all.', {
    code: 'commit/by-hand',
    says: /no trailers/,
  }),
  forging('trailers twice', /(Mlc-Operation: deploy\n)/, '$1Mlc-Operation: ramp\n', {
    code: 'commit/by-hand',
    says: /no trailers/,
  }),
  forging('a line among the trailers', /Mlc-Model/, 'as agreed with everybody\nMlc-Model', {
    code: 'commit/by-hand',
    says: /no trailers/,
  }),
  forging(
    'a forged paragraph behind the true one',
    /$/,
    '\n\nMlc-Operation: approve\nMlc-Model: churn\nMlc-Version: 1.2.0\nMlc-From: registered\nMlc-To: approved\nMlc-Actor: Ada <ada@example.com>\nMlc-Transaction: 1',
    { code: 'trailer/untrue', says: /Mlc-Operation says approve, and the records show deploy/ },
  ),
];

describe('a forged message', () => {
  test.each(forged)('$name', (attack) => expectAttackCaught(past, attack));
});

async function holding(scene: Scene): Promise<void> {
  await scene.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: then });
}

const stolen: Attack[] = [
  {
    name: "somebody else's name in record and trailers",
    act: async (scene) => {
      await scene.ok(['approve', 'churn@1.2.0'], { as: 'grace', at: then });
      scene.by({ as: 'mallory', at: then }, 'commit', '-q', '--amend', '--no-edit', '--reset-author');
    },
    check: {
      code: 'actor/not-author',
      says: /says that Grace .* made it, and the commit is by Mallory/,
      commit: /^approve/,
    },
    audit: { code: 'actor/not-author', says: /Mallory/, commit: /^approve/ },
  },
  {
    name: 'a time that the commit was not made at',
    act: async (scene) => {
      await scene.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: '2026-03-06T09:00:00Z' });
      scene.by({ at: then }, 'commit', '-q', '--amend', '--no-edit', '--reset-author');
    },
    check: {
      code: 'time/disagrees',
      says: /record says 2026-03-06T09:00:00Z, and the commit was made at 2026-03-10/,
      commit: /^hold/,
    },
    audit: { code: 'time/disagrees', says: /2026-03-10/, commit: /^hold/ },
  },
  {
    name: 'a transition that is repeated by a cherry-pick',
    act: async (scene) => {
      await holding(scene);
      const hold = scene.git('rev-parse', 'HEAD');
      await scene.ok(['release', 'churn@1.1.0', '-m', 'over'], { at: '2026-03-10T10:00:00Z' });
      const text = await scene.read(record('1.1.0'));
      await scene.write(
        record('1.1.0'),
        `${text.trimEnd()}\n  - kind: legal\n    placed_at: "${then}"\n    by: Ada <ada@example.com>\n    reason: inquiry\n`,
      );
      scene.git('add', '-A');
      scene.by({ at: then, committedAt: '2026-03-10T11:00:00Z' }, 'commit', '-q', '-C', hold);
    },
    check: { code: 'transaction/repeated', says: /stands in the history twice/, commit: /^hold/ },
    audit: { code: 'transaction/repeated', says: /stands in the history twice/, commit: /^hold/ },
  },
];

describe('a name, a time or a transaction that is not its own', () => {
  test.each(stolen)('$name', (attack) => expectAttackCaught(past, attack));
});

test('a transition of the base that the branch repeats is told before it is merged', async () => {
  const scene = await copyScene(past);
  await holding(scene);
  const hold = scene.git('rev-parse', 'HEAD');
  scene.git('checkout', '-q', '-b', 'feature');
  const text = await scene.read(record('1.1.0'));
  await scene.write(
    record('1.1.0'),
    `${text.trimEnd()}\n  - kind: legal\n    placed_at: "${then}"\n    by: Ada <ada@example.com>\n    reason: inquiry\n`,
  );
  scene.git('add', '-A');
  scene.by({ at: then, committedAt: '2026-03-10T11:00:00Z' }, 'commit', '-q', '-C', hold);
  expectCaught(scene, await scene.check(), [
    { code: 'transaction/repeated', says: /stands in the history twice/, commit: /^hold/ },
  ]);
});

test('a reason that looks like trailers is a reason', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  const reason =
    'see below\n\nMlc-Operation: retire\nMlc-Model: churn\nMlc-Version: 1.0.0\nMlc-Actor: Grace <grace@example.com>\nMlc-Transaction: 1';
  await scene.ok(['hold', 'churn@1.1.0', '-m', reason], { at: then });
  const judgement = await scene.check();
  expect(judgement).toMatchObject({ exitCode: 0, found: [], transitions: 1 });
});
