// What several commands share: opening the registry, a transition of one version, and how such answers look.
import type { VersionRecord } from '../generated/types.js';
import type { Circumstance, Decision, ModelState } from '../lifecycle/decisions.js';
import { refusal } from '../errors.js';
import type { ReadModel } from '../registry/load.js';
import { versionFile } from '../registry/paths.js';
import { type Registry, openRegistry } from '../registry/registry.js';
import type { StartOutcome } from '../registry/start.js';
import { type TransitionOutcome, runVersionTransition, versionIn } from '../registry/transition.js';
import { startView, transitionView } from '../views/transition.js';
import { type Answer, type Input, type Session, settingsOf, word } from './command.js';

/** Opens the registry, and tells what was mended in it. */
export async function open(session: Session): Promise<Registry> {
  const { registry, repaired } = await openRegistry(session.request);
  for (const message of repaired) session.note({ code: 'registry/repaired', message });
  return registry;
}

/** The version that a selector means in a model of which some records could not be read. */
export function pickVersion({ loaded, problems }: ReadModel, selector: string): VersionRecord {
  const { model_id: model } = loaded.state.model;
  const own = problems.filter((found) => found.file?.endsWith(versionFile(model, selector)));
  if (own.length > 0 && !loaded.state.versions.has(selector)) {
    throw refusal(
      'record/invalid',
      `the record of ${model}@${selector} cannot be read`,
      'mend it and commit it: mlc validate',
      own,
    );
  }
  return versionIn(loaded, selector);
}

/** Makes a transition of the version that the command names. */
export async function onVersion(
  session: Session,
  input: Input,
  decide: (state: ModelState, version: VersionRecord, circumstance: Circumstance) => Decision,
): Promise<Answer> {
  const outcome = await runVersionTransition(
    await open(session),
    word(input, 'version'),
    ({ state }, version, circumstance) => decide(state, version, circumstance),
    settingsOf(input),
  );
  return transitionAnswer(outcome);
}

/** The answer of a command that makes a transition. */
export function transitionAnswer(outcome: TransitionOutcome): Answer {
  return {
    json: {
      operation: outcome.operation,
      model: outcome.model,
      version: outcome.version,
      from: outcome.from,
      to: outcome.to,
      commit: outcome.commit,
      outcome: outcome.kind,
      subject: outcome.subject,
      files: outcome.files,
      pushed: outcome.pushed,
      warnings: outcome.warnings,
      ...outcome.answer,
    },
    view: (style) => transitionView(outcome, style),
    warnings: outcome.warnings,
    next: outcome.kind === 'planned' ? [] : outcome.next,
  };
}

/** The answer of a command that starts a registry or a model. */
export function startAnswer(
  operation: 'init' | 'model-add',
  what: string,
  outcome: StartOutcome,
  more: Record<string, unknown>,
  next: readonly string[],
): Answer {
  return {
    json: {
      operation,
      commit: outcome.commit,
      outcome: outcome.kind,
      files: outcome.files,
      pushed: outcome.pushed,
      transaction: outcome.transaction,
      warnings: outcome.warnings,
      ...more,
    },
    view: (style) => startView(what, outcome, style),
    warnings: outcome.warnings,
    next,
  };
}
