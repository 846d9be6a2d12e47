import { err, ok, type Result } from '../../domain/result.ts';
import type { AccountView } from '../engine.ts';
import type { SimRequest, SimWorld } from '../facade.ts';
import type { Quote } from '../market.ts';
import type { SimAccount, SimInstrument } from '../model.ts';
import type { OkxRefusal } from './okx-auth.ts';

export interface OkxCall {
  readonly world: SimWorld;
  readonly request: SimRequest;
}

/** A signed call: whose account, and that account now. */
export interface OkxSignedCall extends OkxCall {
  readonly account: SimAccount;
  readonly view: AccountView;
}

/** The `data` list of an answer, or a refusal. */
export type OkxAnswer = Result<readonly unknown[], OkxRefusal>;

/** An error of the request itself: HTTP 200 or 400 by the venue's table, told by its code. */
export function badParameter(name: string): OkxRefusal {
  return { status: 400, code: '51000', msg: `Parameter ${name} error` };
}

export const NO_SUCH_INSTRUMENT: OkxRefusal = {
  status: 200,
  code: '51001',
  msg: "Instrument ID, Instrument ID code, or Spread ID doesn't exist.",
};

/** `BTC-USDT` of `BTC-USDT-SWAP`. */
export function underlyingOf({ symbol }: SimInstrument): string {
  return symbol.split('-').slice(0, 2).join('-');
}

/** The instrument of the `instId` parameter, or the venue's refusal. */
export function okxInstrument({ world, request }: OkxCall): Result<SimInstrument, OkxRefusal> {
  const id = request.query.get('instId');
  if (id === null || id === '') return err(badParameter('instId'));
  const found = world.instruments('okx').find((instrument) => instrument.symbol === id);
  return found ? ok(found) : err(NO_SUCH_INSTRUMENT);
}

/** Rows of the instruments that `instType`, `uly`, `instFamily` and `instId` let through. */
export function okxInstruments({ world, request }: OkxCall): readonly SimInstrument[] {
  const { query } = request;
  const type = query.get('instType');
  if (type !== null && type !== '' && type !== 'SWAP') return [];
  const family = query.get('uly') ?? query.get('instFamily');
  const ids = query.get('instId')?.split(',');
  return world
    .instruments('okx')
    .filter(
      (instrument) =>
        (family === null || underlyingOf(instrument) === family) &&
        (ids === undefined || ids.includes(instrument.symbol)),
    );
}

/** Fields of other products and modes: the venue prints them, empty. */
export function emptyFields(names: readonly string[]): Readonly<Record<string, ''>> {
  return Object.fromEntries(names.map((name) => [name, '' as const]));
}

export function quoteOf({ world, request }: OkxCall, { asset }: SimInstrument): Quote {
  return world.market.quote(asset, request.now);
}

/** The `limit` (or `sz`) parameter, cut to what the venue gives at most. */
export function limitOf({ request }: OkxCall, fallback: number, most: number): number {
  const limit = Number(request.query.get('limit') ?? request.query.get('sz') ?? fallback);
  return limit >= 1 ? Math.min(Math.floor(limit), most) : fallback;
}
