// Examines the schemas that a registry carries for editors: whether they are those of this mlc.
import { initFiles } from '../start.js';
import { schemaFolder } from '../paths.js';
import { type Examination, doubtful } from './examination.js';

export const schemas: Examination = {
  name: 'schemas',
  title: 'schemas for editors',
  examine: async ({ registry, commit }) => {
    if (commit === null) return [];
    const files = (await initFiles(registry, commit, undefined)).map((file) => file.path);
    const stale = files.filter((file) => file.startsWith(`${registry.prefix}${schemaFolder}/`));
    if (stale.length === 0) return [];
    const message = `${stale.length === 1 ? `${stale[0]} is` : `${stale.length} schemas in ${registry.prefix}${schemaFolder} are`} missing, or not of this mlc: editors check records by other rules`;
    return [doubtful('schemas/outdated', message, 'mlc init')];
  },
};
