// The formats that a check is written in: which were asked for, and putting them into files.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { usage } from '../errors.js';
import type { CheckReport } from '../registry/audit/check.js';
import type { Finding } from '../lifecycle/audit/findings.js';
import { didYouMean } from '../lifecycle/similarity.js';
import { readPackageVersion } from '../registry/resources.js';
import { writeWholeFile } from '../registry/whole-files.js';
import { githubReport } from '../views/reports/github.js';
import { gitlabReport } from '../views/reports/gitlab.js';
import { junitReport } from '../views/reports/junit.js';
import type { Digest, Report } from '../views/reports/report.js';
import { sarifReport } from '../views/reports/sarif.js';

const builders = {
  github: (report: Report): string => githubReport(report),
  sarif: sarifReport,
  junit: (report: Report): string => junitReport(report),
  gitlab: gitlabReport,
} as const;

type Format = keyof typeof builders | 'people';

/** One format, and the file that it goes to; stdout where there is none. */
export interface WantedFormat {
  format: Format;
  file: string | undefined;
}

const known: readonly Format[] = ['people', 'github', 'sarif', 'junit', 'gitlab'];

/** Reads `--format` words: `sarif`, `sarif=mlc.sarif`. */
export function formatsOf(words: readonly string[]): WantedFormat[] {
  const wanted = words.map((word): WantedFormat => {
    const equals = word.indexOf('=');
    const [name, file] = equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
    const format = known.find((entry) => entry === name);
    if (!format || file === '')
      throw usage(
        'usage/format',
        `"${word}" is no format`,
        didYouMean(name, known) ?? `--format ${known.join(', ')}, or FORMAT=FILE`,
      );
    if (format === 'people' && file !== undefined)
      throw usage('usage/format', 'the answer for people goes to stdout', 'mlc check … > FILE');
    return { format, file };
  });
  if (wanted.filter(({ file }) => file === undefined).length > 1)
    throw usage('usage/format', 'two formats cannot both go to stdout', '--format sarif=mlc.sarif');
  return wanted;
}

function withoutCommit({ commit, ...found }: Finding): Omit<Finding, 'commit'> & { commit?: string } {
  return commit === '' ? found : { ...found, commit };
}

async function reportOf(report: CheckReport): Promise<Report> {
  return {
    tool: { name: 'mlc', version: await readPackageVersion() },
    checked: [
      { id: 'branch', title: 'the branch as a whole', problems: report.findings.map(withoutCommit) },
      ...report.commits.map(({ commit, subject, findings }) => ({
        id: commit,
        title: subject,
        problems: findings.map(withoutCommit),
      })),
    ],
  };
}

const digest: Digest = (text) => createHash('sha256').update(text).digest('hex');

/** Writes a check in the formats that were asked for, and answers the one for stdout. */
export async function writeReports(
  check: CheckReport,
  formats: readonly WantedFormat[],
  cwd: string,
): Promise<string | undefined> {
  const machine = formats.filter(({ format }) => format !== 'people');
  if (machine.length === 0) return undefined;
  const report = await reportOf(check);
  let shown: string | undefined;
  for (const { format, file } of machine) {
    const content = builders[format as keyof typeof builders](report, digest);
    if (file === undefined) shown = content;
    else await writeWholeFile(path.resolve(cwd, file), content);
  }
  return shown;
}
