import { type Decimal, dec, ONE, ZERO } from '../../../domain/decimal.ts';
import type { Rung, StopsState } from '../../../domain/stops.ts';
import type { TriggerOrder } from './parse-trigger-orders.ts';
import type { LegTriggers } from './read-leg.ts';
import { wholeSteps } from './whole-steps.ts';

/** The two prices on the position itself, each for its full size. */
export type TriggerPair = Pick<LegTriggers, 'takeProfit' | 'stopLoss'>;

/** A trigger order to be placed. */
export type WantedTrigger = Pick<TriggerOrder, 'kind' | 'triggerPrice' | 'amount' | 'callbackRate'>;

export interface TriggerPlan {
  readonly pair: TriggerPair;
  readonly place: readonly WantedTrigger[];
  readonly cancel: readonly TriggerOrder[];
}

/**
 * One full-size trigger of a kind is the position's own; anything else of that kind, and a trailing stop,
 * is a trigger order. What stands already and shall stand is in no part of the plan.
 */
export function planTriggers(
  wanted: StopsState,
  standing: LegTriggers,
  { contracts, step }: { readonly contracts: Decimal; readonly step: Decimal | null },
): TriggerPlan {
  const orders: WantedTrigger[] = [];
  const own = (kind: 'take_profit' | 'stop_loss', rungs: readonly Rung[]): Decimal | null => {
    const [first, second] = rungs;
    if (first !== undefined && second === undefined && first.share.eq(ONE)) return first.price;
    amountsOf(rungs, contracts, step).forEach((amount, at) => {
      const triggerPrice = rungs[at]?.price ?? null;
      orders.push({ kind, triggerPrice, amount, callbackRate: null });
    });
    return null;
  };
  const pair = {
    takeProfit: own('take_profit', wanted.takeProfit),
    stopLoss: own('stop_loss', wanted.stopLoss),
  };
  if (wanted.trailing !== null) {
    const callbackRate = wanted.trailing;
    orders.push({ kind: 'trailing_stop', triggerPrice: null, amount: contracts, callbackRate });
  }
  const cancel = [...standing.orders];
  const place = orders.filter((order) => {
    const at = cancel.findIndex((other) => isSame(order, other));
    if (at >= 0) cancel.splice(at, 1);
    return at < 0;
  });
  return { pair, place, cancel };
}

/** Where the venue tells no step; finer than this no venue counts. */
const FINEST = dec('0.00000001');

/** A ladder over the whole position leaves no dust: its last rung takes what is left. */
function amountsOf(rungs: readonly Rung[], contracts: Decimal, step: Decimal | null): Decimal[] {
  const isWhole = rungs.reduce((sum, { share }) => sum.plus(share), ZERO).eq(ONE);
  let left = contracts;
  return rungs.map(({ share }, at) => {
    const cut = wholeSteps(contracts.times(share), step ?? FINEST);
    const amount = isWhole && at === rungs.length - 1 ? left : cut;
    left = left.minus(amount);
    return amount;
  });
}

function isSame(wanted: WantedTrigger, standing: TriggerOrder): boolean {
  const isEqual = (a: Decimal | null, b: Decimal | null) =>
    a === null || b === null ? a === b : a.eq(b);
  if (wanted.kind !== standing.kind || !wanted.amount.eq(standing.amount)) return false;
  // The price of a trailing stop moves.
  return wanted.kind === 'trailing_stop'
    ? isEqual(wanted.callbackRate, standing.callbackRate)
    : isEqual(wanted.triggerPrice, standing.triggerPrice);
}
