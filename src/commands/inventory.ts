// mlc inventory: what was in the registry on a day.
import { commitAt } from '../git/log.js';
import { isDay } from '../lifecycle/dates.js';
import { refusal, usage } from '../errors.js';
import { headCommit } from '../registry/registry.js';
import { survey } from '../registry/survey.js';
import { listView } from '../views/list.js';
import { open } from './answers.js';
import { type Command, text } from './command.js';
import { jsonOf, rowsOf } from './listing.js';

/** The end of a day, or a moment, in seconds since 1970. */
function secondsOf(asOf: string): number {
  const moment = isDay(asOf) ? `${asOf}T23:59:59Z` : asOf;
  const parsed = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(moment) ? Date.parse(moment) : Number.NaN;
  if (Number.isNaN(parsed))
    throw usage(
      'date/form',
      `--as-of is "${asOf}", which is neither a day nor a UTC time`,
      '--as-of 2026-03-01, or --as-of 2026-03-01T09:30:00Z',
    );
  return Math.floor(parsed / 1000);
}

export const command: Command = {
  description:
    'Tells what was in the registry, in which status and with which traffic, at the end of a day or at a moment: as the commit that was current then has it.',
  options: [{ flags: '--as-of <date>', description: 'the day, YYYY-MM-DD, or the UTC time', required: true }],
  examples: ['mlc inventory --as-of 2026-06-30', 'mlc inventory --as-of 2026-06-30T12:00:00Z --json'],
  run: async (session, input) => {
    const registry = await open(session);
    await headCommit(registry);
    const asOf = text(input, 'asOf') ?? '';
    const commit = await commitAt(registry.repository, secondsOf(asOf));
    if (commit === undefined)
      throw refusal(
        'inventory/before',
        `the history of this registry begins after ${asOf}`,
        registry.repository.shallow ? 'git fetch --unshallow' : 'mlc history',
      );
    const found = await survey(registry, commit);
    const rows = rowsOf(found);
    return {
      json: { as_of: asOf, commit, versions: rows.map(jsonOf), left_out: found.leftOut },
      view: (style) => listView(rows, asOf.slice(0, 10), style),
      problems: found.leftOut.flatMap((file) => file.problems),
    };
  },
};
