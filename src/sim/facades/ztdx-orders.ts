import type { Address, Hex } from 'viem';
import { type Decimal, dec } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { historyOf } from '../history.ts';
import type { SimAccount, SimExecution, SimInstrument } from '../model.ts';
import { closePart } from '../operations/close-part.ts';
import { filledOf } from '../operations/filled-of.ts';
import { openPosition } from '../operations/open-position.ts';
import { recoverTypedDataAddress } from '../viem-parts.ts';
import { isOnStep, plainDecimal } from './body-fields.ts';
import {
  type ZtdxAnswer,
  type ZtdxRefusal,
  type ZtdxSignedCall,
  ztdxInstrument,
  ztdxRefusal,
} from './ztdx-route.ts';
import { accepted, marksOf, type ZtdxWriteCall } from './ztdx-write.ts';

/** A signature is good for five minutes, in either direction of a clock that is off. */
const WINDOW_SECONDS = 300;
const MOST_LEVERAGE = 50;

const CREATE_ORDER = [
  { name: 'wallet', type: 'address' },
  { name: 'symbol', type: 'string' },
  { name: 'side', type: 'string' },
  { name: 'orderType', type: 'string' },
  { name: 'price', type: 'string' },
  { name: 'amount', type: 'string' },
  { name: 'leverage', type: 'uint32' },
  { name: 'timestamp', type: 'uint256' },
] as const;

interface Order {
  readonly instrument: SimInstrument;
  readonly side: 'buy' | 'sell';
  readonly amount: Decimal;
  readonly leverage: number;
  readonly timestamp: number;
  readonly signature: Hex;
}

/** `POST /api/v1/orders`: only market orders are executed; nothing rests in the simulator's book. */
export async function createOrder(call: ZtdxWriteCall): Promise<ZtdxAnswer> {
  const order = orderOf(call);
  if (!order.ok) return order;
  if (!(await isSigned(call, order.value))) {
    return err(ztdxRefusal(400, 'INVALID_SIGNATURE', 'The signature is not of this order'));
  }
  // Others may have come in while the signature was looked at.
  const { accounts } = call.world.desk(call.request);
  const account = accounts.find(({ id }) => id === call.account.id) ?? call.account;
  const done = executed({ ...call, account }, order.value);
  if (!done.ok) return done;
  accepted(call, done.value.account, done.value.kind);
  return ok(orderRow(done.value.execution));
}

function orderOf(call: ZtdxWriteCall): Result<Order, ZtdxRefusal> {
  const { symbol, side, order_type, price, leverage, timestamp, signature } = call.body;
  const bad = (code: string, message: string) => err(ztdxRefusal(400, code, message));
  const instrument = ztdxInstrument(call.world, String(symbol));
  if (!instrument.ok) return instrument;
  if (side !== 'buy' && side !== 'sell') return bad('INVALID_SIDE', 'side is buy or sell');
  if (order_type !== 'market') return bad('INVALID_ORDER_TYPE', 'Only market orders here');
  if (price !== '0') return bad('INVALID_PRICE', 'A market order has the price "0"');
  const amount = plainDecimal(call.body['amount']);
  if (!amount?.gt(0) || !isOnStep(amount, instrument.value.lotSize)) {
    return bad('INVALID_AMOUNT', 'amount must be a positive multiple of the step size');
  }
  const isLeverage = Number.isInteger(leverage) && Number(leverage) >= 1;
  if (!isLeverage || Number(leverage) > MOST_LEVERAGE) {
    return bad('INVALID_LEVERAGE', 'leverage is 1 to 50');
  }
  if (!Number.isInteger(timestamp)) return bad('INVALID_TIMESTAMP', 'timestamp is in seconds');
  const age = call.request.now / 1000 - Number(timestamp);
  if (Math.abs(age) > WINDOW_SECONDS) return bad('TIMESTAMP_EXPIRED', 'The order is too old');
  if (typeof signature !== 'string' || !/^0x[0-9a-f]{130}$/i.test(signature)) {
    return bad('INVALID_SIGNATURE', 'signature is 65 bytes in hex');
  }
  return ok({
    ...{ instrument: instrument.value, side, amount, signature: signature as Hex },
    ...{ leverage: Number(leverage), timestamp: Number(timestamp) },
  });
}

