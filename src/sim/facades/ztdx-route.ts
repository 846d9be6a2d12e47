import { err, ok, type Result } from '../../domain/result.ts';
import type { AccountView } from '../engine.ts';
import { jsonResponse, type SimRequest, type SimResponse, type SimWorld } from '../facade.ts';
import type { SimAccount, SimInstrument } from '../model.ts';

/** The venue's own word for a refusal, with its HTTP status. */
export interface ZtdxRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export type ZtdxAnswer = Result<unknown, ZtdxRefusal>;

export interface ZtdxCall {
  readonly world: SimWorld;
  readonly request: SimRequest;
  /** What stands in the path where the route has a colon. */
  readonly name: string;
}

/** A call with a good token or signature: whose account, and that account now. */
export interface ZtdxSignedCall extends ZtdxCall {
  readonly account: SimAccount;
  readonly view: AccountView;
}

export function ztdxRefusal(status: number, code: string, message: string): ZtdxRefusal {
  return { status, code, message };
}

export function ztdxInstrument(
  world: SimWorld,
  symbol: string,
): Result<SimInstrument, ZtdxRefusal> {
  const found = world.instruments('ztdx').find((instrument) => instrument.symbol === symbol);
  return found ? ok(found) : err(ztdxRefusal(400, 'INVALID_SYMBOL', 'Unknown symbol'));
}

/** The refusal on the wire. The pages list status and code; where the code stands is not documented. */
export function ztdxRefused(
  { status, code, message }: ZtdxRefusal,
  headers: Readonly<Record<string, string>> = {},
): SimResponse {
  return jsonResponse({ success: false, error: { code, message } }, { status, headers });
}
