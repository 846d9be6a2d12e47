import { isDollar } from '../../src/domain/money.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import { positionsOf } from '../../src/portfolio/snapshot.ts';

/** By its own name, or by the symbol of a contract on it: `btc`, `BTC/USDT:USDT`. */
export function assetCalled(word: string, snapshot: Snapshot): string | null {
  const assets = assetsOf(snapshot);
  const upper = word.toUpperCase();
  const traded = positionsOf(snapshot).find(({ instrument }) => instrument.symbol === upper);
  const known =
    sameWord(word, assets) ?? traded?.instrument.asset ?? sameWord(baseOf(word), assets);
  if (known !== null) return known;
  // What an unread account holds nobody knows, and a flat desk is an answer: neither is a typing slip.
  const isOpen =
    assets.length === 0 || snapshot.accounts.some(({ status }) => status === 'missing');
  return isOpen ? baseOf(upper) : null;
}

/** Everything whose price moves the desk: traded, or held as coin. */
export function assetsOf(snapshot: Snapshot): string[] {
  const traded = positionsOf(snapshot).map(({ instrument }) => instrument.asset);
  const coins = snapshot.accounts.flatMap(({ margin }) => margin?.collateral ?? []);
  const held = coins.filter(({ asset }) => !isDollar(asset)).map(({ asset }) => asset);
  return [...new Set([...traded, ...held])];
}

function baseOf(word: string): string {
  return word.replace(/\/.*$/u, '');
}

/** The known spelling of a word, or null. */
export function sameWord(word: string, known: readonly string[]): string | null {
  return known.find((candidate) => candidate.toLowerCase() === word.toLowerCase()) ?? null;
}
