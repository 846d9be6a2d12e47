import { type Decimal, Decimal as Digits, ONE } from '../../../domain/decimal.ts';
import type { WriteOutcome } from '../../../ports/venue-writer.ts';
import type { WriteStep } from '../wire/all-or-nothing.ts';
import type { ListedPosition } from './parse-positions.ts';
import { idOf, type TriggerOrder } from './parse-trigger-orders.ts';
import type { WantedTrigger } from './plan-triggers.ts';
import { closingSide } from './read-leg.ts';
import type { WriteCall } from './write-call.ts';
import { accepted, outcomeOf } from './write-outcome.ts';

export interface TriggerTarget {
  readonly leg: ListedPosition;
  readonly mark: Decimal | null;
  readonly tickSize: Decimal | null;
}

/** Placing and cancelling trigger orders of one position. */
export function triggerCalls(call: WriteCall, signal: AbortSignal, target: TriggerTarget) {
  const { leg } = target;
  const priceOf = (wanted: WantedTrigger) => wanted.triggerPrice ?? trailingStart(wanted, target);
  const place = async (wanted: WantedTrigger, keep: (id: string) => void = () => undefined) => {
    const body = {
      symbol: leg.symbol,
      side: closingSide(leg),
      trigger_type: wanted.kind,
      trigger_price: priceOf(wanted)?.toFixed(),
      order_type: 'market',
      amount: wanted.amount.toFixed(),
      position_id: leg.id,
      ...(wanted.callbackRate && { callback_rate: wanted.callbackRate.toFixed() }),
    };
    const reply = await call({ method: 'POST', path: '/api/v1/trigger-orders', body }, signal);
    if (!reply.ok) return reply.error;
    const id = idOf(reply.value);
    if (id !== null) keep(id);
    return accepted(id);
  };
  const cancel = async (id: string): Promise<WriteOutcome> => {
    const path = `/api/v1/trigger-orders/${id}`;
    const outcome = await outcomeOf(call({ method: 'DELETE', path }, signal));
    // A 404: it went by itself meanwhile. That it shall not stand is what was wanted.
    const isGone = outcome.kind === 'refused' && outcome.reason === 'not-offered';
    return isGone ? accepted(null) : outcome;
  };
  return {
    priceOf,
    placing(wanted: WantedTrigger): WriteStep {
      let placed: string | null = null;
      return {
        act: () =>
          place(wanted, (id) => {
            placed = id;
          }),
        // Placed under an id that we were not told: it stands.
        undo: async () => (placed === null ? { kind: 'partly' } : cancel(placed)),
      };
    },
    cancelling: (order: TriggerOrder): WriteStep => ({
      act: () => cancel(order.id),
      undo: () => place(order),
    }),
  };
}

/** The list of required fields has a trigger price for a trailing stop too: where it starts. */
function trailingStart(wanted: WantedTrigger, target: TriggerTarget): Decimal | null {
  const { leg, mark, tickSize } = target;
  if (mark === null || wanted.callbackRate === null) return null;
  const isLong = leg.side === 'long';
  const start = mark.times(isLong ? ONE.minus(wanted.callbackRate) : ONE.plus(wanted.callbackRate));
  // Away from the mark: a start that is not on a tick must not follow closer than was asked.
  const rounding = isLong ? Digits.ROUND_DOWN : Digits.ROUND_UP;
  return tickSize === null
    ? start.toDecimalPlaces(mark.decimalPlaces(), rounding)
    : start.div(tickSize).toDecimalPlaces(0, rounding).times(tickSize);
}
