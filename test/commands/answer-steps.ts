// A life of one model in steps, so that every command answers, refuses, and cannot be asked, each at least once.
import type { RunSettings, World } from '../support/world.js';
import { digest, registration } from '../support/world.js';
import { withKey } from './key-step.js';
import { fileWith } from './support.js';
import { reportOn, folderOf, drifting, request, commit, cancelled, incident } from './watch-steps.js';

/** One run of mlc, and what has to come of it. */
export interface Step {
  command: string;
  what: string;
  args: (world: World) => readonly string[] | Promise<readonly string[]>;
  code: 0 | 1 | 2;
  settings?: RunSettings;
  /** The schema of its answer, where it is another than the command's. */
  schema?: string;
}

const early: RunSettings = { at: '2026-03-02T09:00:00Z' };
const watched: RunSettings = early;
const late: RunSettings = { at: '2026-06-02T09:00:00Z' };

function step(
  command: string,
  what: string,
  args: readonly string[] | Step['args'],
  code: 0 | 1 | 2 = 0,
  settings: RunSettings = early,
): Step {
  const given = typeof args === 'function' ? args : () => args;
  return {
    command,
    what,
    code,
    settings,
    args: async (world) => [...command.split(' '), ...(await given(world))],
  };
}

/** Flags that make a command answer by another schema. */
const otherAnswers: Readonly<Record<string, string>> = {
  'monitor --batch': 'monitor-batch',
  'retrain --status': 'retraining',
};

/** A step whose command answers in another shape. */
function otherStep(name: string, what: string, args: Step['args'], code: 0 | 1 | 2 = 0): Step {
  const [command = '', flag = ''] = name.split(' ');
  const schema = otherAnswers[name] ?? '';
  return { ...step(command, what, async (world) => [flag, ...(await args(world))], code, watched), schema };
}

const register =
  (training: Parameters<typeof registration>[0], ...more: string[]) =>
  async (): Promise<string[]> => [...(await registration(training)).slice(1), ...more];
const results = (text: string) => async (): Promise<string[]> => [
  'churn',
  '--results',
  await fileWith('results.json', text),
];
const person = [
  '--owner',
  'Ada',
  '--intended-use',
  'x',
  '--risk',
  'limited',
  '--approver',
  'grace@example.com',
];
const retraining = { change: 'retraining', dataset: 'train@v2', weights: 'w2' } as const;
const retired = [
  'churn@1.0.0',
  '--cold-storage',
  `${digest('w1')}=s3://cold/w1`,
  '--compliance-confirmed-by',
  'Grace <grace@example.com>',
];

const besideAnothersHook = async (world: World): Promise<string[]> => {
  await world.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 0\n');
  return [];
};

