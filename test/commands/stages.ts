// Worlds in the states that command tests begin in.
import {
  type World,
  approvedVersion,
  registration,
  registryWorld,
  servingVersion,
} from '../support/world.js';

/** A moment after the versions of these worlds were deployed. */
export const now = '2026-03-03T09:00:00Z';

/** A moment after any notice that was given at `now`. */
export const muchLater = '2026-06-01T09:00:00Z';

/** churn@1.0.0 is registered, by ada. */
export async function registeredWorld(settings: Parameters<typeof registryWorld>[0] = {}): Promise<World> {
  const world = await registryWorld(settings);
  await world.ok(await registration(), { at: '2026-03-02T09:00:00Z' });
  return world;
}

/** churn@1.0.0 takes all of production, and churn@1.1.0 is approved. */
export async function servingWorld(): Promise<World> {
  const world = await registryWorld();
  await servingVersion(world);
  await approvedVersion(world, { change: 'retraining', dataset: 'train@v2', weights: 'w2', accuracy: 0.96 });
  return world;
}

/** churn@1.0.0 is deprecated in favour of churn@1.1.0, which takes all traffic. */
export async function deprecatedWorld(): Promise<World> {
  const world = await servingWorld();
  await world.ok(['deploy', 'churn@1.1.0', '--env', 'production', '--pattern', 'blue-green'], { at: now });
  await world.ok(['deprecate', 'churn@1.0.0', '--successor', '1.1.0', '-m', 'superseded'], { at: now });
  return world;
}
