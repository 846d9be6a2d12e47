import { type Decimal, dec, ZERO } from '../../src/domain/decimal.ts';
import { demoCredentials } from '../../src/sim/credentials.ts';
import { idsOf } from '../../src/sim/derived-ids.ts';
import { INSTRUMENTS } from '../../src/sim/instruments.ts';
import { MARKET_ASSETS } from '../../src/sim/market-assets.ts';
import type { SimAccount, SimInstrument, SimPosition } from '../../src/sim/model.ts';
import { notionalAt } from '../../src/sim/position-margin.ts';
import type { Chances } from './seeded.ts';

export type TortureVenue = 'bybit' | 'binance' | 'okx' | 'ztdx';

/** An account with a few positions and money enough, and the one that funds it where the venue transfers. */
export function randomAccounts(venue: TortureVenue, index: number, chances: Chances): SimAccount[] {
  const id = `${venue}-${index}`;
  const usable = INSTRUMENTS[venue].filter(({ kind }) => venue !== 'binance' || kind === 'linear');
  const chosen = new Map(
    Array.from({ length: 3 }, () => chances.pick(usable)).map((each) => [each.asset, each]),
  );
  // Bybit's margin mode is the account's, not the position's.
  const mode = venue === 'bybit' && chances.often(0.3) ? 0 : venue === 'bybit' ? 1 : 0.8;
  const isolated = venue === 'ztdx' ? 1 : mode;
  const positions = [...chosen.values()].map((each, at) =>
    randomPosition(each, { id: idsOf(`${id}/${at}`).uuid, chances, isolated }),
  );
  const main = `${id}-main`;
  const own = accountOf({ id, venue, parent: venue === 'ztdx' ? null : main }, positions);
  if (venue === 'ztdx') return [own];
  return [
    { ...own, fundedBy: [main] },
    { ...accountOf({ id: main, venue, parent: null }, []), fundedBy: [id] },
  ];
}

function accountOf(
  { id, venue, parent }: { id: string; venue: TortureVenue; parent: string | null },
  positions: readonly SimPosition[],
): SimAccount {
  const deskVenue = venue === 'binance' ? 'binanceusdm' : venue;
  const balances: Record<string, Decimal> = { USDT: dec('400000') };
  for (const { instrument, isolatedMargin, contracts, entryPrice } of positions) {
    const { settle } = instrument;
    const room = notionalAt(instrument, contracts, entryPrice).toDecimalPlaces(4);
    balances[settle] = (balances[settle] ?? ZERO).plus(isolatedMargin ?? ZERO).plus(room);
  }
  const uid = idsOf(id).number;
  return {
    ...{ id, name: id, venue: deskVenue, books: [], fundedBy: [], uid, parent, orders: [] },
    ...{ pool: venue === 'bybit' || venue === 'okx' ? 'usd' : 'coin', positionMode: 'one-way' },
    subAccount: subAccountOf(venue, { id, uid, parent }),
    credentials: demoCredentials('torture', id, deskVenue),
    ...{ balances, positions },
  };
}

function subAccountOf(
  venue: TortureVenue,
  { id, uid, parent }: { id: string; uid: string; parent: string | null },
): string | null {
  if (venue === 'bybit') return uid;
  if (venue === 'okx') return parent === null ? null : id.replaceAll('-', '');
  return venue === 'ztdx' ? null : `${id}@demo.invalid`;
}

function randomPosition(
  instrument: SimInstrument,
  {
    id,
    chances,
    isolated,
  }: { readonly id: string; readonly chances: Chances; readonly isolated: number },
): SimPosition {
  const { asset, kind, contractSize, lotSize, tickSize } = instrument;
  const start = dec(MARKET_ASSETS[asset].start);
  const usd = dec(Math.round(2000 * 10 ** (chances.unit() * 2.3)));
  const units = kind === 'linear' ? usd.div(start.times(contractSize)) : usd.div(contractSize);
  const lots = units.div(lotSize).toDecimalPlaces(0).plus(1);
  const contracts = lots.times(lotSize);
  const drift = dec((1 + (chances.unit() - 0.5) * 0.05).toFixed(5));
  const entryPrice = start.times(drift).div(tickSize).toDecimalPlaces(0).times(tickSize);
  const leverage = dec(2 + chances.below(9));
  const isIsolated = chances.often(isolated);
  const opening = notionalAt(instrument, contracts, entryPrice).div(leverage);
  const margin = opening.times((1 + chances.unit()).toFixed(4)).toDecimalPlaces(8);
  return {
    ...{ id, instrument, side: chances.pick(['long', 'short'] as const), contracts, entryPrice },
    ...{ leverage, marginMode: isIsolated ? 'isolated' : 'cross' },
    ...{ isolatedMargin: isIsolated ? margin : null, takeProfit: null, stopLoss: null },
    ...{ createdAt: Date.now() - 3_600_000, updatedAt: Date.now() - 3_600_000 },
  };
}
