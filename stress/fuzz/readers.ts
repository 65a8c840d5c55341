// Inputs for readers alone, called as the program calls them: records, evidence, results, reports, tables, signers, hooks.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readRequest } from '../../src/adapters/evidence-file.js';
import { readNumbersFile } from '../../src/adapters/numbers-file.js';
import { readReport, reportFormats } from '../../src/adapters/reports/read.js';
import { openTable } from '../../src/adapters/tables/open-table.js';
import { Failure } from '../../src/errors.js';
import type { Problem } from '../../src/lifecycle/problems.js';
import { flattenResults } from '../../src/lifecycle/results.js';
import { readHookText } from '../../src/registry/hook-text.js';
import { type FileRole, roleOf } from '../../src/registry/paths.js';
import { type RecordKind, readRecord } from '../../src/registry/read-record.js';
import { readWithLibrary } from '../../src/registry/yaml-library.js';
import { readPlain } from '../../src/registry/yaml-plain.js';
import { YamlFault, checkCharacters, decode } from '../../src/registry/yaml-text.js';
import { findSigner, parseAllowedSigners } from '../../src/signatures/allowed-signers.js';
import { oneOf } from '../campaign.js';
import type { Corpus, Seed } from './corpus.js';
import type { Input } from './input.js';
import { mutate } from './mutate.js';
import { controlIn } from './promises.js';
import { type Random, chance } from './random.js';

type Outcome = { taken: boolean; broken: string[] };

function problemFaults(problems: readonly Problem[]): string[] {
  return problems.flatMap((problem) => {
    const quoted = problem.quoted === undefined ? undefined : controlIn(problem.quoted);
    return [
      ...(/^[a-z0-9-]+\/[A-Za-z0-9-]+$/.test(problem.code) ? [] : [`a problem has the code ${problem.code}`]),
      ...(problem.message === '' ? [`${problem.code} has no message`] : []),
      ...(quoted === undefined ? [] : [`${problem.code} quotes ${quoted}`]),
    ];
  });
}

/** An expected failure is an answer; anything else that is thrown is a broken promise. */
async function expected(work: () => Promise<Outcome | boolean>): Promise<Outcome> {
  try {
    const done = await work();
    return typeof done === 'boolean' ? { taken: done, broken: [] } : done;
  } catch (error) {
    if (error instanceof Failure) return { taken: false, broken: problemFaults(error.problems) };
    return {
      taken: false,
      broken: [`it threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`],
    };
  }
}

function libraryData(text: string): Record<string, unknown> | undefined {
  try {
    return readWithLibrary(text);
  } catch (error) {
    if (error instanceof YamlFault) return undefined;
    throw error;
  }
}

/** Two readers of one text: what the fast one takes, the other has to take, and as the same. */
function disagreement(bytes: Buffer): string[] {
  let text: string;
  try {
    text = decode(bytes);
    checkCharacters(text);
  } catch {
    return [];
  }
  const plain = readPlain(text);
  if (plain === undefined || isDeepStrictEqual({ ...plain }, { ...libraryData(text) })) return [];
  return ['the plain reader reads what the library does not'];
}

async function asRecord(kind: RecordKind, role: FileRole, bytes: Buffer): Promise<Outcome> {
  const { data, problems } = await readRecord(kind, role, bytes, 'x.yaml');
  const silent = data === undefined && problems.length === 0 ? ['nothing was read, and no problem told'] : [];
  return {
    taken: data !== undefined,
    broken: [...problemFaults(problems), ...silent, ...disagreement(bytes)],
  };
}

const roles: Readonly<Record<string, string>> = {
  config: 'mlc.yaml',
  model: 'models/churn/model.yaml',
  gate: 'models/churn/gate.yaml',
  version: 'models/churn/versions/1.0.0.yaml',
  report: 'models/churn/monitoring/1.0.0/20260308T000000Z-input-drift.yaml',
  event: 'models/churn/events/20260310T090000Z-compliance-event.yaml',
  request: 'models/churn/retraining/drift-threshold-80c44a16ccfc.yaml',
  incident: 'models/churn/incidents/20260312T090000Z.yaml',
  profile: 'models/churn/profiles/1.0.0/input-drift.yaml',
};

type Read = (folder: string, name: string, bytes: Buffer, seed: Seed) => Promise<Outcome | boolean>;

