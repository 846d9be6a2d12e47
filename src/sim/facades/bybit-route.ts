import { jsonResponse, type SimRequest, type SimResponse, type SimWorld } from '../facade.ts';
import type { Marks, SimAccount, SimInstrument } from '../model.ts';

/** A public call in Bybit's manner. */
export interface BybitCall {
  readonly world: SimWorld;
  readonly request: SimRequest;
}

/** A signed call whose signature was good. */
export interface BybitPrivateCall extends BybitCall {
  readonly account: SimAccount;
}

/** Told by `retCode`; HTTP stays 200. */
export interface BybitRefusal {
  readonly retCode: number;
  readonly retMsg: string;
}

export type BybitAnswer = { readonly result: unknown } | { readonly refusal: BybitRefusal };

export function answer(result: unknown): BybitAnswer {
  return { result };
}

export function refuse(retCode: number, retMsg: string): BybitAnswer {
  return { refusal: { retCode, retMsg } };
}

/** The envelope around everything v5 says. */
export function envelope(
  given: BybitAnswer,
  now: number,
  headers: Readonly<Record<string, string>> = {},
): SimResponse {
  const head =
    'refusal' in given ? { ...given.refusal, result: {} } : { retCode: 0, retMsg: 'OK', ...given };
  return jsonResponse({ ...head, retExtInfo: {}, time: now }, { headers });
}

export function marksOf({ world, request }: BybitCall): Marks {
  return (asset) => world.market.mark(asset, request.now);
}

/** `linear` and `inverse` are traded here; `spot` and `option` are known but empty. */
export type BybitCategory = 'linear' | 'inverse' | 'spot' | 'option';

export function categoryOf({ request }: BybitCall): BybitCategory | null {
  const given = request.query.get('category');
  return given === 'linear' || given === 'inverse' || given === 'spot' || given === 'option'
    ? given
    : null;
}

export const BAD_CATEGORY = refuse(10001, 'params error: Category is invalid');

/** The category's instruments that `symbol`, `baseCoin` and `settleCoin` let through. */
export function selected(call: BybitCall, category: BybitCategory): readonly SimInstrument[] {
  const { query } = call.request;
  const lets = (name: string, value: string) => {
    const wanted = query.get(name);
    return wanted === null || wanted === '' || wanted === value;
  };
  return call.world
    .instruments('bybit')
    .filter(
      (each) =>
        each.kind === category &&
        lets('symbol', each.symbol) &&
        lets('baseCoin', each.asset) &&
        lets('settleCoin', each.settle),
    );
}

/** Linear lists must say whose: the venue refuses a question about everything. */
export function namesNothing({ request }: BybitCall): boolean {
  return ['symbol', 'settleCoin', 'baseCoin'].every((name) => !request.query.get(name));
}

export interface Page<T> {
  readonly list: readonly T[];
  readonly nextPageCursor: string;
}

/**
 * One page of rows by `limit` and `cursor`. The cursor is percent-encoded already, as the venue's:
 * a client that passes it on as it is and one that encodes it again both reach the next page.
 */
export function pageOf<T>(
  rows: readonly T[],
  request: SimRequest,
  limits: { readonly usual: number; readonly most: number },
): Page<T> {
  const asked = Number(request.query.get('limit') ?? limits.usual);
  const limit = Math.min(Math.max(1, Math.trunc(asked) || limits.usual), limits.most);
  const cursor = decodeURIComponent(request.query.get('cursor') ?? '');
  const from = Number(/^row=(\d+)$/.exec(cursor)?.[1] ?? 0);
  const next = from + limit;
  return {
    list: rows.slice(from, next),
    nextPageCursor: next < rows.length ? encodeURIComponent(`row=${next}`) : '',
  };
}
