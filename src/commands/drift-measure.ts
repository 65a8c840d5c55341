// Measures by the way that the flags choose: two files, a file against a profile, or in a database.
import { countTable, profileTable } from '../adapters/tables/measure.js';
import { digestOf, openTable } from '../adapters/tables/open-table.js';
import type { Engine } from '../engines/engine.js';
import { type EngineColumn, countInEngine, describeSource, profileInEngine } from '../engines/push-down.js';
import { usage } from '../errors.js';
import {
  type Feature,
  type FeatureRequest,
  type Selection,
  embeddingColumns,
  selectFeatures,
} from '../lifecycle/drift/features.js';
import type { ColumnCounts, ColumnProfile } from '../lifecycle/drift/profile.js';
import { type Profiled, isSampled } from '../lifecycle/drift/reference.js';
import type { AbsentColumn } from '../lifecycle/drift/report.js';
import type { ProfileSource } from '../generated/types.js';
import type { DriftSettings } from './drift-settings.js';

/** What was measured. */
export interface Measured {
  columns: { profile: ColumnProfile; counts: ColumnCounts }[];
  absent: AbsentColumn[];
  notes: string[];
  /** What the profiles were made of; undefined where they were not made now. */
  source?: ProfileSource | undefined;
}

/** What to measure, and how. */
export interface MeasureRequest {
  cwd: string;
  current: string;
  settings: DriftSettings;
  keyFeatures: readonly string[];
  update: (text: string) => void;
}

// 48 MB a side, however many columns there are.
const mostNumbers = 6_000_000;
const mostNumbersOfColumn = 2_000_000;

function featureRequest({ settings, keyFeatures }: MeasureRequest): FeatureRequest {
  return { ...settings, keyFeatures };
}

function checked(selection: Selection): Selection {
  const [first, ...others] = selection.problems;
  if (first) throw usage(first.code, first.message, first.hint, others.length > 0 ? selection.problems : []);
  if (selection.features.length > 0) return selection;
  const [lacking] = selection.absent;
  throw usage(
    'drift/no-columns',
    lacking
      ? `none of the key features can be measured; ${lacking.name}: ${lacking.why}`
      : 'the two have no column in common',
    lacking ? '--column NAME' : 'check that both hold the same features',
  );
}

/** What can't be measured: an unmeasured column where it was asked for, else a note. */
function split<T extends { feature: Feature; outcome: Profiled }>(
  profiled: readonly T[],
  asked: ReadonlySet<string>,
): { usable: { feature: Feature; profile: ColumnProfile }[]; absent: AbsentColumn[]; notes: string[] } {
  const usable: { feature: Feature; profile: ColumnProfile }[] = [];
  const absent: AbsentColumn[] = [];
  const notes: string[] = [];
  for (const { feature, outcome } of profiled) {
    if ('profile' in outcome) usable.push({ feature, profile: outcome.profile });
    else if (asked.has(feature.name)) absent.push({ name: feature.name, why: outcome.leftOut });
    else notes.push(`${feature.name} is left out: ${outcome.leftOut}`);
  }
  return { usable, absent, notes };
}

function together(
  usable: readonly { profile: ColumnProfile }[],
  counts: readonly ColumnCounts[],
): Measured['columns'] {
  return usable.flatMap(({ profile }, index) => {
    const found = counts[index];
    return found ? [{ profile, counts: found }] : [];
  });
}

function askedFor(request: MeasureRequest): Set<string> {
  const { columns } = request.settings;
  return new Set(columns.length > 0 ? columns : request.keyFeatures);
}

function sampleNotes(columns: Measured['columns']): string[] {
  const names = columns.filter(({ profile }) => isSampled(profile)).map(({ profile }) => profile.name);
  const [first] = columns.filter(({ profile }) => isSampled(profile));
  if (!first) return [];
  return [
    `${names.length === 1 ? names[0] : `${names.length} columns`} rest on a random sample of ${first.profile.values?.length ?? 0} reference values, the same in every run: --sample keeps more`,
  ];
}

