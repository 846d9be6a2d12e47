import type { Decimal } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { SimAccount, SimPosition } from '../model.ts';
import {
  amendGroup,
  cancelTriggers,
  placeTriggers,
  type TriggerOrder,
} from '../operations/change-triggers.ts';
import type { BodyFields } from './body-fields.ts';
import { algosOf, pastAlgosOf } from './okx-algo-rows.ts';
import type { OkxRefusal } from './okx-auth.ts';
import { badParameter, type OkxAnswer, type OkxSignedCall } from './okx-route.ts';
import { ordersOf, sizeOf, stopOf } from './okx-stop-terms.ts';
import {
  accepted,
  clientIdOf,
  closedBy,
  instrumentOf,
  type OkxWriteCall,
  okxNo,
  rowRefused,
} from './okx-write.ts';

const NOTHING_TO_REDUCE = okxNo(
  '51169',
  "Order failed because you don't have any positions in this direction to reduce or close.",
);
/** `POST /api/v5/trade/order-algo`: conditional, oco and trailing, all of them closing at the market. */
export function orderAlgo(call: OkxWriteCall): OkxAnswer {
  const { account, body, request } = call;
  const clientId = clientIdOf(call, 'algoClOrdId');
  const no = (refusal: OkxRefusal) =>
    rowRefused(
      { algoId: '', algoClOrdId: body['algoClOrdId'] ?? '', clOrdId: '', tag: '' },
      refusal,
    );
  if (!clientId.ok) return err(clientId.error);
  const algos = [...algosOf(account), ...pastAlgosOf(account)];
  const isUsed = algos.some((row) => row.algoClOrdId === clientId.value);
  if (clientId.value !== '' && isUsed && !request.quirks?.takesDuplicates) {
    return no(okxNo('51065', 'algoClOrdId already exists.'));
  }
  const placing = placingOf(call);
  if (!placing.ok) return no(placing.error);
  const { position } = placing.value;
  const orders = placing.value.orders.map((each) => ({ ...each, clientId: clientId.value }));
  const after = placeTriggers(account, position, { orders, now: request.now });
  accepted(call, after.account, { kind: 'stops', clientId: clientId.value });
  const group = after.placed[0]?.group;
  const row = algosOf(after.account).find((each) => each.group === group);
  return ok([
    {
      ...{ algoId: row?.algoId, algoClOrdId: clientId.value, clOrdId: '', tag: '' },
      ...{ sCode: '0', sMsg: '' },
    },
  ]);
}

interface Placing {
  readonly position: SimPosition;
  readonly orders: readonly TriggerOrder[];
}

function placingOf(call: OkxWriteCall): Result<Placing, OkxRefusal> {
  const instrument = instrumentOf(call);
  if (!instrument.ok) return instrument;
  const found = closedBy(call, instrument.value);
  if (!found.ok) return found;
  const size = sizeOf(call, instrument.value.lotSize);
  if (!size.ok) return size;
  const position = found.value;
  if (position === null) return err(NOTHING_TO_REDUCE);
  const isWhole = size.value === null;
  const standing = algosOf(call.account).some(
    ({ triggers }) => triggers[0]?.positionId === position.id && triggers[0].contracts === null,
  );
  if (isWhole && standing) {
    return err(okxNo('51088', 'You can only place 1 TP/SL order to close an entire position.'));
  }
  const orders = ordersOf(call, position, size.value);
  return orders.ok ? ok({ position, orders: orders.value }) : orders;
}

/** `POST /api/v5/trade/amend-algos`: new prices of a stop that waits; "0" takes a kind away. */
export function amendAlgos(call: OkxWriteCall): OkxAnswer {
  const { account, body, request } = call;
  const { algoId, algoClOrdId, instId } = body;
  const names = {
    algoId: algoId ?? '',
    algoClOrdId: algoClOrdId ?? '',
    reqId: body['reqId'] ?? '',
  };
  const found = algosOf(account).find(
    (row) =>
      row.instId === instId &&
      (algoId === undefined ? row.algoClOrdId === algoClOrdId : row.algoId === algoId),
  );
  const position = account.positions.find(({ id }) => id === found?.triggers[0]?.positionId);
  if (found === undefined || position === undefined) {
    const msg =
      'Order modification failed as the order has been filled, canceled or does not exist.';
    return rowRefused(names, okxNo('51503', msg));
  }
  const prices = newPrices(call, position);
  if (!prices.ok) return rowRefused(names, prices.error);
  const before = Object.fromEntries(found.triggers.map(({ kind, price }) => [kind, price]));
  const left = Object.values({ ...before, ...prices.value }).filter((price) => price !== null);
  if (Object.keys(prices.value).length === 0 || left.length === 0) {
    return rowRefused(names, badParameter('newSlTriggerPx'));
  }
  const after = amendGroup(account, found.group, { prices: prices.value, now: request.now });
  accepted(call, after, { kind: 'stops', clientId: found.algoClOrdId });
  return ok([{ ...names, algoId: found.algoId, sCode: '0', sMsg: '' }]);
}

