import { err } from '../../domain/result.ts';
import { viewAccount } from '../engine.ts';
import { type Facade, jsonResponse, type SimRequest, type SimWorld } from '../facade.ts';
import type { SimAccount } from '../model.ts';
import { type OkxRefusal, okxRefusal } from './okx-auth.ts';
import { OKX_MARKET } from './okx-market.ts';
import { OKX_PRIVATE } from './okx-private.ts';
import { OKX_PUBLIC } from './okx-public.ts';
import type { OkxAnswer, OkxCall } from './okx-route.ts';

const OPEN: Readonly<Record<string, (call: OkxCall) => OkxAnswer>> = {
  ...OKX_PUBLIC,
  ...OKX_MARKET,
};

/** Orders, margin and transfers come with a later version of the simulator. */
const NOT_SUPPORTED: OkxRefusal = {
  status: 200,
  code: '51010',
  msg: "You can't complete this request under your current account mode.",
};
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
    const route = isRead ? OKX_PRIVATE[request.path] : undefined;
    if (isRead && !route) return err(NO_SUCH_PATH);
    const refusal = okxRefusal(request, (key) => keyOf(request, key));
    if (refusal !== null) return err(refusal);
    const account = accountOfKey(world, request);
    if (!route || account === null) return err(NOT_SUPPORTED);
    const view = viewAccount(account, (asset) => world.market.mark(asset, request.now));
    return route({ world, request, account, view });
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

function refused({ status, code, msg }: OkxRefusal) {
  return jsonResponse({ code, data: [], msg }, { status });
}
