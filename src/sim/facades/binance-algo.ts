import { type Decimal, dec } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { historyOf } from '../history.ts';
import type { SimAccount, SimPastTrigger, SimPosition, SimTrigger } from '../model.ts';
import {
  cancelTriggers,
  isOnRightSide,
  placeTriggers,
  type TriggerOrder,
} from '../operations/change-triggers.ts';
import { triggersOf } from '../triggers.ts';
import { positionSideOf } from './binance-account.ts';
import type { BinanceAnswer, BinanceSignedCall } from './binance-route.ts';
import {
  accepted,
  type BinanceWriteCall,
  clientIdOf,
  closedBy,
  flagOf,
  marksOf,
  mbx,
  missing,
  quantityOf,
  symbolOf,
  unread,
} from './binance-write.ts';
import { isOnStep, plainDecimal } from './body-fields.ts';
import type { MbxRefusal } from './mbx-auth.ts';
import { numericId } from './numeric-id.ts';

const KNOWN = [
  ...['algoType', 'symbol', 'side', 'positionSide', 'type', 'timeInForce', 'quantity', 'price'],
  ...['triggerPrice', 'workingType', 'priceMatch', 'closePosition', 'priceProtect', 'reduceOnly'],
  ...['activatePrice', 'callbackRate', 'clientAlgoId', 'selfTradePreventionMode', 'goodTillDate'],
  'newOrderRespType',
];
const KINDS: Readonly<Record<string, SimTrigger['kind']>> = {
  STOP_MARKET: 'stopLoss',
  TAKE_PROFIT_MARKET: 'takeProfit',
  TRAILING_STOP_MARKET: 'trailing',
};
const TYPES = {
  stopLoss: 'STOP_MARKET',
  takeProfit: 'TAKE_PROFIT_MARKET',
  trailing: 'TRAILING_STOP_MARKET',
};
const NOT_REQUIRED = (name: string) => mbx(-1106, `Parameter '${name}' sent when not required.`);

/** `POST /fapi/v1/algoOrder`: conditional market orders that close. All watch the mark here. */
export function newAlgoOrder(call: BinanceWriteCall): BinanceAnswer {
  const refusal = unread(call, KNOWN);
  if (refusal !== null) return err(refusal);
  const { params, account, request } = call;
  if (params.get('algoType') !== 'CONDITIONAL') return err(missing('algoType'));
  const instrument = symbolOf(call);
  if (!instrument.ok) return instrument;
  const position = closedBy(call, instrument.value);
  if (!position.ok) return position;
  const clientId = clientIdOf(call, 'clientAlgoId');
  if (!clientId.ok) return clientId;
  // Unique among open orders only, as the venue says: what is over may be used again.
  const isUsed = triggersOf(account).some((each) => each.clientId === clientId.value);
  if (clientId.value !== '' && isUsed && !request.quirks?.takesDuplicates) {
    return err(mbx(-4116, 'ClientOrderId is duplicated.'));
  }
  const order = orderOf(call, position.value);
  if (!order.ok) return order;
  const held = position.value as SimPosition;
  const orders = [{ ...order.value, clientId: clientId.value }];
  const after = placeTriggers(account, held, { orders, now: request.now });
  accepted(call, after.account, { kind: 'stops', clientId: clientId.value });
  return ok(algoRow(after.account, after.placed[0] as SimTrigger));
}

function orderOf(
  call: BinanceWriteCall,
  position: SimPosition | null,
): Result<TriggerOrder, MbxRefusal> {
  const kind = KINDS[call.params.get('type') ?? ''];
  if (kind === undefined) return err(mbx(-1116, 'Invalid orderType.'));
  const contracts = sizeOf(call, position);
  if (!contracts.ok) return contracts;
  if (position === null) return err(mbx(-2022, 'ReduceOnly Order is rejected.'));
  if (kind === 'trailing') return trailing(call, position, contracts.value);
  const { instrument, side } = position;
  const price = plainDecimal(call.params.get('triggerPrice'));
  if (price === null) return err(missing('triggerPrice'));
  if (!price.gt(0) || !isOnStep(price, instrument.tickSize)) {
    return err(mbx(-4014, 'Price not increased by tick size.'));
  }
  if (!isOnRightSide({ kind, price }, { side, mark: marksOf(call)(instrument.asset) })) {
    return err(mbx(-2021, 'Order would immediately trigger.'));
  }
  const standing = triggersOf(call.account).some(
    (each) => each.positionId === position.id && each.kind === kind && each.contracts === null,
  );
  return contracts.value === null && standing
    ? err(
        mbx(
          -4130,
          'An open stop or take profit order with GTE and closePosition in the direction is existing.',
        ),
      )
    : ok({ kind, price, contracts: contracts.value });
}

/** Null: closePosition, which takes neither a size nor the reduce-only flag. */
function sizeOf(
  call: BinanceWriteCall,
  position: SimPosition | null,
): Result<Decimal | null, MbxRefusal> {
  const { params, account } = call;
  const isWhole = flagOf(call, 'closePosition');
  if (!isWhole.ok) return isWhole;
  if (isWhole.value) {
    if (params.has('quantity')) return err(NOT_REQUIRED('quantity'));
    if (params.has('reduceOnly')) return err(NOT_REQUIRED('reduceonly'));
    if (params.get('type') === 'TRAILING_STOP_MARKET') return err(NOT_REQUIRED('closePosition'));
    return position === null
      ? err(mbx(-4509, 'Time in Force (TIF) GTE can only be used with open positions.'))
      : ok(null);
  }
  const reduceOnly = flagOf(call, 'reduceOnly');
  if (!reduceOnly.ok) return reduceOnly;
  if (account.positionMode === 'hedge') {
    if (params.has('reduceOnly')) return err(NOT_REQUIRED('reduceonly'));
  } else if (!reduceOnly.value) {
    return err(mbx(-1020, 'This operation is not supported.'));
  }
  const instrument = symbolOf(call);
  return instrument.ok ? quantityOf(call, instrument.value) : instrument;
}

