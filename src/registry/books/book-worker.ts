// A thread that builds a share of the books of a large registry.
import { parentPort, workerData } from 'node:worker_threads';
import { type BookTask, buildBooks } from './build-books.js';

parentPort?.postMessage(JSON.stringify(await buildBooks(workerData as BookTask)));
