import { defineConfig } from 'vitest/config';

/** What kills processes, plays a crash or drives the whole program through every cell: minutes, not seconds. */
export default defineConfig({
  test: {
    include: ['test/**/*.slow.ts'],
    globalSetup: ['test/postgres-setup.ts'],
    setupFiles: ['test/loopback-only.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
  },
});
