import { createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startDemoProgram } from './fakes/demo-program.ts';
import { startStandInFeed } from './fakes/stand-in-feed.ts';

const BTC = { venue: 'bybit', symbol: 'BTC/USDT:USDT' };
const never = new AbortController().signal;
const now = () => new Date().toISOString();
const about = () => ({
  symbol: 'BTCUSDT',
  exchange: 'bybit',
  timestamp: now(),
  localTimestamp: now(),
});

interface Row {
  readonly handle: string;
  readonly instrument: string;
  readonly venue: string;
  readonly exitImpact: string | null;
  readonly probabilityWidened: boolean;
}

test('a configured feed is connected, asked first, and widens what a thin book makes dearer', async () => {
  const feed = await startStandInFeed();
  const { program, ask, close } = await startDemoProgram({
    marketWaitMs: 20_000,
    setup: { marketDataUrl: `${feed.url}/ws-stream-normalized` },
  });
  // The first reading of the market subscribes what the desk holds; nobody has asked for a book yet.
  await program.warmMarket();
  await feed.connected(1);
  const [{ path, options } = { path: '', options: [] }] = feed.connections;
  expect(path).toBe('/ws-stream-normalized');
  expect(options.find(({ exchange }) => exchange === 'bybit')?.symbols).toContain('BTCUSDT');

  feed.send({
    ...about(),
    type: 'derivative_ticker',
    lastPrice: 65_000,
    openInterest: 1,
    fundingRate: 0.0001,
    indexPrice: 65_000,
    markPrice: 65_000,
  });
  const level = (price: number) => [{ price, amount: 1000 }];
  const sendBook = () =>
    feed.send({
      ...about(),
      type: 'book_snapshot',
      name: 'book_snapshot_50_1s',
      depth: 50,
      interval: 1000,
      bids: level(64_000),
      asks: level(66_000),
    });
  for (let depth = 100; ; depth += 1) {
    sendBook();
    const book = await program.history.book(BTC, depth, never);
    if (book.ok && book.value.source === 'feed') break;
    await turn();
  }

  const { stdout } = await ask('/liq', { json: true });
  const { positions } = (JSON.parse(stdout) as { data: { positions: readonly Row[] } }).data;
  const held = positions.filter((row) => row.venue === BTC.venue && row.instrument === BTC.symbol);
  expect(held.length).toBeGreaterThan(0);
  for (const row of held) expect(Number(row.exitImpact)).toBeCloseTo(1000 / 65_000, 4);
  expect(held.some(({ probabilityWidened }) => probabilityWidened)).toBe(true);
  expect((await ask('/liq')).stdout).toContain('at the market would cost up to 1.6%');
  await close();
  await feed.close();
}, 60_000);

test('a feed that takes the call and never speaks delays no answer', async () => {
  const deaf = createServer(() => {});
  await new Promise<void>((done) => deaf.listen(0, '127.0.0.1', done));
  const address = deaf.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  const without = await liqMs(null);
  const withDeaf = await liqMs(`ws://127.0.0.1:${address.port}/ws-stream-normalized`);
  // Side by side, so that a busy machine slows both; a request that waits for the feed takes its eight seconds.
  expect(withDeaf).toBeLessThan(without * 3 + 2000);
  deaf.close();
}, 90_000);

async function liqMs(marketDataUrl: string | null): Promise<number> {
  const { ask, close } = await startDemoProgram({ marketWaitMs: 300, setup: { marketDataUrl } });
  // The venues are met first: what remains is what the market can cost.
  await ask('/positions');
  const askedAt = performance.now();
  const { exit, stdout } = await ask('/liq');
  const took = performance.now() - askedAt;
  expect(exit).toBe(0);
  expect(stdout).toContain('Worst');
  await close();
  return took;
}