/** Over the texts exactly as they were sent. */
async function isSigned({ account, body }: ZtdxWriteCall, order: Order): Promise<boolean> {
  const { wallet, chainId, verifyingContract } = account.credentials;
  if (wallet === null || chainId === null || verifyingContract === null) return false;
  const lower = (address: string) => address.toLowerCase() as Address;
  try {
    const signer = await recoverTypedDataAddress({
      types: { CreateOrder: CREATE_ORDER },
      primaryType: 'CreateOrder',
      domain: {
        ...{ name: 'ZTDX', version: '1', chainId },
        verifyingContract: lower(verifyingContract),
      },
      message: {
        ...{ wallet: lower(wallet), side: order.side, orderType: 'market', price: '0' },
        ...{ symbol: String(body['symbol']), amount: String(body['amount']) },
        ...{ leverage: order.leverage, timestamp: BigInt(order.timestamp) },
      },
      signature: order.signature,
    });
    return lower(signer) === lower(wallet);
  } catch {
    // Not a point on the curve: no signature at all.
    return false;
  }
}

interface Executed {
  readonly account: SimAccount;
  readonly execution: SimExecution;
  readonly kind: 'close' | 'open';
}

/** One direction per symbol: what opposes the position reduces it, and the rest turns it round. */
function executed(call: ZtdxWriteCall, order: Order): Result<Executed, ZtdxRefusal> {
  const { account, request } = call;
  const { instrument, side } = order;
  const marks = marksOf(call);
  const amount = filledOf(order.amount, { request, instrument });
  const closes = side === 'sell' ? 'long' : 'short';
  const opposed = account.positions.find(
    (each) => each.instrument === instrument && each.side === closes,
  );
  const contracts = opposed?.contracts.lt(amount) ? opposed.contracts : amount;
  const rest = opposed ? amount.minus(contracts) : amount;
  const closed = opposed
    ? closePart(account, {
        ...{ position: opposed, contracts, asked: order.amount, now: request.now },
        ...{ price: marks(instrument.asset), clientId: '', cause: 'user' },
      })
    : null;
  if (closed !== null && rest.isZero()) return ok({ ...closed, kind: 'close' });
  const opening = {
    ...{ instrument, contracts: rest, leverage: dec(order.leverage), now: request.now },
    side: side === 'buy' ? ('long' as const) : ('short' as const),
  };
  const opened = openPosition(closed?.account ?? account, opening, marks);
  return opened.ok
    ? ok({ ...opened.value, kind: 'open' })
    : err(ztdxRefusal(400, 'INSUFFICIENT_BALANCE', 'Not enough available balance'));
}

function orderRow(each: SimExecution) {
  const { filled, asked } = each;
  return {
    order_id: each.id,
    symbol: each.instrument.symbol,
    side: each.side,
    order_type: 'market',
    amount: asked.toFixed(),
    price: '0',
    status: filled.eq(asked) ? 'filled' : 'partially_filled',
    filled_amount: filled.toFixed(),
    remaining_amount: asked.minus(filled).toFixed(),
    average_price: each.price.toFixed(),
    created_at: new Date(each.at).toISOString(),
  };
}

/** `GET /api/v1/orders`, newest first. Triggers are a separate system and never here. */
export function orderList({ account }: ZtdxSignedCall): ZtdxAnswer {
  const made = historyOf(account).executions.filter(({ cause }) => cause === 'user');
  return ok({ orders: [...made].reverse().map(orderRow) });
}

/** `GET /api/v1/orders/:id`. */
export function orderById({ account, name }: ZtdxSignedCall): ZtdxAnswer {
  const found = historyOf(account).executions.find(({ id }) => id === name);
  return found ? ok(orderRow(found)) : err(ztdxRefusal(404, 'ORDER_NOT_FOUND', 'No such order'));
}
