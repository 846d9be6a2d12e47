import { viewAccount } from '../engine.ts';
import {
  type Facade,
  jsonResponse,
  type SimRequest,
  type SimResponse,
  type SimWorld,
} from '../facade.ts';
import type { SimAccount } from '../model.ts';
import { mbxRefusal } from './mbx-auth.ts';
import { type ZtdxChain, type ZtdxLoginBody, ztdxLogins } from './ztdx-login.ts';
import { ZTDX_PRIVATE } from './ztdx-private.ts';
import { ZTDX_PUBLIC } from './ztdx-public.ts';
import { type ZtdxAnswer, type ZtdxRefusal, ztdxRefusal } from './ztdx-route.ts';

const NONCE = '/api/v1/auth/nonce/';
const LOGIN = '/api/v1/auth/login';
const SIGNED = '/api/v1/unified/';

const NOT_SIGNED_IN = ztdxRefusal(401, 'UNAUTHORIZED', 'Missing, invalid or expired token');
const BAD_LOGIN = ztdxRefusal(401, 'INVALID_SIGNATURE', 'The signature is not from this wallet');
const BAD_ADDRESS = ztdxRefusal(400, 'INVALID_ADDRESS', 'Not a wallet address');
const NO_SUCH_PATH = ztdxRefusal(404, 'NOT_FOUND', 'No such endpoint');
/** Margin, stops and orders come with a later version of the simulator. */
const NOT_SUPPORTED = ztdxRefusal(400, 'NOT_SUPPORTED', 'This operation is not supported');
const TOO_MANY = ztdxRefusal(429, 'RATE_LIMITED', 'Too many requests');

/** Who asks, or how they are told no. */
type Caller = { readonly account: SimAccount } | { readonly refused: SimResponse };

function refused({ status, code, message }: ZtdxRefusal, headers = {}): SimResponse {
  return jsonResponse({ success: false, error: { code, message } }, { status, headers });
}

function answered(answer: ZtdxAnswer): SimResponse {
  return answer.ok ? jsonResponse(answer.value) : refused(answer.error);
}

/** `/api/v1/positions/abc/tp-sl` → its route and `abc`. */
function routeOf<Route>(routes: Readonly<Record<string, Route>>, path: string) {
  const parts = path.split('/');
  const exact = routes[path];
  if (exact) return { route: exact, name: '' };
  const route = routes[[...parts.slice(0, 4), ':', ...parts.slice(5)].join('/')];
  return route && parts[4] ? { route, name: parts[4] } : null;
}

function parseBody(text: string): ZtdxLoginBody | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' ? body : null;
  } catch {
    return null;
  }
}

function bearerOf(request: SimRequest): string | null {
  return /^Bearer (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? null;
}

/** ZTDX: `/api/v1/…`. */
export function createZtdxFacade(world: SimWorld): Facade {
  const logins = ztdxLogins();
  const accounts = () => world.desk().accounts.filter(({ venue }) => venue === 'ztdx');
  const accountOfKey = (apiKey: string | undefined) =>
    accounts().find(({ credentials }) => credentials.apiKey === apiKey) ?? null;
  const accountOfWallet = (wallet: string | null) =>
    accounts().find(
      ({ credentials }) =>
        wallet !== null && credentials.wallet?.toLowerCase() === wallet.toLowerCase(),
    ) ?? null;

  /** The venue stands on one chain; its accounts all know it. */
  function chainOfVenue(): ZtdxChain | null {
    for (const { credentials } of accounts()) {
      const { chainId, verifyingContract } = credentials;
      if (chainId !== null && verifyingContract !== null) return { chainId, verifyingContract };
    }
    return null;
  }

  function nonce({ path, now }: SimRequest): SimResponse {
    const chain = chainOfVenue();
    const answer = chain && logins.challenge(path.slice(NONCE.length), chain, now);
    return answer ? jsonResponse(answer) : refused(BAD_ADDRESS);
  }

  async function login(request: SimRequest): Promise<SimResponse> {
    const body = parseBody(request.body);
    const token = body && (await logins.login(body, request.now));
    return token ? jsonResponse({ token }) : refused(BAD_LOGIN);
  }

  function callerOf(request: SimRequest): Caller {
    const apiKey = request.headers['x-mbx-apikey'];
    if (request.path.startsWith(SIGNED) && apiKey !== undefined) {
      const refusal = mbxRefusal(request, (key) => accountOfKey(key)?.credentials.secret ?? null);
      const account = accountOfKey(apiKey);
      if (refusal === null && account !== null) return { account };
      const { status = 401, code = -2015, msg = 'Invalid API-key' } = refusal ?? {};
      return { refused: jsonResponse({ code, msg }, { status }) };
    }
    const token = bearerOf(request);
    const account = token && accountOfWallet(logins.walletOf(token, request.now));
    return account ? { account } : { refused: refused(NOT_SIGNED_IN) };
  }

  function answerPrivate(request: SimRequest): SimResponse {
    const isRead = request.method === 'GET';
    const found = isRead ? routeOf(ZTDX_PRIVATE, request.path) : null;
    if (isRead && !found) return refused(NO_SUCH_PATH);
    const caller = callerOf(request);
    if ('refused' in caller) return caller.refused;
    if (!found) return refused(NOT_SUPPORTED);
    const { account } = caller;
    const view = viewAccount(account, (asset) => world.market.mark(asset, request.now));
    return answered(found.route({ world, request, name: found.name, account, view }));
  }

  function respond(request: SimRequest) {
    const { path, method } = request;
    if (!path.startsWith('/api/v1/')) return null;
    if (method === 'GET' && path.startsWith(NONCE)) return nonce(request);
    if (method === 'POST' && path === LOGIN) return login(request);
    const open = method === 'GET' ? routeOf(ZTDX_PUBLIC, path) : null;
    return open
      ? answered(open.route({ world, request, name: open.name }))
      : answerPrivate(request);
  }

  return {
    identify(request) {
      const token = bearerOf(request);
      const { path, headers } = request;
      if (headers['x-mbx-apikey']) return accountOfKey(headers['x-mbx-apikey']);
      if (token) return accountOfWallet(logins.walletOf(token, request.now));
      if (path.startsWith(NONCE)) return accountOfWallet(path.slice(NONCE.length));
      const address = path === LOGIN ? parseBody(request.body)?.address : null;
      return typeof address === 'string' ? accountOfWallet(address) : null;
    },
    respond,
    rateLimited: () => refused(TOO_MANY, { 'retry-after': '1' }),
  };
}
