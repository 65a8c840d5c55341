// A registry: a git repository with mlc.yaml at its root, or in a folder of it.
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../errors.js';
import { readBlobIds } from '../git/objects.js';
import { type Head, type Repository, openRepository, readHead } from '../git/repository.js';
import { configFile } from './paths.js';
import { recover } from './recover.js';

/** A registry in a checkout. */
export interface Registry {
  repository: Repository;
  /** Absolute path of the folder that holds mlc.yaml. */
  root: string;
  /** The root inside the repository: empty, or ending in a slash. */
  prefix: string;
}

/** Which registry is meant. */
export interface RegistryRequest {
  /** The folder that mlc works in. */
  cwd: string;
  /** From --registry or MLC_REGISTRY. */
  folder?: string | undefined;
  env: NodeJS.ProcessEnv;
}

/** The folder of a registry in a repository, whether or not there is one yet. */
export async function locateRegistry(request: RegistryRequest): Promise<Registry> {
  const folder = request.folder === undefined ? request.cwd : path.resolve(request.cwd, request.folder);
  const repository = await openRepository(folder, request.env);
  // git answers with links resolved, and a path is only inside another when both are.
  const root = request.folder === undefined ? repository.cwd : await realpath(folder);
  const inside = path.relative(repository.cwd, root).split(path.sep).join('/');
  return { repository, root, prefix: inside === '' ? '' : `${inside}/` };
}

/** Refuses a folder that holds no registry, committed or not. */
export function checkWorkingRegistry(registry: Registry): void {
  if (!existsSync(path.join(registry.root, configFile))) throw notARegistry(registry);
}

/** Opens the registry for reading what is in its working tree and index. Mends what a killed transition left behind. */
export async function openRegistry(
  request: RegistryRequest,
): Promise<{ registry: Registry; repaired: string[] }> {
  const registry = await locateRegistry(request);
  const repaired = await recover(registry.repository);
  return { registry, repaired };
}

/** The commit that records are read from. Refuses where there is none. */
export async function headCommit(registry: Registry): Promise<Head & { commit: string }> {
  const head = registry.repository.head ?? (await readHead(registry.repository));
  const file = `${registry.prefix}${configFile}`;
  if (head.commit !== null && (await readBlobIds(registry.repository, head.commit, [file])).has(file)) {
    return { ...head, commit: head.commit };
  }
  throw notARegistry(registry);
}

/** The refusal for a folder that holds no registry. */
export function notARegistry(registry: Registry): Error {
  const uncommitted = existsSync(path.join(registry.root, configFile));
  return uncommitted
    ? usage(
        'registry/uncommitted',
        `${configFile} is not committed yet, and records are read from the commit`,
        `git add ${configFile} && git commit`,
      )
    : usage(
        'registry/none',
        `${registry.root} holds no registry: there is no ${configFile}`,
        'start one: mlc init, or name one: -C DIR or --registry DIR',
      );
}
