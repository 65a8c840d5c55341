// Honest work: done on a branch, judged by the check as it is and as a squash, landed, and judged by the audit.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../support/folders.js';
import { registration } from '../support/world.js';
import { type Landing, type Scene, copyScene, expectClean, then } from './attack-world.js';

/** Honest work, and how it is judged. */
export interface Honest {
  name: string;
  act: (scene: Scene) => Promise<unknown> | void;
  lands?: Landing;
  /** When it is judged. */
  at?: string;
  /** Whether a squash of it would do as well; it does where nothing is said. */
  squash?: boolean;
}

/** Long after everything that these tests do. */
export const endOfYear = '2026-12-31T09:00:00Z';

/** Expects that both commands, and an audit that begins anew, find nothing. */
export async function expectHonest(template: Scene, honest: Honest): Promise<Scene> {
  const scene = await copyScene(template);
  const settings = { at: honest.at ?? endOfYear };
  // The audit of what comes after goes on from here.
  expectClean(await scene.audit([], settings));
  scene.git('checkout', '-q', '-B', 'feature');
  await honest.act(scene);
  expectClean(await scene.check(['--base', 'main'], settings));
  if (honest.squash !== false) expectClean(await scene.check(['--base', 'main', '--squash'], settings));
  scene.git('checkout', '-q', 'main');
  const how = honest.lands === 'merge' ? ['--no-ff', '-m', 'Merge feature'] : ['--ff-only'];
  if (honest.lands !== 'stays') scene.by(settings, 'merge', '-q', ...how, 'feature');
  expectClean(await scene.audit([], settings));
  expectClean(await scene.audit(['--forget'], settings));
  return scene;
}

/** A file beside the repository. */
export async function fileWith(name: string, content: unknown): Promise<string> {
  const file = path.join(await temporaryFolder(), name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** A training that began after everything that these tests change about a gate. */
export const fresh = ['--started-at', '2026-03-09T12:00:00Z'];
export const training = { change: 'retraining', dataset: 'train@v9', weights: 'w9' } as const;
export const goodResults = { accuracy: 0.95, evaluation_dataset: 'golden@v1' };

/** Registers that training with results of its own. */
export async function registerWith(scene: Scene, results: unknown, ...more: string[]): Promise<void> {
  const file = await fileWith('results.json', results);
  const args = await registration({ ...training, more: [...fresh, ...more] });
  args[args.indexOf('--results') + 1] = file;
  await scene.ok(args, { at: then });
}
