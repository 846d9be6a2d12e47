import { type Decimal, Decimal as Digits, dec } from '../../../../src/domain/decimal.ts';
import type { WriteFault } from '../../../contracts/account-writer.ts';
import {
  type StubFault,
  type StubReply,
  type StubRequest,
  startStubHttp,
} from '../../../fakes/stub-http.ts';
import { ACCOUNT, SAMPLE, SAMPLE_LIQUIDATION, typedData } from './stand-in-ztdx.ts';

export const TOKEN = 'T0KENABCDEF123456789';

interface Trigger {
  readonly order_id: string;
  readonly trigger_type: string;
  readonly [field: string]: unknown;
}

/** What the venue holds; tests may look and change. */
interface ZtdxHoldings {
  size: Decimal;
  side: 'long' | 'short';
  collateral: Decimal;
  free: Decimal;
  pair: { tp: string | null; sl: string | null };
  triggers: Trigger[];
}

export interface WritableZtdx {
  readonly origin: string;
  readonly holdings: ZtdxHoldings;
  /** Everything that was asked, in order. */
  readonly asked: readonly StubRequest[];
  /** Tokens that are taken. */
  readonly valid: Set<string>;
  /** Calls that would change something, refused ones included; the login's are not among them. */
  writes(): readonly StubRequest[];
  /** Takes every login from now on, and answers with this token. */
  allowLogin(token: string): void;
  /** Replaces what a path answers to a GET. */
  answerReads(path: string, reply: StubReply): void;
  /** Answers the next call that changes something; null: as usual, once. */
  next(...replies: readonly (StubReply | StubFault | null)[]): void;
  meet(fault: WriteFault): Promise<void>;
  close(): Promise<void>;
}

const refuse = (status: number, code: string): StubReply => ({ status, body: { code } });
const FAULTS: Readonly<Partial<Record<WriteFault, StubReply | StubFault>>> = {
  silent: () => undefined,
  reset: (response) => response.socket?.destroy(),
  'server-error': { status: 502, body: {} },
  html: { headers: { 'content-type': 'text/html' }, body: '<html></html>' },
  empty: { body: '' },
  cut: { body: '{"success":tr' },
  'unheard-of-code': refuse(400, 'SOMETHING_NEW'),
  'too-fast': { status: 429, body: {} },
};

/** A ZTDX that keeps what it is told, by the fields of its pages: 2 BTC long, mark 60,000. */
export async function startWritableZtdx(): Promise<WritableZtdx> {
  const holdings: ZtdxHoldings = {
    size: dec('2'),
    side: 'long',
    collateral: dec('1000'),
    free: dec('5000'),
    pair: { tp: null, sl: null },
    triggers: [],
  };
  const valid = new Set([TOKEN]);
  const replies: (StubReply | StubFault | null)[] = [];
  const reads = new Map<string, StubReply>();
  let afterwards: StubFault | null = null;
  let login: string | null = null;

  const stub = await startStubHttp((request) => {
    const { headers, path, method } = request;
    if (path === '/api/v1/unified/account') return { body: accountOf(holdings) };
    if (path.startsWith('/api/v1/markets/')) return reads.get(path) ?? refuse(404, 'NOT_FOUND');
    if (path.startsWith('/api/v1/auth/')) return logIn(path, login);
    const token = headers.authorization?.replace('Bearer ', '') ?? '';
    if (!valid.has(token)) return refuse(401, 'UNAUTHORIZED');
    if (method === 'GET') return reads.get(path) ?? look(request, holdings);
    const reply = replies.shift() ?? null;
    if (reply !== null) return reply;
    const done = change(request, holdings);
    const fault = afterwards;
    afterwards = null;
    return fault ?? done;
  });

  return {
    origin: stub.origin,
    holdings,
    asked: stub.requests,
    valid,
    writes: () =>
      stub.requests.filter(({ method, path }) => method !== 'GET' && !path.includes('/auth/')),
    allowLogin(token) {
      login = token;
    },
    answerReads: (path, reply) => void reads.set(path, reply),
    next: (...more) => void replies.push(...more),
    async meet(fault) {
      if (fault === 'not-listening') return stub.close();
      if (fault === 'silent-done') afterwards = () => undefined;
      else if (fault === 'reset-done') afterwards = (response) => response.socket?.destroy();
      else replies.push(FAULTS[fault] ?? null);
    },
    close: stub.close,
  };
}

