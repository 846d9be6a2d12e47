import type { Exchange } from 'ccxt';
import { type Decimal, dec, ONE, parseDecimal } from '../../../domain/decimal.ts';
import type { Instrument } from '../../../domain/instrument.ts';
import { splitMultiplier } from '../../../domain/split-multiplier.ts';
import { asRatio, type InstrumentId } from '../../../domain/units.ts';
import type { ContractMarket, TierReading } from './venue-profile.ts';

/** ccxt's precision mode in which `precision.price` is the tick itself. */
const TICK_SIZE = 4;

export interface InstrumentSource {
  readonly venue: string;
  readonly exchange: Exchange;
  /** Where the venue's list of markets has none, ccxt puts an old one. */
  readonly takerFee?: Decimal;
}

/** ccxt's market as an Instrument, brackets added. */
export function instrumentOf(
  source: InstrumentSource,
  market: ContractMarket,
  brackets: TierReading,
): Instrument {
  const { asset, multiplier } = splitMultiplier(market.base);
  const taker = source.takerFee ?? parseDecimal(market.taker);
  const isTick = source.exchange.precisionMode === TICK_SIZE;
  return {
    id: `${source.venue}:${market.symbol}` as InstrumentId,
    venue: source.venue,
    symbol: market.symbol,
    asset,
    quote: market.quote,
    settle: market.settle,
    kind: market.inverse === true ? 'inverse' : 'linear',
    contractSize: parseDecimal(market.contractSize) ?? ONE,
    tickSize: isTick ? parseDecimal(market.precision.price) : null,
    multiplier: dec(multiplier),
    takerFee: taker === null ? null : asRatio(taker),
    ...brackets,
  };
}
