import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { dec } from '../../../../src/domain/decimal.ts';
import { money } from '../../../../src/domain/money.ts';
import type { Position } from '../../../../src/domain/position.ts';
import type { Rung, StopsState } from '../../../../src/domain/stops.ts';
import { asAccountId, asPrice, asRatio } from '../../../../src/domain/units.ts';
import type { VenueConnection } from '../../../../src/ports/venue.ts';
import type { AccountWriter, WriteOutcome } from '../../../../src/ports/venue-writer.ts';
import type { StubHandler, StubHttp, StubRequest } from '../../../fakes/stub-http.ts';
import { startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo } from '../connection.ts';
import { openLanes } from './open-lanes.ts';

export const REF = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
export const NO_STOPS: StopsState = { takeProfit: [], stopLoss: [], trailing: null };

export function rung(price: string, share = '1'): Rung {
  return { price: asPrice(dec(price)), share: asRatio(dec(share)) };
}

/** An account's writer at a stand-in, and its acts in few words. */
export interface WrittenSeat {
  readonly stub: StubHttp;
  readonly writer: AccountWriter;
  /** Requests that would change something. */
  sent(): readonly StubRequest[];
  margin(direction: 'add' | 'remove', amount: string): Promise<WriteOutcome>;
  set(stops: StopsState): Promise<WriteOutcome>;
  reduce(contracts: string): Promise<WriteOutcome>;
  transfer(to: string, amount: string): Promise<WriteOutcome>;
  stops(): Promise<StopsState | null>;
  /** Another account of the desk. */
  neighbour(account: string, changes: Parameters<typeof connectionTo>[2]): void;
}

export interface SeatAt {
  readonly venue: string;
  readonly handler: StubHandler;
  readonly position: Position;
  readonly changes?: Parameters<typeof connectionTo>[2];
}

const soon = () => AbortSignal.timeout(10_000);

export async function writtenSeat({
  venue,
  handler,
  position,
  changes,
}: SeatAt): Promise<WrittenSeat> {
  const stub = await startStubHttp(handler);
  const venues = createCcxtVenues(systemTime(), {}, openLanes);
  const writerOf = (connection: VenueConnection) => venues.writer(connection) as AccountWriter;
  const writer = writerOf(connectionTo(venue, stub.origin, changes ?? {}));
  const { settle } = position.instrument;
  const given = <T>(value: T | null): T => value ?? expect.fail('not offered');
  const stops = async () => {
    const leg = await writer.leg(position, soon());
    return leg.ok ? leg.value.stops : null;
  };
  return {
    stub,
    writer,
    stops,
    sent: () => stub.requests.filter(({ method }) => method === 'POST'),
    margin: (direction, amount) =>
      given(writer.margin).change(
        { position, direction, amount: money(dec(amount), settle), clientRef: REF },
        soon(),
      ),
    set: async (wanted) =>
      given(writer.stops).set(
        { position, stops: wanted, current: (await stops()) ?? NO_STOPS, clientRef: REF },
        soon(),
      ),
    reduce: (contracts) =>
      given(writer.reduce).reduce({ position, contracts: dec(contracts), clientRef: REF }, soon()),
    transfer: (to, amount) =>
      given(writer.transfer).transfer(
        { to: asAccountId(to), amount: money(dec(amount), settle), clientRef: REF },
        soon(),
      ),
    neighbour(account, other) {
      writerOf({ ...connectionTo(venue, stub.origin, other), account: asAccountId(account) });
    },
  };
}

interface WriteFixture {
  readonly headers: readonly string[];
  readonly requests: Readonly<
    Record<
      string,
      readonly { readonly method: string; readonly path: string; readonly body: unknown }[]
    >
  >;
}

export function writeFixture(venue: string): WriteFixture {
  const path = new URL(`../../../fixtures/${venue}/writes.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as WriteFixture;
}

/** `names`: what stands in the fixture for a value that only the running program knows. */
export function expectOnWire(
  seat: WrittenSeat,
  {
    fixture,
    name,
    names = {},
  }: {
    readonly fixture: WriteFixture;
    readonly name: string;
    readonly names?: Readonly<Record<string, string>>;
  },
): void {
  const sent = seat.sent();
  const wanted = JSON.stringify(fixture.requests[name] ?? expect.fail(`no fixture: ${name}`));
  const named = Object.entries(names).reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    wanted,
  );
  const shown = sent.map(({ method, path, body }) => ({ method, path, body: JSON.parse(body) }));
  expect(shown).toEqual(JSON.parse(named));
  for (const { headers } of sent) {
    for (const header of fixture.headers) expect(headers[header], header).toBeTruthy();
    expect(headers['content-type']).toContain('application/json');
  }
}
