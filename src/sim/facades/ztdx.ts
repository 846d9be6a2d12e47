import { viewAccount } from '../engine.ts';
import {
  type Facade,
  jsonResponse,
  type SimRequest,
  type SimResponse,
  type SimWorld,
} from '../facade.ts';
import { bodyFields } from './body-fields.ts';
import { LOGIN_PATH, NONCE_PATH, ztdxCallers } from './ztdx-callers.ts';
import { addCollateral, removeCollateral } from './ztdx-collateral.ts';
import { ztdxLogins } from './ztdx-login.ts';
import { createOrder } from './ztdx-orders.ts';
import { ZTDX_PRIVATE } from './ztdx-private.ts';
import { ZTDX_PUBLIC } from './ztdx-public.ts';
import { type ZtdxAnswer, ztdxRefusal, ztdxRefused } from './ztdx-route.ts';
import { amendTpSl, clearTpSl, setTpSl } from './ztdx-tp-sl.ts';
import { cancelTrigger, createTrigger } from './ztdx-triggers.ts';
import type { ZtdxWriteCall } from './ztdx-write.ts';

const BAD_LOGIN = ztdxRefusal(401, 'INVALID_SIGNATURE', 'The signature is not from this wallet');
const BAD_ADDRESS = ztdxRefusal(400, 'INVALID_ADDRESS', 'Not a wallet address');
const NO_SUCH_PATH = ztdxRefusal(404, 'NOT_FOUND', 'No such endpoint');
const BAD_BODY = ztdxRefusal(400, 'INVALID_PARAMETER', 'The body is no JSON object');
const TOO_MANY = ztdxRefusal(429, 'RATE_LIMITED', 'Too many requests');

type Writes = Readonly<Record<string, (call: ZtdxWriteCall) => ZtdxAnswer | Promise<ZtdxAnswer>>>;

/** By method and path; a colon stands for one segment. */
const ZTDX_WRITES: Readonly<Record<string, Writes>> = {
  POST: {
    '/api/v1/positions/:/collateral/add': addCollateral,
    '/api/v1/positions/:/collateral/remove': removeCollateral,
    '/api/v1/positions/:/tp-sl': setTpSl,
    '/api/v1/orders': createOrder,
    '/api/v1/trigger-orders': createTrigger,
  },
  PUT: { '/api/v1/positions/:/tp-sl': amendTpSl },
  DELETE: {
    '/api/v1/positions/:/tp-sl': clearTpSl,
    '/api/v1/trigger-orders/:': cancelTrigger,
  },
};

function answered(answer: ZtdxAnswer): SimResponse {
  return answer.ok ? jsonResponse(answer.value) : ztdxRefused(answer.error);
}

/** `/api/v1/positions/abc/tp-sl` → its route and `abc`. */
function routeOf<Route>(routes: Readonly<Record<string, Route>>, path: string) {
  const exact = routes[path];
  if (exact) return { route: exact, name: '' };
  const parts = path.split('/');
  const route = routes[[...parts.slice(0, 4), ':', ...parts.slice(5)].join('/')];
  return route && parts[4] ? { route, name: parts[4] } : null;
}

/** ZTDX: `/api/v1/…`. */
export function createZtdxFacade(world: SimWorld): Facade {
  const callers = ztdxCallers(world, ztdxLogins());

  function nonce({ path, now }: SimRequest): SimResponse {
    const answer = callers.nonce(path.slice(NONCE_PATH.length), now);
    return answer ? jsonResponse(answer) : ztdxRefused(BAD_ADDRESS);
  }

  async function login({ body, now }: SimRequest): Promise<SimResponse> {
    const token = await callers.login(body, now);
    return token ? jsonResponse({ token }) : ztdxRefused(BAD_LOGIN);
  }

  async function answerPrivate(request: SimRequest): Promise<SimResponse> {
    const isRead = request.method === 'GET';
    const read = isRead ? routeOf(ZTDX_PRIVATE, request.path) : null;
    const write = isRead ? null : routeOf(ZTDX_WRITES[request.method] ?? {}, request.path);
    if (!read && !write) return ztdxRefused(NO_SUCH_PATH);
    const caller = callers.callerOf(request);
    if ('refused' in caller) return caller.refused;
    const { account } = caller;
    const view = viewAccount(account, (asset) => world.market.mark(asset, request.now));
    const call = { world, request, account, view, name: (read ?? write)?.name ?? '' };
    if (read) return answered(read.route(call));
    const body = request.body === '' ? {} : bodyFields(request.body);
    if (body === null || write === null) return ztdxRefused(BAD_BODY);
    return answered(await write.route({ ...call, body }));
  }

  function respond(request: SimRequest) {
    const { path, method } = request;
    if (!path.startsWith('/api/v1/')) return null;
    if (method === 'GET' && path.startsWith(NONCE_PATH)) return nonce(request);
    if (method === 'POST' && path === LOGIN_PATH) return login(request);
    const open = method === 'GET' ? routeOf(ZTDX_PUBLIC, path) : null;
    return open
      ? answered(open.route({ world, request, name: open.name }))
      : answerPrivate(request);
  }

  return {
    identify: callers.identify,
    respond,
    rateLimited: () => ztdxRefused(TOO_MANY, { 'retry-after': '1' }),
    refused: (code) => ztdxRefused(ztdxRefusal(400, code, 'Refused')),
  };
}
