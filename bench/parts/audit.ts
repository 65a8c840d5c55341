// The budgets of the audit: a long history the first time, and again with nothing new.
import { execFileSync } from 'node:child_process';
import { type Findings, compare, together } from '../findings.js';
import { type Stock, openHistory } from '../registries/open.js';
import { type Setting, bareNode, mlc } from '../setting.js';

/** Commits a second that the first audit has to reach. */
const rate = 2000;

/** An audit of a history of so many transitions. */
export function auditOf(setting: Setting, stock: Stock, transitions: number, times: number): Findings {
  const { folder } = openHistory(stock, transitions);
  const commits = Number(
    execFileSync('git', ['rev-list', '--count', 'HEAD'], { cwd: folder, encoding: 'utf8' }),
  );
  const place = { node: setting.nodeVersion, records: commits };
  const first = 'mlc audit, first time';
  const again = 'mlc audit, nothing new';
  const node = 'node -e 0';
  const long = commits >= 10_000;
  return together([
    compare(
      place,
      Math.max(1, Math.floor(times / 3)),
      { [first]: mlc(setting, { folder }, 'audit', '--forget') },
      [
        {
          work: first,
          yardstick: `${rate} commits a second`,
          milliseconds: () => (commits / rate) * 1000,
          budget: long ? 1 : null,
        },
      ],
    ),
    compare(place, times, { [again]: mlc(setting, { folder }, 'audit'), [node]: bareNode(setting, folder) }, [
      { work: again, yardstick: node, milliseconds: (of) => of[node] ?? Number.NaN, budget: 4 },
    ]),
  ]);
}
