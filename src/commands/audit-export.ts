// mlc audit export: writes every transition for an auditor, with a sample to look at.
import path from 'node:path';
import { usage } from '../errors.js';
import { auditLines } from '../export/audit-lines.js';
import { auditMarkdown } from '../export/audit-markdown.js';
import { exportAudit } from '../registry/audit/population.js';
import { writeWholeFile } from '../registry/whole-files.js';
import { count } from '../lifecycle/problems.js';
import { auditClock } from '../registry/audit/report.js';
import { headCommit } from '../registry/registry.js';
import { exportView } from '../views/audit.js';
import { open } from './answers.js';
import { type Command, type Input, number, text, word } from './command.js';

function wholeNumber(input: Input, name: 'sample' | 'randomSeed', otherwise: number): number {
  const value = number(input, name) ?? otherwise;
  if (Number.isInteger(value) && value >= 0) return value;
  throw usage('input/number', `${value} is no whole number`, '--sample 25 --random-seed 7');
}

export const command: Command = {
  description:
    'Writes what an auditor asks for into a folder: transitions.jsonl, every transition with who asked, who approved, on what evidence and in which commit, and audit.md, the same to read, with a sample of the population. The sample is drawn by a seed: the same history and seed give the same sample.',
  arguments: [{ name: 'dir', description: 'the folder; it is made where there is none' }],
  options: [
    { flags: '--since <revision>', description: 'only what came after this revision' },
    { flags: '--sample <count>', description: 'how many transitions to draw; 25 where it is left out' },
    { flags: '--random-seed <number>', description: 'the seed of the sample; 1 where it is left out' },
  ],
  examples: ['mlc audit export audit-2026', 'mlc audit export audit-2026 --sample 25 --random-seed 7'],
  run: async (session, input) => {
    const sample = wholeNumber(input, 'sample', 25);
    const randomSeed = wholeNumber(input, 'randomSeed', 1);
    const registry = await open(session);
    const { commit: head } = await headCommit(registry);
    const folder = path.resolve(session.cwd, word(input, 'dir'));
    const audit = await session.progress('replaying history', (update) =>
      exportAudit(registry, {
        head,
        since: text(input, 'since'),
        sample,
        randomSeed,
        now: auditClock(session.env),
        progress: (done, of) => update(`${done} of ${count(of, 'commit')} replayed`),
      }),
    );
    const files = ['transitions.jsonl', 'audit.md'].map((name) => path.join(folder, name));
    const [lines, document] = files as [string, string];
    await writeWholeFile(lines, auditLines(audit));
    await writeWholeFile(document, auditMarkdown(audit));
    const made = {
      clean: audit.findings.length === 0,
      head,
      transitions: audit.transitions.length,
      findings: audit.findings.length,
      sample: audit.sample.transitions.length,
      random_seed: randomSeed,
      digest: audit.digest,
      files,
    };
    return { json: made, view: (style) => exportView(made, style), exitCode: made.clean ? 0 : 1 };
  },
};
