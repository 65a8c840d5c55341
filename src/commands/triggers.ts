// mlc triggers: evaluates every trigger of every deployed version.
import { deployedVersions, triggersOf } from '../lifecycle/health/watched-model.js';
import { type TriggeredVersion, triggersView } from '../views/triggers.js';
import { type Command, isSet, word } from './command.js';
import { readWatched } from './watching.js';

/** The first trigger of a version that fired. */
function fires({ triggers }: TriggeredVersion): string {
  return triggers.find(({ state }) => state === 'fired')?.type ?? '';
}

export const command: Command = {
  description:
    'Evaluates the six triggers of every deployed version: drift-threshold, metric-regression, data-accumulation, calendar, upstream-change, compliance-event. Each is fired, quiet or not measurable, with the numbers, the rule and the recommended response. One that fired stays open until a decision answers it: retrain, review with a reason, or deprecate. Exit code 1 if one fired, or a file could not be read.',
  arguments: [{ name: 'model', description: 'one model alone', optional: true }],
  options: [{ flags: '--all', description: 'on a terminal, show the quiet ones of every model too' }],
  examples: ['mlc triggers', 'mlc triggers churn', 'mlc triggers --json'],
  run: async (session, input) => {
    const model = word(input, 'model') || undefined;
    const { commit, models, watch, problems } = await readWatched(session, model);
    const versions = models.flatMap((watched) =>
      deployedVersions(watched).map((record): TriggeredVersion => ({
        model: record.model_id,
        version: record.version,
        owner: watched.model.owner,
        triggers: triggersOf(watched, record, watch),
      })),
    );
    const fired = versions
      .flatMap(({ triggers }) => triggers)
      .filter(({ state }) => state === 'fired').length;
    const first = versions.find(({ triggers }) => triggers.some(({ state }) => state === 'fired'));
    return {
      json: { commit, at: watch.now, fired, versions, left_out: problems },
      view: (style) => triggersView(versions, model !== undefined || isSet(input, 'all'), style),
      exitCode: fired + problems.length > 0 ? 1 : 0,
      problems,
      ...(first
        ? {
            next: [
              `mlc retrain ${first.model} --trigger ${fires(first)} --dataset NAME@VERSION`,
              `mlc review ${first.model}@${first.version} --trigger ${fires(first)} -m REASON`,
            ],
          }
        : {}),
    };
  },
};