type NewPrices = Readonly<Partial<Record<'takeProfit' | 'stopLoss', Decimal | null>>>;

function newPrices(call: OkxWriteCall, position: SimPosition): Result<NewPrices, OkxRefusal> {
  const prices: { -readonly [Kind in keyof NewPrices]: NewPrices[Kind] } = {};
  for (const [kind, prefix] of [
    ['takeProfit', 'newTp'],
    ['stopLoss', 'newSl'],
  ] as const) {
    if (call.body[`${prefix}TriggerPx`] === '0') prices[kind] = null;
    else {
      const stop = stopOf(call, { kind, prefix, position, contracts: null });
      if (!stop.ok) return stop;
      const price = stop.value[0]?.price;
      if (price) prices[kind] = price;
    }
  }
  return ok(prices);
}

/** `POST /api/v5/trade/cancel-algos`: up to ten, each with its own answer. */
export function cancelAlgos(
  call: OkxSignedCall & { readonly rows: readonly BodyFields[] },
): OkxAnswer {
  if (call.rows.length === 0 || call.rows.length > 10) return err(badParameter('algoId'));
  let account: SimAccount = call.account;
  const data = call.rows.map(({ algoId, algoClOrdId, instId }) => {
    const found = algosOf(account).find(
      (row) =>
        row.instId === instId &&
        (algoId === undefined ? row.algoClOrdId === algoClOrdId : row.algoId === algoId),
    );
    if (found === undefined) {
      const sMsg = 'Cancellation failed as the order has been filled, canceled or does not exist.';
      return { algoId: algoId ?? '', algoClOrdId: algoClOrdId ?? '', sCode: '51400', sMsg };
    }
    account = cancelTriggers(account, ({ group }) => group === found.group, call.request.now);
    accepted(call, account, { kind: 'cancel', clientId: found.algoClOrdId });
    return { algoId: found.algoId, algoClOrdId: found.algoClOrdId, sCode: '0', sMsg: '' };
  });
  const failed = data.filter(({ sCode }) => sCode !== '0').length;
  if (failed === 0) return ok(data);
  const code = failed === data.length ? '1' : '2';
  return err({ status: 200, code, msg: 'Operation failed', data });
}

/** `GET /api/v5/trade/order-algo` by either id, also when it is over. */
export function algoById({ account, request }: OkxSignedCall): OkxAnswer {
  const { query } = request;
  const [id, clientId] = [query.get('algoId'), query.get('algoClOrdId')];
  if (id === null && clientId === null) return err(badParameter('algoId'));
  const rows = [...algosOf(account), ...pastAlgosOf(account)];
  const found = rows.find((row) =>
    id === null ? row.algoClOrdId === clientId : row.algoId === id,
  );
  return found ? ok([found.row]) : err(okxNo('51603', 'Order does not exist'));
}

/** `GET /api/v5/trade/orders-algo-history`: of a state, or one by its id. */
export function algoHistory({ account, request }: OkxSignedCall): OkxAnswer {
  const { query } = request;
  const [state, id] = [query.get('state'), query.get('algoId')];
  const wanted = query.get('ordType')?.split(',');
  if (wanted === undefined) return err(badParameter('ordType'));
  if (state === null && id === null) return err(badParameter('state'));
  const rows = pastAlgosOf(account).map(({ row }) => row);
  return ok(
    rows
      .filter((row) => wanted.includes(row.ordType))
      .filter(
        (row) => (state === null || row.state === state) && (id === null || row.algoId === id),
      ),
  );
}

/** What waits now, whatever kind it is; the list of it filters. */
export function pendingAlgoRows({ account }: OkxSignedCall) {
  return algosOf(account).map(({ row }) => row);
}
