import type { Decimal } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { SimAccount, SimInstrument, SimPosition, SimSide } from '../model.ts';
import { type BodyFields, plainDecimal } from './body-fields.ts';
import { type BybitAnswer, type BybitPrivateCall, refuse } from './bybit-route.ts';

/** A signed POST with its JSON. */
export interface BybitWriteCall extends BybitPrivateCall {
  readonly body: BodyFields;
}

interface BybitLeg {
  readonly instrument: SimInstrument;
  readonly positionIdx: number;
  readonly category: string;
  /** Null: flat. */
  readonly position: SimPosition | null;
}

const badParameter = (name: string) => err(refuse(10001, `params error: ${name} invalid`));

/** The leg that category, symbol and positionIdx name. A leg of hedge mode is never guessed. */
export function legOf(call: BybitWriteCall): Result<BybitLeg, BybitAnswer> {
  const { category, symbol, positionIdx = 0 } = call.body;
  if (category !== 'linear' && category !== 'inverse') return badParameter('category');
  const instrument = call.world
    .instruments('bybit')
    .find((each) => each.symbol === symbol && each.kind === category);
  if (instrument === undefined) return badParameter('symbol');
  if (positionIdx !== 0 && positionIdx !== 1 && positionIdx !== 2) {
    return badParameter('positionIdx');
  }
  const isHedged = call.account.positionMode === 'hedge';
  if (isHedged !== (positionIdx !== 0)) {
    return err(refuse(10001, 'position idx not match position mode'));
  }
  const position = call.account.positions.find(
    (each) =>
      each.instrument === instrument &&
      (!isHedged || indexOf(call.account, each.side) === positionIdx),
  );
  return ok({ instrument, positionIdx, category, position: position ?? null });
}

export function indexOf({ positionMode }: SimAccount, side: SimSide): number {
  if (positionMode === 'one-way') return 0;
  return side === 'long' ? 1 : 2;
}

/** Absent is null; anything that is no plain decimal text is refused. */
export function optionalFigure(
  body: BodyFields,
  name: string,
): Result<Decimal | null, BybitAnswer> {
  if (body[name] === undefined || body[name] === '') return ok(null);
  const value = plainDecimal(body[name]);
  return value === null ? badParameter(name) : ok(value);
}
