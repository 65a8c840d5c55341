// Work in a thread of its own: it is handed over as plain data, and answered with one message.
import type { ResourceLimits } from 'node:worker_threads';

/** Runs a file as a thread, and answers what it says. Rejects where it fails, or ends without a word. */
export async function inThread(
  file: URL,
  task: object,
  resourceLimits: ResourceLimits = {},
): Promise<unknown> {
  const { Worker } = await import('node:worker_threads');
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: task, resourceLimits });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('a thread ended without an answer')));
  });
}
