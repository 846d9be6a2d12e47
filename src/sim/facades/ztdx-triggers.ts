import { type Decimal, dec } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { historyOf } from '../history.ts';
import type { SimAccount, SimPosition, SimTrigger } from '../model.ts';
import {
  cancelTriggers,
  isOnRightSide,
  placeTriggers,
  type TriggerOrder,
} from '../operations/change-triggers.ts';
import { triggersOf } from '../triggers.ts';
import { isOnStep, plainDecimal } from './body-fields.ts';
import {
  type ZtdxAnswer,
  type ZtdxRefusal,
  type ZtdxSignedCall,
  ztdxRefusal,
} from './ztdx-route.ts';
import { accepted, marksOf, positionNamed, type ZtdxWriteCall } from './ztdx-write.ts';

const KINDS: Readonly<Record<string, SimTrigger['kind']>> = {
  take_profit: 'takeProfit',
  stop_loss: 'stopLoss',
  trailing_stop: 'trailing',
};
const WORDS = { takeProfit: 'take_profit', stopLoss: 'stop_loss', trailing: 'trailing_stop' };
const NOT_FOUND = ztdxRefusal(404, 'ORDER_NOT_FOUND', 'No such trigger order');

const bad = (code: string, message: string) => err(ztdxRefusal(400, code, message));

/** `POST /api/v1/trigger-orders`: closes a part of a position when the mark touches the price. */
export function createTrigger(call: ZtdxWriteCall): ZtdxAnswer {
  const position = positionOf(call);
  if (!position.ok) return position;
  const order = orderOf(call, position.value);
  if (!order.ok) return order;
  const { now } = call.request;
  const { account, placed } = placeTriggers(call.account, position.value, {
    ...{ orders: [order.value], now },
  });
  accepted(call, account, 'stops');
  return ok(placed.map((each) => triggerRow(account, each, 'active'))[0]);
}

/** By id, or the one of the symbol that an order of this side would close. */
function positionOf(call: ZtdxWriteCall): Result<SimPosition, ZtdxRefusal> {
  const { symbol, side, position_id } = call.body;
  if (side !== 'buy' && side !== 'sell') return bad('INVALID_SIDE', 'side is buy or sell');
  const closes = side === 'sell' ? 'long' : 'short';
  const bySymbol = call.account.positions.find(
    (each) => each.instrument.symbol === symbol && each.side === closes,
  );
  const named = positionNamed(call, position_id ?? bySymbol?.id);
  if (!named.ok) return named;
  const { position } = named.value;
  const isMeant = position.side === closes && position.instrument.symbol === symbol;
  return isMeant ? ok(position) : bad('INVALID_SIDE', 'side does not close this position');
}

function orderOf(call: ZtdxWriteCall, position: SimPosition): Result<TriggerOrder, ZtdxRefusal> {
  const { trigger_type, order_type, callback_rate, activate_price } = call.body;
  const kind = KINDS[String(trigger_type)];
  if (kind === undefined) return bad('INVALID_TRIGGER_TYPE', 'Unknown trigger_type');
  if (order_type !== 'market') return bad('INVALID_ORDER_TYPE', 'Only market orders here');
  const { instrument, side } = position;
  const price = plainDecimal(call.body['trigger_price']);
  if (!price?.gt(0) || !isOnStep(price, instrument.tickSize)) {
    return bad('INVALID_PRICE', 'trigger_price is no price of this market');
  }
  const contracts = plainDecimal(call.body['amount']);
  const isSize = contracts?.gt(0) && isOnStep(contracts, instrument.lotSize);
  if (!isSize || contracts === null || contracts.gt(position.contracts)) {
    return bad('INVALID_AMOUNT', 'amount must be a part of the position');
  }
  const mark = marksOf(call)(instrument.asset);
  const wall = kind === 'trailing' ? 'stopLoss' : kind;
  if (!isOnRightSide({ kind: wall, price }, { side, mark })) {
    return bad('INVALID_TRIGGER_PRICE', 'trigger_price is on the wrong side');
  }
  if (kind !== 'trailing') return ok({ kind, price, contracts });
  return trailing({ price, contracts, rate: callback_rate, activation: activate_price });
}

