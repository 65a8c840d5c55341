// Looks for states that no rule allows, from the records' own text: traffic above 100 %, entries out of order, odd states.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { models } from './registry.js';

interface Entry {
  env: string;
  traffic_pct: number;
  sequence?: number;
}

interface Version {
  version: string;
  status: string;
  deployment_history: Entry[];
  approval: { approved_by: string | null };
}

function faultsOf(model: string, records: readonly Version[]): string[] {
  const faults: string[] = [];
  const split = new Map<string, number>();
  for (const record of records) {
    const name = `${model}@${record.version}`;
    const latest = new Map(record.deployment_history.map((entry) => [entry.env, entry]));
    for (const { env, traffic_pct: share } of latest.values()) split.set(env, (split.get(env) ?? 0) + share);
    const live = [...latest.values()].some((entry) => entry.traffic_pct > 0);
    if (live && !['deployed', 'deprecated'].includes(record.status))
      faults.push(`${name} is ${record.status} and takes traffic`);
    if (record.deployment_history.length > 0 && record.approval.approved_by === null)
      faults.push(`${name} was deployed and never approved`);
  }
  for (const [env, share] of split)
    if (share > 100) faults.push(`${model} has ${share} % of traffic in ${env}`);
  return faults;
}

/** What is wrong with the splits and states of a working tree. */
export async function splitFaults(folder: string): Promise<string[]> {
  const faults: string[] = [];
  for (const model of models) {
    const versions = path.join(folder, 'models', model, 'versions');
    const files = await readdir(versions);
    const records = await Promise.all(
      files.map(async (file) => parse(await readFile(path.join(versions, file), 'utf8')) as Version),
    );
    faults.push(...faultsOf(model, records));
  }
  return faults;
}
