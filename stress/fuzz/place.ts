// Where a worker works: a registry in the middle of what must not be touched, and what mlc is told of the world.
import path from 'node:path';

/** The folders of one worker. */
export interface Place {
  folder: string;
  /** HOME, with files that are nobody's business. */
  home: string;
  /** Beside the registry. */
  outside: string;
  registry: string;
  /** A registry with as many records as are worth caching. */
  many: string;
  /** Where files that are handed in are written. */
  input: string;
  /** Where commands that write files may write. */
  out: string;
  /** The user's folder for caches: compiled code of mlc's own is all that may change in it. */
  caches: string;
}

/** The folders below one. */
export function placeIn(folder: string): Place {
  const below = (name: string): string => path.join(folder, name);
  return {
    folder,
    home: below('home'),
    outside: below('outside'),
    registry: below('registry'),
    many: below('many'),
    input: below('input'),
    out: below('out'),
    caches: below('caches'),
  };
}

/** The environment of every call: nothing of this machine's but the path to programs. */
export function environmentOf(place: Place, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: place.home,
    XDG_CACHE_HOME: place.caches,
    TMPDIR: path.join(place.folder, 'tmp'),
    LANG: 'C.UTF-8',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CEILING_DIRECTORIES: place.folder,
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
    GIT_AUTHOR_DATE: now,
    GIT_COMMITTER_DATE: now,
    ...more,
  };
}

/** When every input is read. */
const now = '2026-03-20T09:00:00Z';
