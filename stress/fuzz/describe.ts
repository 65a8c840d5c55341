// Writes one input of a campaign to a folder: its files, its command line, and what it says when it is tried in this process.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readCorpus } from './corpus.js';
import { inputOf } from './inputs.js';

const [seed = '', number = '', original = '', folder = '', ...broken] = process.argv.slice(2);
const { input, built } = await inputOf(Number(seed), Number(number), readCorpus(original));
const files = 'call' in input ? input.call.files : input.reading.files;
for (const [name, bytes] of files) {
  const full = path.join(folder, 'files', name.replaceAll('.git/', 'git/'));
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, bytes);
}
const { argv, env, cwd, commit } = 'call' in input ? input.call : {};
const told = {
  seed: Number(seed),
  number: Number(number),
  surface: input.surface,
  how: input.how,
  built,
  argv,
  env,
  cwd,
  commit,
  broken,
};
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'input.json'), `${JSON.stringify(told, null, 2)}\n`);
