import { err } from '../../domain/result.ts';
import { viewAccount } from '../engine.ts';
import { type Facade, jsonResponse, type SimRequest, type SimWorld } from '../facade.ts';
import type { SimAccount } from '../model.ts';
import { bodyFields, bodyRows } from './body-fields.ts';
import { amendAlgos, cancelAlgos, orderAlgo } from './okx-algo.ts';
import { type OkxRefusal, okxRefusal } from './okx-auth.ts';
import { marginBalance } from './okx-margin.ts';
import { OKX_MARKET } from './okx-market.ts';
import { OKX_PRIVATE } from './okx-private.ts';
import { OKX_PUBLIC } from './okx-public.ts';
import type { OkxAnswer, OkxCall, OkxSignedCall } from './okx-route.ts';
import { closePosition, placeOrder } from './okx-trade.ts';
import { assetTransfer } from './okx-transfer.ts';
import type { OkxWriteCall } from './okx-write.ts';

const OPEN: Readonly<Record<string, (call: OkxCall) => OkxAnswer>> = {
  ...OKX_PUBLIC,
  ...OKX_MARKET,
};

const BAD_JSON: OkxRefusal = { status: 400, code: '50002', msg: 'JSON syntax error' };

const WRITES: Readonly<Record<string, (call: OkxWriteCall) => OkxAnswer>> = {
  '/api/v5/account/position/margin-balance': marginBalance,
  '/api/v5/trade/order-algo': orderAlgo,
  '/api/v5/trade/amend-algos': amendAlgos,
  '/api/v5/trade/order': placeOrder,
  '/api/v5/trade/close-position': closePosition,
  '/api/v5/asset/transfer': assetTransfer,
};
/** The one call whose body is a list. */
const CANCEL_ALGOS = '/api/v5/trade/cancel-algos';

const NO_SUCH_PATH: OkxRefusal = { status: 404, code: '404', msg: 'Not Found' };
const TOO_MANY: OkxRefusal = { status: 429, code: '50011', msg: 'Too Many Requests' };

function accountOfKey(
  world: SimWorld,
  request: SimRequest,
  apiKey = request.headers['ok-access-key'],
): SimAccount | null {
  const isTheirs = ({ venue, credentials }: SimAccount) =>
    venue === 'okx' && credentials.apiKey === apiKey;
  return world.desk(request).accounts.find(isTheirs) ?? null;
}

/** OKX v5: `/api/v5/…`. */
export function createOkxFacade(world: SimWorld): Facade {
  function keyOf(request: SimRequest, apiKey: string) {
    const credentials = accountOfKey(world, request, apiKey)?.credentials;
    return credentials?.secret && credentials.password
      ? { secret: credentials.secret, passphrase: credentials.password }
      : null;
  }

  function answerSigned(request: SimRequest): OkxAnswer {
    const isRead = request.method === 'GET';
    const read = isRead ? OKX_PRIVATE[request.path] : undefined;
    const isWrite = request.path === CANCEL_ALGOS || WRITES[request.path] !== undefined;
    if (isRead ? !read : request.method !== 'POST' || !isWrite) return err(NO_SUCH_PATH);
    const refusal = okxRefusal(request, (key) => keyOf(request, key));
    if (refusal !== null) return err(refusal);
    const account = accountOfKey(world, request);
    if (account === null) return err(NO_SUCH_PATH);
    const view = viewAccount(account, (asset) => world.market.mark(asset, request.now));
    const call = { world, request, account, view };
    return read ? read(call) : answerWrite(call);
  }

  function respond(request: SimRequest) {
    if (!request.path.startsWith('/api/v5/')) return null;
    const open = request.method === 'GET' ? OPEN[request.path] : undefined;
    const answer = open ? open({ world, request }) : answerSigned(request);
    return answer.ok
      ? jsonResponse({ code: '0', data: answer.value, msg: '' })
      : refused(answer.error);
  }

  return {
    identify: (request) => accountOfKey(world, request),
    respond,
    // The venue says neither how much was used nor how long to wait.
    rateLimited: () => refused(TOO_MANY),
    refused: (code) => refused({ status: 200, code, msg: 'Refused' }),
  };
}

function answerWrite(call: OkxSignedCall): OkxAnswer {
  const { path, body: text } = call.request;
  if (path === CANCEL_ALGOS) {
    const rows = bodyRows(text);
    return rows ? cancelAlgos({ ...call, rows }) : err(BAD_JSON);
  }
  const body = bodyFields(text);
  const write = WRITES[path];
  return body && write ? write({ ...call, body }) : err(BAD_JSON);
}

function refused({ status, code, msg, data = [] }: OkxRefusal) {
  return jsonResponse({ code, data, msg }, { status });
}
