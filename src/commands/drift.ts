// mlc drift: measures how far current data is from the reference.
import { engineNames } from '../engines/engine.js';
import { openEngine } from '../engines/open-engine.js';
import { usage } from '../errors.js';
import { compareColumn } from '../lifecycle/drift/compare.js';
import type { ColumnProfile } from '../lifecycle/drift/profile.js';
import { type DriftResult, driftReport, overallVerdict } from '../lifecycle/drift/report.js';
import type { ProfileToSave } from '../lifecycle/drift/saved-profile.js';
import { environmentSplit } from '../lifecycle/rollouts.js';
import { readClock } from '../registry/clock.js';
import { type ReadModel, readModel } from '../registry/load.js';
import { type Registry, headCommit } from '../registry/registry.js';
import { readPackageVersion } from '../registry/resources.js';
import { driftView } from '../views/drift.js';
import { saveProfile } from '../lifecycle/operations/profile.js';
import { type TransitionOutcome, runVersionTransition } from '../registry/transition.js';
import { open, pickVersion, transitionAnswer } from './answers.js';
import {
  type Command,
  type Input,
  type Session,
  isSet,
  reasonOf,
  settingsOf,
  text,
  word,
} from './command.js';
import {
  type MeasureRequest,
  type Measured,
  measureFiles,
  measureInEngine,
  measureProfile,
} from './drift-measure.js';
import { committedProfile, fittingProfile, namedProfile, profileFile } from './drift-profile.js';
import { readSettings } from './drift-settings.js';

type DriftSignal = ProfileToSave['signal'];

/** The model and the version that drift is about: where none is named, what serves most of production, else the newest. */
function selectorOf(address: string): { name: string; selector: string | undefined } {
  const at = address.indexOf('@');
  if (at < 0) return { name: address, selector: undefined };
  return { name: address.slice(0, at), selector: address.slice(at + 1) };
}

function versionOf(model: ReadModel, selector: string | undefined): string {
  if (selector !== undefined) return pickVersion(model, selector).version;
  const serving = environmentSplit(model.loaded.state.versions, 'production').find(
    (share) => share.trafficPct > 0,
  );
  return serving?.version ?? pickVersion(model, 'latest').version;
}

/** The profiles to hold against where there is no reference. */
async function savedProfiles(
  session: Session,
  input: Input,
  place: { registry: Registry; commit: string; file: string },
): Promise<ColumnProfile[]> {
  const named = text(input, 'profile');
  if (named !== undefined) return namedProfile(session.cwd, named);
  const kept = await committedProfile(place.registry, place.commit, place.file);
  if (kept) return kept;
  throw usage(
    'drift/no-reference',
    `there is no --reference, and the registry has no profile ${place.file}`,
    '--reference FILE, and --save-profile to need it no more',
  );
}

async function measure(
  session: Session,
  input: Input,
  request: MeasureRequest,
  profiles: readonly ColumnProfile[] | undefined,
): Promise<Measured> {
  const reference = text(input, 'reference') ?? '';
  const name = engineNames.find((known) => known === text(input, 'engine'));
  if (!name) return profiles ? measureProfile(request, profiles) : measureFiles(request, reference);
  const { missing } = request.settings;
  if (name !== 'duckdb' && missing.length > 0)
    throw usage(
      'engine/missing',
      `--missing is for files; ${name} knows NULL`,
      'NULLIF in a SELECT does the same',
    );
  const engine = await openEngine(name, { cwd: session.cwd, env: session.env, missing });
  try {
    return await measureInEngine(request, engine, profiles ? { profiles } : reference);
  } finally {
    await engine.close();
  }
}

/** Commits a profile, in place of the one before. */
function keepProfile(
  registry: Registry,
  input: Input,
  { model, version, signal, source, columns }: ProfileToSave,
): Promise<TransitionOutcome> {
  const content = { signal, source, columns };
  return runVersionTransition(
    registry,
    `${model}@${version}`,
    ({ state }, record, circumstance) =>
      saveProfile(state, { version: record, content, reason: reasonOf(input) }, circumstance),
    settingsOf(input),
  );
}

function checkFlags(input: Input): void {
  const reference = text(input, 'reference');
  if (reference !== undefined && text(input, 'profile') !== undefined)
    throw usage('drift/two-references', '--reference and --profile are both given', 'leave one of them out');
  if (reference === undefined && isSet(input, 'saveProfile'))
    throw usage('drift/no-reference', '--save-profile needs --reference FILE to make a profile of');
  if (reference === undefined && (text(input, 'bins') !== undefined || input.options.edges !== undefined))
    throw usage(
      'drift/fixed-bins',
      'a saved profile has its bins, and --bins and --edges do not change them',
      '--reference FILE --save-profile makes a new one',
    );
}

