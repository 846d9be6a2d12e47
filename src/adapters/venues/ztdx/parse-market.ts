import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import { asRatio, type Ratio } from '../../../domain/units.ts';
import { asFields, type Fields, payloadOf } from './fields.ts';
import type { MarketProfile } from './instrument-of.ts';

// No page shows the fields of `/markets/:symbol/config`: these are the names the venue uses for
// the same things elsewhere, and their common variants. What is not found stays unknown.
const TICK = ['tick_size', 'price_tick_size', 'price_tick', 'price_step', 'tickSize'];
const STEP = ['step_size', 'size_step', 'amount_step', 'quantity_step', 'lot_size', 'stepSize'];
const MAINTENANCE = [
  'maintenance_margin_rate',
  'maintenance_margin_ratio',
  'maintenance_rate',
  'mmr',
  'maintenanceMarginRate',
];
const TAKER = ['taker_fee_rate', 'taker_fee', 'taker_rate', 'takerFeeRate', 'takerFee'];
const MARK = ['mark_price', 'markPrice'];

export function parseMarket(body: unknown): MarketProfile {
  const payload = payloadOf(body);
  const fields = asFields(payload?.['config']) ?? asFields(payload?.['market']) ?? payload;
  const tick = fields && first(fields, TICK);
  const step = fields && first(fields, STEP);
  const rate = share(fields && first(fields, MAINTENANCE));
  return {
    tickSize: tick?.gt(0) ? tick : null,
    sizeStep: step?.gt(0) ? step : null,
    // A maintenance of nothing would say that nothing can be liquidated.
    maintenanceRate: rate?.gt(0) ? rate : null,
    takerFee: share(fields && first(fields, TAKER)),
  };
}

/** The price of a public `/mark-price/:symbol` or `/ticker/:symbol` answer. */
export function parseMark(body: unknown): Decimal | null {
  const payload = payloadOf(body);
  const price = payload && first(payload, MARK);
  return price?.gt(0) ? price : null;
}

/** A fee or a rate of one half and more is a percentage or a mistake, not a share we can use. */
function share(value: Decimal | null): Ratio | null {
  return value !== null && !value.isNegative() && value.lt('0.5') ? asRatio(value) : null;
}

function first(fields: Fields, names: readonly string[]): Decimal | null {
  for (const name of names) {
    const value = parseDecimal(fields[name]);
    if (value !== null) return value;
  }
  return null;
}
