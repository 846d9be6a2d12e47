import type { Decimal } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { PositionView } from '../engine.ts';
import type { SimEffect } from '../ledger.ts';
import type { Marks, SimAccount } from '../model.ts';
import { type BodyFields, plainDecimal } from './body-fields.ts';
import { type ZtdxRefusal, type ZtdxSignedCall, ztdxRefusal } from './ztdx-route.ts';

/** A call that changes something, with its JSON; empty for DELETE. */
export interface ZtdxWriteCall extends ZtdxSignedCall {
  readonly body: BodyFields;
}

export function marksOf({ world, request }: ZtdxSignedCall): Marks {
  return (asset) => world.market.mark(asset, request.now);
}

/** The venue's ledger takes eight decimals of USDT. */
const MOST_DECIMALS = 8;

/** `INVALID_AMOUNT`: not decimal text above zero, or finer than the venue books. */
export function amountOf({ body }: ZtdxWriteCall): Result<Decimal, ZtdxRefusal> {
  const amount = plainDecimal(body['amount']);
  return amount?.gt(0) && amount.decimalPlaces() <= MOST_DECIMALS
    ? ok(amount)
    : err(ztdxRefusal(400, 'INVALID_AMOUNT', 'amount must be a positive decimal string'));
}

export function accepted(call: ZtdxSignedCall, account: SimAccount, kind: SimEffect['kind']): void {
  const effect = { accountId: account.id, kind, clientId: '', at: call.request.now };
  call.world.ledger.accept({ accounts: [account], effect });
}

/** The position named in the path or body: the caller's own, somebody else's (403), or none (404). */
export function positionNamed(
  call: ZtdxSignedCall,
  id: unknown,
): Result<PositionView, ZtdxRefusal> {
  const found = call.view.positions.find(({ position }) => position.id === id);
  if (found) return ok(found);
  const others = call.world.desk(call.request).accounts.filter(({ venue }) => venue === 'ztdx');
  const isTaken = others.some(({ positions }) => positions.some((each) => each.id === id));
  return err(
    isTaken
      ? ztdxRefusal(403, 'POSITION_NOT_OWNED', 'Not your position')
      : ztdxRefusal(404, 'POSITION_NOT_FOUND', 'No such position'),
  );
}
