import { err } from '../../domain/result.ts';
import { viewAccount } from '../engine.ts';
import { type Facade, jsonResponse, type SimRequest, type SimWorld } from '../facade.ts';
import type { SimAccount } from '../model.ts';
import { cancelAlgoOrder, newAlgoOrder } from './binance-algo.ts';
import { positionMargin } from './binance-margin.ts';
import { BINANCE_PRIVATE } from './binance-private.ts';
import { BINANCE_PUBLIC } from './binance-public.ts';
import type { BinanceAnswer } from './binance-route.ts';
import { newOrder } from './binance-trade.ts';
import { assetTransfer, universalTransfer } from './binance-transfer.ts';
import { type BinanceWriteCall, paramsOf } from './binance-write.ts';
import { type MbxRefusal, mbxRefusal } from './mbx-auth.ts';

const WEIGHT_LIMIT = 2_400;
const MINUTE_MS = 60_000;

const TOO_MANY: MbxRefusal = {
  status: 429,
  code: -1003,
  msg: `Too many requests; current limit is ${WEIGHT_LIMIT} requests per minute.`,
};

type Writes = Readonly<Record<string, (call: BinanceWriteCall) => BinanceAnswer>>;

/** By method and path. */
const BINANCE_WRITES: Readonly<Record<string, Writes>> = {
  POST: {
    '/fapi/v1/positionMargin': positionMargin,
    '/fapi/v1/algoOrder': newAlgoOrder,
    '/fapi/v1/order': newOrder,
    '/sapi/v1/sub-account/universalTransfer': universalTransfer,
    '/sapi/v1/asset/transfer': assetTransfer,
  },
  DELETE: { '/fapi/v1/algoOrder': cancelAlgoOrder },
};

function noSuchPath({ path, method }: SimRequest): MbxRefusal {
  return { status: 404, code: -5000, msg: `Path ${path}, Method ${method} is invalid` };
}

/** The weight used in the running minute, this call included, as the venue counts per address. */
function weightMeter(): (weight: number, now: number) => number {
  let minute = 0;
  let used = 0;
  return (weight, now) => {
    const current = Math.floor(now / MINUTE_MS);
    used = current === minute ? used + weight : weight;
    minute = current;
    return used;
  };
}

function accountOfKey(
  world: SimWorld,
  request: SimRequest,
  apiKey = request.headers['x-mbx-apikey'],
): SimAccount | null {
  const isTheirs = ({ venue, credentials }: SimAccount) =>
    venue === 'binanceusdm' && credentials.apiKey === apiKey;
  return world.desk(request).accounts.find(isTheirs) ?? null;
}

/** Binance USD-M futures: `/fapi/…`, and of `/sapi/…` a key's permissions and transfers. */
export function createBinanceUsdmFacade(world: SimWorld): Facade {
  const meter = weightMeter();

  function answerSigned(request: SimRequest): BinanceAnswer {
    const isRead = request.method === 'GET';
    const read = isRead ? BINANCE_PRIVATE[request.path] : undefined;
    const write = isRead ? undefined : BINANCE_WRITES[request.method]?.[request.path];
    if (!read && !write) return err(noSuchPath(request));
    const secretOf = (key: string) => accountOfKey(world, request, key)?.credentials.secret ?? null;
    const refusal = mbxRefusal(request, secretOf);
    if (refusal !== null) return err(refusal);
    const account = accountOfKey(world, request);
    if (account === null) return err(noSuchPath(request));
    const view = viewAccount(account, (asset) => world.market.mark(asset, request.now));
    const call = { world, request, account, view };
    if (read) return read.answer(call);
    return write ? write({ ...call, params: paramsOf(request) }) : err(noSuchPath(request));
  }

  function respond(request: SimRequest) {
    if (!/^\/(fapi|sapi)\//.test(request.path)) return null;
    const open = request.method === 'GET' ? BINANCE_PUBLIC[request.path] : undefined;
    const weight = open?.weight ?? BINANCE_PRIVATE[request.path]?.weight ?? 1;
    const used = String(meter(weight, request.now));
    const answer = open ? open.answer({ world, request }) : answerSigned(request);
    const headers = { 'x-mbx-used-weight-1m': used };
    return answer.ok ? jsonResponse(answer.value, { headers }) : refused(answer.error, headers);
  }

  return {
    identify: (request) => accountOfKey(world, request),
    respond,
    rateLimited: (request) => {
      const left = MINUTE_MS - (request.now % MINUTE_MS);
      return refused(TOO_MANY, {
        'retry-after': String(Math.ceil(left / 1000)),
        'x-mbx-used-weight-1m': String(WEIGHT_LIMIT + 1),
      });
    },
    refused: (code) => refused({ status: 400, code: Number(code), msg: 'Refused.' }, {}),
  };
}

function refused({ status, code, msg }: MbxRefusal, headers: Readonly<Record<string, string>>) {
  return jsonResponse({ code, msg }, { status, headers });
}
