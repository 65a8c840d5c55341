// What a writer does next: an operation that suits the version it looks at, and now and then one that does not.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { oneOf } from '../campaign.js';
import { type Material, models, registering } from './registry.js';

/** One transition to ask for. */
export interface Wish {
  operation: string;
  model: string;
  args: string[];
  person: string;
}

/** What a choice is made from. */
export interface Scene {
  /** The working tree that the writer looks at. */
  folder: string;
  random: () => number;
  material: Material;
  /** Marks the transition: it goes into the commit, and into the record. */
  token: string;
}

const suiting: Readonly<Record<string, readonly string[]>> = {
  registered: ['approve', 'approve', 'approve', 'reject', 'review', 'hold'],
  approved: ['deploy', 'deploy', 'deploy', 'deploy', 'review', 'deprecate', 'release'],
  deployed: ['ramp', 'ramp', 'ramp', 'rollback', 'monitor', 'monitor', 'review', 'release', 'deprecate'],
  deprecated: ['reinstate', 'reinstate', 'ramp', 'monitor', 'withdraw'],
  rejected: ['hold', 'release'],
  retired: ['hold', 'release'],
};
const every = [...new Set(Object.values(suiting).flat())];
const environments = ['staging', 'production'];
const reviewers = ['grace', 'alan'];

interface Glance {
  status: string;
  weights: string;
  /** Where it was deployed last. */
  env: string | undefined;
}

/** What a writer sees of a version before it asks. */
async function glance(scene: Scene, model: string, version: string): Promise<Glance> {
  const file = path.join(scene.folder, 'models', model, 'versions', `${version}.yaml`);
  const text = await readFile(file, 'utf8').catch(() => '');
  return {
    status: /^status: (\w+)$/m.exec(text)?.[1] ?? 'registered',
    weights: /sha256: "?([0-9a-f]{64})/.exec(text)?.[1] ?? '0'.repeat(64),
    env: [...text.matchAll(/^ +- env: (\w+)$/gm)].at(-1)?.[1],
  };
}

function withdrawing(weights: string): string[] {
  const storage = ['--cold-storage', `${weights}=s3://cold/weights`, '--retain', 'weights=P5Y'];
  const data = ['--retain', 'training_data=P5Y'];
  return ['--withdraw', ...storage, ...data, '--compliance-confirmed-by', 'Grace <grace@example.com>'];
}

/** A version of a model: mostly one of the newest, which all writers crowd around. */
async function anyVersion(scene: Scene, model: string): Promise<string> {
  const names = await readdir(path.join(scene.folder, 'models', model, 'versions'));
  const numbers = names.map((name) => Number(name.split('.')[1])).sort((a, b) => b - a);
  const among = scene.random() < 0.5 ? numbers.slice(0, 6) : numbers;
  return `1.${oneOf(scene.random, among)}.0`;
}

function flagsOf(operation: string, { random, token, material }: Scene, seen: Glance): string[] {
  const reason = ['-m', token];
  const where = operation === 'deploy' ? undefined : seen.env;
  const env = ['--env', where ?? oneOf(random, environments)];
  switch (operation) {
    case 'deploy': {
      const pattern = oneOf(random, ['shadow', 'canary', 'blue-green', 'ab']);
      return [...env, '--pattern', pattern, ...(pattern === 'ab' ? ['--traffic', '30'] : []), ...reason];
    }
    case 'rollback':
      return [...env, ...reason];
    case 'ramp':
      return [...env, '--traffic', String(oneOf(random, [0, 5, 20, 50, 100])), ...reason];
    case 'deprecate':
      return ['--without-successor', token, ...reason];
    case 'hold':
      return ['--kind', oneOf(random, ['legal', 'incident']), ...reason];
    case 'monitor': {
      // What was deployed a moment ago has been watched for a second.
      const [from, to] = [2000, 1000].map((ago) => new Date(Date.now() - ago).toISOString());
      const samples = ['--reference-samples', '5000', '--current-samples', '900'];
      const about = ['--signal', 'input-drift', '--report', material.report, '--window', `${from}..${to}`];
      return [...about, ...samples, ...reason];
    }
    default:
      return reason;
  }
}

/** The registration of a training; whoever else is given the same one at the same moment races for its number. */
export function registrationOf(scene: Scene, model: string, training: string): Wish {
  const args = [...registering(model, training, scene.material), '--summary', scene.token];
  return { operation: 'register', model, args, person: 'ada' };
}

/** A deployment of any version to one environment; whoever else deploys at the same moment races for its traffic. */
export function deploymentOf(scene: Scene, model: string): Wish {
  const version = `1.${Math.floor(scene.random() * 3)}.0`;
  const args = ['deploy', `${model}@${version}`, '--env', 'production', '--pattern', 'blue-green'];
  return { operation: 'deploy', model, args: [...args, '-m', scene.token], person: 'ada' };
}

/** Any transition of any model. */
export async function anyWish(scene: Scene): Promise<Wish> {
  const { random, token } = scene;
  const model = oneOf(random, models);
  if (random() < 0.14) return registrationOf(scene, model, token);
  if (random() < 0.06) {
    const args = ['event', model, '--type', 'compliance-event', '-m', token];
    return { operation: 'event', model, args, person: 'ada' };
  }
  const version = await anyVersion(scene, model);
  const seen = await glance(scene, model, version);
  const operation = oneOf(random, random() < 0.1 ? every : (suiting[seen.status] ?? every));
  const [command, more] = operation === 'withdraw' ? ['retire', withdrawing(seen.weights)] : [operation, []];
  const address = operation === 'rollback' ? model : `${model}@${version}`;
  const person = operation === 'approve' || operation === 'reject' ? oneOf(random, reviewers) : 'ada';
  return { operation, model, args: [command, address, ...more, ...flagsOf(operation, scene, seen)], person };
}
