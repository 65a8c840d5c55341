// mlc due: what is overdue or coming, most urgent first.
import { usage } from '../errors.js';
import { agenda } from '../lifecycle/health/agenda.js';
import { samePerson } from '../lifecycle/people.js';
import { agendaView } from '../views/agenda.js';
import { type Command, isSet, number, text, word } from './command.js';
import { readWatched } from './watching.js';

const usualDays = 30;

export const command: Command = {
  description:
    'Lists what is overdue or coming: reports by their cadence, deprecation targets, notices that end, waivers, certificates, open triggers, incidents, retraining requests, approvals and holds. Most urgent first. Off a terminal: a line each, separated by tabs: kind, model or version, date, days, what, owner, next command.',
  arguments: [{ name: 'model', description: 'one model alone', optional: true }],
  options: [
    { flags: '--within <days>', description: 'how far ahead to look; 30 days where it is left out' },
    { flags: '--owner <person>', description: 'what one owner answers for' },
    { flags: '--fail', description: 'exit with 1 if anything is overdue, for CI and cron' },
  ],
  examples: ['mlc due', 'mlc due --within 7 --fail', 'mlc due --owner ada@example.com --json'],
  run: async (session, input) => {
    const within = number(input, 'within') ?? usualDays;
    if (!Number.isInteger(within) || within < 0)
      throw usage('input/number', `--within is ${within}, which is no number of days`, '--within 30');
    const owner = text(input, 'owner');
    const { commit, models, watch, problems } = await readWatched(session, word(input, 'model') || undefined);
    const own = models.filter(({ model }) => owner === undefined || samePerson(model.owner, owner));
    const items = agenda(own, watch, within);
    const overdue = items.filter((item) => item.overdue).length;
    return {
      json: { commit, at: watch.now, within_days: within, overdue, items, left_out: problems },
      view: (style) => agendaView(items, within, style),
      exitCode: isSet(input, 'fail') && overdue + problems.length > 0 ? 1 : 0,
      problems,
    };
  },
};
