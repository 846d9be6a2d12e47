import type { PriceState } from '../../../domain/position.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { asFields, type Fields, payloadOf } from './fields.ts';
import { priceState } from './parse-positions.ts';

/** The position's own take-profit and stop-loss; ZTDX sets them for the whole position. */
export interface Stops {
  readonly takeProfit: PriceState;
  readonly stopLoss: PriceState;
}

export const UNKNOWN_STOPS: Stops = {
  takeProfit: { kind: 'unknown' },
  stopLoss: { kind: 'unknown' },
};

const NO_STOPS: Stops = { takeProfit: { kind: 'none' }, stopLoss: { kind: 'none' } };

const FIELDS = [
  'position_id',
  'take_profit_price',
  'stop_loss_price',
  'tp_order_id',
  'sl_order_id',
  'updated_at',
];

/**
 * In an answer that is about this position a price that is not there is not set. Any other body
 * says nothing: to call that "no stop" would raise a false alarm, or hide a true one.
 */
export function parseStops(body: unknown): Result<Stops, string> {
  const outer = asFields(body);
  if (outer?.['success'] === true && outer['data'] === null) return ok(NO_STOPS);
  const fields = payloadOf(body);
  if (fields === null || !FIELDS.some((name) => name in fields)) return err('tp-sl');
  const faults: string[] = [];
  const takeProfit = stopPrice(fields, 'take_profit_price', faults);
  const stopLoss = stopPrice(fields, 'stop_loss_price', faults);
  return faults[0] === undefined ? ok({ takeProfit, stopLoss }) : err(faults[0]);
}

function stopPrice(fields: Fields, name: string, faults: string[]): PriceState {
  if (!(name in fields)) return { kind: 'none' };
  return priceState(fields, name, (field) => faults.push(field));
}
