// Inputs in what mlc keeps or puts into a repository for itself: journals, caches, what audits verified, hooks, pipelines.
import { oneOf } from '../campaign.js';
import { type Maker, call, mutated, withJson, words } from './call-making.js';
import { chance } from './random.js';

/** What a killed transition left, damaged. */
export const journal: Maker = (random, corpus) => {
  const { bytes, how } = mutated(random, corpus, oneOf(random, corpus.get('journal') ?? []));
  const line = oneOf(random, [
    'list',
    'validate',
    'doctor',
    'doctor --fix',
    'approve churn@1.2.0',
    'show churn@1.0.0',
  ]);
  const name = chance(random, 0.8) ? '3b9f1a52-6f0c-4a8e-9d3b-0a54d3b0a001' : 'x';
  return {
    surface: 'journal',
    how: [...how, line],
    call: call(withJson(random, words(line)), {
      files: new Map([[`registry/.git/mlc/journal/${name}.json`, bytes]]),
      mayChange: /^\.git\/(index$|mlc\/)/,
    }),
  };
};

/** What was kept of an earlier look, damaged. The seeds are what mlc itself kept. */
export const kept: Maker = (random, corpus) => {
  const seed = oneOf(random, corpus.get('kept') ?? []);
  const { bytes, how } = mutated(random, corpus, seed);
  const line = oneOf(random, [
    'list',
    'validate',
    'health',
    'due',
    'triggers',
    'audit',
    'doctor',
    'list churn',
  ]);
  return {
    surface: 'kept',
    how: [...how, line],
    call: call([...words(line), '--json'], { cwd: 'many', files: new Map([[`many/${seed.name}`, bytes]]) }),
  };
};

/** Hooks and pipelines that init and hook install look at before they write. */
export const hookFile: Maker = (random, corpus) => {
  const isHook = chance(random, 0.6);
  const { bytes, how } = mutated(random, corpus, oneOf(random, corpus.get(isHook ? 'hook' : 'ci') ?? []));
  const ci = oneOf(random, ['github', 'gitlab']);
  const line = isHook
    ? oneOf(random, ['hook install', 'hook uninstall', 'doctor', 'doctor --fix'])
    : `init --ci ${ci}`;
  const place = isHook
    ? '.git/hooks/pre-commit'
    : ci === 'github'
      ? '.github/workflows/mlc.yml'
      : '.gitlab-ci.yml';
  return {
    surface: isHook ? 'hook-file' : 'pipeline-file',
    how: [...how, line],
    call: call(withJson(random, words(line)), {
      files: new Map([[`registry/${place}`, bytes]]),
      commit: !isHook && chance(random, 0.5),
      ...(line === 'doctor --fix' ? { mayChange: /^\.git\/hooks\// } : {}),
    }),
  };
};