/** The steps, in order; each stands on those before it. The world begins with the model churn and no version. */
export const steps: readonly Step[] = [
  step('init', 'again', ['--name', 'test']),
  step('init', 'in a folder', ['new', '--name', 'other']),
  step('init', 'where a file is', ['mlc.yaml'], 2),
  step('model add', 'a plan', ['fraud', ...person, '--dry-run']),
  step('model add', 'done', ['fraud', ...person]),
  step('model add', 'refused', ['fraud', ...person], 1),
  step('list', 'of nothing', ['fraud']),
  step('gate', 'passes', results('{"accuracy": 0.95, "evaluation_dataset": "golden@v1"}')),
  step('gate', 'fails', results('{"accuracy": 0.5}'), 1),
  step('gate', 'cannot decide', results('{"accuracy": NaN}'), 1),
  step('gate', 'without a file', ['churn', '--results', 'none.json'], 2),
  step('register', 'a plan', register({}, '--dry-run')),
  step('register', 'the first', register({})),
  step('register', 'again', register({})),
  step('register', 'refused', register({ weights: 'other' }), 1),
  step('register', 'incomplete', ['churn'], 2),
  step('approve', 'refused', ['churn@1.0.0'], 1),
  step('approve', 'done', ['churn@1.0.0', '-m', 'checked'], 0, { ...early, as: 'grace' }),
  step('resolve', 'refused', ['churn', '--env', 'production'], 1),
  step('deploy', 'refused', ['churn@1.0.0', '--env', 'nowhere'], 2),
  step('deploy', 'by default', ['churn@1.0.0', '--env', 'staging']),
  step('deploy', 'all at once', ['churn@1.0.0', '--env', 'production', '--pattern', 'blue-green']),
  step('register', 'another', register(retraining)),
  step('reject', 'refused', ['churn@1.1.0'], 1),
  step('reject', 'done', ['churn@1.1.0', '-m', 'wrong data'], 0, { ...early, as: 'grace' }),
  step('register', 'a third', register({ ...retraining, seed: 18 })),
  step('approve', 'the third', ['churn@1.2.0'], 0, { ...early, as: 'grace' }),
  step('deploy', 'from another', ['churn@1.2.0', '--env', 'production']),
  step('resolve', 'a split', ['churn', '--env', 'production']),
  step('resolve', 'elsewhere', ['churn', '--env', 'nowhere'], 2),
  step('ramp', 'refused', ['churn@1.2.0', '--env', 'production', '--traffic', '150'], 1),
  step('ramp', 'a plan', ['churn@1.2.0', '--env', 'production', '--traffic', '50', '--dry-run']),
  step('ramp', 'done', ['churn@1.2.0', '--env', 'production', '--traffic', '50']),
  step('show', 'ambiguous', ['churn@production'], 2),
  step('rollback', 'done', ['churn', '--env', 'production', '-m', 'errors']),
  step('rollback', 'refused', ['fraud', '--env', 'production'], 1),
  step('triggers', 'none', [], 0, watched),
  step('health', 'without a report', [], 1, { at: '2026-03-25T09:00:00Z' }),
  step(
    'monitor',
    'a plan',
    async () => [...(await reportOn('2026-02-22..2026-03-02')()), '--dry-run'],
    0,
    watched,
  ),
  step('monitor', 'done', reportOn('2026-02-22..2026-03-02'), 0, watched),
  step('monitor', 'again', reportOn('2026-02-22..2026-03-02'), 0, watched),
  step('monitor', 'refused', reportOn('2026-02-01..2026-02-07'), 1, watched),
  step('monitor', 'without a file', ['churn@1.0.0', '--report', 'none.json'], 2, watched),
  otherStep('monitor --batch', 'a folder', folderOf('churn@1.0.0')),
  otherStep('monitor --batch', 'a folder with one that is refused', folderOf('churn@1.1.0'), 1),
  step('drift', 'within', drifting(0), 0, watched),
  step('drift', 'breached', drifting(30), 1, watched),
  step('drift', 'without a file', ['churn@1.0.0', '--current', 'none.csv'], 2, watched),
  step('triggers', 'one fired', [], 1, watched),
  step('triggers', 'of an unknown model', ['chrun'], 2, watched),
  step('due', 'all', [], 0, watched),
  step('due', 'with --fail', ['--fail'], 1, watched),
  step('due', 'of no number', ['--within', 'x'], 2, watched),
  step('health', 'all', [], 0, watched),
  step('health', 'of no day', ['--since', 'x'], 2, watched),
  step('event', 'done', ['churn', '--type', 'compliance-event', '-m', 'audit'], 0, watched),
  step('event', 'of no day', ['churn', '--type', 'compliance-event', '-m', 'x', '--on', 'x'], 2, watched),
  step('retrain', 'a plan', [...request, ...commit, '--dry-run'], 0, watched),
  step('retrain', 'done', [...request, ...commit], 0, watched),
  step('retrain', 'again', [...request, ...commit], 0, watched),
  step('retrain', 'without data', ['churn', '--trigger', 'calendar'], 2, watched),
  otherStep('retrain --status', 'its requests', () => ['churn']),
  step('retrain', 'cancelled', cancelled, 0, watched),
  step('retrain', 'what is cancelled already', [...request, ...commit], 1, watched),
  step('incident open', 'done', ['churn', '--severity', 'serious', '-m', 'wrong letters'], 0, watched),
  step('incident open', 'without a reason', ['churn', '--severity', 'serious'], 1, watched),
  step('incident close', 'before it is reported', [...incident, '-m', 'over'], 1, watched),
  step('incident update', 'done', [...incident, '--reported', 'case 12', '-m', 'told'], 0, watched),
  step('incident update', 'an unknown one', ['churn', 'x', '-m', 'told'], 2, watched),
  step('incident close', 'done', [...incident, '-m', 'over'], 0, watched),
  step('review', 'keeps', ['churn@1.0.0']),
  step('review', 'moves', ['churn@1.0.0', '--until', '2026-12-01', '-m', 'no drift']),
  step('review', 'refused', ['churn@1.0.0', '--until', '2020-01-01', '-m', 'x'], 1),
  step('deprecate', 'refused', ['churn@1.0.0'], 1),
  step('deprecate', 'done', ['churn@1.0.0', '--successor', '1.2.0']),
  step('show', 'the notice', ['churn@1.0.0', '--notice']),
  step('reinstate', 'refused', ['churn@1.0.0'], 1),
  step('reinstate', 'done', ['churn@1.0.0', '-m', 'not yet']),
  step('deprecate', 'without successor', ['churn@1.0.0', '--without-successor', 'the product ends']),
  step('hold', 'refused', ['churn@1.0.0'], 1),
  step('hold', 'done', ['churn@1.0.0', '-m', 'case 12']),
  step('show', 'a held one', ['churn@1.0.0']),
  step('retire', 'refused', ['churn@1.0.0'], 1),
  step('release', 'done', ['churn@1.0.0', '-m', 'closed']),
  step('release', 'refused', ['churn@1.0.0'], 1),
  step('ramp', 'to nothing', ['churn@1.0.0', '--env', 'production', '--traffic', '0']),
  step('ramp', 'out of shadow', ['churn@1.0.0', '--env', 'staging', '--traffic', '0']),
  step('retire', 'a plan', [...retired, '--dry-run'], 0, late),
  step('retire', 'done', retired, 0, late),
  step('show', 'a retired one', ['churn@1.0.0']),
  step('show', 'the latest', ['churn@latest']),
  step('show', 'a near miss', ['chrun@1.0.0'], 2),
  step('list', 'all', []),
  step('list', 'an unknown model', ['chrun'], 2),
  step('history', 'all', []),
  step('history', 'a version', ['churn@1.0.0', '--reasons']),
  step('history', 'an unknown model', ['chrun'], 2),
  step('diff', 'two versions', ['churn@1.0.0', '1.2.0']),
  step('diff', 'two models', ['churn@1.0.0', 'fraud@1.0.0'], 2),
  step('inventory', 'of a day', ['--as-of', '2026-03-02']),
  step('inventory', 'before history', ['--as-of', '2020-01-01'], 1),
  step('inventory', 'of no day', ['--as-of', 'yesterday'], 2),
  step('validate', 'all', []),
  step('validate', 'what is staged', ['--staged']),
  step('validate', 'what is not there', ['nowhere'], 2),
  step('check', 'against itself', ['--base', 'HEAD']),
  step('check', 'the last commit', ['--base', 'HEAD~1'], 0, late),
  step('check', 'against what is not there', ['--base', 'nowhere'], 2),
  step('audit', 'all', [], 0, late),
  step('audit', 'a seal that is not there', ['--seal', 'nowhere'], 2, late),
  step('audit seal', 'without a key', [], 2, late),
  step('audit seal', 'with a key', withKey, 0, late),
  step('audit', 'its seal', ['--seal', 'mlc-seal-2026-06-02'], 0, late),
  step('audit export', 'into a folder', ['../exported', '--sample', '3'], 0, late),
  step('audit export', 'half a transition', ['../exported', '--sample', '0.5'], 2, late),
  step('hook install', 'into a repository', []),
  step('hook install', 'again', []),
  step('hook uninstall', 'done', []),
  step('hook uninstall', 'again', []),
  step('hook install', "where another's is", besideAnothersHook, 1),
  step('hook uninstall', "another's", [], 1),
  step('doctor', 'all', []),
  step('doctor', 'mends', ['--fix', '--deep']),
  step('doctor', 'where no folder is', ['-C', '/nonexistent'], 2),
  step('schema', 'a record', ['version']),
  step('schema', 'an unknown one', ['vrsion'], 2),
  step('completion', 'bash', ['bash']),
  step('completion', 'an unknown shell', ['tcsh'], 2),
];

