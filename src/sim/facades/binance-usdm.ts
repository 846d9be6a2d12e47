import { err } from '../../domain/result.ts';
import { viewAccount } from '../engine.ts';
import { type Facade, jsonResponse, type SimRequest, type SimWorld } from '../facade.ts';
import type { SimAccount } from '../model.ts';
import { BINANCE_PRIVATE } from './binance-private.ts';
import { BINANCE_PUBLIC } from './binance-public.ts';
import type { BinanceAnswer } from './binance-route.ts';
import { type MbxRefusal, mbxRefusal } from './mbx-auth.ts';

const WEIGHT_LIMIT = 2_400;
const MINUTE_MS = 60_000;

/** Orders, margin and transfers come with a later version of the simulator. */
const NOT_SUPPORTED: MbxRefusal = {
  status: 400,
  code: -1020,
  msg: 'This operation is not supported.',
};
const TOO_MANY: MbxRefusal = {
  status: 429,
  code: -1003,
  msg: `Too many requests; current limit is ${WEIGHT_LIMIT} requests per minute.`,
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

/** Binance USD-M futures: `/fapi/…`, and of `/sapi/…` what tells a key's permissions. */
export function createBinanceUsdmFacade(world: SimWorld): Facade {
  const meter = weightMeter();

  function answerSigned(request: SimRequest): BinanceAnswer {
    const isRead = request.method === 'GET';
    const route = isRead ? BINANCE_PRIVATE[request.path] : undefined;
    if (isRead && !route) return err(noSuchPath(request));
    const refusal = mbxRefusal(
      request,
      (key) => accountOfKey(world, request, key)?.credentials.secret ?? null,
    );
    if (refusal !== null) return err(refusal);
    const account = accountOfKey(world, request);
    if (!route || account === null) return err(NOT_SUPPORTED);
    const view = viewAccount(account, (asset) => world.market.mark(asset, request.now));
    return route.answer({ world, request, account, view });
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
