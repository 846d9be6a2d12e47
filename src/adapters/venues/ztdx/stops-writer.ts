import { type Decimal, Decimal as Digits, ONE } from '../../../domain/decimal.ts';
import type { StopsWriter, WriteOutcome } from '../../../ports/venue-writer.ts';
import { allOrNothing, type WriteStep } from '../wire/all-or-nothing.ts';
import type { ListedPosition } from './parse-positions.ts';
import { idOf, type TriggerOrder } from './parse-trigger-orders.ts';
import { planTriggers, type TriggerPair, type WantedTrigger } from './plan-triggers.ts';
import { closingSide, readLeg, readTriggers } from './read-leg.ts';
import type { Round } from './round.ts';
import type { WriteCall } from './write-call.ts';
import { failureOfWrite, refused } from './write-outcome.ts';

export interface StopsWriterDeps {
  readonly call: WriteCall;
  /** For the look before: never from a memory. */
  round(signal: AbortSignal): Round;
}

/** New orders first and old ones last, so that the position is never without the stop it had. */
export function createStopsWriter({ call, round: start }: StopsWriterDeps): StopsWriter {
  return {
    hasLadder: true,
    hasTrailing: true,
    async set({ position, stops }, signal) {
      const round = start(signal);
      const leg = await readLeg(round, position);
      if (!leg.ok) return failureOfWrite(leg.error, false);
      if (leg.value === null || leg.value.id === null) return refused('position-not-found');
      const standing = await readTriggers(round, leg.value);
      if (!standing.ok) return failureOfWrite(standing.error, false);
      const plan = planTriggers(stops, standing.value, leg.value.size);
      if (plan.place.length > 0 && !standing.value.hasOrders) return refused('not-offered');
      const mark = leg.value.markPrice ?? position.markPrice;
      const triggers = triggerCalls(call, signal, {
        leg: leg.value,
        mark,
        tickSize: position.instrument.tickSize,
      });
      if (plan.place.some((wanted) => triggers.priceOf(wanted) === null)) {
        return refused('price-rule');
      }
      const path = `/api/v1/positions/${leg.value.id}/tp-sl`;
      const change = (from: TriggerPair, to: TriggerPair) =>
        outcomeOf(call(pairRequest(path, from, to), signal));
      return allOrNothing([
        ...plan.place.map(triggers.placing),
        ...(isSamePair(standing.value, plan.pair)
          ? []
          : [
              {
                act: () => change(standing.value, plan.pair),
                undo: () => change(plan.pair, standing.value),
              },
            ]),
        ...plan.cancel.map(triggers.cancelling),
      ]);
    },
  };
}

interface TriggerTarget {
  readonly leg: ListedPosition;
  readonly mark: Decimal | null;
  readonly tickSize: Decimal | null;
}

function triggerCalls(call: WriteCall, signal: AbortSignal, target: TriggerTarget) {
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

/**
 * POST sets, PUT changes, DELETE clears all. Both prices are always named, since no page says what a
 * change does to the one it leaves out; a null clears one and keeps the other.
 */
function pairRequest(path: string, from: TriggerPair, to: TriggerPair) {
  if (isEmpty(to)) return { method: 'DELETE', path } as const;
  const names = { take_profit_price: to.takeProfit, stop_loss_price: to.stopLoss };
  const isNew = isEmpty(from);
  const body = Object.fromEntries(
    Object.entries(names)
      .filter(([, price]) => price !== null || !isNew)
      .map(([name, price]) => [name, price?.toFixed() ?? null]),
  );
  return { method: isNew ? 'POST' : 'PUT', path, body } as const;
}

function isEmpty({ takeProfit, stopLoss }: TriggerPair): boolean {
  return takeProfit === null && stopLoss === null;
}

function isSamePair(a: TriggerPair, b: TriggerPair): boolean {
  const isSame = (one: Decimal | null, other: Decimal | null) =>
    one === null || other === null ? one === other : one.eq(other);
  return isSame(a.takeProfit, b.takeProfit) && isSame(a.stopLoss, b.stopLoss);
}

async function outcomeOf(reply: ReturnType<WriteCall>): Promise<WriteOutcome> {
  const answer = await reply;
  return answer.ok ? accepted(idOf(answer.value)) : answer.error;
}

function accepted(venueRef: string | null): WriteOutcome {
  return { kind: 'accepted', venueRef };
}