/** Words that make each command whole, to ask it where there is no registry. */
export const wholeWords: Readonly<Record<string, readonly string[]>> = {
  'model add': ['fraud', ...person],
  gate: ['churn', '--results', 'results.json'],
  register: ['churn', '--change', 'architecture'],
  ...Object.fromEntries(
    ['approve', 'reject', 'review', 'deprecate', 'reinstate', 'retire', 'hold', 'release', 'show'].map(
      (name) => [name, ['churn@1.0.0']],
    ),
  ),
  deploy: ['churn@1.0.0', '--env', 'production'],
  ramp: ['churn@1.0.0', '--env', 'production', '--traffic', '5'],
  rollback: ['churn', '--env', 'production'],
  resolve: ['churn', '--env', 'production'],
  monitor: ['--batch', '.'],
  drift: ['churn', '--reference', 'a.csv', '--current', 'b.csv'],
  triggers: [],
  event: ['churn', '--type', 'compliance-event', '-m', 'x'],
  retrain: ['churn', '--trigger', 'calendar', '--dataset', 'a@1'],
  due: [],
  health: [],
  'incident open': ['churn', '--severity', 'minor', '-m', 'x'],
  'incident update': ['churn', 'x', '-m', 'x'],
  'incident close': ['churn', 'x', '-m', 'x'],
  list: [],
  history: [],
  diff: ['churn@1.0.0', '1.1.0'],
  inventory: ['--as-of', '2026-03-01'],
  validate: [],
  check: ['--base', 'HEAD'],
  audit: [],
  'audit seal': [],
  'audit export': ['exported'],
  doctor: [],
  'hook install': [],
  'hook uninstall': [],
};
