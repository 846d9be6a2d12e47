import { changeMargin } from '../operations/change-margin.ts';
import { plainDecimal } from './body-fields.ts';
import { type BybitWriteCall, legOf } from './bybit-leg.ts';
import { heldPosition } from './bybit-positions.ts';
import { answer, type BybitAnswer, marksOf, refuse } from './bybit-route.ts';

const MOST_DECIMALS = 8;

const REFUSALS = {
  'not-isolated': refuse(110015, 'The position is in cross margin mode'),
  'insufficient-balance': refuse(
    110014,
    'Insufficient available balance to add additional margin.',
  ),
  'over-limit': refuse(110044, 'Available margin is insufficient.'),
  'would-liquidate': refuse(
    110011,
    'Liquidation will be triggered immediately by this adjustment.',
  ),
};

/** `POST /v5/position/add-margin`: negative takes out. */
export function addMargin(call: BybitWriteCall): BybitAnswer {
  const leg = legOf(call);
  if (!leg.ok) return leg.error;
  const amount = plainDecimal(call.body['margin']);
  if (amount === null || amount.decimalPlaces() > MOST_DECIMALS) {
    return refuse(10001, 'params error: margin invalid');
  }
  if (amount.isZero()) return refuse(110027, 'Margin is not modified.');
  const { position, category, positionIdx } = leg.value;
  if (position === null) return refuse(110033, 'Margin cannot be set without open position.');
  const { now } = call.request;
  const changed = changeMargin(call.account, { position, amount, now }, marksOf(call));
  if (!changed.ok) return REFUSALS[changed.error];
  call.world.ledger.accept({
    accounts: [changed.value],
    effect: { accountId: call.account.id, kind: 'margin', clientId: '', at: now },
  });
  const row = heldPosition({ ...call, account: changed.value }, position.id, positionIdx);
  return answer({ category, ...row });
}