function logIn(path: string, token: string | null): StubReply {
  if (token === null) return refuse(401, 'UNAUTHORIZED');
  if (path.endsWith('/login')) return { body: { token } };
  return { body: { nonce: typedData().message.nonce, typed_data: typedData() } };
}

function accountOf({ free, collateral }: ZtdxHoldings) {
  return {
    ...ACCOUNT,
    wallet_balance: free.plus(collateral).toFixed(),
    available_balance: free.toFixed(),
  };
}

function look({ path }: StubRequest, { size, side, collateral, pair, triggers }: ZtdxHoldings) {
  const row = {
    ...{ ...SAMPLE, side, mark_price: '60000', leverage: 20 },
    ...{ size_in_tokens: size.toFixed(), collateral: collateral.toFixed() },
  };
  if (path === '/api/v1/positions') return { body: { positions: size.isZero() ? [] : [row] } };
  if (path.endsWith('/liquidation')) return { body: SAMPLE_LIQUIDATION };
  if (path.endsWith('/tp-sl')) {
    const { tp, sl } = pair;
    const prices = { take_profit_price: tp, stop_loss_price: sl };
    return { body: { success: true, data: { position_id: SAMPLE.id, ...prices } } };
  }
  if (path === '/api/v1/trigger-orders') return { body: { orders: triggers } };
  return refuse(404, 'NOT_FOUND');
}

function change(request: StubRequest, holdings: ZtdxHoldings): StubReply {
  const { method, path } = request;
  const body = request.body === '' ? {} : JSON.parse(request.body);
  if (path === '/api/v1/orders') return fill(body, holdings);
  if (path === '/api/v1/trigger-orders') return place(body, holdings);
  if (path.startsWith('/api/v1/trigger-orders/')) return cancel(path, holdings);
  if (!path.startsWith(`/api/v1/positions/${SAMPLE.id}/`)) {
    return refuse(404, 'POSITION_NOT_FOUND');
  }
  if (path.endsWith('/tp-sl')) return changePair(method, body, holdings);
  const amount = dec(body.amount);
  const isAdd = path.endsWith('/add');
  if (isAdd && amount.gt(holdings.free)) return refuse(400, 'INSUFFICIENT_BALANCE');
  if (!isAdd && amount.gte(holdings.collateral)) return refuse(400, 'INSUFFICIENT_COLLATERAL');
  const added = isAdd ? amount : amount.neg();
  holdings.collateral = holdings.collateral.plus(added);
  holdings.free = holdings.free.minus(added);
  return { body: { success: true, position: { id: SAMPLE.id } } };
}

/** POST where there is something already, or PUT where there is nothing, is a mistake of the caller. */
function changePair(
  method: string,
  body: Readonly<Record<string, string | null | undefined>>,
  holdings: ZtdxHoldings,
): StubReply {
  const { pair } = holdings;
  const isSet = pair.tp !== null || pair.sl !== null;
  if (isSet === (method === 'POST')) return refuse(400, 'TPSL_STATE');
  const { take_profit_price: tp = pair.tp, stop_loss_price: sl = pair.sl } = body;
  holdings.pair = method === 'DELETE' ? { tp: null, sl: null } : { tp, sl };
  return { body: { success: true, data: { position_id: SAMPLE.id } } };
}

function place(body: Readonly<Record<string, string>>, { triggers }: ZtdxHoldings): StubReply {
  const trigger_type = String(body['trigger_type']);
  const order_id = `t${triggers.length + 1}-${trigger_type}-${body['trigger_price']}`;
  triggers.push({ ...body, order_id, trigger_type, status: 'active' });
  return { body: { success: true, data: { order_id } } };
}

function cancel(path: string, holdings: ZtdxHoldings): StubReply {
  const id = path.split('/').at(-1);
  const rest = holdings.triggers.filter(({ order_id }) => order_id !== id);
  if (rest.length === holdings.triggers.length) return refuse(404, 'NOT_FOUND');
  holdings.triggers = rest;
  return { body: { success: true } };
}

/** What backed the closed part becomes free. */
function fill(body: Readonly<Record<string, string>>, holdings: ZtdxHoldings): StubReply {
  const amount = dec(String(body['amount']));
  const rest = Digits.max(0, holdings.size.minus(amount));
  const kept = holdings.collateral.times(rest).div(holdings.size);
  holdings.free = holdings.free.plus(holdings.collateral.minus(kept));
  Object.assign(holdings, { size: rest, collateral: kept });
  const filled_amount = amount.toFixed();
  return { body: { order_id: 'o1', status: 'filled', filled_amount, remaining_amount: '0' } };
}
