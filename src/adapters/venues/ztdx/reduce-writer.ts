import { type Decimal, Decimal as Digits, dec, parseDecimal } from '../../../domain/decimal.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { VenueCredentials } from '../../../ports/venue.ts';
import type { ReduceWriter } from '../../../ports/venue-writer.ts';
import type { Fields } from './fields.ts';
import { idOf } from './parse-trigger-orders.ts';
import type { PublicMarket } from './public-market.ts';
import { closingSide, readLeg } from './read-leg.ts';
import type { Round } from './round.ts';
import { signOrder } from './sign-order.ts';
import { wholeSteps } from './whole-steps.ts';
import type { WriteCall } from './write-call.ts';
import { accepted, failureOfWrite, refused } from './write-outcome.ts';

export interface ReduceWriterDeps {
  readonly call: WriteCall;
  readonly market: PublicMarket;
  readonly credentials: VenueCredentials;
  readonly clock: Clock;
  round(signal: AbortSignal): Round;
}

/**
 * A signed market order in the opposite direction. The venue has no reduce-only: more than the position
 * holds would flip it, so the position is read right before and the amount cut to it.
 */
export function createReduceWriter(deps: ReduceWriterDeps): ReduceWriter {
  const { call, credentials, clock } = deps;
  return {
    async reduce({ position, contracts }, signal) {
      const leg = await readLeg(deps.round(signal), position);
      if (!leg.ok) return failureOfWrite(leg.error, false);
      if (leg.value === null) return refused('position-not-found');
      const { size, symbol } = leg.value;
      const { sizeStep } = await deps.market.profile(symbol, signal);
      const cut = sizeStep === null ? contracts : wholeSteps(contracts, sizeStep);
      // All of it is closed to the last digit, whatever the step.
      const amount = contracts.gte(size) ? size : cut;
      if (amount.lte(0)) return refused('amount-too-small');
      const terms = {
        symbol,
        side: closingSide(leg.value),
        order_type: 'market',
        price: '0',
        amount: amount.toFixed(),
        leverage: orderLeverage(leg.value.leverage),
        timestamp: Math.floor(clock.now() / 1000),
      } as const;
      const signature = await signOrder(credentials, terms);
      if (!signature.ok) return failureOfWrite(signature.error, false);
      const body = { ...terms, signature: signature.value };
      const answer = await call({ method: 'POST', path: '/api/v1/orders', body }, signal);
      if (!answer.ok) return answer.error;
      // Refused in the answer instead of by a status.
      if (isOverUnfilled(answer.value)) return refused('other');
      return accepted(idOf(answer.value));
    },
  };
}

/** Of an order that only closes it decides nothing, but 1 to 50 is asked for. */
function orderLeverage(leverage: Decimal | null): number {
  const whole = leverage?.toDecimalPlaces(0) ?? dec('1');
  return Digits.min(50, Digits.max(1, whole)).toNumber();
}

/** What was filled before it was rejected or cancelled is not undone by that. */
function isOverUnfilled(order: Fields): boolean {
  const status = String(order['status'] ?? '').toLowerCase();
  const isFilled = parseDecimal(order['filled_amount'])?.gt(0) === true;
  return ['rejected', 'cancelled', 'canceled'].includes(status) && !isFilled;
}
