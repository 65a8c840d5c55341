// The other side of check-files.ts: checks a share of the files in a thread of its own.
import { parentPort, workerData } from 'node:worker_threads';
import { type CheckTask, checkHere } from './check-files.js';

parentPort?.postMessage(await checkHere(workerData as CheckTask));
