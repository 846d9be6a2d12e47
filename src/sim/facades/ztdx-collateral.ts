import { err, ok } from '../../domain/result.ts';
import { viewAccount } from '../engine.ts';
import { changeMargin } from '../operations/change-margin.ts';
import { marginRow } from './ztdx-private.ts';
import { type ZtdxAnswer, ztdxRefusal } from './ztdx-route.ts';
import { accepted, amountOf, marksOf, positionNamed, type ZtdxWriteCall } from './ztdx-write.ts';

const NOT_ENOUGH_LEFT = ztdxRefusal(400, 'INSUFFICIENT_COLLATERAL', 'Not enough collateral');

const REFUSALS = {
  'not-isolated': NOT_ENOUGH_LEFT,
  'insufficient-balance': ztdxRefusal(400, 'INSUFFICIENT_BALANCE', 'Not enough available balance'),
  'over-limit': NOT_ENOUGH_LEFT,
  'would-liquidate': ztdxRefusal(400, 'LIQUIDATION_RISK', 'Too close to liquidation'),
};

/** `POST /api/v1/positions/:id/collateral/add`. */
export function addCollateral(call: ZtdxWriteCall): ZtdxAnswer {
  return change(call, { sign: 1, message: '保证金已增加' });
}

/** `POST /api/v1/positions/:id/collateral/remove`. */
export function removeCollateral(call: ZtdxWriteCall): ZtdxAnswer {
  return change(call, { sign: -1, message: '保证金已减少' });
}

function change(
  call: ZtdxWriteCall,
  by: { readonly sign: 1 | -1; readonly message: string },
): ZtdxAnswer {
  const found = positionNamed(call, call.name);
  if (!found.ok) return found;
  const amount = amountOf(call);
  if (!amount.ok) return amount;
  const { position } = found.value;
  const marks = marksOf(call);
  const step = { position, amount: amount.value.times(by.sign), now: call.request.now };
  const changed = changeMargin(call.account, step, marks);
  if (!changed.ok) return err(REFUSALS[changed.error]);
  accepted(call, changed.value, 'margin');
  const { positions } = viewAccount(changed.value, marks);
  const row = positions.filter((each) => each.position.id === position.id).map(marginRow)[0];
  return ok({ success: true, message: by.message, position: row });
}
