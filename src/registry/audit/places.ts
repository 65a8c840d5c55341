// Where in a file a finding is: line and column of the key that it names, as the commit has the file.
import type { Finding } from '../../lifecycle/audit/findings.js';
import { readObjects } from '../../git/objects.js';
import type { Locator } from '../key-places.js';
import type { KeyPath } from '../../lifecycle/key-path.js';
import type { Registry } from '../registry.js';
import { withoutPrivateLines } from '../private-settings.js';
import { problemAt } from '../yaml-text.js';

/** A path as people write it, taken apart again: `deployment_history[0].env`. */
function keysOf(path: string): KeyPath {
  return path
    .split('.')
    .flatMap((part) => part.replace(/\]/g, '').split('['))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** A finding with line, column and the line quoted, where it names a key of a file that can be read. */
function placed(found: Finding, text: string, locator: (text: string) => Locator): Finding {
  const { code, message, hint, file = '', path = '' } = found;
  try {
    const offset = locator(text).valueAt(keysOf(path));
    const at = problemAt(
      file,
      text,
      { code, message, offset, ...(hint === undefined ? {} : { hint }) },
      path,
    );
    // Whatever holds a hand-over may hold a credential, and is not quoted.
    const [shown = at] = file.endsWith('/model.yaml') ? withoutPrivateLines([at], text) : [at];
    return { ...found, ...shown };
  } catch {
    // A file that cannot be taken apart has a problem of its own, which says where.
    return found;
  }
}

const mostPlaced = 200;

/** Adds places to findings that name a key and have none yet. */
export async function placeFindings(
  registry: Registry,
  findings: readonly Finding[],
  head: string,
): Promise<Finding[]> {
  const nameOf = ({ commit, file = '' }: Finding): string => `${commit === '' ? head : commit}:${file}`;
  const placeless = findings
    .filter(
      ({ file, path, line }) => path !== undefined && line === undefined && !(file ?? '\n').includes('\n'),
    )
    .slice(0, mostPlaced);
  if (placeless.length === 0) return [...findings];
  const { locator } = await import('../key-places.js');
  const objects = await readObjects(registry.repository, [...new Set(placeless.map(nameOf))]);
  return findings.map((found) => {
    const object = placeless.includes(found) ? objects.get(nameOf(found)) : undefined;
    return object?.type === 'blob' ? placed(found, object.content.toString('utf8'), locator) : found;
  });
}
