import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { type Decimal, dec } from '../../../../src/domain/decimal.ts';
import { money } from '../../../../src/domain/money.ts';
import type { Position } from '../../../../src/domain/position.ts';
import type { Rung, StopsState } from '../../../../src/domain/stops.ts';
import { asAccountId, asPrice, asRatio } from '../../../../src/domain/units.ts';
import type { AccountWriter } from '../../../../src/ports/venue-writer.ts';
import { type StubHttp, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo, KEY } from '../connection.ts';
import { inverseLong } from './binance-written-position.ts';
import {
  type BinanceBooks,
  type BinanceProduct,
  type BinanceVenue,
  binanceBooks,
  binanceVenue,
} from './stand-in-binance-writes.ts';
import { isolatedLong } from './written-position.ts';

export const REF = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
export const NO_STOPS: StopsState = { takeProfit: [], stopLoss: [], trailing: null };
const soon = () => AbortSignal.timeout(10_000);

const VENUES = {
  um: 'binanceusdm',
  cm: 'binancecoinm',
  'pm-um': 'binancepm',
  'pm-cm': 'binancepm',
};

export function rung(price: string, share = '1'): Rung {
  return { price: asPrice(dec(price)), share: asRatio(dec(share)) };
}

/** A writer at a stand-in of its own, and short words for what it does. */
export interface BinanceSeat {
  readonly stub: StubHttp;
  readonly venue: BinanceVenue;
  readonly own: BinanceBooks;
  readonly writer: AccountWriter;
  readonly position: Position;
  /** Calls that would change something: method and path, then every parameter of ours. */
  sent(): Readonly<Record<string, string>>[];
  margin(
    direction: 'add' | 'remove',
    amount: string,
  ): ReturnType<NonNullable<AccountWriter['margin']>['change']>;
  set(stops: StopsState): ReturnType<NonNullable<AccountWriter['stops']>['set']>;
  reduce(contracts: string): ReturnType<NonNullable<AccountWriter['reduce']>['reduce']>;
  transfer(amount: string): ReturnType<NonNullable<AccountWriter['transfer']>['transfer']>;
}

export async function seatAt(
  product: BinanceProduct,
  changes: Partial<BinanceBooks> = {},
): Promise<BinanceSeat> {
  const venue = binanceVenue(product);
  const own = binanceBooks(changes);
  venue.books.set(KEY, own);
  venue.books.set('M4INKEY', binanceBooks({ email: null }));
  const stub = await startStubHttp(venue.handler);
  const venues = createCcxtVenues(systemTime());
  const id = VENUES[product];
  const connection = { ...connectionTo(id, stub.origin), subAccount: own.email };
  const writer = venues.writer(connection) as AccountWriter;
  const main = connectionTo(id, stub.origin, { credentials: { apiKey: 'M4INKEY' } });
  venues.writer({ ...main, account: asAccountId('main'), subAccount: null });
  const isLinear = product.endsWith('um');
  const position = (isLinear ? isolatedLong : inverseLong)(id, { side: own.side });
  const { settle } = position.instrument;
  const amountOf = (amount: string) => money(dec(amount) as Decimal, settle);
  const none = () => Promise.reject(new TypeError('not offered'));
  const leg = { position, clientRef: REF };
  return {
    ...{ stub, venue, own, writer, position },
    sent: () => stub.requests.filter(({ method }) => method !== 'GET').map(plainRequest),
    margin: (direction, amount) =>
      writer.margin?.change({ ...leg, direction, amount: amountOf(amount) }, soon()) ?? none(),
    set: (stops) => writer.stops?.set({ ...leg, stops, current: NO_STOPS }, soon()) ?? none(),
    reduce: (contracts) =>
      writer.reduce?.reduce({ ...leg, contracts: dec(contracts) }, soon()) ?? none(),
    transfer: (amount) => {
      const order = { to: asAccountId('main'), amount: amountOf(amount), clientRef: REF };
      return writer.transfer?.transfer(order, soon()) ?? none();
    },
  };
}

function plainRequest({ method, path, body, query }: StubHttp['requests'][number]) {
  const { timestamp, recvWindow, signature, ...params } = Object.fromEntries(
    body === '' ? query : new URLSearchParams(body),
  );
  if (!timestamp || !recvWindow || !signature) throw new TypeError(`not signed: ${path}`);
  return { [method]: path, ...params };
}
