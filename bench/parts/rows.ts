// Every budget of DESIGN section 8 that is about a registry of records, at one size and on one version of node.
import { appendFileSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expectLines } from '../command.js';
import { type Findings, type Place, compare, together } from '../findings.js';
import type { Subject } from '../measure.js';
import { ajvCli } from '../peers/install.js';
import { as, clock } from '../people.js';
import { registrations } from '../registration.js';
import { type Stock, openRecords } from '../registries/open.js';
import type { RecordsRegistry } from '../registries/records.js';
import { type Setting, bareNode, committing, git, mlc } from '../setting.js';
import { ajvOf } from './validators.js';

type Registry = RecordsRegistry & { folder: string };

interface Scene {
  setting: Setting;
  registry: Registry;
  place: Place;
  times: number;
  /** Budgets are about 10,000 records; a smaller registry has to meet them too. */
  budget: (ratio: number) => number | null;
}

export const work = {
  version: 'mlc --version',
  validateFirst: 'mlc validate, first time',
  validateAgain: 'mlc validate, nothing changed',
  staged: 'mlc validate --staged, one record',
  listFirst: 'mlc list, first time',
  listAgain: 'mlc list, nothing changed',
  resolve: 'mlc resolve',
  show: 'mlc show',
  transition: 'a transition (mlc review)',
  register: 'mlc register',
  check: 'mlc check, a branch of 10 transitions',
  node: 'node -e 0',
  commit: 'git commit --only, one file',
  status: 'git status',
  tree: 'git ls-tree -r',
  ajv: 'ajv-cli',
} as const;

function versionRow({ setting, registry, place, times }: Scene): Findings {
  const subjects = {
    [work.version]: mlc(setting, registry, '--version'),
    [work.node]: bareNode(setting, registry.folder),
  };
  return compare(place, times, subjects, [
    { work: work.version, yardstick: work.node, milliseconds: (of) => of[work.node], budget: 1.3 },
  ]);
}

/** The list, which has to name every version. */
function list(setting: Setting, registry: Registry): Subject {
  return { ...mlc(setting, registry, 'list'), after: () => expectLines(registry.records) };
}

function forgetting(folder: string, subject: Subject): Subject {
  return {
    ...subject,
    before: () => rmSync(path.join(folder, '.git', 'mlc', 'cache'), { recursive: true, force: true }),
  };
}

function firstTime({ setting, registry, place, times, budget }: Scene): Findings {
  const { folder } = registry;
  const subjects = {
    [work.listFirst]: forgetting(folder, list(setting, registry)),
    [work.validateFirst]: forgetting(folder, mlc(setting, registry, 'validate')),
    [work.ajv]: ajvOf(setting, folder, ajvCli()),
  };
  return compare(place, Math.max(1, Math.floor(times / 3)), subjects, [
    {
      work: work.validateFirst,
      yardstick: work.ajv,
      milliseconds: (of) => of[work.ajv],
      budget: budget(0.7),
    },
  ]);
}

function unchanged({ setting, registry, place, times, budget }: Scene): Findings {
  const [{ model, version } = { model: 'seed', version: '2.0.0' }] = registry.serving;
  const subjects = {
    [work.validateAgain]: mlc(setting, registry, 'validate'),
    [work.listAgain]: list(setting, registry),
    [work.resolve]: mlc(setting, registry, 'resolve', model, '--env', 'production'),
    [work.show]: mlc(setting, registry, 'show', `${model}@${version}`),
    [work.node]: bareNode(setting, registry.folder),
    [work.status]: git(registry.folder, 'always', 'status', '--porcelain', '--branch'),
    [work.tree]: git(registry.folder, 'always', 'ls-tree', '-r', 'HEAD', 'models'),
  };
  const beside = {
    yardstick: work.node,
    milliseconds: (of: Record<string, number>) => of[work.node] ?? Number.NaN,
  };
  return compare(place, times, subjects, [
    { work: work.validateAgain, ...beside, budget: budget(4) },
    { work: work.listAgain, ...beside, budget: budget(4) },
    { work: work.resolve, ...beside, budget: null },
    { work: work.show, ...beside, budget: null },
  ]);
}

function staged({ setting, registry, place, times, budget }: Scene): Findings {
  const [{ model, version } = { model: 'seed', version: '2.0.0' }] = registry.serving;
  const file = path.join(registry.folder, 'models', model, 'versions', `${version}.yaml`);
  const change = (...args: string[]): void =>
    void execFileSync('git', args, { cwd: registry.folder, env: as('grace', clock) });
  appendFileSync(file, '# changed\n');
  change('add', file);
  const subjects = {
    [work.staged]: mlc(setting, registry, 'validate', '--staged'),
    [work.node]: bareNode(setting, registry.folder),
  };
  const found = compare(place, times, subjects, [
    { work: work.staged, yardstick: work.node, milliseconds: (of) => of[work.node], budget: budget(2.2) },
  ]);
  change('reset', '--hard', '--quiet');
  return found;
}

function transition({ setting, registry, place, times }: Scene): Findings {
  let next = 0;
  const one: Subject = {
    run: () => {
      const { model, version } = registry.serving[next++ % registry.serving.length] ?? {
        model: '',
        version: '',
      };
      mlc(setting, registry, 'review', `${model}@${version}`).run();
    },
  };
  const gate = 'models/seed/gate.yaml';
  const raw: Subject = {
    ...git(registry.folder, 'always', 'commit', '--only', '-m', 'raw', '--', gate),
    before: () => appendFileSync(path.join(registry.folder, gate), '# changed\n'),
  };
  const subjects = {
    [work.transition]: committing(registry.folder, one),
    [work.register]: registrations(setting, registry),
    [work.node]: bareNode(setting, registry.folder),
    [work.commit]: committing(registry.folder, raw),
  };
  const beside = {
    yardstick: 'node -e 0 + 3 × git commit --only',
    milliseconds: (of: Record<string, number>) =>
      (of[work.node] ?? Number.NaN) + 3 * (of[work.commit] ?? Number.NaN),
    budget: 1,
  };
  return compare(place, times, subjects, [
    { work: work.transition, ...beside },
    { work: work.register, ...beside },
  ]);
}

function checkRow({ setting, registry, place, times, budget }: Scene): Findings {
  execFileSync('git', ['switch', '--quiet', '--force-create', 'feature'], { cwd: registry.folder });
  for (let number = 0; number < 10; number++) {
    const { model, version } = registry.serving[number % registry.serving.length] ?? {
      model: '',
      version: '',
    };
    mlc(setting, registry, 'review', `${model}@${version}`).run();
  }
  const subjects = {
    [work.check]: mlc(setting, registry, 'check', '--base', 'main'),
    [work.node]: bareNode(setting, registry.folder),
  };
  const found = compare(place, times, subjects, [
    { work: work.check, yardstick: work.node, milliseconds: (of) => of[work.node], budget: budget(10) },
  ]);
  execFileSync('git', ['switch', '--quiet', 'main'], { cwd: registry.folder });
  execFileSync('git', ['branch', '--quiet', '-D', 'feature'], { cwd: registry.folder });
  return found;
}

/** All of them. */
export function rowsAt(setting: Setting, stock: Stock, size: number, times: number): Findings {
  const registry = openRecords(stock, size);
  const scene: Scene = {
    setting,
    registry,
    place: { node: setting.nodeVersion, records: registry.records },
    times,
    budget: (ratio) => (registry.records <= 10_000 ? ratio : null),
  };
  const found = [versionRow, firstTime, unchanged, staged, transition, checkRow].map((part) => part(scene));
  return together(found);
}
