import { isDollar } from '../domain/money.ts';
import { positionsOf, type Snapshot } from '../portfolio/snapshot.ts';
import type { InstrumentRef } from '../ports/market-data.ts';
import { BENCHMARK } from '../risk/cross/together-death.ts';
import type { WantedMarkets } from './market-history.ts';

/** What the desk holds: assets of its positions and of its coin collateral; perpetuals it is in. */
export function wantedMarkets(
  snapshot: Snapshot,
  /** Not held, and yet their candles are asked for. */
  owed: readonly string[] = [],
): WantedMarkets {
  const instruments = positionsOf(snapshot).map(({ instrument }) => instrument);
  const coins = snapshot.accounts
    .flatMap(({ margin }) => margin?.collateral ?? [])
    .filter(({ asset, quantity }) => !isDollar(asset) && !quantity.isZero())
    .map(({ asset }) => asset);
  const held = [...instruments.map(({ asset }) => asset), ...coins, ...owed];
  // Betas are to the benchmark, held or not.
  const assets = new Set(held.length === 0 ? [] : [...held, BENCHMARK]);
  const bySymbol = new Map<string, InstrumentRef>(
    instruments
      .filter(isPerpetual)
      .map(({ venue, symbol }) => [`${venue} ${symbol}`, { venue, symbol }]),
  );
  return { assets: [...assets], instruments: [...bySymbol.values()] };
}

/** A dated future ends in its day (`BTC/USD:BTC-261225`) and pays no funding. */
function isPerpetual({ symbol }: InstrumentRef): boolean {
  return !/-\d{6}$/.test(symbol);
}
