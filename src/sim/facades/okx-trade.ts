import { err, ok, type Result } from '../../domain/result.ts';
import { figure } from '../facade.ts';
import { historyOf } from '../history.ts';
import type { SimAccount, SimExecution, SimPosition } from '../model.ts';
import { closePart } from '../operations/close-part.ts';
import { filledOf } from '../operations/filled-of.ts';
import { isOnStep, plainDecimal } from './body-fields.ts';
import { numericId } from './numeric-id.ts';
import type { OkxRefusal } from './okx-auth.ts';
import { NOT_FILLED } from './okx-orders.ts';
import { badParameter, type OkxAnswer, type OkxSignedCall } from './okx-route.ts';
import {
  accepted,
  clientIdOf,
  closedBy,
  instrumentOf,
  isReduceOnly,
  legOf,
  marksOf,
  type OkxWriteCall,
  okxNo,
  rowRefused,
} from './okx-write.ts';

const DUPLICATED = okxNo('51016', 'Client order ID already exists.');

/** `POST /api/v5/trade/order`, of which the simulator has what closes at the market. */
export function placeOrder(call: OkxWriteCall): OkxAnswer {
  const clientId = clientIdOf(call, 'clOrdId');
  if (!clientId.ok) return err(clientId.error);
  const no = (refusal: OkxRefusal) =>
    rowRefused({ ordId: '', clOrdId: clientId.value, tag: '', ts: tsOf(call) }, refusal);
  if (isUsed(call, clientId.value)) return no(DUPLICATED);
  const close = closeOf(call);
  if (!close.ok) return no(close.error);
  const execution = closed(call, { ...close.value, clientId: clientId.value });
  return ok([
    {
      ...{ ordId: numericId(execution.id, 19), clOrdId: clientId.value, tag: '' },
      ...{ sCode: '0', sMsg: 'Order placed', ts: tsOf(call) },
    },
  ]);
}

const tsOf = ({ request }: OkxSignedCall) => String(request.now);

function isUsed({ account, request }: OkxWriteCall, clientId: string): boolean {
  if (clientId === '' || request.quirks?.takesDuplicates) return false;
  const used = [...historyOf(account).executions, ...account.orders];
  return used.some((each) => each.clientId === clientId);
}

interface Close {
  readonly position: SimPosition;
  readonly asked: SimPosition['contracts'];
}

function closeOf(call: OkxWriteCall): Result<Close, OkxRefusal> {
  const instrument = instrumentOf(call);
  if (!instrument.ok) return instrument;
  const { ordType, sz } = call.body;
  if (ordType !== 'market') return err(badParameter('ordType'));
  const found = closedBy(call, instrument.value);
  if (!found.ok) return found;
  const reduceOnly = isReduceOnly(call);
  if (!reduceOnly.ok) return reduceOnly;
  const isNet = call.account.positionMode === 'one-way';
  if (isNet && !reduceOnly.value) {
    return err(okxNo('51010', "You can't complete this request under your current account mode."));
  }
  const size = plainDecimal(sz);
  if (!size?.gt(0)) return err(badParameter('sz'));
  if (!isOnStep(size, instrument.value.lotSize)) {
    return err(okxNo('51121', 'Order quantity must be a multiple of the lot size.'));
  }
  const position = found.value;
  if (position === null) {
    const msg =
      "Order failed because you don't have any positions in this direction to reduce or close.";
    return err(okxNo('51169', msg));
  }
  const isTooMuch = size.gt(position.contracts);
  if (isTooMuch && !isNet) {
    return err(okxNo('51112', 'Close order size exceeds your available positions.'));
  }
  return ok({ position, asked: isTooMuch ? position.contracts : size });
}

function closed(call: OkxWriteCall, close: Close & { readonly clientId: string }): SimExecution {
  const { position, asked, clientId } = close;
  const { instrument } = position;
  const after = closePart(call.account, {
    ...{ position, asked, clientId, cause: 'user', now: call.request.now },
    contracts: filledOf(asked, { request: call.request, instrument }),
    price: marksOf(call)(instrument.asset),
  });
  accepted(call, after.account, { kind: 'close', clientId });
  return after.execution;
}

/** `POST /api/v5/trade/close-position`: all of it, at the market. */
export function closePosition(call: OkxWriteCall): OkxAnswer {
  const { mgnMode } = call.body;
  const instrument = instrumentOf(call);
  if (!instrument.ok) return instrument;
  if (mgnMode !== 'cross' && mgnMode !== 'isolated') return err(badParameter('mgnMode'));
  const leg = legOf(call);
  if (!leg.ok) return leg;
  const clientId = clientIdOf(call, 'clOrdId');
  if (!clientId.ok) return clientId;
  if (isUsed(call, clientId.value)) return err(DUPLICATED);
  const position = call.account.positions.find(
    (each) =>
      each.instrument === instrument.value &&
      each.marginMode === mgnMode &&
      (leg.value === null || each.side === leg.value),
  );
  if (position === undefined) return err(okxNo('51023', "Position doesn't exist."));
  closed(call, { position, asked: position.contracts, clientId: clientId.value });
  const { symbol } = instrument.value;
  return ok([{ instId: symbol, posSide: leg.value ?? 'net', clOrdId: clientId.value, tag: '' }]);
}

function executionRow(account: SimAccount, each: SimExecution) {
  const { instrument, filled, price, asked } = each;
  return {
    ...NOT_FILLED,
    accFillSz: filled.toFixed(),
    attachAlgoOrds: [],
    avgPx: filled.isZero() ? '' : price.toFixed(),
    cTime: String(each.at),
    category: 'normal',
    clOrdId: each.clientId,
    fee: figure(each.fee.neg()),
    feeCcy: instrument.settle,
    fillPx: filled.isZero() ? '' : price.toFixed(),
    fillSz: filled.toFixed(),
    fillTime: String(each.at),
    instId: instrument.symbol,
    instType: 'SWAP',
    lever: each.leverage.toFixed(),
    ordId: numericId(each.id, 19),
    ordType: 'market',
    pnl: figure(each.realizedPnl),
    posSide: account.positionMode === 'hedge' ? each.positionSide : 'net',
    px: '',
    rebate: '0',
    rebateCcy: instrument.settle,
    reduceOnly: 'true',
    side: each.side,
    state: filled.eq(asked) ? 'filled' : 'canceled',
    sz: asked.toFixed(),
    tdMode: each.marginMode,
    uTime: String(each.at),
  };
}

/** `GET /api/v5/trade/order` by either id. */
export function orderById({ account, request }: OkxSignedCall): OkxAnswer {
  const { query } = request;
  const [id, clientId] = [query.get('ordId'), query.get('clOrdId')];
  if (!query.has('instId')) return err(badParameter('instId'));
  if (id === null && clientId === null) return err(badParameter('ordId'));
  const found = executionRows(account)
    .filter((row) => row.instId === query.get('instId'))
    .find((row) => (id === null ? row.clOrdId === clientId : row.ordId === id));
  return found ? ok([found]) : err(okxNo('51603', 'Order does not exist'));
}

function executionRows(account: SimAccount) {
  return [...historyOf(account).executions].reverse().map((each) => executionRow(account, each));
}

/** Rows of `GET /api/v5/trade/orders-history`, newest first. */
export function orderHistoryRows({ account }: OkxSignedCall) {
  return executionRows(account);
}
