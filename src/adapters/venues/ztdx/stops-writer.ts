import type { Decimal } from '../../../domain/decimal.ts';
import type { StopsOrder, StopsWriter } from '../../../ports/venue-writer.ts';
import { allOrNothing, type WriteStep } from '../wire/all-or-nothing.ts';
import type { ListedPosition } from './parse-positions.ts';
import { planTriggers, type TriggerPair } from './plan-triggers.ts';
import type { PublicMarket } from './public-market.ts';
import { type LegTriggers, readLeg, readTriggers } from './read-leg.ts';
import type { Round } from './round.ts';
import { triggerCalls } from './trigger-calls.ts';
import type { WriteCall } from './write-call.ts';
import { failureOfWrite, outcomeOf, refused } from './write-outcome.ts';

export interface StopsWriterDeps {
  readonly call: WriteCall;
  readonly market: PublicMarket;
  /** For the look before: never from a memory. */
  round(signal: AbortSignal): Round;
}

export function createStopsWriter(deps: StopsWriterDeps): StopsWriter {
  return {
    hasLadder: true,
    hasTrailing: true,
    async set(order, signal) {
      const round = deps.round(signal);
      const leg = await readLeg(round, order.position);
      if (!leg.ok) return failureOfWrite(leg.error, false);
      if (leg.value === null || leg.value.id === null) return refused('position-not-found');
      const standing = await readTriggers(round, leg.value);
      if (!standing.ok) return failureOfWrite(standing.error, false);
      const change = { order, leg: leg.value, standing: standing.value, signal };
      const { sizeStep } = await deps.market.profile(leg.value.symbol, signal);
      return apply(deps.call, { ...change, step: sizeStep });
    },
  };
}

interface Change {
  readonly order: StopsOrder;
  readonly leg: ListedPosition;
  readonly standing: LegTriggers;
  readonly step: Decimal | null;
  readonly signal: AbortSignal;
}

/** New orders first and old ones last, so that the position is never without the stop it had. */
function apply(call: WriteCall, { order, leg, standing, step, signal }: Change) {
  const plan = planTriggers(order.stops, standing, { contracts: leg.size, step });
  if (plan.place.some(({ amount }) => amount.lte(0))) return refused('amount-too-small');
  if (plan.place.length > 0 && !standing.hasOrders) return refused('not-offered');
  const { tickSize } = order.position.instrument;
  const mark = leg.markPrice ?? order.position.markPrice;
  const triggers = triggerCalls(call, signal, { leg, mark, tickSize });
  if (plan.place.some((wanted) => triggers.priceOf(wanted) === null)) return refused('price-rule');
  const path = `/api/v1/positions/${leg.id}/tp-sl`;
  const change = (from: TriggerPair, to: TriggerPair) =>
    outcomeOf(call(pairRequest(path, from, to), signal));
  const pair: WriteStep = {
    act: () => change(standing, plan.pair),
    undo: () => change(plan.pair, standing),
  };
  return allOrNothing([
    ...plan.place.map(triggers.placing),
    ...(isSamePair(standing, plan.pair) ? [] : [pair]),
    ...plan.cancel.map(triggers.cancelling),
  ]);
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
