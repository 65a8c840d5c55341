// Answers --version before anything else is loaded: scripts ask it often.
import type { Context } from './context.js';
import { readPackageVersion } from './registry/resources.js';

/** Prints the version where that is what was asked for, and answers whether it was. */
export async function answerVersion(argv: readonly string[], context: Context): Promise<boolean> {
  const words = argv.filter((word) => word !== '--json');
  if (words.length !== 1 || (words[0] !== '--version' && words[0] !== '-V')) return false;
  const version = await readPackageVersion();
  context.stdout.write(words.length === argv.length ? `${version}\n` : `${JSON.stringify({ version })}\n`);
  return true;
}
