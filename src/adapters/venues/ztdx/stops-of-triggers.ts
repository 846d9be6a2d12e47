import type { Decimal } from '../../../domain/decimal.ts';
import { ONE } from '../../../domain/decimal.ts';
import type { Rung, StopsState } from '../../../domain/stops.ts';
import { asPrice, asRatio } from '../../../domain/units.ts';
import type { TriggerOrder } from './parse-trigger-orders.ts';
import type { LegTriggers } from './read-leg.ts';

/** What stands, in the desk's words; null: an order does not say where it triggers. */
export function stopsOfTriggers(triggers: LegTriggers, contracts: Decimal): StopsState | null {
  const takeProfit = rungsOf('take_profit', triggers, contracts);
  const stopLoss = rungsOf('stop_loss', triggers, contracts);
  const trailing = triggers.orders.find(({ kind }) => kind === 'trailing_stop');
  const rate = trailing?.callbackRate ?? null;
  if (takeProfit === null || stopLoss === null) return null;
  if (trailing !== undefined && rate === null) return null;
  return { takeProfit, stopLoss, trailing: rate && asRatio(rate) };
}

function rungsOf(
  kind: 'take_profit' | 'stop_loss',
  triggers: LegTriggers,
  contracts: Decimal,
): Rung[] | null {
  const whole = kind === 'take_profit' ? triggers.takeProfit : triggers.stopLoss;
  const rungs: Rung[] = whole === null ? [] : [{ price: asPrice(whole), share: asRatio(ONE) }];
  for (const order of triggers.orders.filter((each) => each.kind === kind)) {
    if (order.triggerPrice === null) return null;
    rungs.push({ price: asPrice(order.triggerPrice), share: shareOf(order, contracts) });
  }
  return rungs;
}

function shareOf({ amount }: TriggerOrder, contracts: Decimal) {
  return asRatio(amount.gte(contracts) ? ONE : amount.div(contracts));
}
