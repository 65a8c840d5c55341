// The outer test suite: the built package, other versions of node, Python tools, kills. Slower, with installers of its own.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/outer/**/*.outer.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    fileParallelism: false,
    setupFiles: ['test/support/environment.ts'],
  },
});
