import type { Decimal } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { SimEffect } from '../ledger.ts';
import type { Marks, SimAccount, SimInstrument, SimPosition } from '../model.ts';
import { type BinanceSignedCall, usdmInstruments } from './binance-route.ts';
import { isOnStep, plainDecimal } from './body-fields.ts';
import type { MbxRefusal } from './mbx-auth.ts';

/** A signed call with its parameters, wherever they were sent: in the query, the form, or both. */
export interface BinanceWriteCall extends BinanceSignedCall {
  readonly params: URLSearchParams;
}

export function mbx(code: number, msg: string): MbxRefusal {
  return { status: 400, code, msg };
}

export function missing(name: string): MbxRefusal {
  return mbx(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
}

export function paramsOf({ rawQuery, body }: BinanceSignedCall['request']): URLSearchParams {
  return new URLSearchParams([rawQuery, body].filter((part) => part !== '').join('&'));
}

const ALWAYS = ['timestamp', 'recvWindow', 'signature'];

/** The venue refuses what it has no use for. */
export function unread(call: BinanceWriteCall, known: readonly string[]): MbxRefusal | null {
  const names = [...new Set(call.params.keys())];
  const read = names.filter((name) => known.includes(name) || ALWAYS.includes(name));
  return read.length === names.length
    ? null
    : mbx(
        -1104,
        `Not all sent parameters were read; read '${read.length}' parameter(s) but was sent '${names.length}'.`,
      );
}

export function marksOf({ world, request }: BinanceSignedCall): Marks {
  return (asset) => world.market.mark(asset, request.now);
}

export function symbolOf(call: BinanceWriteCall): Result<SimInstrument, MbxRefusal> {
  const symbol = call.params.get('symbol');
  if (symbol === null) return err(missing('symbol'));
  const found = usdmInstruments(call.world).find((each) => each.symbol === symbol);
  return found ? ok(found) : err(mbx(-1121, 'Invalid symbol.'));
}

/** The position an order of this side, on this leg, would close; null: there is none. */
export function closedBy(
  call: BinanceWriteCall,
  instrument: SimInstrument,
): Result<SimPosition | null, MbxRefusal> {
  const side = call.params.get('side');
  if (side !== 'BUY' && side !== 'SELL') return err(mbx(-1117, 'Invalid side.'));
  const leg = call.params.get('positionSide') ?? 'BOTH';
  const isHedged = call.account.positionMode === 'hedge';
  if (!['BOTH', 'LONG', 'SHORT'].includes(leg) || isHedged !== (leg !== 'BOTH')) {
    return err(mbx(-4061, "Order's position side does not match user's setting."));
  }
  const closes = side === 'SELL' ? 'long' : 'short';
  if (isHedged && leg.toLowerCase() !== closes) return ok(null);
  const position = call.account.positions.find(
    (each) => each.instrument === instrument && each.side === closes,
  );
  return ok(position ?? null);
}

/** A size on the lot step, or the venue's refusal. */
export function quantityOf(
  call: BinanceWriteCall,
  { lotSize }: SimInstrument,
): Result<Decimal, MbxRefusal> {
  const text = call.params.get('quantity');
  const quantity = plainDecimal(text);
  if (quantity === null) return err(missing('quantity'));
  if (!quantity.gt(0)) return err(mbx(-4003, 'Quantity less than or equal to zero.'));
  if (isOnStep(quantity, lotSize)) return ok(quantity);
  return err(mbx(-1111, 'Precision is over the maximum defined for this asset.'));
}

/** "true" or "false" in any case, as the venue reads them. */
export function flagOf(call: BinanceWriteCall, name: string): Result<boolean, MbxRefusal> {
  const text = (call.params.get(name) ?? 'false').toLowerCase();
  return text === 'true' || text === 'false'
    ? ok(text === 'true')
    : err(mbx(-1130, `Data sent for parameter '${name}' is not valid.`));
}

/** Our own id of an order: at most 36 of the venue's characters; empty: none was sent. */
export function clientIdOf(call: BinanceWriteCall, name: string): Result<string, MbxRefusal> {
  const id = call.params.get(name) ?? '';
  return id === '' || /^[.A-Z:/a-z0-9_-]{1,36}$/.test(id)
    ? ok(id)
    : err(mbx(-4015, 'Client order id is not valid.'));
}

export function accepted(
  call: BinanceSignedCall,
  account: SimAccount,
  effect: Pick<SimEffect, 'kind' | 'clientId'>,
): void {
  const accounts = [account];
  const told = { accountId: account.id, at: call.request.now, ...effect };
  call.world.ledger.accept({ accounts, effect: told });
}
