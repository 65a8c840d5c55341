// GTO on a repository with the same models and versions: a commit and an annotated tag each, a stage for what serves.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expectLines, runCommand } from '../command.js';
import { type Subject, measureWithin } from '../measure.js';
import { as } from '../people.js';
import { openHistory } from '../registries/open.js';
import { importStream } from '../registries/records.js';
import { registrations } from '../registration.js';
import { mlc } from '../setting.js';
import type { PeerRow } from './findings.js';
import { gto } from './install.js';
import { type PeerScene, limit } from './scene.js';

const firstSecond = 1_795_600_000;
/** GTO reads no date with a Z. */
const environment = as('grace', `${firstSecond + 30_000_000} +0000`);

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function streamOf({ versions, registry }: PeerScene): string {
  const serving = new Map(registry.serving.map(({ model, version }) => [model, version]));
  const artifacts = [...versions.keys()].map(
    (model) => `${model}:\n  path: models/${model}/weights.json\n  type: model\n`,
  );
  const stamp = (second: number): string => `Ada <ada@example.com> ${firstSecond + second} +0000`;
  const parts = [
    `commit refs/heads/main\ncommitter ${stamp(0)}\n${data('Name the models')}`,
    `M 100644 inline artifacts.yaml\n${data(artifacts.join(''))}`,
  ];
  let number = 0;
  for (const [model, list] of versions)
    for (const version of list) {
      number += 1;
      const weights = `{"model": "${model}", "version": "${version}"}\n`;
      parts.push(
        `commit refs/heads/main\nmark :${number}\ncommitter ${stamp(number * 60)}\n${data(`Train ${model} ${version}`)}`,
        `M 100644 inline models/${model}/weights.json\n${data(weights)}`,
        `tag ${model}@v${version}\nfrom :${number}\ntagger ${stamp(number * 60 + 20)}\n`,
        data(`Registering artifact ${model} version v${version}`),
      );
      if (serving.get(model) === version)
        parts.push(
          `tag ${model}#production#1\nfrom :${number}\ntagger ${stamp(number * 60 + 40)}\n`,
          data(`Assigning stage production to artifact ${model} version v${version}`),
        );
    }
  return parts.join('');
}

function build(scene: PeerScene): string {
  const folder = path.join(scene.home, 'gto');
  if (existsSync(path.join(folder, '.git', 'packed-refs'))) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: folder, env: environment });
  git('init', '--quiet', '--initial-branch=main');
  const stream = path.join(folder, '.git', 'stream');
  writeFileSync(stream, streamOf(scene));
  importStream(folder, stream);
  git('pack-refs', '--all');
  return folder;
}

function asked(folder: string, lines: number, ...args: string[]): Subject {
  return {
    run: () => runCommand({ file: gto(), args, cwd: folder, env: environment, speaks: 'always', limit }),
    after: () => expectLines(lines),
  };
}

/** GTO refuses to register a commit twice, so each time there is another. */
function registering(scene: PeerScene, folder: string): Subject {
  const commit = ['commit', '--quiet', '--allow-empty', '-m', 'Train again'];
  let number = 0;
  const { serving } = scene.registry;
  return {
    before: () => void execFileSync('git', commit, { cwd: folder, env: environment }),
    run: () => {
      number += 1;
      asked(folder, 1, 'register', serving[number % serving.length]?.model ?? '', '--bump-major').run();
    },
  };
}

export function besideGto(scene: PeerScene): PeerRow[] {
  const { setting, stock, registry, versions, times } = scene;
  const folder = build(scene);
  const events = registry.records + registry.serving.length;
  const history = openHistory(stock, events).folder;
  const listed = measureWithin(
    { mlc: mlc(setting, registry, 'list'), gto: asked(folder, versions.size, 'show', '--plain') },
    times,
  );
  const told = measureWithin(
    {
      mlc: { ...mlc(setting, { folder: history }, 'history'), after: () => expectLines(events) },
      gto: asked(folder, events, 'history', '--plain'),
    },
    times,
  );
  const registered = measureWithin(
    { mlc: registrations(setting, registry), gto: registering(scene, folder) },
    times,
  );
  const common = { records: registry.records, peer: 'GTO' };
  return [
    {
      ...common,
      job: 'list',
      mlc: listed.mlc,
      mlcCommand: 'mlc list',
      peerCommand: 'gto show',
      peerTiming: listed.gto,
      difference:
        'a line a model, with its latest version and what is in each stage. mlc has a line a version, with status, traffic and what is due.',
    },
    {
      ...common,
      job: 'history',
      mlc: told.mlc,
      mlcCommand: 'mlc history',
      peerCommand: 'gto history',
      peerTiming: told.gto,
      difference: `as many events as there are transitions in a history of mlc's own. GTO reads tags, mlc the trailers of commits.`,
    },
    {
      ...common,
      job: 'register',
      mlc: registered.mlc,
      mlcCommand: 'mlc register',
      peerCommand: 'gto register',
      peerTiming: registered.gto,
      difference:
        'writes an annotated tag on a commit that is there already. mlc holds the evidence to the gate, checks lineage and the bump, writes the record and commits it.',
    },
  ];
}
