import { jsonResponse, type SimRequest, type SimResponse, type SimWorld } from '../facade.ts';
import type { SimAccount } from '../model.ts';
import { mbxRefusal } from './mbx-auth.ts';
import type { ZtdxChain, ZtdxLoginBody, ZtdxLogins, ZtdxNonce } from './ztdx-login.ts';
import { ztdxRefusal, ztdxRefused } from './ztdx-route.ts';

export const NONCE_PATH = '/api/v1/auth/nonce/';
export const LOGIN_PATH = '/api/v1/auth/login';
const SIGNED_PATH = '/api/v1/unified/';

const NOT_SIGNED_IN = ztdxRefusal(401, 'UNAUTHORIZED', 'Missing, invalid or expired token');

/** Who asks, or how they are told no. */
type ZtdxCaller = { readonly account: SimAccount } | { readonly refused: SimResponse };

/** Who may read which account: by token everywhere, by a signed query under `/unified/`. */
export interface ZtdxCallers {
  nonce(address: string, now: number): ZtdxNonce | null;
  /** A token, or null. */
  login(body: string, now: number): Promise<string | null>;
  callerOf(request: SimRequest): ZtdxCaller;
  /** Whose request it is, before any check. */
  identify(request: SimRequest): SimAccount | null;
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

function findAccount(
  world: SimWorld,
  isWanted: (account: SimAccount) => boolean,
  request?: SimRequest,
): SimAccount | null {
  const accounts = world.desk(request).accounts.filter(({ venue }) => venue === 'ztdx');
  return accounts.find(isWanted) ?? null;
}

function byKey(world: SimWorld, apiKey: string, request: SimRequest): SimAccount | null {
  return findAccount(world, ({ credentials }) => credentials.apiKey === apiKey, request);
}

function byWallet(world: SimWorld, wallet: string | null, request: SimRequest): SimAccount | null {
  const wanted = wallet?.toLowerCase();
  if (wanted === undefined) return null;
  const isTheirs = ({ credentials }: SimAccount) => credentials.wallet?.toLowerCase() === wanted;
  return findAccount(world, isTheirs, request);
}

/** The venue stands on one chain; its accounts all know it. */
function chainOfVenue(world: SimWorld): ZtdxChain | null {
  const { chainId = null, verifyingContract = null } =
    findAccount(world, ({ credentials }) => credentials.chainId !== null)?.credentials ?? {};
  return chainId === null || verifyingContract === null ? null : { chainId, verifyingContract };
}

function signedCaller(world: SimWorld, request: SimRequest, apiKey: string): ZtdxCaller {
  const refusal = mbxRefusal(
    request,
    (key) => byKey(world, key, request)?.credentials.secret ?? null,
  );
  const account = byKey(world, apiKey, request);
  if (refusal === null && account !== null) return { account };
  const { status = 401, code = -2015, msg = 'Invalid API-key' } = refusal ?? {};
  return { refused: jsonResponse({ code, msg }, { status }) };
}

function accountInLogin(world: SimWorld, request: SimRequest): SimAccount | null {
  const address = parseBody(request.body)?.address;
  return byWallet(world, typeof address === 'string' ? address : null, request);
}

export function ztdxCallers(world: SimWorld, logins: ZtdxLogins): ZtdxCallers {
  // Taken once: a venue does not move to another chain when a key is revoked.
  const chain = chainOfVenue(world);
  const byToken = (token: string, request: SimRequest) =>
    byWallet(world, logins.walletOf(token, request.now), request);
  return {
    nonce: (address, now) => chain && logins.challenge(address, chain, now),
    async login(text, now) {
      const body = parseBody(text);
      return body && logins.login(body, now);
    },
    callerOf(request) {
      const apiKey = request.headers['x-mbx-apikey'];
      if (apiKey !== undefined && request.path.startsWith(SIGNED_PATH)) {
        return signedCaller(world, request, apiKey);
      }
      const token = bearerOf(request);
      const account = token && byToken(token, request);
      return account ? { account } : { refused: ztdxRefused(NOT_SIGNED_IN) };
    },
    identify(request) {
      const { path, headers } = request;
      const token = bearerOf(request);
      if (headers['x-mbx-apikey']) return byKey(world, headers['x-mbx-apikey'], request);
      if (token) return byToken(token, request);
      if (path.startsWith(NONCE_PATH))
        return byWallet(world, path.slice(NONCE_PATH.length), request);
      return path === LOGIN_PATH ? accountInLogin(world, request) : null;
    },
  };
}
