// Every examination, in the order in which they are made: what is mended first no longer hides or causes what comes after.
import { attributes } from './attributes.js';
import { cache } from './cache-files.js';
import { checkout } from './checkout.js';
import type { Examination } from './examination.js';
import { hiddenFiles } from './hidden-files.js';
import { history } from './history.js';
import { hook } from './hook.js';
import { identity } from './identity.js';
import { leftovers } from './leftovers.js';
import { locks } from './locks.js';
import { models } from './models.js';
import { objects } from './objects.js';
import { records } from './records.js';
import { schemas } from './schemas.js';
import { settings } from './settings.js';
import { transitions } from './transitions.js';
import { versions } from './versions.js';
import { workingFiles } from './working-files.js';

/** Those that are always made. */
export const quickExaminations: readonly Examination[] = [
  versions,
  identity,
  transitions,
  locks,
  leftovers,
  cache,
  checkout,
  workingFiles,
  hiddenFiles,
  records,
  models,
  attributes,
  schemas,
  hook,
  history,
  settings,
];

/** Those, and the one that reads everything. */
export const deepExaminations: readonly Examination[] = [...quickExaminations, objects];
