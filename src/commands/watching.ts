// What triggers, due and health share: the books of a registry, and the moment that they are read at.
import type { WatchedModel, Watch } from '../lifecycle/health/watched-model.js';
import { watchOf } from '../lifecycle/health/watched-model.js';
import { type Problem, count } from '../lifecycle/problems.js';
import { readBooks } from '../registry/books/read-books.js';
import { readClock } from '../registry/clock.js';
import { headCommit } from '../registry/registry.js';
import { open } from './answers.js';
import type { Session } from './command.js';

/** A registry that is watched. */
export interface Watched {
  registry: string;
  commit: string;
  models: WatchedModel[];
  watch: Watch;
  /** What could not be read, and is left out. */
  problems: Problem[];
}

/** Reads the books of all models, or of one. */
export async function readWatched(session: Session, model: string | undefined): Promise<Watched> {
  const registry = await open(session);
  const { commit } = await headCommit(registry);
  const { config, books, problems } = await session.progress('reading reports', (update) =>
    readBooks(registry, commit, model, (done) => update(`${count(done, 'model')} read`)),
  );
  return {
    registry: config.name,
    commit,
    models: books,
    watch: watchOf(config, readClock(session.env)),
    problems,
  };
}
