// mlc health: finds zombies, and writes the monthly report per owner.
import path from 'node:path';
import { usage } from '../errors.js';
import { healthHtml } from '../export/health-html.js';
import { healthJson } from '../export/health-json.js';
import { healthMarkdown } from '../export/health-markdown.js';
import { addDays, dayOf, isDay } from '../lifecycle/dates.js';
import { chartDays, healthReport } from '../lifecycle/health/health.js';

import { samePerson } from '../lifecycle/people.js';
import { writeWholeFile } from '../registry/whole-files.js';
import { healthView } from '../views/health.js';
import { type Command, text, word } from './command.js';
import { readWatched } from './watching.js';

const writers = { markdown: healthMarkdown, html: healthHtml } as const;

function formatOf(flag: string | undefined, output: string | undefined): keyof typeof writers | undefined {
  if (flag !== undefined) return flag as keyof typeof writers;
  if (output === undefined) return undefined;
  if (/\.html?$/i.test(output)) return 'html';
  if (/\.(?:md|markdown)$/i.test(output)) return 'markdown';
  throw usage(
    'usage/format',
    `${output} does not tell its format`,
    '--output health.html or health.md, or --format html',
  );
}

export const command: Command = {
  description:
    'Finds zombies: versions past their target that serve, that serve and are not watched, whose model has no owner, that are deprecated and still grow, or are superseded everywhere and were never retired. Writes the report per owner as Markdown or as HTML (one file, no network, with charts of every signal against its threshold). Exit code 1 if there are zombies, or a file could not be read.',
  arguments: [{ name: 'model', description: 'one model alone', optional: true }],
  options: [
    {
      flags: '--format <format>',
      description: 'print the report in this format',
      choices: ['markdown', 'html'],
    },
    { flags: '--output <file>', description: 'write it to this file; its ending tells the format' },
    { flags: '--owner <person>', description: 'what one owner answers for' },
    { flags: '--since <date>', description: 'the first day of the charts; a year ago where it is left out' },
  ],
  examples: [
    'mlc health',
    'mlc health --output health.html',
    'mlc health --owner ada@example.com --format markdown',
  ],
  run: async (session, input) => {
    const [output, owner, since] = [text(input, 'output'), text(input, 'owner'), text(input, 'since')];
    const format = formatOf(text(input, 'format'), output);
    if (since !== undefined && !isDay(since))
      throw usage('date/form', `"${since}" is not a day`, '--since YYYY-MM-DD');
    const { registry, commit, models, watch, problems } = await readWatched(
      session,
      word(input, 'model') || undefined,
    );
    const own = models.filter(({ model }) => owner === undefined || samePerson(model.owner, owner));
    const from = since ?? addDays(dayOf(watch.now), -chartDays);
    const report = healthReport(own, watch, { registry, commit, from });
    const written = format === undefined ? undefined : writers[format](report);
    if (output !== undefined && written !== undefined)
      await writeWholeFile(path.resolve(session.cwd, output), written);
    return {
      // Every point of every chart: made where it is asked for.
      get json() {
        return { ...healthJson(report), left_out: problems, output: output ?? null };
      },
      view: (style) =>
        written !== undefined && output === undefined ? written.trimEnd() : healthView(report, style),
      exitCode: report.totals.zombies + problems.length > 0 ? 1 : 0,
      problems,
    };
  },
};
