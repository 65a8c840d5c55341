// The commit of the training code, as `--commit` names it.
import { usage } from '../errors.js';
import { resolveCommit } from '../git/log.js';
import { timestampOf } from '../lifecycle/dates.js';
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
