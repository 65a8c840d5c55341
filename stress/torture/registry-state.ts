// What the versions of an arena's model are, read from its records as git has them: which operations are legal follows.
import { parse } from 'yaml';
import { type Arena, git } from './arena.js';

/** A version, as far as the choice of an operation needs to know it. */
export interface VersionState {
  version: string;
  status: string;
  held: boolean;
  /** Its share of live traffic, by environment. */
  shares: Readonly<Record<string, number>>;
}

interface RecordText {
  version: string;
  status: string;
  holds?: { released?: object }[];
  deployment_history: { env: string; traffic_pct: number }[];
}

/** The versions of churn at a commit, oldest first. */
export function versionsAt(arena: Arena, folder: string, commit: string): VersionState[] {
  const names = git(arena, folder, 'ls-tree', '--name-only', commit, 'models/churn/versions/').split('\n');
  return names.filter(Boolean).map((name) => {
    const record = parse(git(arena, folder, 'show', `${commit}:${name}`)) as RecordText;
    const shares = Object.fromEntries(
      record.deployment_history.map((entry) => [entry.env, entry.traffic_pct]),
    );
    const held = (record.holds ?? []).some((hold) => hold.released === undefined);
    return { version: record.version, status: record.status, held, shares };
  });
}

/** Whether the last change of production's traffic can be taken back: it was no rollback itself, and not the first. */
export function canRollBack(arena: Arena, folder: string, commit: string): boolean {
  const format = '--format=%(trailers:key=Mlc-Operation,valueonly,separator=%x2C)';
  const changes = git(arena, folder, 'log', format, '--grep=^Mlc-Environment: production$', commit).split(
    '\n',
  );
  return changes.length > 1 && changes[0] !== 'rollback';
}
