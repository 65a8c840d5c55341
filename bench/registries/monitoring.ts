// Builds a registry that was monitored for a year: decided by the rules themselves, with weekly reports on four signals.
// Alone (`npx tsx bench/registries/monitoring.ts FOLDER`) it leaves the registry there, for looking at one command.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { EvaluationGate, Model, RegistryConfiguration } from '../../src/generated/types.js';
import { timestampOf } from '../../src/lifecycle/dates.js';
import type { ModelState } from '../../src/lifecycle/decisions.js';
import { emptyLedger, ledgerPath, reportId } from '../../src/lifecycle/ledger.js';
import { retrain } from '../../src/lifecycle/operations/retrain.js';
import { review } from '../../src/lifecycle/operations/review.js';
import { schemaReference } from '../../src/registry/paths.js';
import { requestId } from '../../src/registry/request-id.js';
import {
  type Step,
  type Writer,
  ada,
  commit,
  examples,
  firstSecond,
  grace,
  readTraining,
  recordOf,
  stepsOf,
  takeStep,
} from './history.js';
import {
  checkSample,
  firstEnd,
  renderTemplates,
  signals,
  vary,
  version,
  week,
} from './monitoring-reports.js';
import { as } from '../people.js';
import { renderFile } from './texts.js';

const weeks = 52;
/** The week in which drift begins where there is any, and the one in which it is decided about. */
const [driftsFrom, decidedIn, calendarIn] = [46, 49, 44];

/** The moment at which the registry is looked at: two days after the newest window. */
export const watchedAt = timestampOf(new Date((firstEnd + (weeks - 1) * week + 2 * 86_400) * 1000));

interface Watched {
  state: ModelState;
  files: Map<string, string>;
}

function startModel(
  writer: Writer,
  number: number,
  about: Pick<ModelState, 'config'>,
  gateText: string,
): Watched {
  const id = `model-${String(number).padStart(5, '0')}`;
  const watching = parse(readFileSync(path.join(examples, 'monitoring.yaml'), 'utf8')) as Partial<Model>;
  const model = {
    schema: 'mlc/model@1',
    model_id: id,
    title: id,
    owner: number % 3 === 0 ? grace : ada,
    intended_use: { tasks: ['measure'] },
    eu_ai_act_risk_class: 'limited',
    approvers: ['grace@example.com'],
    ...watching,
    monitoring: { ...watching.monitoring, signals: [...signals] },
  } as Model;
  const file = `models/${id}/model.yaml`;
  const started = new Map([
    [file, renderFile(model, schemaReference(file, 'model'))],
    [`models/${id}/gate.yaml`, gateText],
  ]);
  commit(writer, ada, `add ${id}\n`, started);
  const gate = parse(gateText) as EvaluationGate;
  const gateAt = timestampOf(new Date(writer.seconds * 1000));
  let state: ModelState = { ...about, model, gate, versions: new Map(), ledger: emptyLedger };
  const files = new Map<string, string>();
  const trainings = [readTraining('logistic'), readTraining('logistic-retrained')] as const;
  for (const step of stepsOf(trainings, gateText, gateAt, id).slice(0, 4))
    state = takeStep(writer, state, files, step);
  return { state, files };
}

const drifts = (number: number): boolean => number % 5 === 0;

/** Most models are looked at every quarter; of those that drift a third is reviewed, and a third trained again. */
function decisionsIn(weekNumber: number, number: number): Step[] {
  if (weekNumber === calendarIn && number % 10 !== 1)
    return [
      {
        by: ada,
        decide: (state, now) =>
          review(
            state,
            {
              version: recordOf(state, version),
              until: '2028-06-30',
              reason: 'validated, still as good as at registration',
              triggers: ['calendar'],
            },
            { actor: ada, now },
          ),
      },
    ];
  if (weekNumber !== decidedIn || !drifts(number)) return [];
  if (number % 3 === 0)
    return [
      {
        by: grace,
        decide: (state, now) =>
          review(
            state,
            { version: recordOf(state, version), reason: 'a new scanner; its images are checked by hand' },
            { actor: grace, now },
          ),
      },
    ];
  if (number % 3 === 1) return [];
  return [
    {
      by: ada,
      decide: (state, now) => {
        const asked = {
          trigger: 'drift-threshold' as const,
          inputs: { data_snapshot: `images-${now.slice(0, 10)}`, seed: number, commit: '0123456789abcdef' },
        };
        return retrain(
          state,
          {
            ...asked,
            version: recordOf(state, version),
            id: requestId({ ...asked, model_id: state.model.model_id, version } as Parameters<
              typeof requestId
            >[0]),
            causes: [],
            reason: 'the new scanner is everywhere now',
          },
          { actor: ada, now },
        );
      },
    },
  ];
}

