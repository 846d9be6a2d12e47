import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Decimal } from '../domain/decimal.ts';
import type { Ledger } from './ledger.ts';
import type { Market } from './market.ts';
import type { SimAccount, SimDesk, SimInstrument, SimVenue } from './model.ts';

/** One HTTP request, read completely. */
export interface SimRequest {
  readonly method: string;
  /** Without query: `/v5/position/list`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The query exactly as sent, without `?`: signatures are over this text. */
  readonly rawQuery: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The venue's clock; shifted by the server for an account with the wrong-clock fault. */
  readonly now: number;
  /** Faults of the venue's own doing; absent: none. */
  readonly quirks?: SimQuirks;
}

/** What a venue in trouble does to a call that it accepts. */
export interface SimQuirks {
  /** Reads show the accounts as they were this long ago. */
  readonly lagMs?: number;
  /** A market order fills only this share of what was asked; the rest is cancelled. */
  readonly fillShare?: string;
  /** An own id that was used before is executed again. */
  readonly takesDuplicates?: true;
}

export interface SimResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a facade serves from. */
export interface SimWorld {
  readonly market: Market;
  /** Where accepted writes go. */
  readonly ledger: Ledger;
  /** The desk as this request may see it; do not keep the answer between requests. */
  desk(request?: SimRequest): SimDesk;
  instruments(venue: SimVenue): readonly SimInstrument[];
}

/** One venue's REST API. Made by `create…Facade(world)`; the server tries facades in order. */
export interface Facade {
  /**
   * Whose request it is by key, token or wallet in it, before any check; null for public calls and
   * strangers. The server uses it for fault switches only: the facade authenticates by itself.
   */
  identify(request: SimRequest): SimAccount | null;
  /** The venue's answer, or null when the path belongs to another venue. */
  respond(request: SimRequest): SimResponse | Promise<SimResponse> | null;
  /** The venue's own "too many requests", with its headers. */
  rateLimited(request: SimRequest): SimResponse;
  /** The venue's refusal with this code of its own. */
  refused(code: string, request: SimRequest): SimResponse;
}

export function jsonResponse(
  body: unknown,
  options: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): SimResponse {
  return {
    status: options.status ?? 200,
    headers: { 'content-type': 'application/json; charset=utf-8', ...options.headers },
    body: JSON.stringify(body),
  };
}

export function hmacSha256(secret: string, text: string, encoding: 'hex' | 'base64'): string {
  return createHmac('sha256', secret).update(text).digest(encoding);
}

/** Equal texts, in constant time. */
export function isSameSignature(expected: string, given: string | undefined): boolean {
  if (given === undefined || expected.length !== given.length) return false;
  return timingSafeEqual(Buffer.from(expected), Buffer.from(given));
}

/** A figure as venues print it: plain, at most `digits` decimals, rounded half even; null prints ''. */
export function figure(value: Decimal | null, digits = 8): string {
  return value === null ? '' : value.toDecimalPlaces(digits).toFixed();
}
