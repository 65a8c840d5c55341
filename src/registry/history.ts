// The history of a registry: its commits, read by their trailers alone.
import { type LogEntry, readLog } from '../git/log.js';
import { parseTrailers, reasonOf } from '../lifecycle/commit-message.js';
import { timestampOf } from '../lifecycle/dates.js';
import { configFile, modelFolder } from './paths.js';
import type { Registry } from './registry.js';

/** One commit of a registry. */
export interface HistoryEntry {
  commit: string;
  at: string;
  /** Null for a commit that is no transition: an edit by hand. */
  operation: string | null;
  model: string | null;
  version: string | null;
  from: string | null;
  to: string | null;
  environment: string | null;
  actor: string;
  summary: string;
  reason: string;
  transaction: string | null;
}

function entryOf(commit: LogEntry): HistoryEntry {
  const trailers = parseTrailers(`${commit.subject}\n\n${commit.body}`);
  const at = timestampOf(new Date(commit.seconds * 1000));
  if (!trailers) {
    return {
      commit: commit.commit,
      at,
      operation: null,
      model: null,
      version: null,
      from: null,
      to: null,
      environment: null,
      actor: commit.author,
      summary: commit.subject,
      reason: commit.body.trim(),
      transaction: null,
    };
  }
  return {
    commit: commit.commit,
    at,
    operation: trailers.operation,
    model: trailers.model ?? null,
    version: trailers.version ?? null,
    from: trailers.from ?? null,
    to: trailers.to ?? null,
    environment: trailers.environment ?? null,
    actor: trailers.actor,
    summary: commit.subject.replace(/^[a-z-]+(\([^)]*\))?: /, ''),
    reason: reasonOf(commit.body),
    transaction: trailers.transaction,
  };
}

/** The commits of a registry or of one model, newest first. */
export async function readHistory(
  registry: Registry,
  model: string | undefined,
  limit: number | undefined,
): Promise<HistoryEntry[]> {
  const { prefix } = registry;
  const paths =
    model === undefined ? [`${prefix}models`, `${prefix}${configFile}`] : [`${prefix}${modelFolder(model)}`];
  return (await readLog(registry.repository, { paths, limit })).map(entryOf);
}
