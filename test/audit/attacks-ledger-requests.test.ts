// Attacks on requests: answered by what does not answer them, asked for without a cause, and sent without a trace.
import { beforeAll, describe, test } from 'vitest';
import { registration } from '../support/world.js';
import { type Attack, type Scene, expectAttackCaught, record, then } from './attack-world.js';
import { fresh, training } from './honest-world.js';
import { registryWithLedger } from './ledger-world.js';
import { answer, begin, request, requestOf, settle } from './ledger-work.js';

let past: Awaited<ReturnType<typeof registryWithLedger>>;
beforeAll(async () => {
  past = await registryWithLedger();
});

const at = then;
const registered = record('1.3.0');

function amend(scene: Scene, message?: string): void {
  scene.by({ at }, 'add', '-A');
  const said = message === undefined ? ['--no-edit'] : ['-m', message];
  scene.by({ at }, 'commit', '-q', '--amend', ...said);
}

/** Asks for another retraining, on other data. */
async function askAgain(scene: Scene, ...more: string[]): Promise<string> {
  const args = [...request, '--trigger', 'calendar', '-m', 'the quarter is over', ...more];
  await scene.ok(args, { at: '2026-03-06T09:00:00Z', as: 'alan' });
  return requestOf(scene, 'calendar');
}

const file = (id: string): string => `models/churn/retraining/${id}.yaml`;

