// mlc diff: two versions of a model side by side.
import { usage } from '../errors.js';
import { compareVersions } from '../lifecycle/comparison.js';
import { parseAddress } from '../lifecycle/identifiers.js';
import { readModel } from '../registry/load.js';
import { headCommit } from '../registry/registry.js';
import { diffView } from '../views/diff.js';
import { open, pickVersion } from './answers.js';
import { type Command, word } from './command.js';

export const command: Command = {
  description:
    'Compares two versions of a model: what they were made from, their artifacts, and their metrics.',
  arguments: [
    { name: 'a', description: 'model@version' },
    { name: 'b', description: 'model@version, or the version alone' },
  ],
  examples: ['mlc diff churn@1.0.0 churn@1.1.0', 'mlc diff churn@production latest'],
  run: async (session, input) => {
    const registry = await open(session);
    const a = parseAddress(word(input, 'a'));
    if ('code' in a) throw usage(a.code, a.message, a.hint);
    const second = word(input, 'b');
    const b = parseAddress(second.includes('@') ? second : `${a.model}@${second}`);
    if ('code' in b) throw usage(b.code, b.message, b.hint);
    if (a.model !== b.model)
      throw usage(
        'diff/two-models',
        `${a.model} and ${b.model} are two models, which share no metrics to compare`,
        `mlc diff ${a.model}@${a.selector} ${a.model}@latest`,
      );
    const { commit } = await headCommit(registry);
    const read = await readModel(registry, commit, a.model);
    const { loaded, problems } = read;
    const [before, after] = [pickVersion(read, a.selector), pickVersion(read, b.selector)];
    const comparison = compareVersions(before, after);
    const better = new Map(
      Object.entries(loaded.state.gate?.metrics ?? {}).map(
        ([name, metric]) => [name, metric.better] as const,
      ),
    );
    return {
      json: { model: a.model, a: before.version, b: after.version, ...comparison },
      view: (style) => diffView([before.version, after.version], comparison, better, style),
      problems,
    };
  },
};
