// Asking for a retraining: which version, on what data, for which causes; then writing it down and handing it over.
import { usage } from '../errors.js';
import type { HandOver, RetrainingInputs, RetrainingRequest, VersionRecord } from '../generated/types.js';
import { type Watch, deployedVersions, triggersOf } from '../lifecycle/health/watched-model.js';
import type { WatchedModel } from '../lifecycle/health/watched-model.js';
import { isAccepted } from '../lifecycle/operations/hand-over.js';
import { type HandOverTarget, retrain } from '../lifecycle/operations/retrain.js';
import { responses } from '../lifecycle/triggers/responses.js';
import { type TriggerType, type TriggerVerdict, triggerTypes } from '../lifecycle/triggers/trigger.js';
import { describeHandOver } from '../orchestrators/describe.js';
import { readBooks } from '../registry/books/read-books.js';
import { resolveTrainingCommit } from '../registry/evidence.js';
import { checkCredentials, handOverRequest, send, writeSending } from '../registry/hand-over.js';
import { loadModel } from '../registry/load.js';
import { requestId } from '../registry/request-id.js';
import { type Registry, headCommit } from '../registry/registry.js';
import { runTransition, versionIn } from '../registry/transition.js';
import { watchOf } from '../lifecycle/health/watched-model.js';
import { readClock } from '../registry/clock.js';
import { handedView } from '../views/retraining.js';
import { newestFirst } from '../lifecycle/versions.js';
import { open, transitionAnswer } from './answers.js';
import {
  type Answer,
  type Input,
  type Session,
  isSet,
  number,
  reasonOf,
  settingsOf,
  text,
  word,
} from './command.js';

/** A version and its trigger. */
interface Wanted {
  version: string;
  trigger: TriggerType;
  verdict: TriggerVerdict | undefined;
}

/** What fired of a trigger; a model may have several rules of one type. */
function firedOf(
  watched: WatchedModel,
  record: VersionRecord,
  watch: Watch,
  trigger: TriggerType,
): TriggerVerdict | undefined {
  const fired = triggersOf(watched, record, watch).filter(
    ({ type, state }) => type === trigger && state === 'fired',
  );
  const [first] = fired;
  return first && { ...first, causes: fired.flatMap(({ causes }) => causes).slice(0, 100) };
}

/** The version that is meant: the named one, else the newest whose trigger fired, else the newest deployed. */
function pick(watched: WatchedModel, watch: Watch, trigger: TriggerType, named: string | undefined): Wanted {
  const known = watched.versions.find(({ version }) => version === named);
  const serving = new Map(deployedVersions(watched).map((record) => [record.version, record]));
  const deployed = newestFirst(serving.keys()).flatMap((version) => serving.get(version) ?? []);
  const fired = deployed.find((record) => firedOf(watched, record, watch, trigger));
  const record = named === undefined ? (fired ?? deployed[0]) : known;
  if (!record)
    throw usage(
      'retrain/unknown-version',
      `${watched.model.model_id} has no deployed version to train again`,
      '--version-of VERSION',
    );
  return { version: record.version, trigger, verdict: firedOf(watched, record, watch, trigger) };
}

async function triggerOf(session: Session, input: Input): Promise<TriggerType> {
  const given =
    text(input, 'trigger') ?? (await session.ask?.({ text: 'which trigger', choices: triggerTypes }));
  if (given !== undefined) return given as TriggerType;
  throw usage('input/missing', 'a retraining answers a trigger', `--trigger ${triggerTypes.join('|')}`);
}

async function inputsOf(
  session: Session,
  input: Input,
  registry: Registry,
  record: VersionRecord,
): Promise<RetrainingInputs> {
  const data = text(input, 'dataset') ?? (await session.ask?.({ text: 'which data, as NAME@VERSION' }));
  if (data === undefined)
    throw usage('input/missing', 'a retraining needs its data snapshot', '--dataset NAME@VERSION');
  const seed = number(input, 'seed') ?? record.training?.seed;
  if (seed === undefined || !Number.isSafeInteger(seed))
    throw usage('input/missing', 'a retraining needs its seed, a whole number', '--seed 17');
  const revision = text(input, 'commit') ?? record.training_commit;
  const { commit } = await resolveTrainingCommit(registry, revision);
  return { data_snapshot: data, seed, commit };
}