export const command: Command = {
  description:
    'Measures drift: holds current inputs or outputs of a model against reference data, or against the profile that the registry keeps of it. Per column: PSI with its verdict, Kolmogorov-Smirnov for numbers, total variation and Jensen-Shannon distance (base 2) for categories, the share of missing values, and for embeddings the same on the distance to the centroid of the reference. Reads CSV, JSON Lines (both also gzipped) and Parquet without loading them whole. Bins are ranges of equal probability in the reference, open at both ends; a number column of at most 20 values gets a bin a value, a text column one for each of its 50 most frequent, and everything else counts as other. The key features of model.yaml are measured where there are any, else every column of both files. Exit code 1 when a column drifted.',
  arguments: [
    {
      name: 'model',
      description:
        'the model, or model@version; without a version, the one that serves most of production, else the newest',
    },
  ],
  options: [
    {
      flags: '--reference <file>',
      description: 'the reference: what the model was trained on, or a good week',
    },
    { flags: '--current <file>', description: 'what came since', required: true },
    {
      flags: '--signal <signal>',
      description: 'what the columns are: inputs or outputs of the model; inputs where it is left out',
      choices: ['input-drift', 'output-drift'],
    },
    { flags: '--window <start..end>', description: 'the days or UTC times that the current data is from' },
    { flags: '--column <name>', description: 'measure this column alone', many: true },
    {
      flags: '--categorical <name>',
      description: 'take the values of this column as categories',
      many: true,
    },
    { flags: '--numeric <name>', description: 'take the values of this column as numbers', many: true },
    {
      flags: '--embedding <name=prefix*>',
      description: 'take the columns with this prefix as one embedding',
      many: true,
    },
    {
      flags: '--missing <text>',
      description: 'a text or number that means that there is no value',
      many: true,
    },
    { flags: '--bins <number>', description: 'bins of a number column; 10 where it is left out' },
    { flags: '--edges <name=edges>', description: 'fixed inner edges, as tenure=12,24,48', many: true },
    {
      flags: '--zeros <rule>',
      description:
        'what becomes of a bin that one side is not in: floor:SHARE (no bin counts as less; floor:0.0001 where it is left out), laplace (one more in every bin), or skip (left out, so that what is new or gone is not seen)',
    },
    {
      flags: '--threshold <method=number>',
      description:
        'above it is drift; psi=0.2 where it is left out; also for ks-statistic, total-variation, jensen-shannon and missing-share',
      many: true,
    },
    {
      flags: '--min-samples <number>',
      description: 'a verdict needs this many values on either side; 200 where it is left out',
    },
    {
      flags: '--sample <number>',
      description:
        'keep at most this many values of a number column, drawn at random beyond; 2 million, and 6 million over all columns, where it is left out',
    },
    { flags: '--profile <file>', description: 'a saved profile, where it is not the one in the registry' },
    { flags: '--save-profile', description: 'keep the profile of the reference in the registry' },
    {
      flags: '--engine <engine>',
      description:
        'have a database count: duckdb (files, needs the package @duckdb/node-api), clickhouse (CLICKHOUSE_URL, _USER, _PASSWORD, _DATABASE) or trino (TRINO_URL, _USER, _PASSWORD or _TOKEN, _CATALOG, _SCHEMA); there --reference and --current are tables or SELECTs',
      choices: engineNames,
    },
  ],
  examples: [
    'mlc drift churn --reference train.parquet --current week-12.parquet',
    'mlc drift churn --current week-12.csv --window 2026-03-16..2026-03-22 --json > drift.json',
    'mlc drift churn --engine clickhouse --reference training --current "SELECT * FROM scores WHERE day >= \'2026-03-16\'"',
  ],
  commits: true,
  run: async (session, input) => {
    checkFlags(input);
    const settings = readSettings(input, readClock(session.env));
    const registry = await open(session);
    const { name, selector } = selectorOf(word(input, 'model'));
    const { commit } = await headCommit(registry);
    const model = await readModel(registry, commit, name);
    const version = versionOf(model, selector);
    const signal: DriftSignal = text(input, 'signal') === 'output-drift' ? 'output-drift' : 'input-drift';
    const { monitoring } = model.loaded.state.model;
    const place = { registry, commit, file: profileFile(name, version, signal) };
    const hasReference = text(input, 'reference') !== undefined;
    const profiles = hasReference ? undefined : await savedProfiles(session, input, place);
    const measured = await session.progress('measuring', (update) => {
      const request: MeasureRequest = {
        cwd: session.cwd,
        current: text(input, 'current') ?? '',
        settings,
        keyFeatures: signal === 'input-drift' ? (monitoring?.key_features ?? []) : [],
        update,
      };
      return measure(session, input, request, profiles);
    });
    const result: DriftResult = {
      model: name,
      version,
      signal,
      window: settings.window,
      samples: {
        reference: Math.max(0, ...measured.columns.map(({ profile }) => profile.rows)),
        current: Math.max(0, ...measured.columns.map(({ counts }) => counts.rows)),
      },
      columns: measured.columns.map(({ profile, counts }) =>
        compareColumn(profile, counts, settings.judging),
      ),
      absent: measured.absent,
      judging: settings.judging,
      notes: measured.notes,
    };
    const rest = measured.source && { model: name, version, signal, source: measured.source };
    const columns = measured.columns.map(({ profile }) => profile);
    const kept =
      isSet(input, 'saveProfile') && rest
        ? transitionAnswer(await keepProfile(registry, input, await fittingProfile(columns, rest)))
        : undefined;
    return {
      json: {
        ...driftReport(result, `mlc ${await readPackageVersion()}`),
        ...(kept ? { saved: kept.json } : {}),
      },
      view: (style) => [driftView(result, style), ...(kept ? [kept.view(style)] : [])].join('\n'),
      exitCode: overallVerdict(result) === 'breached' ? 1 : 0,
      warnings: result.notes.map((message) => ({ code: 'drift/note', message })),
      next: [`mlc monitor ${name}@${version} --signal ${signal} --report FILE   (FILE: this with --json)`],
    };
  },
};
