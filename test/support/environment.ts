// Every test runs with git as a stranger's machine has it: no global settings, no hooks, no identity but what it sets.
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { removeTemporaryFolders } from './folders.js';

// How many kills, and from which seed.
const kept = new Set(['MLC_KILLS', 'MLC_SEED']);

for (const name of Object.keys(process.env))
  if ((name.startsWith('GIT_') || name.startsWith('MLC_')) && !kept.has(name)) delete process.env[name];
process.env.GIT_CONFIG_GLOBAL = '/dev/null';
process.env.GIT_CONFIG_SYSTEM = '/dev/null';
delete process.env.NO_COLOR;
// What the built program keeps of its code is not to end up in the home of whoever runs this.
process.env.XDG_CACHE_HOME = path.join(tmpdir(), 'mlc-test-caches');

afterAll(removeTemporaryFolders);
