import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createNormalisedFeed,
  type NormalisedFeed,
} from '../../../src/adapters/market-data/normalised-feed.ts';
import { type FakeClock, fakeClock } from '../../fakes/fake-clock.ts';
import { type StandInFeed, startStandInFeed } from '../../fakes/stand-in-feed.ts';

const BTC = { venue: 'bybit', symbol: 'BTC/USDT:USDT' };
const OKX = { venue: 'okx', symbol: 'ETH/USDT:USDT' };
const never = new AbortController().signal;

let server: StandInFeed;
let clock: FakeClock;
let feed: NormalisedFeed;
beforeEach(async () => {
  server = await startStandInFeed();
  clock = fakeClock(Date.parse('2026-11-25T12:00:00Z'));
});
afterEach(async () => {
  await feed.close();
  await server.close();
});

const open = (replay?: { from: string; to: string }) => {
  feed = createNormalisedFeed({
    url: server.url,
    clock,
    random: { unit: () => 1 },
    ...(replay && { replay }),
  });
};
const iso = (shiftMs = 0) => new Date(clock.now() + shiftMs).toISOString().replace('Z', '123Z');
const ticker = (changes: object = {}) => ({
  ...{ type: 'derivative_ticker', symbol: 'BTCUSDT', exchange: 'bybit', lastPrice: 65_000.5 },
  ...{ openInterest: 1, fundingRate: 0.0001, indexPrice: 64_990.25, markPrice: 65_001.1 },
  ...{ fundingTimestamp: '2026-11-25T16:00:00.000Z', timestamp: iso(), localTimestamp: iso() },
  ...changes,
});
const snapshot = (changes: object = {}) => ({
  ...{ type: 'book_snapshot', symbol: 'BTCUSDT', exchange: 'bybit', name: 'book_snapshot_50_1s' },
  ...{ depth: 50, interval: 1000, timestamp: iso(), localTimestamp: iso() },
  bids: [{ price: 64_999, amount: 2 }],
  asks: [{ price: 65_001, amount: 1.5 }],
  ...changes,
});
/** Lets sockets and promises have their turns until it is so; fails by the test's own deadline. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await turn();
}
const markOf = async () => {
  const marks = await feed.source.marks(never);
  return marks.ok ? (marks.value.value[0]?.markPrice.toFixed() ?? null) : marks.error.kind;
};
/** First answer subscribes; then the connection is there. */
async function connect(instrument = BTC) {
  open();
  await feed.source.book(instrument, 5, never);
  await feed.source.funding([instrument], never);
  await settled();
  await server.connected(1);
}
/** The pause in which changes of the subscription gather. */
async function settled() {
  await turn();
  await clock.advance(250);
}

describe('subscribing', () => {
  test('nothing is connected before somebody asks; asking subscribes', async () => {
    open();
    expect(await feed.source.marks(never)).toMatchObject({ ok: true, value: { value: [] } });
    await settled();
    expect(server.connections).toEqual([]);
    expect(await feed.source.funding([BTC, OKX], never)).toMatchObject({
      error: { kind: 'unavailable' },
    });
    await settled();
    await server.connected(1);
    const dataTypes = ['derivative_ticker', 'book_snapshot_50_1s'];
    expect(server.connections).toEqual([
      {
        path: '/ws-stream-normalized',
        options: [
          { exchange: 'bybit', symbols: ['BTCUSDT'], dataTypes },
          { exchange: 'okex-swap', symbols: ['ETH-USDT-SWAP'], dataTypes },
        ],
      },
    ]);
  });

  test('a new instrument costs one new connection, a known one none', async () => {
    await connect();
    await feed.source.book(BTC, 5, never);
    await feed.source.funding([OKX], never);
    await feed.source.book(OKX, 5, never);
    await until(async () => {
      await clock.advance(250);
      return server.connections.length === 2;
    });
    expect(server.connections[1]?.options.map(({ exchange }) => exchange)).toEqual([
      'bybit',
      'okex-swap',
    ]);
  });

  test('a replay asks for its span and does not begin again when it is over', async () => {
    open({ from: '2025-10-10', to: '2025-10-11' });
    await feed.source.funding([BTC], never);
    await settled();
    await server.connected(1);
    expect(server.connections[0]).toMatchObject({
      path: '/ws-replay-normalized',
      options: [{ exchange: 'bybit', from: '2025-10-10', to: '2025-10-11' }],
    });
    server.send(ticker({ timestamp: '2025-10-10T21:15:00.000000Z' }));
    await until(async () => (await markOf()) === '65001.1');
    await server.end('closed');
    for (let i = 0; i < 5; i += 1) {
      await clock.advance(60_000);
      await turn();
    }
    expect(server.connections).toHaveLength(1);
  });
});