/** What a registry that was watched holds. */
export interface MonitoredRegistry {
  models: string[];
  reports: number;
}

function writeStream(file: string, models: number): { ids: string[]; sample: Map<string, string> } {
  const output = openSync(file, 'w');
  const writer: Writer = { stream: [], seconds: firstSecond };
  const flush = (): void => void writeSync(output, writer.stream.splice(0).join(''));
  const config: RegistryConfiguration = {
    schema: 'mlc/config@1',
    name: 'bench',
    environments: [{ name: 'staging' }, { name: 'production' }],
  };
  const gateText = readFileSync(path.join(examples, 'gate.yaml'), 'utf8');
  commit(
    writer,
    ada,
    'start\n',
    new Map([['mlc.yaml', renderFile(config, schemaReference('mlc.yaml', 'config'))]]),
  );
  const watched = Array.from({ length: models }, (_, number) =>
    startModel(writer, number, { config }, gateText),
  );
  flush();
  const templates = renderTemplates((watched[0] as Watched).state);
  const sample = new Map<string, string>();
  for (let number = 0; number < weeks; number++) {
    const end = firstEnd + number * week;
    const files = new Map<string, string>();
    watched.forEach(({ state }, index) => {
      const id = state.model.model_id;
      const mood = drifts(index) && number >= driftsFrom ? 'drifted' : 'calm';
      for (const [place, signal] of signals.entries()) {
        const name = reportId({ version, end: timestampOf(new Date(end * 1000)), signal });
        const seed = (index * weeks + number) * signals.length + place;
        const text = vary(templates.get(`${signal} ${mood}`) ?? '', id, seed, signal, mood, end);
        files.set(ledgerPath(id, { kind: 'report', id: name }), text);
      }
    });
    for (const [name, text] of [...files].slice(0, 8)) sample.set(name, text);
    writer.seconds = end + 7 * 3600;
    commit(writer, ada, `the reports of week ${number + 1}\n`, files);
    watched.forEach((entry, index) => {
      for (const step of decisionsIn(number, index))
        entry.state = takeStep(writer, entry.state, entry.files, step);
    });
    flush();
  }
  closeSync(output);
  return { ids: watched.map(({ state }) => state.model.model_id), sample };
}

/** Builds the registry of so many models, packed as a clone is, with its files in the working tree. */
export async function buildMonitored(folder: string, models: number): Promise<MonitoredRegistry> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder });
  const stream = path.join(folder, '.git', 'stream');
  const { ids, sample } = writeStream(stream, models);
  await checkSample(sample);
  const env = as('ada', watchedAt);
  const input = openSync(stream, 'r');
  const imported = spawnSync('git', ['fast-import', '--quiet'], {
    cwd: folder,
    env,
    stdio: [input, 'ignore', 'pipe'],
  });
  closeSync(input);
  rmSync(stream);
  if (imported.status !== 0) throw new Error(imported.stderr.toString());
  execFileSync('git', ['reset', '--hard', '--quiet'], { cwd: folder, env });
  execFileSync('git', ['gc', '--quiet'], { cwd: folder, env });
  return { models: ids, reports: models * weeks * signals.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('npx tsx bench/registries/monitoring.ts FOLDER');
  const { models, reports } = await buildMonitored(folder, Number(process.env.MLC_BENCH_MODELS ?? 1000));
  process.stdout.write(`${models.length} models, ${reports} reports; look at it at ${watchedAt}\n`);
}