/** Measures a file against a file. */
export async function measureFiles(request: MeasureRequest, reference: string): Promise<Measured> {
  const { cwd, settings } = request;
  const [from, to] = await Promise.all([openTable(cwd, reference), openTable(cwd, request.current)]);
  const selection = checked(selectFeatures(from.columns, to.columns, featureRequest(request)));
  const share = Math.floor(mostNumbers / selection.features.length);
  const reading = {
    bins: settings.bins,
    missing: settings.missing,
    capacity: settings.sample ?? Math.min(mostNumbersOfColumn, Math.max(1000, share)),
  };
  const onRows = (what: string) => (rows: number) => request.update(`${what}: ${rows} rows read`);
  const profiled = await profileTable(from, selection.features, { ...reading, onRows: onRows('reference') });
  const { usable, absent, notes } = split(profiled, askedFor(request));
  const counts = await countTable(to, usable, { ...reading, onRows: onRows('current') });
  const columns = together(usable, counts);
  return {
    columns,
    absent: [...selection.absent, ...absent],
    notes: [...selection.notes, ...notes, ...sampleNotes(columns)],
    source: { file: reference.split(/[\\/]/).at(-1) ?? reference, sha256: await digestOf(cwd, reference) },
  };
}

/** The features of profiles in a table: an embedding may lie in several columns. */
function featureOf(profile: ColumnProfile, settings: DriftSettings, columns: readonly string[]): Feature {
  const prefix = settings.embeddings.get(profile.name);
  const members = prefix === undefined ? [profile.name] : embeddingColumns(prefix, columns);
  return { name: profile.name, kind: profile.kind, columns: members };
}

function profilesToUse(
  profiles: readonly ColumnProfile[],
  request: MeasureRequest,
  current: readonly string[],
): { usable: { feature: Feature; profile: ColumnProfile }[]; selection: Selection } {
  const { settings } = request;
  const names = profiles.map(({ name }) => name);
  const virtual = [...settings.embeddings.keys()].filter((name) => names.includes(name));
  const selection = checked(
    selectFeatures(names, [...current, ...virtual], { ...featureRequest(request), embeddings: new Map() }),
  );
  const chosen = new Set(selection.features.map(({ name }) => name));
  return {
    usable: profiles
      .filter(({ name }) => chosen.has(name))
      .map((profile) => ({ feature: featureOf(profile, settings, current), profile })),
    selection,
  };
}

/** Measures a file against a profile. */
export async function measureProfile(
  request: MeasureRequest,
  profiles: readonly ColumnProfile[],
): Promise<Measured> {
  const to = await openTable(request.cwd, request.current);
  const { usable, selection } = profilesToUse(profiles, request, to.columns);
  const counts = await countTable(to, usable, {
    bins: request.settings.bins,
    missing: request.settings.missing,
    capacity: 0,
    onRows: (rows) => request.update(`current: ${rows} rows read`),
  });
  return { columns: together(usable, counts), absent: selection.absent, notes: selection.notes };
}

function names(columns: readonly EngineColumn[]): string[] {
  return columns.map(({ name }) => name);
}

/** Measures where the data is. */
export async function measureInEngine(
  request: MeasureRequest,
  engine: Engine,
  reference: string | { profiles: readonly ColumnProfile[] },
): Promise<Measured> {
  const { settings } = request;
  if (settings.embeddings.size > 0)
    throw usage('engine/embedding', 'engines do not measure embeddings', 'measure them without --engine');
  const to = await describeSource(engine, request.current);
  if (typeof reference !== 'string') {
    const inEngine = reference.profiles.filter(({ kind }) => kind !== 'embedding');
    const { usable, selection } = profilesToUse(inEngine, request, names(to));
    const profiles = usable.map(({ profile }) => profile);
    const counts = await countInEngine(engine, request.current, profiles);
    return { columns: together(usable, counts), absent: selection.absent, notes: selection.notes };
  }
  const from = await describeSource(engine, reference);
  const selection = checked(selectFeatures(names(from), names(to), featureRequest(request)));
  const types = new Map(from.map(({ name, type }) => [name, type]));
  request.update('the reference is counted');
  const profiled = await profileInEngine(engine, reference, selection.features, types, settings.bins);
  const { usable, absent, notes } = split(profiled, askedFor(request));
  request.update('the current rows are counted');
  const counts = await countInEngine(
    engine,
    request.current,
    usable.map(({ profile }) => profile),
  );
  const { quantileNote } = engine.dialect;
  return {
    columns: together(usable, counts),
    absent: [...selection.absent, ...absent],
    notes: [...selection.notes, ...notes, ...(quantileNote === undefined ? [] : [quantileNote])],
    source: { file: reference.split(/[\\/]/).at(-1) ?? reference },
  };
}