function targetOf(watched: WatchedModel): HandOver {
  return watched.model.retraining?.hand_over ?? { to: 'print' };
}

/** Writes a request, and hands it over where that is asked for. */
export async function requestRetraining(session: Session, input: Input): Promise<Answer> {
  const registry = await open(session);
  const model = word(input, 'model');
  const { commit: head } = await headCommit(registry);
  const { config, books } = await readBooks(registry, head, model);
  const [watched] = books;
  const loaded = await loadModel(registry, head, model);
  if (!watched) throw usage('model/unknown', `there is no model "${model}"`, 'mlc list');
  const watch = watchOf(config, readClock(session.env));
  const trigger = await triggerOf(session, input);
  const selector = text(input, 'versionOf');
  const named = selector === undefined ? undefined : versionIn(loaded, selector).version;
  const wanted = pick(watched, watch, trigger, named);
  const record = versionIn(loaded, wanted.version);
  const inputs = await inputsOf(session, input, registry, record);
  const target = targetOf(watched);
  const id = requestId({ model_id: model, trigger, inputs });
  const before = loaded.state.ledger.requests.get(id);
  const settings = settingsOf(input);
  const sending = isSet(input, 'send') && target.to !== 'print' && !settings.dryRun;
  if (sending) checkCredentials(target, session.env);
  const asked = await runTransition(
    registry,
    model,
    ({ state }, circumstance) =>
      retrain(
        state,
        {
          version: state.versions.get(wanted.version) ?? record,
          trigger,
          id,
          inputs,
          causes: wanted.verdict?.causes ?? [],
          response: wanted.verdict?.action ?? responses[trigger],
          reason: reasonOf(input),
          sendingTo: sending ? (target.to as HandOverTarget) : undefined,
        },
        circumstance,
      ),
    settings,
  );
  const answer = transitionAnswer(asked);
  const request = asked.kind === 'planned' ? undefined : await requestAt(registry, model, id);
  const shown = handOverRequest(request ?? before ?? draft(model, id, wanted, inputs, watch));
  const described = describeHandOver(target, shown);
  const notSent = (present: RetrainingRequest | undefined): Answer => ({
    ...answer,
    json: { ...(answer.json as object), request: id, sent: false, hand_over: described },
    view: (style) => `${answer.view(style)}\n${handedView({ described, request: present }, style)}`,
  });
  if (!sending || !request || isAccepted(request)) return notSent(request);
  const begun =
    asked.kind === 'unchanged' ? await writeSending(registry, model, id, target, settings) : asked;
  const newest = (await requestAt(registry, model, id)) ?? request;
  if (begun.kind === 'unchanged') return notSent(newest);
  const { outcome, settled, outputFile } = await session.progress(`handing over to ${target.to}`, () =>
    send(registry, target, newest, session.env, settings),
  );
  return {
    ...answer,
    json: {
      ...(answer.json as object),
      request: id,
      sent: true,
      hand_over: {
        to: target.to,
        outcome: outcome.outcome,
        external_id: outcome.externalId ?? null,
        url: outcome.url ?? null,
        detail: outcome.detail,
        duplicate: outcome.duplicate ?? false,
        commit: settled.commit,
        output_file: outputFile,
      },
    },
    view: (style) => `${answer.view(style)}\n${handedView({ to: target.to, outcome, outputFile }, style)}`,
    exitCode: outcome.outcome === 'accepted' ? 0 : 1,
    next: [`mlc retrain ${model} --status`],
  };
}

async function requestAt(
  registry: Registry,
  model: string,
  id: string,
): Promise<RetrainingRequest | undefined> {
  const { commit } = await headCommit(registry);
  const { state } = await loadModel(registry, commit, model);
  return state.ledger.requests.get(id);
}

/** The request that a dry run would write. */
function draft(
  model: string,
  id: string,
  { version, trigger, verdict }: Wanted,
  inputs: RetrainingInputs,
  { now }: Watch,
): RetrainingRequest {
  return {
    schema: 'mlc/request@1',
    model_id: model,
    id,
    version,
    trigger,
    requested_at: now,
    requested_by: '',
    inputs,
    causes: verdict?.causes ?? [],
  };
}
