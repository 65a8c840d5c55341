// The other side of check-files.ts: checks a share of the files in a thread of its own.
import { parentPort, workerData } from 'node:worker_threads';
import { type CheckTask, checkHere } from './check-files.js';

// A rejection ends the thread, and the other side hears of it.
void checkHere(workerData as CheckTask).then((checked) => parentPort?.postMessage(checked));
