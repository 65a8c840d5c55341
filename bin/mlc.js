#!/usr/bin/env node
// Starts mlc: with node's compile cache where there is one, then the bundle; sets the exit code.
import module from 'node:module';

module.enableCompileCache?.();

// A reader that went away (mlc list | head) is no failure of mlc's.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    // A transition under way takes itself back first, and listens too.
    if (process.listenerCount(signal) === 1) process.exit(130);
  });

const { start } = await import('../dist/mlc.js');
const code = await start(process.argv.slice(2));
// What is on its way through a pipe arrives first. Nothing else is waited for: git's ending alone would cost 50 ms.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((sent) => stream.write('', sent))),
);
process.exit(code);
