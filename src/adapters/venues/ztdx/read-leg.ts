import type { Decimal } from '../../../domain/decimal.ts';
import type { Position } from '../../../domain/position.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import { type Fields, isAbsent, payloadOf } from './fields.ts';
import { instrumentOf, NO_PROFILE } from './instrument-of.ts';
import { type ListedPosition, parsePositions } from './parse-positions.ts';
import { parseStops } from './parse-stops.ts';
import { parseTriggerOrders, type TriggerOrder } from './parse-trigger-orders.ts';
import type { Round } from './round.ts';
import { isNotOffered } from './ztdx-http.ts';

/** The position as listed now; null: it is not there (any more). */
export async function readLeg(
  round: Round,
  position: Position,
): Promise<Result<ListedPosition | null, VenueError>> {
  const reply = await round.get('/api/v1/positions');
  if (!reply.ok) return reply;
  const list = parsePositions(reply.value.json);
  if (!list.ok) return malformed(list.error);
  const found = list.value.open.find((listed) => isSame(listed, position));
  if (found !== undefined) return ok(found);
  // A row that could not be read may be this one.
  const { unreadable } = list.value;
  const doubtful = unreadable.find(({ symbol }) => symbol === '?' || isOf(symbol, position));
  return doubtful === undefined ? ok(null) : malformed(doubtful.field);
}

function isSame(listed: ListedPosition, position: Position): boolean {
  if (listed.side !== position.side || !isOf(listed.symbol, position)) return false;
  // Another id is another position, opened since: what was decided was not decided about it.
  return listed.id === null || position.venueId === null || listed.id === position.venueId;
}

function isOf(symbol: string, { instrument }: Pick<Position, 'instrument'>): boolean {
  return instrumentOf(symbol, NO_PROFILE)?.id === instrument.id;
}

/** The triggers of one position: the pair on the position itself, and the orders beside it. */
export interface LegTriggers {
  readonly takeProfit: Decimal | null;
  readonly stopLoss: Decimal | null;
  readonly orders: readonly TriggerOrder[];
  /** False: this address has no trigger orders, so neither ladders nor trailing stops. */
  readonly hasOrders: boolean;
}

export async function readTriggers(
  round: Round,
  leg: ListedPosition,
): Promise<Result<LegTriggers, VenueError>> {
  const [pair, list] = await Promise.all([
    round.get(`/api/v1/positions/${leg.id}/tp-sl`),
    round.get('/api/v1/trigger-orders?status=active'),
  ]);
  // No page says what is answered where nothing is set. A 404 beside a listed position can mean that;
  // where it means that there is no such path, setting something there is refused as well.
  if (!pair.ok && !isNotOffered(pair.error)) return pair;
  const told = pair.ok ? pair.value.json : { success: true, data: null };
  const stops = parseStops(told);
  if (!stops.ok) return malformed(stops.error);
  const { takeProfit, stopLoss } = stops.value;
  if (takeProfit.kind === 'unknown') return malformed('take_profit_price');
  if (stopLoss.kind === 'unknown') return malformed('stop_loss_price');
  const prices = {
    takeProfit: takeProfit.kind === 'price' ? takeProfit.price : null,
    stopLoss: stopLoss.kind === 'price' ? stopLoss.price : null,
  };
  if (!list.ok) {
    return isNotOffered(list.error) ? ok({ ...prices, orders: [], hasOrders: false }) : list;
  }
  const orders = parseTriggerOrders(list.value.json);
  if (!orders.ok) return malformed(orders.error);
  const beside = orders.value.filter(
    (order) => isOfLeg(order, leg) && !isOfPair(order, { prices, told: payloadOf(told) }),
  );
  return ok({ ...prices, orders: beside, hasOrders: true });
}

interface Pair {
  readonly prices: Pick<LegTriggers, 'takeProfit' | 'stopLoss'>;
  readonly told: Fields | null;
}

/** The pair is kept as two trigger orders; where their ids are not told, by kind and price. */
function isOfPair({ id, kind, triggerPrice }: TriggerOrder, { prices, told }: Pair): boolean {
  if (kind === 'trailing_stop') return false;
  const ownId = told?.[kind === 'take_profit' ? 'tp_order_id' : 'sl_order_id'];
  if (!isAbsent(ownId)) return ownId === id;
  const price = kind === 'take_profit' ? prices.takeProfit : prices.stopLoss;
  return price !== null && triggerPrice !== null && price.eq(triggerPrice);
}

function isOfLeg({ positionId, symbol, side }: TriggerOrder, leg: ListedPosition): boolean {
  if (positionId !== null) return positionId === leg.id;
  return symbol === leg.symbol && side === closingSide(leg);
}

export function closingSide(leg: Pick<ListedPosition, 'side'>): 'buy' | 'sell' {
  return leg.side === 'long' ? 'sell' : 'buy';
}

function malformed(field: string) {
  return err(venueError('malformed', { code: 'field', field }));
}
