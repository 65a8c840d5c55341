// Preloaded into mlc where its memory is measured: at the end it writes what the operating system counted, in KiB.
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

if (isMainThread)
  process.on('exit', () => {
    writeFileSync(process.env.MLC_BENCH_MEMORY_FILE, String(process.resourceUsage().maxRSS));
  });
