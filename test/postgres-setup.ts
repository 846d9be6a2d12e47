import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { serverBase, stopSharedPostgres } from './fakes/postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the suite's PostgreSQL lies, once a test file has asked for it. */
    readonly postgresFolder: string;
  }
}

/** Only the place: a run without a test of PostgreSQL starts none. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(serverBase(), 'plimsoll-postgres-'));
  // The server may have to run as another user.
  chmodSync(folder, 0o755);
  project.provide('postgresFolder', folder);
  return () => {
    stopSharedPostgres(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}
