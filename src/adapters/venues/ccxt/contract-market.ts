import type { Exchange, MarketInterface } from 'ccxt';
import { parseDecimal } from '../../../domain/decimal.ts';
import type { ContractMarket } from './venue-profile.ts';

/** A market as a linear or inverse contract whose size is known, else null (spot, options, oddities). */
export function asContract(market: MarketInterface | undefined): ContractMarket | null {
  if (market?.contract !== true || market.option === true) return null;
  if (market.linear !== true && market.inverse !== true) return null;
  if (!market.settle || parseDecimal(market.contractSize) === null) return null;
  return market as ContractMarket;
}

/** The contract under the venue's own symbol. One id may also name a spot market. */
export function contractById(exchange: Exchange, marketId: string): ContractMarket | null {
  const found: unknown = exchange.markets_by_id?.[marketId];
  const candidates = (Array.isArray(found) ? found : [found]) as (MarketInterface | undefined)[];
  for (const candidate of candidates) {
    const contract = asContract(candidate);
    if (contract) return contract;
  }
  return null;
}
