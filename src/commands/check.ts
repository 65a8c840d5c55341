// mlc check: judges a branch as CI must, before it is merged.
import { usage } from '../errors.js';
import { checkBranch } from '../registry/audit/check.js';
import { auditClock } from '../registry/audit/report.js';
import { headCommit } from '../registry/registry.js';
import { count } from '../lifecycle/problems.js';
import { checkView } from '../views/check.js';
import { open } from './answers.js';
import { type Command, type Input, isSet, text, texts } from './command.js';
import { formatsOf, writeReports } from './report-files.js';

function baseOf(input: Input): string {
  const base = text(input, 'base');
  if (base !== undefined) return base;
  throw usage('input/missing', 'the base is missing', '--base origin/main');
}

export const command: Command = {
  description:
    'Judges what a branch would do to the branch that it is to be merged into, as CI must: policy, approvers and gates are taken from the base, each commit has to be one legal transition or an edit that people may make, and nothing may be deleted, renamed, altered or numbered twice. With --squash: the net change, as one or more transitions. Exit code 1 when anything is wrong.',
  options: [
    { flags: '--base <revision>', description: 'what the branch is to be merged into', required: true },
    { flags: '--squash', description: 'judge what the whole branch comes to, for squash merges' },
    { flags: '--fast-forward', description: 'after a push: the base has to be in the history still' },
    { flags: '--fetch', description: 'fetch the base and the history that a shallow clone lacks' },
    {
      flags: '--format <format>',
      description: 'people, github, sarif, junit or gitlab, to stdout; FORMAT=FILE writes a file',
      many: true,
    },
  ],
  examples: [
    'mlc check --base origin/main',
    'mlc check --base origin/main --squash',
    'mlc check --base origin/main --format github --format sarif=mlc.sarif --format junit=mlc.xml',
  ],
  run: async (session, input) => {
    const formats = formatsOf(texts(input, 'format'));
    const registry = await open(session);
    const { commit: head } = await headCommit(registry);
    const report = await session.progress('judging the branch', (update) =>
      checkBranch(registry, {
        head,
        base: baseOf(input),
        manner: isSet(input, 'squash') ? 'net' : 'commits',
        expects: isSet(input, 'fastForward') ? 'fast-forward' : 'branch',
        missing: isSet(input, 'fetch') ? 'fetch' : 'refuse',
        now: auditClock(session.env),
        progress: (done, of) => update(`${done} of ${count(of, 'commit')} judged`),
      }),
    );
    const shown = await writeReports(report, formats, session.cwd);
    return {
      json: report,
      view: (style) => shown ?? checkView(report, style),
      exitCode: report.clean ? 0 : 1,
      warnings: report.warnings,
    };
  },
};
