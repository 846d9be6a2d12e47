import { Decimal, parseDecimal } from '../../../domain/decimal.ts';
import type { Position } from '../../../domain/position.ts';
import { asContract } from './contract-market.ts';
import { malformed } from './malformed.ts';
import type { ContractMarket, VenueSession } from './venue-profile.ts';

/** The contract of a position under the venue's own name. */
export async function writeMarket(
  session: VenueSession,
  { instrument }: Position,
): Promise<ContractMarket> {
  await session.loadMarkets();
  const market = asContract(session.exchange.markets?.[instrument.symbol]);
  if (market === null) throw malformed('symbol');
  return market;
}

/** Smallest step of an order, in the venue's contracts; null when it is not known. */
export function contractStep(market: ContractMarket): Decimal | null {
  const step = parseDecimal(market.precision.amount);
  return step?.gt(0) ? step : null;
}

/** Toward zero to a whole number of steps. */
export function toStep(amount: Decimal, step: Decimal | null): Decimal {
  if (step === null) return amount;
  return amount.div(step).toDecimalPlaces(0, Decimal.ROUND_DOWN).times(step);
}
