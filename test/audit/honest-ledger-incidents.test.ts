// Honest work on incidents: severity, versions and traffic that change while one is open. None of it is an alarm.
import { beforeAll, describe, test } from 'vitest';
import { type Scene, registryWithPast } from './attack-world.js';
import { type Honest, expectHonest } from './honest-world.js';
import { incidentAt, march, openIncident } from './ledger-work.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

const ada = (date: number, hour = 9): { at: string } => ({ at: march(date, hour) });
const grace = (date: number, hour = 9): { at: string; as: string } => ({
  at: march(date, hour),
  as: 'grace',
});
const incident = ['incident', 'update', 'churn'];
const production = ['--env', 'production'];

const incidents: Honest[] = [
  {
    name: 'an incident whose severity and versions change, that is reported, and over',
    act: async (scene) => {
      await scene.ok(openIncident('serious', '--aware-at', march(9, 8)), ada(10));
      const id = incidentAt(march(10));
      await scene.ok([...incident, id, '--severity', 'widespread', '-m', 'more of them'], grace(11));
      await scene.ok([...incident, id, '--affected', '1.1.0', '--affected', '1.0.0', '-m', 'both'], ada(11));
      await scene.ok(
        [...incident, id, '--severity', 'serious', '--reported', 'case 12', '-m', 'told'],
        ada(12),
      );
      await scene.ok([...incident, id, '-m', 'a note'], ada(12, 10));
      await scene.ok(['incident', 'close', 'churn', id, '-m', 'mended'], ada(13));
    },
  },
  {
    name: 'an incident that turns out minor, on a version that came after it',
    act: async (scene) => {
      await scene.ok(openIncident('death'), ada(10));
      const id = incidentAt(march(10));
      const more = ['--started-at', march(9, 12)];
      await scene.register({ change: 'retraining', dataset: 'train@v9', weights: 'w9', more }, ada(11));
      await scene.ok(
        [...incident, id, '--affected', '1.3.0', '--severity', 'minor', '-m', 'that one'],
        ada(12),
      );
      await scene.ok(['incident', 'close', 'churn', id, '-m', 'over'], ada(13));
    },
  },
  {
    name: 'everything about three incidents within one second',
    act: async (scene) => {
      const id = incidentAt(march(10));
      await scene.ok(openIncident('minor'), ada(10));
      await scene.ok(openIncident('serious', '--affected', '1.1.0'), grace(10));
      await scene.ok(openIncident('widespread', '--affected', '1.2.0'), ada(10));
      await scene.ok([...incident, id, '-m', 'first'], ada(10));
      await scene.ok([...incident, id, '--severity', 'serious', '-m', 'second'], ada(10));
      await scene.ok([...incident, id, '--severity', 'minor', '-m', 'third'], ada(10));
      await scene.ok([...incident, `${id}-2`, '--reported', 'case 1', '-m', 'told'], ada(10));
      await scene.ok(['incident', 'close', 'churn', `${id}-2`, '-m', 'over'], ada(10));
      await scene.ok(['incident', 'close', 'churn', id, '-m', 'over'], ada(10));
    },
  },
  {
    name: 'a version that ramps down under an incident, and up after it',
    act: async (scene) => {
      await scene.ok(['deploy', 'churn@1.1.0', ...production], ada(10));
      await scene.ok(['ramp', 'churn@1.1.0', ...production, '--traffic', '60'], ada(11));
      await scene.ok(openIncident('minor', '--affected', '1.1.0'), ada(12));
      await scene.ok(['ramp', 'churn@1.1.0', ...production, '--traffic', '20'], ada(13));
      await scene.ok(['rollback', 'churn', ...production], ada(13, 10)).catch(() => undefined);
      await scene.ok(['incident', 'close', 'churn', incidentAt(march(12)), '-m', 'over'], ada(14));
      await scene.ok(['ramp', 'churn@1.1.0', ...production, '--traffic', '70'], ada(15));
    },
  },
];

describe('incidents that are no alarm', () => {
  test.each(incidents)('$name', async (honest) => void (await expectHonest(past, honest)));
});
