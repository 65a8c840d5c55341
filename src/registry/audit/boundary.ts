// The states that a stretch of history builds on, with what git knows of them that their files do not say.
import type { RegistryState } from '../../lifecycle/audit/registry-state.js';
import type { Registry } from '../registry.js';
import { auditedRole } from './files.js';
import type { Source } from './source.js';
import { dateGates, loadState } from './states.js';
import { isGone } from './walk.js';

/** The models that a stretch of history touches, and those of them that it registers versions of. */
export function touchedModels(
  registry: Registry,
  source: Source,
): { all: Set<string>; registering: Set<string> } {
  const [all, registering] = [new Set<string>(), new Set<string>()];
  const note = (path: string, isNew: boolean): void => {
    const role = auditedRole(registry, path);
    if (!role || !('model' in role)) return;
    all.add(role.model);
    if (role.kind === 'version' && isNew) registering.add(role.model);
  };
  for (const { changes, sides } of source.commits) {
    for (const change of changes) note(change.path, isGone(change.oldMode));
    for (const { partings } of sides)
      for (const { theirs } of partings) for (const path of theirs.keys()) note(path, false);
  }
  return { all, registering };
}

/**
 * The state of each commit that a stretch of history builds on, and of others.
 *
 * @param others commits before the stretch whose rules count in it
 */
export async function boundaryStates(
  registry: Registry,
  source: Source,
  others: Iterable<string>,
): Promise<Map<string, RegistryState>> {
  const models = touchedModels(registry, source);
  const states = new Map<string, RegistryState>();
  for (const commit of new Set([...source.boundary.keys(), ...others])) {
    const state = await loadState(registry, commit, models.all);
    await dateGates(registry, commit, state, models.registering);
    states.set(commit, state);
  }
  return states;
}
