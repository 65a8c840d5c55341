// Where the compiled code of this bundle is kept: in the user's folder for caches, never in a repository.
import path from 'node:path';
import { sha256 } from './digest.js';

function absolute(folder: string | undefined): string | undefined {
  return folder !== undefined && path.isAbsolute(folder) ? folder : undefined;
}

/** The user's folder for caches; undefined where there is none. A relative one would be in whatever folder mlc runs in. */
function cacheHome(env: NodeJS.ProcessEnv): string | undefined {
  // Elsewhere on Windows, others may write as a rule, and the rights of a file do not show it.
  if (process.platform === 'win32') return absolute(env.LOCALAPPDATA);
  const named = absolute(env.NODE_COMPILE_CACHE) ?? absolute(env.XDG_CACHE_HOME);
  if (named !== undefined) return named;
  const home = absolute(env.HOME);
  if (home === undefined) return undefined;
  return process.platform === 'darwin' ? path.join(home, 'Library', 'Caches') : path.join(home, '.cache');
}

/**
 * The cache file of a bundle under this node; undefined where there is to be none. As for node's own cache,
 * NODE_DISABLE_COMPILE_CACHE turns it off and NODE_COMPILE_CACHE names another folder.
 *
 * @param bundle text that differs from one build to the next
 */
export function cacheFileOf(bundle: string, env: NodeJS.ProcessEnv): string | undefined {
  const home = env.NODE_DISABLE_COMPILE_CACHE ? undefined : cacheHome(env);
  if (home === undefined) return undefined;
  const { version, platform, arch, execPath, execArgv } = process;
  const circumstances = [bundle, version, platform, arch, execPath, env.NODE_OPTIONS ?? '', ...execArgv];
  return path.join(home, 'mlc', `code-${sha256(circumstances.join('\n')).slice(0, 16)}`);
}
