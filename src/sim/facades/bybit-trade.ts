import type { Decimal } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { historyOf } from '../history.ts';
import { cancelTriggers } from '../operations/change-triggers.ts';
import { closePart } from '../operations/close-part.ts';
import { filledOf } from '../operations/filled-of.ts';
import { triggersOf } from '../triggers.ts';
import { type BodyFields, isOnStep, plainDecimal } from './body-fields.ts';
import { type BybitWriteCall, legOf } from './bybit-leg.ts';
import { answer, type BybitAnswer, marksOf, refuse } from './bybit-route.ts';

const NOTHING_TO_REDUCE = refuse(110017, 'Reduce-only rule not satisfied');
const NOT_FOUND = refuse(110001, 'order not exists or too late to cancel');

/** `POST /v5/order/create`, of which the simulator has what closes at once: market, reduce-only. */
export function createOrder(call: BybitWriteCall): BybitAnswer {
  const { body, account, request } = call;
  const leg = legOf(call);
  if (!leg.ok) return leg.error;
  const { instrument, position } = leg.value;
  const form = badForm(body);
  if (form !== null) return form;
  const clientId = (body['orderLinkId'] as string | undefined) ?? '';
  if (isUsed(call, clientId)) return refuse(110072, 'OrderLinkedID is duplicate');
  const closing = position?.side === 'long' ? 'Sell' : 'Buy';
  if (position === null || body['side'] !== closing) return NOTHING_TO_REDUCE;
  const asked = askedSize(body, instrument.lotSize);
  if (!asked.ok) return asked.error;
  const isAll = asked.value.isZero() || asked.value.gt(position.contracts);
  const wanted = isAll ? position.contracts : asked.value;
  const filled = filledOf(wanted, { request, instrument });
  const { account: after, execution } = closePart(account, {
    ...{ position, contracts: filled, asked: wanted, clientId, cause: 'user', now: request.now },
    price: marksOf(call)(instrument.asset),
  });
  const effect = { accountId: account.id, kind: 'close', clientId, at: request.now } as const;
  call.world.ledger.accept({ accounts: [after], effect });
  return answer({ orderId: execution.id, orderLinkId: clientId });
}

function badForm(body: BodyFields): BybitAnswer | null {
  const { side, orderType, reduceOnly, orderLinkId } = body;
  if (side !== 'Buy' && side !== 'Sell') return refuse(10001, 'params error: side invalid');
  if (orderType !== 'Market' && orderType !== 'Limit') {
    return refuse(10001, 'params error: orderType invalid');
  }
  if (reduceOnly !== undefined && typeof reduceOnly !== 'boolean') {
    return refuse(10001, 'params error: reduceOnly invalid');
  }
  if (orderType === 'Limit' || reduceOnly !== true) {
    return refuse(110023, 'Currently you can only reduce your position on this contract');
  }
  const isNamed = typeof orderLinkId === 'string' && /^[\w-]{1,36}$/.test(orderLinkId);
  return orderLinkId === undefined || isNamed
    ? null
    : refuse(10001, 'params error: OrderLinkedID invalid');
}

/** "0" with closeOnTrigger closes all. */
function askedSize(body: BodyFields, lotSize: Decimal): Result<Decimal, BybitAnswer> {
  const size = plainDecimal(body['qty']);
  const bad = err(refuse(10001, 'Qty invalid'));
  if (size === null || size.isNegative() || !isOnStep(size, lotSize)) return bad;
  return size.isZero() && body['closeOnTrigger'] !== true ? bad : ok(size);
}

function isUsed({ account, request }: BybitWriteCall, clientId: string): boolean {
  if (clientId === '' || request.quirks?.takesDuplicates) return false;
  const used = [...historyOf(account).executions, ...account.orders];
  return used.some((each) => each.clientId === clientId);
}

/** `POST /v5/order/cancel`: a resting order by either id, a stop by its order id. */
export function cancelOrder(call: BybitWriteCall): BybitAnswer {
  const { account, body, request } = call;
  const { orderId, orderLinkId } = body;
  if (typeof orderId !== 'string' && typeof orderLinkId !== 'string') {
    return refuse(10001, 'params error: orderId or orderLinkId is required');
  }
  const isMeant = (each: { readonly id: string; readonly clientId: string }) =>
    typeof orderId === 'string' ? each.id === orderId : each.clientId === orderLinkId;
  const trigger = triggersOf(account).find(isMeant);
  const order = account.orders.find(isMeant);
  const found = trigger ?? order;
  if (found === undefined || found.instrument.symbol !== body['symbol']) return NOT_FOUND;
  const orders = account.orders.filter((each) => each !== order);
  const after = cancelTriggers({ ...account, orders }, (each) => each === trigger, request.now);
  const effect = { clientId: found.clientId, kind: 'cancel', at: request.now } as const;
  call.world.ledger.accept({ accounts: [after], effect: { accountId: account.id, ...effect } });
  return answer({ orderId: found.id, orderLinkId: found.clientId });
}