const attacks: [string, () => Omit<Attack, 'name'>][] = [
  [
    "a registration that closes somebody else's request instead of its own",
    () => ({
      act: async (scene) => {
        const other = await askAgain(scene);
        await answer(scene, { at }, past.request);
        const text = await scene.read(past.requestFile);
        const closed = /closed:\n(?: .*\n)+/.exec(text)?.[0] ?? '';
        await scene.write(past.requestFile, text.replace(closed, ''));
        await scene.edit(file(other), /$/, closed);
        amend(scene);
      },
      check: [
        { code: 'record/altered', says: /closed was added/, commit: /^register/ },
        {
          code: 'record/altered',
          says: /closed was .* and is gone/,
          file: past.requestFile,
          commit: /^register/,
        },
      ],
      audit: { code: 'record/altered', says: /closed was .* and is gone/, file: past.requestFile },
    }),
  ],
  [
    "a registration that closes somebody else's request beside its own",
    () => ({
      act: async (scene) => {
        const other = await askAgain(scene);
        await answer(scene, { at }, past.request);
        const closed = /closed:\n(?: .*\n)+/.exec(await scene.read(past.requestFile))?.[0] ?? '';
        await scene.edit(file(other), /$/, closed);
        amend(scene);
      },
      check: { code: 'record/altered', says: /closed was added/, commit: /^register/ },
      audit: { code: 'record/altered', says: /closed was added/, commit: /^register/ },
    }),
  ],
  [
    'a registration that names no request and closes one',
    () => ({
      act: async (scene) => {
        await answer(scene, { at }, past.request);
        await scene.edit(registered, / {2}request: .*\n/, '');
        amend(scene);
      },
      check: { code: 'record/altered', says: /closed was added/, file: past.requestFile },
      audit: { code: 'record/altered', says: /closed was added/, file: past.requestFile },
    }),
  ],
  [
    'a registration that names a request and leaves it open',
    () => ({
      act: async (scene) => {
        await scene.ok(await registration({ ...training, more: fresh }), { at });
        await scene.edit(registered, / {2}type: retraining\n/, `$&  request: ${past.request}\n`);
        amend(scene);
      },
      check: { code: 'record/altered', says: /closed was .* and is gone/, file: past.requestFile },
      audit: { code: 'record/altered', says: /closed was .* and is gone/, file: past.requestFile },
    }),
  ],
  [
    'a registration that names a request that was answered already',
    () => ({
      act: async (scene) => {
        await answer(scene, { at: '2026-03-06T09:00:00Z' }, past.request).catch(() => undefined);
        await scene.ok(['retrain', 'churn', '--cancel', past.request, '-m', 'x'], { at });
        await scene.ok(await registration({ ...training, more: fresh }), { at });
        await scene.edit(registered, / {2}type: retraining\n/, `$&  request: ${past.request}\n`);
        amend(scene);
      },
      check: { code: 'register/request-closed', says: /was cancelled/, file: registered },
      audit: { code: 'register/request-closed', says: /was cancelled/, file: registered },
    }),
  ],
  [
    'a request without a cause and without a reason',
    () => ({
      act: async (scene) => {
        const id = await askAgain(scene);
        await scene.edit(file(id), /reason: .*\n/, '');
        amend(scene);
      },
      check: { code: 'retrain/no-cause', says: /needs a reason/ },
      audit: { code: 'retrain/no-cause', says: /needs a reason/ },
    }),
  ],
  [
    'a request whose cause nobody reported',
    () => ({
      act: async (scene) => {
        const id = await askAgain(scene);
        const cause = `causes:\n  - kind: report\n    source: 1.0.0/20260305T000000Z-cost\n    message: x\n`;
        await scene.edit(file(id), /causes:(?: \[\]\n|\n(?: .*\n)+)/, cause);
        amend(scene);
      },
      check: { code: 'retrain/unknown-cause', says: /20260305T000000Z-cost/ },
      audit: { code: 'retrain/unknown-cause', says: /20260305T000000Z-cost/ },
    }),
  ],
  [
    'a request for a version that there is not',
    () => ({
      act: async (scene) => {
        const id = await askAgain(scene);
        await scene.edit(file(id), 'version: "1.0.0"', 'version: "9.0.0"');
        amend(scene);
      },
      check: { code: 'replay/unregistered', says: /before it was registered/ },
      audit: { code: 'replay/unregistered', says: /before it was registered/ },
    }),
  ],
  [
    'a request by the name of another trigger',
    () => ({
      act: async (scene) => {
        const id = await askAgain(scene);
        await scene.edit(file(id), 'trigger: calendar', 'trigger: upstream-change');
        amend(scene);
      },
      check: { code: 'record/path', says: /belongs into upstream-change/ },
      audit: { code: 'record/path', says: /belongs into upstream-change/ },
    }),
  ],
  [
    'an answer that nobody waited for',
    () => ({
      act: async (scene) => {
        await begin(scene, { at }, past.request);
        await settle(scene, { at }, past.request, 'accepted');
        scene.git('reset', '-q', '--soft', 'HEAD~2');
        const message = scene.git('log', '-1', '--format=%B', 'ORIG_HEAD');
        scene.by({ at }, 'commit', '-q', '-m', message);
      },
      check: { code: 'commit/several-transitions', says: /2 transitions: hand-over/, commit: /^hand-over/ },
      audit: { code: 'commit/several-transitions', says: /2 transitions/, commit: /^hand-over/ },
    }),
  ],
  [
    'an accepted attempt without trailers',
    () => ({
      act: async (scene) => {
        await begin(scene, { at }, past.request);
        await settle(scene, { at }, past.request, 'accepted');
        amend(scene, 'it worked');
      },
      check: {
        code: 'commit/by-hand',
        says: /hand-over of churn@1\.0\.0 was written by hand/,
        commit: 'it worked',
      },
      audit: { code: 'commit/by-hand', says: /hand-over of churn@1\.0\.0/, commit: 'it worked' },
    }),
  ],
  [
    'a cancelling in the name of another',
    () => ({
      act: async (scene) => {
        await scene.ok(['retrain', 'churn', '--cancel', past.request, '-m', 'x'], { at, as: 'alan' });
        scene.by({ at }, 'commit', '-q', '--amend', '--no-edit', '--reset-author');
      },
      check: { code: 'actor/not-author', says: /Alan/, commit: /^retrain-cancel/ },
      audit: { code: 'actor/not-author', says: /Alan/, commit: /^retrain-cancel/ },
    }),
  ],
  [
    'a transition of the ledger, made twice by copying its commit',
    () => ({
      act: async (scene) => {
        const add = ['event', 'churn', '--type', 'compliance-event', '-m', 'x'];
        await scene.ok(add, { at });
        const message = scene.git('log', '-1', '--format=%B');
        await scene.ok(add, { at });
        scene.by({ at }, 'commit', '-q', '--amend', '-m', message);
      },
      check: { code: 'transaction/repeated', says: /twice/ },
      audit: { code: 'transaction/repeated', says: /twice/ },
    }),
  ],
  [
    'an event smuggled into a hold',
    () => ({
      act: async (scene) => {
        await scene.ok(['event', 'churn', '--type', 'compliance-event', '-m', 'x'], { at });
        scene.git('reset', '-q', '--soft', 'HEAD~1');
        scene.git('stash');
        await scene.ok(['hold', 'churn@1.0.0', '-m', 'x'], { at });
        scene.git('stash', 'pop');
        amend(scene);
      },
      check: {
        code: 'commit/several-transitions',
        says: /hold of churn@1\.0\.0 and event of churn/,
        commit: /^hold/,
      },
      audit: { code: 'commit/several-transitions', says: /event of churn/, commit: /^hold/ },
    }),
  ],
];

describe('requests', () => {
  test.each(attacks)('%s', (name, made) => expectAttackCaught(past, { name, ...made() }));
});
