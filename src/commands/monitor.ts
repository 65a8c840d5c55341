// mlc monitor: what production showed of a version is recorded, one report a commit.
import { parseRenaming } from '../adapters/flags.js';
import { parseWindow } from '../adapters/window.js';
import { reportFormats } from '../adapters/reports/read.js';
import { usage } from '../errors.js';
import { signals } from '../lifecycle/monitoring/observation.js';
import { readClock } from '../registry/clock.js';
import { open, transitionAnswer } from './answers.js';
import {
  type Answer,
  type Command,
  type Input,
  type Session,
  reasonOf,
  settingsOf,
  text,
  texts,
  word,
} from './command.js';
import { monitorBatch } from './monitor-batch.js';
import { type ReportClaims, readClaimed, recordReport, signalOf } from './monitoring.js';

/** How many examples a flag says that there are. */
function countOf(input: Input, name: 'referenceSamples' | 'currentSamples'): number | undefined {
  const value = text(input, name)?.trim();
  if (value === undefined) return undefined;
  const found = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(found)) return found;
  const flag = name === 'referenceSamples' ? '--reference-samples' : '--current-samples';
  throw usage(
    'input/number',
    `${flag} is "${value}"; it has to be a whole number of examples, 0 or more`,
    `${flag} 5000`,
  );
}

function claimsOf(session: Session, input: Input): ReportClaims {
  const window = text(input, 'window');
  const features = text(input, 'features');
  return {
    window: window === undefined ? undefined : parseWindow(window, readClock(session.env)),
    reference: countOf(input, 'referenceSamples'),
    current: countOf(input, 'currentSamples'),
    format: text(input, 'format'),
    features: features?.split(',').map((name) => name.trim()),
    renamed: new Map(texts(input, 'rename').map(parseRenaming)),
  };
}

async function monitorOne(session: Session, input: Input): Promise<Answer> {
  const { ask } = session;
  const registry = await open(session);
  const address = word(input, 'version');
  const file = text(input, 'report') ?? (await ask?.({ text: 'file with the report' }));
  if (address === '' || file === undefined)
    throw usage(
      'input/missing',
      'monitoring needs a version and a report, or a folder of reports',
      'mlc monitor MODEL@VERSION --signal SIGNAL --report FILE, or mlc monitor --batch FOLDER',
    );
  const claims = claimsOf(session, input);
  const read = await readClaimed(session.cwd, file, claims);
  for (const message of read.report.notes) session.note({ code: 'monitor/note', message });
  const flag =
    text(input, 'signal') ??
    (read.report.signal ? undefined : await ask?.({ text: 'which signal is it about', choices: signals }));
  const signal = signalOf(flag, read);
  if (!claims.window && !read.report.window && ask) {
    const answer = await ask({ text: 'which time is it about, as START..END' });
    claims.window = parseWindow(answer, readClock(session.env));
  }
  return transitionAnswer(
    await recordReport(registry, address, signal, read, claims, reasonOf(input), settingsOf(input)),
  );
}

export const command: Command = {
  description:
    'Records what a tool measured of a version in production: one immutable report, one commit. The file is read by its content (Evidently, Alibi Detect, NannyML, scikit-learn, MLflow, mlc drift, or plain feature, method, value, threshold); the method decides which side is bad, and what could not be measured is never fine. The same file again is the same report. With --batch: every report of a folder that holds MODEL@VERSION/SIGNAL.json, one commit each.',
  arguments: [{ name: 'version', description: 'model@version, or model@environment', optional: true }],
  options: [
    { flags: '--signal <signal>', description: 'what the report is about', choices: signals },
    { flags: '--report <file>', description: 'the file that the tool wrote' },
    {
      flags: '--format <format>',
      description: 'the format, where its content does not tell it',
      choices: reportFormats,
    },
    {
      flags: '--window <start..end>',
      description: 'the time that it is about, where the file does not say it: days, or moments in UTC',
    },
    {
      flags: '--reference-samples <number>',
      description: 'examples of the reference, where the file does not say it: PSI of drift needs it',
    },
    {
      flags: '--current-samples <number>',
      description: 'examples of the window, where the file does not say it: PSI of drift needs it',
    },
    {
      flags: '--features <names>',
      description: 'names of the features, for reports that number them: a,b,c',
    },
    {
      flags: '--rename <reported=registered>',
      description: 'a metric that the file calls otherwise than gate.yaml: malignant.recall=recall.malignant',
      many: true,
    },
    { flags: '--batch <folder>', description: 'record every report of a folder' },
  ],
  examples: [
    'mlc monitor churn@production --signal input-drift --report drift.json --window 2026-03-01..2026-03-07',
    'mlc monitor --batch reports/ --window 2026-03-01..2026-03-07',
  ],
  commits: true,
  run: async (session, input) => {
    const folder = text(input, 'batch');
    if (folder === undefined) return monitorOne(session, input);
    if (
      word(input, 'version') !== '' ||
      text(input, 'report') !== undefined ||
      text(input, 'signal') !== undefined
    )
      throw usage(
        'usage/batch',
        '--batch takes version and signal from the names of folders and files',
        'mlc monitor --batch FOLDER',
      );
    return monitorBatch(session, folder, claimsOf(session, input), reasonOf(input), settingsOf(input));
  },
};
