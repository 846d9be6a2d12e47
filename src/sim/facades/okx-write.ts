import { err, ok, type Result } from '../../domain/result.ts';
import type { SimEffect } from '../ledger.ts';
import type { Marks, SimAccount, SimInstrument, SimPosition } from '../model.ts';
import type { BodyFields } from './body-fields.ts';
import type { OkxRefusal } from './okx-auth.ts';
import {
  badParameter,
  NO_SUCH_INSTRUMENT,
  type OkxAnswer,
  type OkxSignedCall,
} from './okx-route.ts';

/** A signed POST with its JSON object. */
export interface OkxWriteCall extends OkxSignedCall {
  readonly body: BodyFields;
}

export function okxNo(code: string, msg: string): OkxRefusal {
  return { status: 200, code, msg };
}

/** An order that was refused: the call went through, its row tells why. */
export function rowRefused(row: BodyFields, { code, msg }: OkxRefusal): OkxAnswer {
  const data = [{ ...row, sCode: code, sMsg: msg }];
  return err({ status: 200, code: '1', msg: 'All operations failed', data });
}

export function marksOf({ world, request }: OkxSignedCall): Marks {
  return (asset) => world.market.mark(asset, request.now);
}

export function instrumentOf({ body, world }: OkxWriteCall): Result<SimInstrument, OkxRefusal> {
  const { instId } = body;
  if (typeof instId !== 'string' || instId === '') return err(badParameter('instId'));
  const found = world.instruments('okx').find(({ symbol }) => symbol === instId);
  return found ? ok(found) : err(NO_SUCH_INSTRUMENT);
}

/** The leg that posSide names in the account's mode: a side of hedge mode, or null for net. */
export function legOf({
  body,
  account,
}: OkxWriteCall): Result<'long' | 'short' | null, OkxRefusal> {
  const { posSide = 'net' } = body;
  const isHedged = account.positionMode === 'hedge';
  if (isHedged && (posSide === 'long' || posSide === 'short')) return ok(posSide);
  return !isHedged && posSide === 'net' ? ok(null) : err(badParameter('posSide'));
}

/** The position that an order of this side would close; null: there is none. */
export function closedBy(
  call: OkxWriteCall,
  instrument: SimInstrument,
): Result<SimPosition | null, OkxRefusal> {
  const { side, tdMode } = call.body;
  if (side !== 'buy' && side !== 'sell') return err(badParameter('side'));
  if (tdMode !== 'cross' && tdMode !== 'isolated') return err(badParameter('tdMode'));
  const leg = legOf(call);
  if (!leg.ok) return leg;
  const closes = side === 'sell' ? 'long' : 'short';
  if (leg.value !== null && leg.value !== closes) return ok(null);
  const position = call.account.positions.find(
    (each) => each.instrument === instrument && each.side === closes && each.marginMode === tdMode,
  );
  return ok(position ?? null);
}

/** At most 32 letters and figures; empty: none was sent. */
export function clientIdOf({ body }: OkxWriteCall, name: string): Result<string, OkxRefusal> {
  const id = body[name] ?? '';
  return typeof id === 'string' && /^[A-Za-z0-9]{0,32}$/.test(id)
    ? ok(id)
    : err(badParameter(name));
}

export function isReduceOnly({ body }: OkxWriteCall): Result<boolean, OkxRefusal> {
  const { reduceOnly = false } = body;
  return typeof reduceOnly === 'boolean' ? ok(reduceOnly) : err(badParameter('reduceOnly'));
}

export function accepted(
  call: OkxSignedCall,
  account: SimAccount,
  effect: Pick<SimEffect, 'kind' | 'clientId'>,
): void {
  const told = { accountId: account.id, at: call.request.now, ...effect };
  call.world.ledger.accept({ accounts: [account], effect: told });
}
