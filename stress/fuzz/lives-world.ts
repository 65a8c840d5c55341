// Registries to live in: one prepared for each set of rules, and a copy of it for each life.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type World, gitIn, worldIn } from '../../test/support/world.js';
import { model, resultsFile } from './lives-words.js';
import { emptyState } from './reference.js';
import type { Edit } from './reference-operations.js';
import type { Rules, State } from './reference-state.js';

/** The moment at which every life begins. */
export const birth = Date.parse('2026-03-01T09:00:00Z');

/** What a registry is prepared with: its rules as the reference has them, and how `mlc.yaml` says them. */
interface Setting {
  rules: Rules;
  policy?: string;
}

const approvers = ['ada', 'grace', 'alan'];

const standard = { approvers, canary: [1, 10], shadowDays: 14, noticeDays: 30, reviewMonths: 12 } as const;

/** The defaults at two risks, and a policy of its own in which every number is another. */
export const settings: readonly Setting[] = [
  { rules: { ...standard, risk: 'limited', approvals: 1, retention: { weights: 5, training_data: 2 } } },
  { rules: { ...standard, risk: 'high', approvals: 2, retention: { weights: 5, training_data: 2 } } },
  {
    rules: {
      ...standard,
      risk: 'high',
      approvals: 1,
      canary: [10, 30],
      shadowDays: 3,
      noticeDays: 7,
      reviewMonths: 1,
      retention: { weights: 3 },
    },
    policy: `policy:
  owners: ["ada@example.com"]
  approvals: {high: 1}
  deployment: {canary_min_pct: 10, canary_max_pct: 30, shadow_days: 3}
  review: {period: P1M}
  retirement: {notice_days: 7}
  retention:
    - {kind: weights, period: P3Y, anchor: retired_at}
`,
  },
];

/** A registry with the state that the reference has of it. */
export interface Prepared {
  world: World;
  state: State;
  clock: number;
  /** Where the results files are. */
  results: string;
  /** How many transitions it holds already. */
  branch: string;
}

const gateText = (floor: number, at: number): string => `schema: mlc/gate@1
# agreed ${new Date(at).toISOString()}
baseline: {version: production, on_missing: bootstrap}
metrics:
  accuracy: {better: higher}
checks:
  - {id: floor, kind: offline, metric: accuracy, min: ${floor / 10_000}}
  - {id: regression, kind: regression, metric: accuracy, max_regression: {abs: 0.01}}
`;

const times = (at: number): Record<string, string> => {
  const when = new Date(at).toISOString();
  return { GIT_AUTHOR_DATE: when, GIT_COMMITTER_DATE: when };
};

/** Makes an edit by hand, and commits it as the owner. */
export async function editByHand(world: World, asked: Edit, after: State, at: number): Promise<void> {
  if (asked.kind === 'regate') await world.write(`models/${model}/gate.yaml`, gateText(asked.floor, at));
  else {
    const file = `models/${model}/model.yaml`;
    const [own] = (await world.read(file)).split(/^consumers:/m);
    const entries = Object.entries(after.pins).map(
      ([name, version]) => `  - {name: ${name}, kind: service, pinned_version: "${version}"}\n`,
    );
    await world.write(file, `${own ?? ''}consumers:\n${entries.join('')}`);
  }
  const said = asked.kind === 'pin' ? `Pin ${asked.consumer}` : 'Agree on another floor';
  gitIn(world.folder, ['commit', '--quiet', '--allow-empty', '--all', '--message', said], times(at));
}

/** The folder below which registries are made: in memory where there is a place for it. */
export async function newFolder(): Promise<string> {
  const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  return mkdtemp(path.join(base, 'mlc-lives-'));
}

async function addModel(world: World, name: string, risk: string, at: string): Promise<void> {
  const gate = path.join(path.dirname(world.folder), 'gate.yaml');
  await writeFile(gate, gateText(9000, birth));
  const people = approvers.flatMap((person) => ['--approver', `${person}@example.com`]);
  const flags = ['--owner', 'Ada <ada@example.com>', '--intended-use', 'rank', '--risk', risk];
  await world.ok(['model', 'add', name, ...flags, '--gate', gate, ...people], { at });
}

/** Prepares the registry of one setting below a folder. A second model serves in it, which no life may touch. */
export async function prepare(folder: string, index: number): Promise<Prepared> {
  const setting = settings[index];
  if (!setting) throw new Error(`there are no rules ${index}`);
  const results = path.join(folder, 'results');
  await mkdir(results, { recursive: true });
  for (const accuracy of [9500, 9450, 9550, 9400, 9300, 9000, 8900, null]) {
    const measured = accuracy === null ? {} : { accuracy: accuracy / 10_000 };
    await writeFile(
      path.join(results, resultsFile(accuracy)),
      JSON.stringify({ ...measured, evaluation_dataset: 'golden@v1' }),
    );
  }
  const place = path.join(folder, `rules-${index}`, 'registry');
  await mkdir(place, { recursive: true });
  const world = worldIn(place);
  const at = new Date(birth).toISOString();
  await world.ok(['init', '--name', 'lives'], { at });
  await rm(path.join(place, '.git/hooks'), { recursive: true, force: true });
  if (setting.policy !== undefined) {
    const [own] = (await world.read('mlc.yaml')).split(/^# What is left out|^policy:/m);
    await world.write('mlc.yaml', `${own ?? ''}${setting.policy}`);
    gitIn(place, ['commit', '--quiet', '--all', '--message', 'Agree on a policy'], times(birth));
  }
  await addModel(world, model, setting.rules.risk, at);
  await addModel(world, 'bystander', 'limited', at);
  const lineage = '--run runs:/1 --dataset d@v1 --commit abcdef0123456789 --seed 1 --gdpr-status assessed';
  const file = path.join(results, resultsFile(9500));
  await world.ok(['register', 'bystander', '--results', file, ...lineage.split(' ')], { at });
  await world.ok(['approve', 'bystander@1.0.0'], { at, as: 'grace' });
  await world.ok(['deploy', 'bystander@1.0.0', '--env', 'production', '--pattern', 'ab', '--traffic', '90'], {
    at,
  });
  const state = emptyState(setting.rules, { floor: 9000, committedAt: birth });
  const branch = (await readFile(path.join(place, '.git/HEAD'), 'utf8')).trim().replace('ref: ', '');
  return { world, state, clock: birth + 3_600_000, results, branch };
}

/** A copy of a registry, with its whole past. */
export async function copyOf(prepared: Prepared, folder: string): Promise<Prepared> {
  await cp(prepared.world.folder, folder, { recursive: true, preserveTimestamps: true });
  return { ...prepared, world: worldIn(folder) };
}

/** The commit that a registry is at, or undefined before the first. */
export async function headOf({ world, branch }: Prepared): Promise<string> {
  return (await readFile(path.join(world.folder, '.git', branch), 'utf8')).trim();
}
