// The budgets of watching: a year of reports read for the first time, and again with nothing new.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { type Findings, compare, together } from '../findings.js';
import { type Stock, openMonitored } from '../registries/open.js';
import { watchedAt } from '../registries/monitoring.js';
import { type Setting, bareNode, mlc } from '../setting.js';

const commands = ['due', 'triggers', 'health'] as const;
/** Milliseconds for a thousand models. */
const [firstBudget, againBudget] = [10_000, 1500];

/** So many models, watched for a year. */
export function monitoringOf(setting: Setting, stock: Stock, models: number, times: number): Findings {
  const { folder, reports } = openMonitored(stock, models);
  const place = { node: setting.nodeVersion, records: reports };
  const node = 'node -e 0';
  const beside = { yardstick: node, milliseconds: (of: Record<string, number>) => of[node] ?? Number.NaN };
  const within = (
    milliseconds: number,
  ): { yardstick: string; milliseconds: () => number; budget: number } => ({
    yardstick: `${milliseconds / 1000} s`,
    milliseconds: () => milliseconds,
    budget: 1,
  });
  const found = commands.flatMap((name) => {
    // Triggers that fired and zombies make the exit code 1.
    const run = mlc(setting, { folder, accepted: [0, 1], at: watchedAt }, name);
    const forget = (): void =>
      rmSync(path.join(folder, '.git', 'mlc', 'cache'), { recursive: true, force: true });
    const [first, again] = [`mlc ${name}, first time`, `mlc ${name}, nothing new`];
    return [
      compare(
        place,
        Math.max(1, Math.floor(times / 3)),
        { [first]: { ...run, before: forget }, [node]: bareNode(setting, folder) },
        [
          { work: first, ...within(firstBudget) },
          { work: first, ...beside, budget: 130 },
        ],
      ),
      compare(place, times, { [again]: run, [node]: bareNode(setting, folder) }, [
        { work: again, ...within(againBudget) },
        { work: again, ...beside, budget: 20 },
      ]),
    ];
  });
  return together(found);
}