describe('what it heard', () => {
  beforeEach(() => connect());

  test('marks, funding and depth, with when we got them', async () => {
    server.send(ticker());
    server.send(snapshot());
    await until(async () => (await feed.source.book(BTC, 5, never)).ok);
    const observed = { observedAt: clock.now(), source: 'feed' };
    expect(JSON.parse(JSON.stringify(await feed.source.marks(never)))).toMatchObject({
      value: {
        ...observed,
        value: [{ instrument: BTC, markPrice: '65001.1', indexPrice: '64990.25' }],
      },
    });
    expect(JSON.parse(JSON.stringify(await feed.source.funding([BTC], never)))).toMatchObject({
      value: { value: [{ rate: '0.0001', paidAt: Date.parse('2026-11-25T16:00:00Z') }] },
    });
    expect(await feed.source.book(BTC, 5, never)).toMatchObject({
      value: {
        ...observed,
        value: { instrument: BTC, bids: [{ price: 64_999, quantity: 2 }] },
      },
    });
  });

  test('old is stale, with its age; the newest counts, not the last to arrive', async () => {
    server.send(ticker({ markPrice: 2 }));
    server.send(ticker({ markPrice: 1, timestamp: iso(-1_000) }));
    server.send(snapshot());
    await until(async () => (await feed.source.book(BTC, 5, never)).ok);
    expect(await markOf()).toBe('2');
    await clock.advance(15_000);
    expect(await markOf()).toBe('2');
    await clock.advance(1);
    expect(await feed.source.marks(never)).toMatchObject({
      error: { kind: 'stale', detail: { code: 'age', ms: 15_001 } },
    });
    expect(await feed.source.book(BTC, 5, never)).toMatchObject({ error: { kind: 'stale' } });
  });

  test('a live server that sends what is minutes old is stale at once', async () => {
    server.send(ticker({ timestamp: iso(-300_000) }));
    await until(async () => (await markOf()) === 'stale');
  });

  test.each([
    { why: 'its venue is gone', frame: { type: 'disconnect', exchange: 'bybit' }, is: 'stale' },
    { why: 'its venue failed', frame: { type: 'error', exchange: 'bybit' }, is: 'stale' },
    { why: 'the server failed', frame: { type: 'error', details: 'x' }, is: 'stale' },
    { why: 'another venue is gone', frame: { type: 'disconnect', exchange: 'deribit' }, is: '1' },
    { why: 'a type we do not know', frame: { type: 'quote', exchange: 'bybit' }, is: '1' },
    { why: 'a trade', frame: { type: 'trade', symbol: 'BTCUSDT', exchange: 'bybit' }, is: '1' },
    { why: 'no JSON', frame: '{"type":"deriv', is: '1' },
    { why: 'a list', frame: [], is: '1' },
    { why: 'a book without sides', frame: { type: 'book_snapshot', symbol: 'BTCUSDT' }, is: '1' },
  ])('stays $is when $why', async ({ frame, is }) => {
    server.send(ticker({ markPrice: 1 }));
    await until(async () => (await markOf()) === '1');
    server.send(frame);
    server.send(snapshot());
    await until(async () => (await feed.source.book(BTC, 5, never)).ok);
    expect(await markOf()).toBe(is);
    // Whatever its time: after a loss the next one counts.
    server.send(ticker({ markPrice: 3 }));
    await until(async () => (await markOf()) === '3');
  });

  test('what nobody asked for is not kept', async () => {
    server.send(ticker({ symbol: 'ETHUSDT' }));
    server.send(ticker({ markPrice: 1 }));
    await until(async () => (await markOf()) === '1');
    expect(await feed.source.funding([{ ...BTC, symbol: 'ETH/USDT:USDT' }], never)).toMatchObject({
      error: { kind: 'unavailable' },
    });
  });

  test('depth of a venue that counts contracts, and candles, are left to the venue', async () => {
    for (const answer of [
      await feed.source.book(OKX, 5, never),
      await feed.source.candles({ instrument: BTC, interval: '1d', from: 0, to: 1 }, never),
    ]) {
      expect(answer).toMatchObject({ error: { kind: 'unsupported' } });
    }
  });
});

describe('a connection that ends', () => {
  test('what was heard is stale at once, and counts again after the next snapshot', async () => {
    await connect();
    server.send(ticker({ markPrice: 1 }));
    await until(async () => (await markOf()) === '1');
    await server.end('cut');
    await until(async () => (await markOf()) === 'stale');
    await clock.advance(1_000);
    await server.connected(2);
    server.send(ticker({ markPrice: 2 }));
    await until(async () => (await markOf()) === '2');
  });

  test('a peer that is silent for half a minute is left', async () => {
    await connect();
    server.send(ticker());
    await until(async () => (await markOf()) === '65001.1');
    await until(async () => {
      await clock.advance(15_000);
      return server.connections.length === 2;
    });
  });

  test('closing is the end', async () => {
    await connect();
    await feed.close();
    await clock.advance(120_000);
    await turn();
    expect(server.connections).toHaveLength(1);
  });
});
