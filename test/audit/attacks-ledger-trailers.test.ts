// Attacks on the ledger in the commits of transitions: trailers that are there, and say what the files do not.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import { type Attack, type Scene, expectAttackCaught, then } from './attack-world.js';
import { incident, ledger, registryWithLedger } from './ledger-world.js';
import { march, report, reportPath } from './ledger-work.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithLedger();
});

const full = (scene: Scene, file: string): string => path.join(scene.folder, file);
const incidentFile = ledger.incident;
const close = ['incident', 'close', 'churn', incident, '-m', 'over'];

/** Makes a transition, and rewrites a file of it in its own commit, so that the trailers stay. */
async function forged(scene: Scene, file?: string, from: string | RegExp = '', to = ''): Promise<void> {
  if (file !== undefined) await scene.edit(file, from, to);
  scene.by({ at: then }, 'add', '-A');
  scene.by({ at: then }, 'commit', '-q', '--amend', '--no-edit');
}

const week = reportPath(9);

const withTrailers: Attack[] = [
  {
    name: 'a report without trailers',
    act: async (scene) => {
      await report(scene, { at: then }, { until: 9 });
      scene.by({ at: then }, 'commit', '-q', '--amend', '-m', 'numbers');
    },
    check: {
      code: 'commit/by-hand',
      says: /monitor of churn@1\.0\.0 was written by hand/,
      commit: 'numbers',
    },
    audit: { code: 'commit/by-hand', says: /no trailers/, commit: 'numbers' },
  },
  {
    name: "a report in another's name",
    act: async (scene) => {
      await report(scene, { at: then }, { until: 9 });
      await forged(
        scene,
        week,
        'recorded_by: Ada <ada@example.com>',
        'recorded_by: Grace <grace@example.com>',
      );
    },
    check: { code: 'trailer/untrue', says: /Mlc-Actor says Ada .* record says Grace/, commit: /^monitor/ },
    audit: { code: 'trailer/untrue', says: /Mlc-Actor/, commit: /^monitor/ },
  },
  {
    name: "a report in another's name, whose trailers say so too",
    act: async (scene) => {
      await report(scene, { at: then, as: 'grace' }, { until: 9 });
      scene.by({ at: then }, 'commit', '-q', '--amend', '--no-edit', '--reset-author');
    },
    check: { code: 'actor/not-author', says: /Grace .* commit is by Ada/, commit: /^monitor/ },
    audit: { code: 'actor/not-author', says: /Grace .* commit is by Ada/, commit: /^monitor/ },
  },
  {
    name: 'a report that is back-dated',
    act: async (scene) => {
      await report(scene, { at: then }, { until: 9 });
      await forged(scene, week, `recorded_at: "${then}"`, `recorded_at: "${march(9, 12)}"`);
    },
    check: { code: 'time/disagrees', says: /record says 2026-03-09T12/, commit: /^monitor/ },
    audit: { code: 'time/disagrees', says: /record says 2026-03-09T12/, commit: /^monitor/ },
  },
  {
    name: 'a report on a window that is older than the newest',
    act: async (scene) => {
      await report(scene, { at: then }, { until: 9 });
      const text = await scene.read(week);
      await rm(full(scene, week));
      await scene.write(reportPath(3), text.replace('2026-03-09T00:00:00Z', '2026-03-03T00:00:00Z'));
      await forged(scene);
    },
    check: { code: 'monitor/older-window', says: /newest report/, file: reportPath(3), commit: /^monitor/ },
    audit: { code: 'monitor/older-window', says: /newest report/, file: reportPath(3) },
  },
  {
    name: 'a breach that is called fine, in the commit of the report',
    act: async (scene) => {
      await report(scene, { at: then }, { until: 9 });
      await forged(scene, week, 'verdict: breached', 'verdict: within');
    },
    check: {
      code: 'record/altered',
      says: /observations\[0\]\.verdict was "breached" and is "within"/,
      file: week,
      commit: /^monitor/,
    },
    audit: { code: 'record/altered', says: /verdict was "breached"/, file: week, commit: /^monitor/ },
  },
  {
    name: 'a breach that is called unjudged',
    act: async (scene) => {
      await report(scene, { at: then }, { until: 9 });
      await forged(scene, week, 'verdict: breached', 'verdict: unjudged');
    },
    check: { code: 'record/altered', says: /verdict was "breached" and is "unjudged"/, file: week },
    audit: { code: 'record/altered', says: /verdict was "breached" and is "unjudged"/, file: week },
  },
  {
    name: "an event under another moment's name",
    act: async (scene) => {
      await scene.ok(['event', 'churn', '--type', 'compliance-event', '-m', 'x'], { at: then });
      const file = 'models/churn/events/20260310T090000Z-compliance-event.yaml';
      const text = await scene.read(file);
      await rm(full(scene, file));
      const moved = '20260101T000000Z-compliance-event';
      await scene.write(
        `models/churn/events/${moved}.yaml`,
        text.replace('20260310T090000Z-compliance-event', moved),
      );
      await forged(scene);
    },
    check: { code: 'replay/differs', says: /another event than the rules give/, commit: /^event/ },
    audit: { code: 'replay/differs', says: /another event/, commit: /^event/ },
  },
  {
    name: 'a report of another digest than the trailers say',
    act: async (scene) => {
      await report(scene, { at: then }, { until: 9 });
      await forged(scene, week, 'ab'.repeat(32), 'ba'.repeat(32));
    },
    check: { code: 'trailer/untrue', says: /Mlc-Evidence/, commit: /^monitor/ },
    audit: { code: 'trailer/untrue', says: /Mlc-Evidence/, commit: /^monitor/ },
  },
  {
    name: 'a report on a version that is not deployed',
    act: async (scene) => {
      await report(scene, { at: then }, { until: 9 });
      const text = await scene.read(week);
      await rm(full(scene, week));
      const moved = reportPath(9, '1.1.0');
      await scene.write(moved, text.replace('version: "1.0.0"', 'version: "1.1.0"'));
      await forged(scene);
    },
    check: { code: 'status/not-allowed', says: /1\.1\.0/, file: reportPath(9, '1.1.0') },
    audit: { code: 'status/not-allowed', says: /1\.1\.0/, file: reportPath(9, '1.1.0') },
  },
  {
    name: 'an incident that is closed by hand with the trailers of a closing',
    act: async (scene) => {
      const update = ['incident', 'update', 'churn', incident, '--reported', 'case 1', '-m', 'told'];
      await scene.ok(update, { at: march(10, 8) });
      await scene.ok(close, { at: then });
      await forged(scene, incidentFile, 'reason: over', 'reason: over\n# so they say');
      await forged(scene, incidentFile, /report_by: .*/, 'report_by: null');
    },
    check: { code: 'record/altered', says: /report_by was/, file: incidentFile, commit: /^incident-close/ },
    audit: { code: 'record/altered', says: /report_by was/, file: incidentFile, commit: /^incident-close/ },
  },
  {
    name: 'a deploy under an open incident',
    act: async (scene) => {
      const [text, config] = [await scene.read(incidentFile), ['--env', 'production']];
      await rm(full(scene, incidentFile));
      scene.commit('away');
      await scene.ok(['deploy', 'churn@1.1.0', ...config], { at: then });
      const commit = scene.git('rev-parse', 'HEAD');
      scene.git('reset', '-q', '--hard', 'HEAD~2');
      scene.by({ at: then }, 'cherry-pick', commit);
      if ((await scene.read(incidentFile)) !== text) throw new Error('the incident is gone');
    },
    check: { code: 'incident/open', says: /blocks deploying/, commit: /^deploy/ },
    audit: { code: 'incident/open', says: /blocks deploying/, commit: /^deploy/ },
  },
];

describe('with the trailers of a transition', () => {
  test.each(withTrailers)('$name', (known) => expectAttackCaught(past, known));
});
