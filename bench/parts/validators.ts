// Other people's validators on the records of a registry, with the schemas that mlc ships.
import path from 'node:path';
import { runCommand } from '../command.js';
import type { Subject } from '../measure.js';
import { as, clock } from '../people.js';
import type { Setting } from '../setting.js';

export const schemas = path.join(import.meta.dirname, '..', '..', 'schemas');

/** ajv-cli on every version record; it says of each file that it is valid. */
export function ajvOf(setting: Setting, folder: string, program: string): Subject {
  const args = [
    program,
    ...['validate', '--spec=draft2020', '-c', 'ajv-formats', '--strict=false'],
    ...['-s', path.join(schemas, 'version.schema.json'), '-r', path.join(schemas, 'common.schema.json')],
    ...['-d', path.join(folder, 'models', '*', 'versions', '*.yaml')],
  ];
  return {
    run: () =>
      runCommand({ file: setting.node, args, cwd: folder, env: as('grace', clock), speaks: 'always' }),
  };
}