/** callbackRate is in percent, 0.1 to 10. */
function trailing(
  call: BinanceWriteCall,
  { instrument, side }: SimPosition,
  contracts: Decimal | null,
): Result<TriggerOrder, MbxRefusal> {
  const percent = plainDecimal(call.params.get('callbackRate'));
  if (percent === null) return err(missing('callbackRate'));
  if (percent.lt('0.1') || percent.gt('10') || percent.decimalPlaces() > 1) {
    return err(mbx(-2007, 'Invalid callBack rate.'));
  }
  const text = call.params.get('activatePrice');
  const activationPrice = plainDecimal(text);
  const mark = marksOf(call)(instrument.asset);
  const isAhead =
    activationPrice === null ||
    (side === 'long' ? activationPrice.gt(mark) : activationPrice.lt(mark));
  if ((text !== null && activationPrice === null) || !isAhead) {
    return err(mbx(-4135, 'Invalid activation price.'));
  }
  const amount = percent.div(100);
  const trail = { by: 'share' as const, amount, activationPrice, best: null };
  return ok({ kind: 'trailing', price: null, contracts, trail });
}

const algoIdOf = ({ id }: SimTrigger) => Number(numericId(id, 12));

/** A conditional order as the venue prints it. */
function algoRow(account: SimAccount, trigger: SimTrigger) {
  const { kind, price, contracts, trail, side, instrument } = trigger;
  const digits = instrument.tickSize.decimalPlaces();
  return {
    algoId: algoIdOf(trigger),
    clientAlgoId: trigger.clientId || `sim-${numericId(`client:${trigger.id}`, 18)}`,
    algoType: 'CONDITIONAL',
    orderType: TYPES[kind],
    symbol: instrument.symbol,
    side: side === 'long' ? 'SELL' : 'BUY',
    positionSide: positionSideOf(account.positionMode === 'hedge' ? side : null),
    timeInForce: contracts === null ? 'GTE_GTC' : 'GTC',
    quantity: contracts?.toFixed() ?? '0',
    algoStatus: 'NEW',
    triggerPrice: (price ?? dec(0)).toFixed(digits),
    price: '0.00',
    icebergQuantity: null,
    selfTradePreventionMode: 'EXPIRE_MAKER',
    workingType: 'MARK_PRICE',
    priceMatch: 'NONE',
    closePosition: contracts === null,
    priceProtect: false,
    reduceOnly: true,
    ...(trail && {
      activatePrice: trail.activationPrice?.toFixed() ?? '',
      callbackRate: trail.amount.times(100).toFixed(),
    }),
    createTime: trigger.createdAt,
    updateTime: trigger.updatedAt,
    triggerTime: 0,
    goodTillDate: 0,
  };
}

function pastRow(account: SimAccount, { trigger, end, executionId, at }: SimPastTrigger) {
  return {
    ...algoRow(account, trigger),
    algoStatus: end === 'fired' ? 'FINISHED' : 'CANCELED',
    actualOrderId: executionId === null ? '' : numericId(executionId, 12),
    triggerTime: end === 'fired' ? at : 0,
    updateTime: at,
  };
}

function isNamed(params: URLSearchParams): (row: ReturnType<typeof algoRow>) => boolean {
  const [id, clientId] = [params.get('algoId'), params.get('clientAlgoId')];
  return (row) => (id === null ? row.clientAlgoId === clientId : String(row.algoId) === id);
}

/** `DELETE /fapi/v1/algoOrder` by either id. */
export function cancelAlgoOrder(call: BinanceWriteCall): BinanceAnswer {
  const { account, params, request } = call;
  const refusal = unread(call, ['algoId', 'clientAlgoId', 'symbol']);
  if (refusal !== null) return err(refusal);
  if (!params.has('algoId') && !params.has('clientAlgoId')) return err(missing('algoId'));
  const isMeant = isNamed(params);
  const found = triggersOf(account).find((each) => isMeant(algoRow(account, each)));
  if (found === undefined) return err(mbx(-2011, 'Unknown order sent.'));
  const after = cancelTriggers(account, (each) => each === found, request.now);
  accepted(call, after, { kind: 'cancel', clientId: found.clientId });
  const { algoId, clientAlgoId } = algoRow(account, found);
  return ok({ algoId, clientAlgoId, code: '200', msg: 'success' });
}

/** `GET /fapi/v1/algoOrder`, also when it is over; of an id used again the last. */
export function algoOrder({ account, request }: BinanceSignedCall): BinanceAnswer {
  const { query } = request;
  if (!query.has('algoId') && !query.has('clientAlgoId')) return err(missing('algoId'));
  const open = triggersOf(account).map((each) => algoRow(account, each));
  const past = [...historyOf(account).triggers].reverse().map((each) => pastRow(account, each));
  const found = [...open, ...past].find(isNamed(query));
  return found ? ok(found) : err(mbx(-2013, 'Order does not exist.'));
}

export function openAlgoRows({ account }: BinanceSignedCall) {
  return triggersOf(account).map((each) => algoRow(account, each));
}
