// The inner test suite: rules in memory, commands on real git repositories in temporary folders.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/outer/**'],
    // Most of the time goes to git, so both cores of a small machine are worth a worker.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['test/support/environment.ts'],
  },
});
