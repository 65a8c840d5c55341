// What bin/mlc.js starts: the answer to --version at once, everything else through main.ts.
import { processContext } from './context.js';
import { answerVersion } from './version.js';

/** Runs this process's command line and answers the exit code. */
export async function start(argv: readonly string[]): Promise<number> {
  const context = processContext();
  if (await answerVersion(argv, context)) return 0;
  const { run } = await import('./main.js');
  return run(argv, context);
}
