// What registering and gating need from git beside the records: commits and their dates.
import { usage } from '../errors.js';
import { lastChange, resolveCommit } from '../git/log.js';
import { timestampOf } from '../lifecycle/dates.js';
import { modelIdProblem } from '../lifecycle/identifiers.js';
import type { Warning } from '../lifecycle/problems.js';
import { gateFile } from './paths.js';
import type { Registry } from './registry.js';

/** A training commit as the record holds it, with its date where this repository knows it. */
export interface TrainingCommit {
  commit: string;
  at?: string;
}

/** Resolves `--commit`: a revision of this repository, or the id of a commit elsewhere. */
export async function resolveTrainingCommit(registry: Registry, revision: string): Promise<TrainingCommit> {
  const found = /[\0\n]/.test(revision) ? undefined : await resolveCommit(registry.repository, revision);
  if (found) return { commit: found.commit, at: timestampOf(new Date(found.seconds * 1000)) };
  if (/^[0-9a-f]{7,64}$/.test(revision)) return { commit: revision };
  throw usage(
    'input/commit',
    `"${revision}" is no revision of this repository, and no commit id`,
    'git rev-parse HEAD in the repository of the training code',
  );
}

/** When a gate was last changed, as far as git knows. */
interface GateDate {
  at?: string;
  warnings: Warning[];
}

/** When the gate was last changed. Unknown in a shallow clone whose history ends there. */
export async function gateCommittedAt(registry: Registry, commit: string, model: string): Promise<GateDate> {
  const change = await lastChange(registry.repository, commit, `${registry.prefix}${gateFile(model)}`);
  if (!change) return { warnings: [] };
  if (registry.repository.shallow && change.parents === 0) {
    return {
      warnings: [
        {
          code: 'git/shallow',
          message: 'this clone is shallow, so git does not know when the gate was last changed',
          hint: 'git fetch --unshallow',
        },
      ],
    };
  }
  return { at: timestampOf(new Date(change.seconds * 1000)), warnings: [] };
}

/** Asks that of the commit that is checked out at once, while other things are read: git looks through all of history. */
export function gateDatedAhead(registry: Registry, model: string): (commit: string) => Promise<GateDate> {
  const ahead = registry.repository.head?.commit;
  if (!ahead || modelIdProblem(model)) return (commit) => gateCommittedAt(registry, commit, model);
  const asked = gateCommittedAt(registry, ahead, model);
  // The command may be refused before anybody waits for this.
  asked.catch(() => undefined);
  return (commit) => (commit === ahead ? asked : gateCommittedAt(registry, commit, model));
}
