import { afterAll } from 'vitest';
import {
  type CcxtVenues,
  createCcxtVenues,
} from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { type StubHandler, type StubHttp, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { openLanes } from './open-lanes.ts';

export interface SharedStub {
  readonly stub: StubHttp;
  readonly venues: CcxtVenues;
}

/** One server and one set of market data for all tests of a file; a server that was closed is replaced. */
export function sharedStub() {
  let shared: SharedStub | null = null;
  const leave = async () => {
    const leaving = shared;
    shared = null;
    await leaving?.stub.close();
  };
  afterAll(leave);
  return {
    /** Nobody listens there any more, and no kept connection is left to try. */
    async vanish() {
      const origin = shared?.stub.origin;
      await leave();
      if (origin !== undefined) await fetch(origin).catch(() => undefined);
    },
    async open(handler: StubHandler): Promise<SharedStub> {
      shared ??= {
        stub: await startStubHttp(handler),
        venues: createCcxtVenues(systemTime(), {}, openLanes),
      };
      shared.stub.answer(handler);
      shared.stub.requests.length = 0;
      return shared;
    },
  };
}
