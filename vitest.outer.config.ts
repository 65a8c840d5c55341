// The outer test suite: the built package, other versions of node, Python tools, kills. Slower, with installers of its own.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/outer/**/*.outer.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // Much of the time goes to installing and to servers that start, so two files at once are worth it.
    maxWorkers: 2,
    setupFiles: ['test/support/environment.ts'],
  },
});
