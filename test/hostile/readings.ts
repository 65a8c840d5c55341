// Every command of mlc that reads, each as a person would call it in a world with churn@1.0.0 and churn@1.1.0.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../support/folders.js';
import type { World } from '../support/world.js';

/** A call that reads, and its exit code in a healthy registry. */
export interface Reading {
  args: readonly string[];
  code: number;
  /** Its exit code where the repository is full of traps, if that is another: doctor tells of them. */
  trapped?: number;
}

/** The calls, with the files that they need beside the registry. */
export async function readingCommands(world: World): Promise<Reading[]> {
  const folder = await temporaryFolder();
  const table = [
    'amount,country',
    ...Array.from({ length: 250 }, (_, row) => `${row % 17},${'abc'[row % 3]}`),
  ];
  await writeFile(path.join(folder, 'a.csv'), table.join('\n'));
  await writeFile(path.join(folder, 'results.json'), '{"accuracy": 0.95, "evaluation_dataset": "golden@v1"}');
  await mkdir(path.join(folder, 'exported'), { recursive: true });
  const data = path.join(folder, 'a.csv');
  const head = world.git('rev-parse', 'HEAD');
  return [
    { args: ['list'], code: 0 },
    { args: ['show', 'churn@1.0.0'], code: 0 },
    { args: ['show', 'churn@latest', '--json'], code: 0 },
    { args: ['validate'], code: 0 },
    { args: ['validate', '--staged'], code: 0 },
    { args: ['validate', 'models/churn'], code: 0 },
    { args: ['history'], code: 0 },
    { args: ['history', 'churn', '--reasons'], code: 0 },
    { args: ['diff', 'churn@1.0.0', '1.1.0'], code: 0 },
    { args: ['lineage'], code: 2 },
    { args: ['inventory', '--as-of', '2026-03-03'], code: 0 },
    { args: ['resolve', 'churn', '--env', 'production'], code: 0 },
    { args: ['check', '--base', head], code: 0 },
    { args: ['check', '--base', 'HEAD~1'], code: 0 },
    { args: ['audit'], code: 0 },
    { args: ['audit', '--seal', 'none'], code: 2 },
    { args: ['audit', 'export', path.join(folder, 'exported')], code: 0 },
    { args: ['doctor'], code: 0, trapped: 1 },
    { args: ['doctor', '--deep'], code: 0, trapped: 1 },
    { args: ['due'], code: 0 },
    { args: ['health'], code: 0 },
    { args: ['triggers'], code: 0 },
    { args: ['drift', 'churn', '--reference', data, '--current', data], code: 0 },
    { args: ['gate', 'churn', '--results', path.join(folder, 'results.json')], code: 0 },
    { args: ['retrain', '--status', 'churn'], code: 0 },
    { args: ['schema', 'version'], code: 0 },
    { args: ['completion', 'bash'], code: 0 },
  ];
}
