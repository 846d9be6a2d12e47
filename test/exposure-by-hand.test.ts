import { expect, test } from 'vitest';
import { type Decimal, dec } from '../src/domain/decimal.ts';
import { demoCredentials } from '../src/sim/credentials.ts';
import { instrumentOf } from '../src/sim/instruments.ts';
import type { SimAccount, SimAccountVenue, SimPosition, SimSide } from '../src/sim/model.ts';
import { simVenueOf } from '../src/sim/model.ts';
import { startDemoProgram } from './fakes/demo-program.ts';

interface Leg {
  readonly symbol: string;
  readonly side: SimSide;
  readonly contracts: string;
}

function account(
  id: string,
  venue: SimAccountVenue,
  book: {
    mode: 'one-way' | 'hedge';
    balances: Record<string, string>;
    legs: readonly Leg[];
    marks: Record<string, string>;
  },
): SimAccount {
  const positions = book.legs.map((leg, index): SimPosition => {
    const instrument = instrumentOf(simVenueOf(venue), leg.symbol);
    return {
      id: `00000000-0000-4000-a000-${id.length}${index}`.padEnd(36, '0'),
      instrument,
      side: leg.side,
      contracts: dec(leg.contracts),
      entryPrice: dec(book.marks[instrument.asset] ?? '1'),
      leverage: dec('10'),
      marginMode: venue === 'ztdx' ? 'isolated' : 'cross',
      isolatedMargin: venue === 'ztdx' ? dec('2000') : null,
      takeProfit: null,
      stopLoss: null,
      createdAt: 0,
      updatedAt: 0,
    };
  });
  return {
    id,
    name: id,
    venue,
    books: [],
    fundedBy: [],
    credentials: demoCredentials('test', id, venue),
    uid: '100',
    pool: 'usd',
    positionMode: book.mode,
    balances: Object.fromEntries(
      Object.entries(book.balances).map(([coin, amount]) => [coin, dec(amount)]),
    ),
    positions,
    orders: [],
  };
}

/**
 * Four venues, each with what is special about it: Bybit in hedge mode with an inverse short on coin
 * collateral, Binance short, OKX in contracts of 0.01 BTC, ZTDX. Every expected figure below is the
 * sum written out, over the one mark of each asset; nothing of the product computes it.
 */
test('/exposure over four venues equals the sum by hand, to the last digit', async () => {
  let stillAt: number | null = null;
  const marks = { BTC: '65500', ETH: '3450' };
  const program = await startDemoProgram({
    now: () => stillAt ?? Date.now(),
    desk: () => ({
      accounts: [
        account('by', 'bybit', {
          mode: 'hedge',
          balances: { USDT: '50000', BTC: '0.3' },
          marks,
          legs: [
            { symbol: 'BTCUSDT', side: 'long', contracts: '2' },
            { symbol: 'BTCUSDT', side: 'short', contracts: '0.5' },
            { symbol: 'BTCUSD', side: 'short', contracts: '30000' },
          ],
        }),
        account('bn', 'binanceusdm', {
          mode: 'one-way',
          balances: { USDT: '20000' },
          marks,
          legs: [{ symbol: 'ETHUSDT', side: 'short', contracts: '10.5' }],
        }),
        account('ok', 'okx', {
          mode: 'one-way',
          balances: { USDT: '30000' },
          marks,
          legs: [{ symbol: 'BTC-USDT-SWAP', side: 'long', contracts: '123' }],
        }),
        account('zt', 'ztdx', {
          mode: 'one-way',
          balances: { USDT: '9000' },
          marks,
          legs: [{ symbol: 'ETHUSDT', side: 'long', contracts: '4.25' }],
        }),
      ],
    }),
  });
  try {
    // Markets and logins first; then the market stands still, a little ahead, because venues take
    // late requests and refuse early ones.
    await program.ask('/exposure');
    stillAt = Date.now() + 2500;
    const btc = program.sim.market.mark('BTC');
    const eth = program.sim.market.mark('ETH');
    const printed = await program.ask('/exposure', { json: true });
    const { data, partial, gaps } = JSON.parse(printed.stdout);
    expect({ exit: printed.exit, partial, gaps }).toEqual({ exit: 0, partial: false, gaps: [] });

    // Coin collateral is its equity: 0.3 BTC and the inverse short's PnL, 30000 × (1/mark − 1/entry),
    // as the venue prints it with eight decimals, at mark.
    const coin = data.byAsset[0].collateralUsd as string;
    const pnl = dec(30000).div(btc).minus(dec(30000).div(65500));
    expect(dec(coin).div(btc).minus(dec('0.3').plus(pnl)).abs().lt('0.00000001')).toBe(true);

    const btcLong = btc.times('2').plus(btc.times('1.23'));
    const btcShort = btc.times('0.5').plus('30000');
    const ethLong = eth.times('4.25');
    const ethShort = eth.times('10.5');
    const btcNet = btcLong.minus(btcShort).plus(coin);
    const ethNet = ethLong.minus(ethShort);
    const text = (value: Decimal) => value.toFixed();
    expect(data.byAsset).toMatchObject([
      {
        asset: 'BTC',
        longUsd: text(btcLong),
        shortUsd: text(btcShort),
        netUsd: text(btcNet),
        grossUsd: text(btcLong.plus(btcShort)),
        hedgeRatio: text(btcShort.div(btcLong.plus(coin))),
        share: text(btcNet.abs().div(btcNet.abs().plus(ethNet.abs()))),
        accounts: 2,
      },
      {
        asset: 'ETH',
        longUsd: text(ethLong),
        shortUsd: text(ethShort),
        collateralUsd: '0',
        netUsd: text(ethNet),
        netQuantity: '-6.25',
        hedgeRatio: text(dec('4.25').div('10.5')),
        accounts: 2,
      },
    ]);
    expect(data.totals).toMatchObject({
      longUsd: text(btcLong.plus(ethLong)),
      shortUsd: text(btcShort.plus(ethShort)),
      grossUsd: text(btcLong.plus(ethLong).plus(btcShort).plus(ethShort)),
      netUsd: text(btcNet.plus(ethNet)),
      positions: 6,
      accounts: 4,
    });
    expect(data.byVenue.map((row: { venue: string; netUsd: string }) => row.venue).sort()).toEqual([
      'binanceusdm',
      'bybit',
      'okx',
      'ztdx',
    ]);
    const shown = await program.ask('/positions', { json: true });
    const { positions } = JSON.parse(shown.stdout).data;
    const quantities = positions.map(
      (row: { account: string; side: string; quantity: string }) =>
        `${row.account} ${row.side} ${row.quantity}`,
    );
    expect(quantities.toSorted()).toEqual(
      [
        'by long 2',
        'by short 0.5',
        `by short ${text(dec(30000).div(btc))}`,
        'bn short 10.5',
        'ok long 1.23',
        'zt long 4.25',
      ].toSorted(),
    );
  } finally {
    await program.close();
  }
});
