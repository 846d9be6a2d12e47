import type { Decimal } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { AccountView } from '../engine.ts';
import type { SimRequest, SimWorld } from '../facade.ts';
import type { SimAccount, SimInstrument } from '../model.ts';
import type { MbxRefusal } from './mbx-auth.ts';

export interface BinanceCall {
  readonly world: SimWorld;
  readonly request: SimRequest;
}

/** A signed call: whose account, and that account now. */
export interface BinanceSignedCall extends BinanceCall {
  readonly account: SimAccount;
  readonly view: AccountView;
}

export type BinanceAnswer = Result<unknown, MbxRefusal>;

export interface BinanceRoute<Call> {
  /** Request weight by the venue's documents. */
  readonly weight: number;
  answer(call: Call): BinanceAnswer;
}

const BAD_SYMBOL: MbxRefusal = { status: 400, code: -1121, msg: 'Invalid symbol.' };
export const BAD_INTERVAL: MbxRefusal = { status: 400, code: -1120, msg: 'Invalid interval.' };

/** Quote-margined contracts; the coin-margined ones of the venue live behind another API. */
export function usdmInstruments(world: SimWorld): readonly SimInstrument[] {
  return world.instruments('binance').filter((instrument) => instrument.kind === 'linear');
}

/** The instrument of the `symbol` parameter, or the venue's refusal. */
function instrumentOf({ world, request }: BinanceCall): Result<SimInstrument, MbxRefusal> {
  const symbol = request.query.get('symbol');
  const found = usdmInstruments(world).find((instrument) => instrument.symbol === symbol);
  return found ? ok(found) : err(BAD_SYMBOL);
}

/** One row for a given `symbol`, a list of all rows without one. */
export function oneOrAll(
  call: BinanceCall,
  rowOf: (instrument: SimInstrument) => unknown,
): BinanceAnswer {
  if (!call.request.query.has('symbol')) return ok(usdmInstruments(call.world).map(rowOf));
  const instrument = instrumentOf(call);
  return instrument.ok ? ok(rowOf(instrument.value)) : instrument;
}

/** For calls that need a `symbol`. */
export function ofOne(
  call: BinanceCall,
  answer: (instrument: SimInstrument) => unknown,
): BinanceAnswer {
  const instrument = instrumentOf(call);
  return instrument.ok ? ok(answer(instrument.value)) : instrument;
}

/** Fixed eight decimals, as the venue prints money and marks. */
export const eight = (value: Decimal) => value.toFixed(8);

/** Where a figure must be a JSON number on this venue, never text. */
export function wireNumber(value: Decimal): number {
  return Number(value.toFixed());
}

/** The `limit` parameter, or the fallback when it is absent or out of range. */
export function limitOf(request: SimRequest, fallback: number, most: number): number {
  const limit = Number(request.query.get('limit') ?? fallback);
  return limit >= 1 && limit <= most ? Math.floor(limit) : fallback;
}
