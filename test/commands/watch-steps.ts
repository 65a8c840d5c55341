// What the steps of watching hand in: reports, folders, data that drifted, and the flags of requests and incidents.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../support/folders.js';
import type { World } from '../support/world.js';
import { fileWith } from './support.js';

/** Reports as plain tables, by name of the file. */
const plain = JSON.stringify([{ feature: 'age', method: 'psi', value: 0.31, threshold: 0.2 }]);
export const reportOn = (window: string) => async (): Promise<string[]> => [
  'churn@1.0.0',
  '--signal',
  'input-drift',
  '--report',
  await fileWith('drift.json', plain),
  ...['--window', window, '--reference-samples', '5000', '--current-samples', '900'],
];
export const folderOf = (address: string) => async (): Promise<string[]> => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, address));
  await writeFile(path.join(folder, address, 'latency.json'), plain);
  return [folder, '--window', '2026-02-22T00:00:00Z..2026-03-02T09:00:00Z'];
};
const rows = (shift: number): string =>
  `age\n${Array.from({ length: 400 }, (_, index) => (index % 40) + shift).join('\n')}\n`;
export const drifting = (shift: number) => async (): Promise<string[]> => [
  'churn@1.0.0',
  '--reference',
  await fileWith('reference.csv', rows(0)),
  '--current',
  await fileWith('current.csv', rows(shift)),
  ...['--window', '2026-02-22..2026-02-28'],
];
export const request = [
  'churn',
  '--trigger',
  'drift-threshold',
  '--version-of',
  '1.0.0',
  '--dataset',
  'train@v7',
];
export const commit = ['--commit', '0123456789abcdef'];
export const cancelled = async (world: World): Promise<string[]> => {
  const { data } = await world.json<{ requests: { id: string }[] }>(['retrain', 'churn', '--status']);
  return ['churn', '--cancel', data.requests[0]?.id ?? '', '-m', 'not needed'];
};
export const incident = ['churn', '20260302T090000Z'];
