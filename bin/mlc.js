#!/usr/bin/env node
// Starts mlc: the bundle, with what V8 compiled of it in earlier runs; sets the exit code. A script, not a module: node
// starts those 10 ms sooner.
const { openProgram } = require('../dist/loader.cjs');

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

const argv = process.argv.slice(2);
const program = openProgram(require.resolve('../dist/mlc.cjs'), argv, process.env);

// A bug, until there is an answer: a script whose promise is never kept would end with 0.
const bug = 70;
process.exitCode = bug;

program.start(argv).then(
  async (code) => {
    // What is on its way through a pipe arrives first. Nothing else is waited for: git's ending alone would cost 50 ms.
    await Promise.all(
      [process.stdout, process.stderr].map((stream) => new Promise((sent) => stream.write('', sent))),
    );
    try {
      program.keep();
    } finally {
      process.exit(code);
    }
  },
  (error) => {
    process.stderr.write(`${error.stack}\n`, () => process.exit(bug));
  },
);
