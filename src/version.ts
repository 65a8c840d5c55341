// Answers --version before anything else is loaded: scripts ask it often.
import type { Context } from './context.js';
import { readPackageVersion } from './registry/resources.js';

/** Prints the version where that is what was asked for, and answers whether it was. */
export async function answerVersion(argv: readonly string[], context: Context): Promise<boolean> {
  if (!argv.includes('--version') && !argv.includes('-V')) return false;
  const plain = argv.filter(
    (word, index) => !word.startsWith('-') && argv[index - 1] !== '-C' && argv[index - 1] !== '--registry',
  );
  if (plain.length > 0) return false;
  const version = await readPackageVersion();
  context.stdout.write(argv.includes('--json') ? `${JSON.stringify({ version })}\n` : `${version}\n`);
  return true;
}
