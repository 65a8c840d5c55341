// A registry with a ledger: what attacks on reports, events, requests, incidents and profiles begin from.
import { type Scene, registryWithPast } from './attack-world.js';
import {
  begin,
  incidentAt,
  march,
  openIncident,
  profile,
  report,
  reportPath,
  request,
  requestOf,
  settle,
} from './ledger-work.js';

const at = march(5);

/** The files of its ledger. */
export const ledger = {
  report: reportPath(4),
  event: `models/churn/events/${incidentAt(at)}-upstream-change.yaml`,
  incident: `models/churn/incidents/${incidentAt(at)}.yaml`,
  profile: 'models/churn/profiles/1.0.0/input-drift.yaml',
};
export const incident = incidentAt(at);

/** The scene of other attacks, with one file of every kind: the request was sent, and nobody knows what became of it. */
export async function registryWithLedger(
  settings: Parameters<typeof registryWithPast>[0] = {},
): Promise<Scene & { request: string; requestFile: string }> {
  const scene = await registryWithPast(settings);
  await report(scene, { at }, { until: 4 });
  const upstream = ['--type', 'upstream-change', '--base-model', 'llama@7', '-m', 'the provider moved'];
  await scene.ok(['event', 'churn', ...upstream], { at });
  await profile(scene, { at });
  await scene.ok([...request, '-m', 'tenure shifted'], { at });
  const id = await requestOf(scene);
  await begin(scene, { at }, id);
  await settle(scene, { at }, id, 'unknown');
  await scene.ok(openIncident('serious', '--affected', '1.1.0'), { at });
  return { ...scene, request: id, requestFile: `models/churn/retraining/${id}.yaml` };
}
