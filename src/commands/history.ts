// mlc history: the transitions of a registry or a model.
import { modelIdProblem } from '../lifecycle/identifiers.js';
import { didYouMean } from '../lifecycle/similarity.js';
import { newestFirst } from '../lifecycle/versions.js';
import { usage } from '../errors.js';
import { readHistory } from '../registry/history.js';
import { unknownModel } from '../registry/load.js';
import { headCommit } from '../registry/registry.js';
import { historyView } from '../views/history.js';
import { open } from './answers.js';
import { type Command, isSet, number, word } from './command.js';

export const command: Command = {
  description:
    'Shows the transitions of a registry or a model, newest first, from the trailers of the commits. A commit that is no transition is shown as an edit by hand. With --reasons, the reasons too.',
  arguments: [{ name: 'model', description: 'one model alone; with @version one version', optional: true }],
  options: [
    { flags: '--limit <count>', description: 'at most so many' },
    { flags: '--reasons', description: 'show the reason of each in place of how' },
  ],
  examples: ['mlc history', 'mlc history churn --limit 20', 'mlc history churn@1.1.0 --reasons'],
  run: async (session, input) => {
    const registry = await open(session);
    const { commit } = await headCommit(registry);
    const [model, version] = word(input, 'model').split('@') as [string, string | undefined];
    const limit = number(input, 'limit');
    if (limit !== undefined && (!Number.isInteger(limit) || limit < 1))
      throw usage('input/number', `--limit is ${limit}; it has to be a whole number above 0`, '--limit 20');
    const wrong = model === '' ? undefined : modelIdProblem(model);
    if (wrong) throw usage(wrong.code, wrong.message, wrong.hint);
    const all = await readHistory(registry, model || undefined, version === undefined ? limit : undefined);
    if (model !== '' && all.length === 0) throw await unknownModel(registry, commit, model);
    const entries =
      version === undefined ? all : all.filter((entry) => entry.version === version).slice(0, limit);
    if (version !== undefined && entries.length === 0) {
      const known = newestFirst(new Set(all.flatMap((entry) => entry.version ?? [])));
      throw usage(
        'address/unknown-version',
        `${model} has no version ${version}`,
        didYouMean(version, known),
      );
    }
    const rows = isSet(input, 'reasons')
      ? entries.map((entry) => ({ ...entry, summary: entry.reason || '-' }))
      : entries;
    const shallow = registry.repository.shallow;
    return {
      json: { entries, complete: !shallow },
      view: (style) => historyView(rows, style),
      warnings: shallow
        ? [
            {
              code: 'git/shallow',
              message: 'this clone is shallow, so older transitions are missing',
              hint: 'git fetch --unshallow',
            },
          ]
        : [],
    };
  },
};
