// Loads one monitoring report of a commit.
import type { MonitoringReport } from '../generated/types.js';
import { readObjects } from '../git/objects.js';
import { ledgerPath } from '../lifecycle/ledger.js';
import { roleOf } from './paths.js';
import { readRecord } from './read-record.js';
import type { Registry } from './registry.js';

/** The report of an id; undefined where the commit has none, or it cannot be read. */
export async function loadReport(
  { repository, prefix }: Registry,
  commit: string,
  model: string,
  id: string,
): Promise<MonitoringReport | undefined> {
  const path = ledgerPath(model, { kind: 'report', id });
  const name = `${commit}:${prefix}${path}`;
  const object = (await readObjects(repository, [name])).get(name);
  if (object?.type !== 'blob') return undefined;
  const { data } = await readRecord('report', roleOf(path), object.content, path);
  return data;
}
