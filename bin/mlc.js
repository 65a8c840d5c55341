#!/usr/bin/env node
// Starts mlc: with node's compile cache where there is one, then the bundle; sets the exit code.
import module from 'node:module';

module.enableCompileCache?.();

// A reader that went away (mlc list | head) is no failure of mlc's.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.on('SIGINT', () => process.exit(130));

const { start } = await import('../dist/mlc.js');
process.exitCode = await start(process.argv.slice(2));
