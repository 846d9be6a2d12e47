import type { Side } from '../../../domain/position.ts';
import { asPrice } from '../../../domain/units.ts';
import { allPages, type BybitList } from './bybit-lists.ts';
import type { StopOrder } from './full-size-stop.ts';
import { positiveOf, type RawRecord, textOf } from './raw-record.ts';
import type { VenueSession } from './venue-profile.ts';

/**
 * The conditional orders of a list that close positions. The venue's page default is 20 and ccxt sends
 * no limit of its own, so an unasked list would be a short one.
 */
export async function fetchBybitStops(
  session: VenueSession,
  list: BybitList,
): Promise<StopOrder[]> {
  const rows = await allPages(session, {
    method: 'privateGetV5OrderRealtime',
    query: { ...list.query, orderFilter: 'StopOrder' },
    limit: 50,
    keyOf: (row) => String(row['orderId']),
  });
  return rows.flatMap((row) => parseBybitStop(row) ?? []);
}

/**
 * TakeProfit and StopLoss are the position's own, whole size; the Partial ones and conditional orders
 * (`Stop`) carry a quantity. A trailing stop has no fixed trigger price and is none of them.
 */
export function parseBybitStop(row: RawRecord): StopOrder | null {
  const market = textOf(row, 'symbol');
  const triggerPrice = positiveOf(row, 'triggerPrice');
  if (market === null || triggerPrice === null || !closesOnly(row)) return null;
  const closes: Side = row['side'] === 'Sell' ? 'long' : 'short';
  const kind = kindOf(row, closes);
  if (kind === null) return null;
  const isWhole = row['stopOrderType'] === 'TakeProfit' || row['stopOrderType'] === 'StopLoss';
  return {
    market,
    kind,
    closes,
    triggerPrice: asPrice(triggerPrice),
    // A quantity of 0 closes all there is then.
    contracts: isWhole ? null : positiveOf(row, 'qty'),
    marginMode: null,
  };
}

function closesOnly(row: RawRecord): boolean {
  return row['reduceOnly'] === true || row['closeOnTrigger'] === true;
}

function kindOf(row: RawRecord, closes: Side): StopOrder['kind'] | null {
  switch (row['stopOrderType']) {
    case 'TakeProfit':
    case 'PartialTakeProfit':
      return 'takeProfit';
    case 'StopLoss':
    case 'PartialStopLoss':
      return 'stopLoss';
    case 'Stop': {
      // triggerDirection: 1 when the price rises to the trigger, 2 when it falls to it.
      const direction = String(row['triggerDirection']);
      if (direction !== '1' && direction !== '2') return null;
      return (direction === '1') === (closes === 'long') ? 'takeProfit' : 'stopLoss';
    }
    default:
      return null;
  }
}
