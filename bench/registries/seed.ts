// Takes one model of the examples through its life with mlc itself, and keeps the text of its records at every turn.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { as } from '../people.js';

export const examples = path.join(import.meta.dirname, '..', '..', 'examples', 'breast-cancer');

/** What kind of change a version is, and what it came to. */
export type Kind = 'first' | 'retraining' | 'configuration' | 'architecture';
export type Turn =
  | 'registered'
  | 'approved'
  | 'rejected'
  | 'shadow'
  | 'canary'
  | 'serving'
  | 'giving-way'
  | 'served'
  | 'deprecated'
  | 'retired';

/** The text of the seed's files: of a version, `kind turn`. */
export interface Seed {
  model: string;
  gate: string;
  records: Readonly<Record<string, string>>;
}

const numbers: Readonly<Record<Kind, string>> = {
  first: '1.0.0',
  retraining: '1.1.0',
  configuration: '1.1.1',
  architecture: '2.0.0',
};

/** Builds the seed's registry in a folder, and answers the text of its records. */
export function makeSeed(folder: string, program: string): Seed {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const records: Record<string, string> = {};
  const read = (file: string): string => readFileSync(path.join(folder, 'models', 'seed', file), 'utf8');
  const run = (person: 'ada' | 'grace', day: string, ...args: string[]): void => {
    execFileSync(process.execPath, [program, ...args], {
      cwd: folder,
      env: as(person, `${day}T09:00:00Z`),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  };
  const keep = (...turns: `${Kind} ${Turn}`[]): void => {
    for (const turn of turns) records[turn] = read(`versions/${numbers[turn.split(' ')[0] as Kind]}.yaml`);
  };
  const register = (day: string, example: string): void =>
    run('ada', day, 'register', 'seed', ...evidenceOf(example));
  const approve = (day: string, version: string): void =>
    run('grace', day, 'approve', `seed@${version}`, '-m', 'numbers checked');
  const deploy = (day: string, version: string, env: string, ...how: string[]): void =>
    run('ada', day, 'deploy', `seed@${version}`, '--env', env, ...how);
  const ramp = (day: string, version: string, env: string, share: number): void =>
    run('ada', day, 'ramp', `seed@${version}`, '--env', env, '--traffic', String(share), '-m', 'as planned');
  const retire = (day: string, version: string): void =>
    run('ada', day, 'retire', `seed@${version}`, ...retirementOf(read(`versions/${version}.yaml`)));

  run('ada', '2026-11-20', 'init', '--name', 'bench');
  run('ada', '2026-11-20', ...modelAdded);
  register('2026-11-24', 'logistic');
  keep('first registered');
  approve('2026-11-24', '1.0.0');
  keep('first approved');
  deploy('2026-11-24', '1.0.0', 'staging', '--pattern', 'blue-green');
  deploy('2026-11-24', '1.0.0', 'production', '--pattern', 'blue-green');
  keep('first serving');
  register('2026-11-25', 'logistic-retrained');
  keep('retraining registered');
  approve('2026-11-25', '1.1.0');
  keep('retraining approved');
  deploy('2026-11-26', '1.1.0', 'production', '--pattern', 'canary');
  keep('first giving-way', 'retraining canary');
  ramp('2026-11-28', '1.1.0', 'production', 100);
  ramp('2026-11-28', '1.0.0', 'staging', 0);
  keep('first served', 'retraining serving');
  register('2026-11-29', 'logistic-threshold');
  run('grace', '2026-11-29', 'reject', 'seed@1.1.1', '-m', 'more false alarms, no more tumours found');
  keep('configuration rejected');
  register('2026-11-30', 'gradient-boosted');
  keep('architecture registered');
  approve('2026-11-30', '2.0.0');
  keep('architecture approved');
  deploy('2026-12-01', '2.0.0', 'production', '--pattern', 'shadow');
  keep('architecture shadow');
  run('ada', '2026-12-02', 'deprecate', 'seed@1.0.0', '--successor', '1.1.0', '-m', 'superseded');
  keep('first deprecated');
  deploy('2026-12-20', '2.0.0', 'production', '--pattern', 'canary');
  keep('retraining giving-way', 'architecture canary');
  ramp('2026-12-27', '2.0.0', 'production', 100);
  keep('retraining served', 'architecture serving');
  run('ada', '2026-12-28', 'deprecate', 'seed@1.1.0', '--successor', '2.0.0', '-m', 'superseded');
  keep('retraining deprecated');
  retire('2027-02-01', '1.0.0');
  retire('2027-02-01', '1.1.0');
  keep('first retired', 'retraining retired');
  ramp('2027-02-02', '2.0.0', 'production', 0);
  keep('architecture served');
  run('ada', '2027-02-03', 'deprecate', 'seed@2.0.0', '--without-successor', 'the study ends');
  keep('architecture deprecated');
  retire('2027-03-20', '2.0.0');
  keep('architecture retired');
  allowImports(folder);
  return { model: read('model.yaml'), gate: read('gate.yaml'), records };
}

const modelAdded = [
  ...['model', 'add', 'seed', '--owner', 'Ada <ada@example.com>', '--intended-use', 'measure'],
  ...['--risk', 'limited', '--approver', 'grace@example.com', '--gate', path.join(examples, 'gate.yaml')],
];

/** The flags that register an example, with its own evidence or that of another file. */
export function evidenceOf(
  example: string,
  evidence = path.join(examples, example, 'evidence.yaml'),
): string[] {
  return [
    ...['--from', evidence],
    ...['--results', path.join(examples, example, 'results.json')],
    ...['--commit', '0123456789abcdef', '--risk', 'limited'],
    ...['--substantial-modification', 'no', '--modification-reason', 'same purpose'],
  ];
}

function retirementOf(text: string): string[] {
  const stored = [...text.matchAll(/- uri: (\S+)\n +sha256: "?([0-9a-f]{64})"?/g)];
  return [
    ...stored.flatMap(([, uri = '', sha256]) => [
      '--cold-storage',
      `${sha256}=${uri.replace('s3://models', 's3://cold')}`,
    ]),
    ...['--compliance-confirmed-by', 'Grace <grace@example.com>'],
  ];
}

/** What follows is imported, and no transition; the registry's policy has to allow that. */
function allowImports(folder: string): void {
  const file = path.join(folder, 'mlc.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('hand_written_records: refuse', 'hand_written_records: allow'));
  const env = as('ada', '2027-03-21T09:00:00Z');
  execFileSync('git', ['commit', '--quiet', '--all', '-m', 'Allow records to be imported'], {
    cwd: folder,
    env,
  });
}
