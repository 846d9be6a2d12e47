import { err, ok, type Result } from '../../domain/result.ts';
import { hmacSha256, isSameSignature, type SimRequest, type SimWorld } from '../facade.ts';
import type { SimAccount } from '../model.ts';
import type { BybitRefusal } from './bybit-route.ts';

const DEFAULT_WINDOW_MS = 5_000;
/** The venue accepts server_time − recv_window <= timestamp < server_time + 1000. */
const AHEAD_MS = 1_000;

/** The account whose key a request carries, unchecked. */
export function keyOwner(request: SimRequest, world: SimWorld): SimAccount | null {
  const key = request.headers['x-bapi-api-key'];
  if (!key) return null;
  const mine = world.desk(request).accounts.filter((account) => account.venue === 'bybit');
  return mine.find((account) => account.credentials.apiKey === key) ?? null;
}

/**
 * v5 authentication: key, then clock, then HMAC-SHA256 over timestamp + key + window + query
 * (GET) or body (POST). https://bybit-exchange.github.io/docs/v5/guide
 */
export function authenticate(
  request: SimRequest,
  world: SimWorld,
): Result<SimAccount, BybitRefusal> {
  const refusal = (retCode: number, retMsg: string) => err({ retCode, retMsg });
  const { headers, now } = request;
  const account = keyOwner(request, world);
  const { apiKey, secret } = account?.credentials ?? { apiKey: null, secret: null };
  if (account === null || apiKey === null || secret === null) {
    return refusal(10003, 'API key is invalid.');
  }
  const timestamp = headers['x-bapi-timestamp'] ?? '';
  const window = headers['x-bapi-recv-window'] ?? '';
  const windowMs = window === '' ? DEFAULT_WINDOW_MS : Number(window);
  const age = now - Number(timestamp);
  if (!/^\d+$/.test(timestamp) || !(age > -AHEAD_MS && age <= windowMs)) {
    return refusal(
      10002,
      `invalid request, please check your server timestamp or recv_window param. req_timestamp[${timestamp}],server_timestamp[${now}],recv_window[${windowMs}]`,
    );
  }
  const payload = request.method === 'POST' ? request.body : request.rawQuery;
  const expected = hmacSha256(secret, timestamp + apiKey + window + payload, 'hex');
  return isSameSignature(expected, headers['x-bapi-sign']?.toLowerCase())
    ? ok(account)
    : refusal(10004, 'error sign! please check your signature generation algorithm.');
}
