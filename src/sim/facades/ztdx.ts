import { viewAccount } from '../engine.ts';
import {
  type Facade,
  jsonResponse,
  type SimRequest,
  type SimResponse,
  type SimWorld,
} from '../facade.ts';
import { LOGIN_PATH, NONCE_PATH, ztdxCallers } from './ztdx-callers.ts';
import { ztdxLogins } from './ztdx-login.ts';
import { ZTDX_PRIVATE } from './ztdx-private.ts';
import { ZTDX_PUBLIC } from './ztdx-public.ts';
import { type ZtdxAnswer, ztdxRefusal, ztdxRefused } from './ztdx-route.ts';

const BAD_LOGIN = ztdxRefusal(401, 'INVALID_SIGNATURE', 'The signature is not from this wallet');
const BAD_ADDRESS = ztdxRefusal(400, 'INVALID_ADDRESS', 'Not a wallet address');
const NO_SUCH_PATH = ztdxRefusal(404, 'NOT_FOUND', 'No such endpoint');
/** Margin, stops and orders come with a later version of the simulator. */
const NOT_SUPPORTED = ztdxRefusal(400, 'NOT_SUPPORTED', 'This operation is not supported');
const TOO_MANY = ztdxRefusal(429, 'RATE_LIMITED', 'Too many requests');

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

  function answerPrivate(request: SimRequest): SimResponse {
    const isRead = request.method === 'GET';
    const found = isRead ? routeOf(ZTDX_PRIVATE, request.path) : null;
    if (isRead && !found) return ztdxRefused(NO_SUCH_PATH);
    const caller = callers.callerOf(request);
    if ('refused' in caller) return caller.refused;
    if (!found) return ztdxRefused(NOT_SUPPORTED);
    const { account } = caller;
    const view = viewAccount(account, (asset) => world.market.mark(asset, request.now));
    return answered(found.route({ world, request, name: found.name, account, view }));
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
