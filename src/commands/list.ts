// mlc list: the versions of a registry.
import { listModels, loadConfig } from '../registry/load.js';
import { readClock } from '../registry/clock.js';
import { headCommit } from '../registry/registry.js';
import { survey } from '../registry/survey.js';
import { statuses } from '../lifecycle/stages.js';
import { count } from '../lifecycle/problems.js';
import { listView } from '../views/list.js';
import { open } from './answers.js';
import { type Command, text, word } from './command.js';
import { checkModel, environmentLeftOut, jsonOf, rowsOf } from './listing.js';

export const command: Command = {
  description:
    'Lists versions with status, where they serve and what is due. A file that cannot be read is left out and named. Off a terminal: a line each, separated by tabs: version, status, serves, due, drift (where any version has reports), change, risk, owner, registered.',
  arguments: [{ name: 'model', description: 'one model alone', optional: true }],
  options: [
    { flags: '--status <status>', description: 'versions of this status alone', choices: statuses },
    { flags: '--env <name>', description: 'versions that serve in this environment alone' },
  ],
  examples: ['mlc list', 'mlc list churn --status deployed', 'mlc list --json'],
  run: async (session, input) => {
    const registry = await open(session);
    const { commit } = await headCommit(registry);
    const model = word(input, 'model') || undefined;
    const found = await session.progress('reading records', (update) =>
      survey(registry, commit, model, (done) => update(`${count(done, 'record')} read`)),
    );
    if (model !== undefined)
      checkModel(found, model, found.models.size > 0 ? [] : await listModels(registry, commit));
    const [status, env] = [text(input, 'status'), text(input, 'env')];
    const unreadable =
      env === undefined ? [] : await environmentLeftOut(env, found, () => loadConfig(registry, commit));
    const leftOut = [...found.leftOut, ...unreadable];
    // Loaded where there is something to look at: most registries that are listed often have no reports.
    const drift =
      found.watched.size === 0
        ? undefined
        : await (await import('./glance.js')).driftOf(registry, commit, model, found.watched);
    const rows = rowsOf(found, drift).filter(
      (row) =>
        (status === undefined || row.status === status) &&
        (env === undefined || row.serving.some((share) => share.env === env)),
    );
    const today = readClock(session.env).slice(0, 10);
    return {
      // Ten thousand rows cost a person who reads the other view as much as that view.
      get json() {
        return { commit, versions: rows.map(jsonOf), left_out: leftOut };
      },
      view: (style) => listView(rows, today, style),
      problems: leftOut.flatMap((file) => file.problems),
      ...(found.versions.length === 0
        ? {
            next:
              found.models.size === 0
                ? ['mlc model add MODEL']
                : [`mlc register ${[...found.models.keys()][0]} --help`],
          }
        : {}),
    };
  },
};