const recordReader: Read = (_folder, _name, bytes, seed) => {
  const kind = (seed.kind in roles ? seed.kind : 'version') as RecordKind;
  return asRecord(
    kind,
    roleOf(
      seed.name.includes('/') && seed.kind in roles && !seed.name.includes('#')
        ? seed.name
        : (roles[kind] ?? ''),
    ),
    bytes,
  );
};

const tableReader: Read = async (folder, name) => {
  const table = await openTable(folder, name);
  let rows = 0;
  for await (const batch of table.batches(table.columns)) {
    rows += batch.rows;
    for (const column of table.columns.slice(0, 20)) batch.column(column);
  }
  return rows > 0;
};

const resultsReader: Read = async (folder, name) =>
  flattenResults((await readNumbersFile(folder, name)).data).metrics.size > 0;

const signersReader: Read = (_folder, _name, bytes) => {
  const { signers, problems } = parseAllowedSigners(bytes.toString('utf8'));
  for (const { key } of signers) findSigner(signers, key, 'git', 1_772_355_600);
  return Promise.resolve({
    taken: signers.length > 0,
    broken: problems
      .filter(({ line, message }) => line < 1 || message === '')
      .map(() => 'a problem says nothing'),
  });
};

const hookReader: Read = (_folder, _name, bytes) =>
  Promise.resolve(readHookText(bytes.toString('utf8')) !== undefined);

interface Reader {
  surface: string;
  weight: number;
  kinds: readonly string[];
  ending?: (random: Random, seed: Seed) => string;
  read: (random: Random) => Read;
}

const ending = (_random: Random, seed: Seed): string => path.extname(seed.name) || '.yaml';
const records = Object.keys(roles);

/** The readers, by weight. */
export const readers: readonly Reader[] = [
  { surface: 'record', weight: 30, kinds: records, read: () => recordReader },
  { surface: 'yaml', weight: 8, kinds: ['yaml'], read: () => recordReader },
  {
    surface: 'evidence',
    weight: 6,
    kinds: ['evidence', 'retirement', 'yaml'],
    read: (random) => {
      const kind = chance(random, 0.7) ? 'evidence' : 'retirement';
      return async (folder, name) => (await readRequest(kind, folder, name)).data !== undefined;
    },
  },
  {
    surface: 'results',
    weight: 6,
    kinds: ['results', 'results', 'yaml'],
    ending: (random, seed) => oneOf(random, ['.json', '.yaml', '', ending(random, seed)]),
    read: () => resultsReader,
  },
  {
    surface: 'tool-report',
    weight: 16,
    kinds: ['tool-report', 'tool-report', 'results', 'mlflow-run'],
    ending: (random, seed) =>
      oneOf(random, [ending(random, seed), ending(random, seed), '.json', '.csv', '.yaml', '']),
    read: (random) => {
      const format = chance(random, 0.3) ? oneOf(random, reportFormats) : undefined;
      return async (folder, name) => (await readReport(folder, name, { format })).report !== undefined;
    },
  },
  {
    surface: 'table',
    weight: 8,
    kinds: ['table'],
    ending: (random, seed) =>
      oneOf(random, [
        ending(random, seed),
        ending(random, seed),
        '.csv',
        '.jsonl',
        '.tsv',
        '.parquet',
        '.gz',
      ]),
    read: () => tableReader,
  },
  { surface: 'allowed-signers', weight: 4, kinds: ['signers'], read: () => signersReader },
  { surface: 'hook-text', weight: 1, kinds: ['hook', 'ci'], read: () => hookReader },
];

/** An input for a reader. */
export function readingFor(random: Random, corpus: Corpus, reader: Reader): Input {
  const seed = oneOf(random, corpus.get(oneOf(random, reader.kinds)) ?? []);
  const others = [...corpus.values()].flat().map(({ bytes }) => bytes);
  const { bytes, how } = mutate(random, seed.bytes, chance(random, 0.7) ? [seed.bytes] : others);
  const name = `input${(reader.ending ?? ending)(random, seed)}`;
  const read = reader.read(random);
  return {
    surface: reader.surface,
    how: [seed.name, ...how],
    reading: {
      files: new Map([[name, bytes]]),
      read: (folder) => {
        writeFileSync(path.join(folder, name), bytes);
        return expected(() => read(folder, name, bytes, seed));
      },
    },
  };
}