function trailing(given: {
  readonly price: Decimal;
  readonly contracts: Decimal;
  readonly rate: unknown;
  readonly activation: unknown;
}): Result<TriggerOrder, ZtdxRefusal> {
  const rate = plainDecimal(given.rate);
  if (!rate?.gt(0) || rate.gte(dec('1'))) {
    return bad('INVALID_CALLBACK_RATE', 'callback_rate is a share below 1');
  }
  const activationPrice = plainDecimal(given.activation);
  if (given.activation !== undefined && activationPrice === null) {
    return bad('INVALID_PRICE', 'activate_price is no price');
  }
  const trail = { by: 'share' as const, amount: rate, activationPrice, best: null };
  const price = activationPrice === null ? given.price : null;
  return ok({ kind: 'trailing', price, contracts: given.contracts, trail });
}

type TriggerStatus = 'active' | 'triggered' | 'cancelled';

function triggerRow(account: SimAccount, trigger: SimTrigger, status: TriggerStatus) {
  const { kind, price, contracts, trail, side, instrument } = trigger;
  const position = account.positions.find(({ id }) => id === trigger.positionId);
  return {
    order_id: trigger.id,
    symbol: instrument.symbol,
    side: side === 'long' ? 'sell' : 'buy',
    trigger_type: WORDS[kind],
    trigger_price: price?.toFixed() ?? null,
    order_type: 'market',
    order_price: null,
    amount: (contracts ?? position?.contracts)?.toFixed() ?? '0',
    position_id: trigger.positionId,
    callback_rate: trail?.amount.toFixed() ?? null,
    activate_price: trail?.activationPrice?.toFixed() ?? null,
    status,
    created_at: trigger.createdAt,
    updated_at: trigger.updatedAt,
  };
}

function rowsOf(account: SimAccount) {
  const past = historyOf(account).triggers.map(({ trigger, end }) =>
    triggerRow(account, trigger, end === 'fired' ? 'triggered' : 'cancelled'),
  );
  return [...triggersOf(account).map((each) => triggerRow(account, each, 'active')), ...past];
}

/** `GET /api/v1/trigger-orders`; the pair of a position is two of them. */
export function triggerList({ account, request }: ZtdxSignedCall): ZtdxAnswer {
  const wanted = request.query.get('status');
  const rows = rowsOf(account).filter(({ status }) => wanted === null || status === wanted);
  return ok({ trigger_orders: rows });
}

export function triggerById({ account, name }: ZtdxSignedCall): ZtdxAnswer {
  const found = rowsOf(account).find((row) => row.order_id === name);
  return found ? ok(found) : err(NOT_FOUND);
}

export function cancelTrigger(call: ZtdxWriteCall): ZtdxAnswer {
  const { account, name, request } = call;
  if (!triggersOf(account).some(({ id }) => id === name)) return err(NOT_FOUND);
  accepted(
    call,
    cancelTriggers(account, ({ id }) => id === name, request.now),
    'cancel',
  );
  return ok({ success: true, order_id: name, status: 'cancelled' });
}

/** `GET /api/v1/trigger-orders/executions`. */
export function triggerExecutions({ account }: ZtdxSignedCall): ZtdxAnswer {
  const { triggers, executions } = historyOf(account);
  const fired = triggers.flatMap(({ trigger, executionId }) => {
    const order = executions.find(({ id }) => id === executionId);
    return order === undefined ? [] : [{ trigger, order }];
  });
  return ok({
    executions: fired.map(({ trigger, order }) => ({
      trigger_order_id: trigger.id,
      order_id: order.id,
      symbol: order.instrument.symbol,
      executed_price: order.price.toFixed(),
      executed_amount: order.filled.toFixed(),
      executed_at: order.at,
    })),
  });
}
