// The same rows on every version of node that mlc supports.
import { type Findings, together } from '../findings.js';
import { nodeBinary } from '../peers/install.js';
import type { Stock } from '../registries/open.js';
import { type Setting, settingOf } from '../setting.js';
import { rowsAt } from './rows.js';

const supported = ['20', '22', '24'];

/** The rows of one size on each version, in the order of the versions. */
export function rowsOnOtherNodes(own: Setting, stock: Stock, size: number, times: number): Findings {
  const found = supported.map((major) => {
    const setting = own.nodeVersion.startsWith(`${major}.`) ? own : settingOf(nodeBinary(major), own.program);
    return rowsAt(setting, stock, size, times);
  });
  return together(found);
}
