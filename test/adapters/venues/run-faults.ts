import { afterEach, expect, test } from 'vitest';
import type { AccountReader } from '../../../src/ports/venue.ts';
import { type StubHandler, type StubHttp, startStubHttp } from '../../fakes/stub-http.ts';
import type { Fault } from './fault-matrix.ts';

export interface FaultRun {
  readonly faults: readonly Fault[];
  /** A healthy venue with a flat account, but with this fault on everything that needs the account. */
  handlerWith(fault: StubHandler): StubHandler;
  /** A fresh reader; timeouts are waited for, so they come with a short limit per request. */
  readerAt(origin: string, requestMs: number): AccountReader;
}

/** One test per fault: both halves are that gap, neither is an empty book. */
export function runFaults(run: FaultRun): void {
  let stub: StubHttp | null = null;
  afterEach(async () => {
    await stub?.close();
    stub = null;
  });
  test.each(run.faults)('$why is $kind', async ({ handler, kind, detail, retryAfterMs }) => {
    stub = await startStubHttp(run.handlerWith(handler ?? (() => ({}))));
    // A port that was just given back refuses.
    if (handler === null) await stub.close();
    const reader = run.readerAt(stub.origin, detail === 'timeout' ? 150 : 15_000);
    const reading = await reader.read(AbortSignal.timeout(15_000));
    for (const half of [reading.positions, reading.margin]) {
      if (half.ok) expect.fail('a fault passed for an answer');
      const { error } = half;
      // The second half may find the lane closed by the first: then it is told how long.
      const isLaneClosed = kind === 'rate-limited' && error.retryAfterMs !== null;
      expect([error.kind, error.detail.code]).toEqual([kind, isLaneClosed ? 'http' : detail]);
      if (retryAfterMs !== undefined && retryAfterMs !== null) {
        expect(error.retryAfterMs).toBeLessThanOrEqual(retryAfterMs);
        expect(error.retryAfterMs).toBeGreaterThan(retryAfterMs - 60_000);
      }
    }
  });
}
