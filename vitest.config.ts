import { defineConfig } from 'vitest/config';

/** Nothing here touches the world, so one worker may take file after file. */
const CORE =
  'test/{domain,portfolio,risk,replies,alerts,actions,commentary,config,commands,app}/**/*.test.ts';

export default defineConfig({
  test: {
    setupFiles: ['test/loopback-only.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'core', include: [CORE], isolate: false } },
      {
        extends: true,
        test: {
          name: 'world',
          include: ['test/**/*.test.ts'],
          exclude: [CORE],
          globalSetup: ['test/postgres-setup.ts'],
        },
      },
    ],
  },
});
