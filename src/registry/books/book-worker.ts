// A thread that builds a share of the books of a large registry.
import { parentPort, workerData } from 'node:worker_threads';
import { type BookTask, buildBooks } from './build-books.js';

// A rejection ends the thread, and the other side hears of it.
void buildBooks(workerData as BookTask).then((books) => parentPort?.postMessage(JSON.stringify(books)));
