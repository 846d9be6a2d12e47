import { err, ok } from '../../domain/result.ts';
import { changeMargin } from '../operations/change-margin.ts';
import { plainDecimal } from './body-fields.ts';
import { badParameter, type OkxAnswer } from './okx-route.ts';
import { accepted, instrumentOf, legOf, marksOf, type OkxWriteCall, okxNo } from './okx-write.ts';

const MOST_DECIMALS = 8;
const NO_POSITION = okxNo('59300', "Margin call failed. Position doesn't exist.");
const TOO_MUCH = okxNo('59301', 'Margin adjustment failed for exceeding the max limit.');

const REFUSALS = {
  'not-isolated': NO_POSITION,
  'insufficient-balance': okxNo('59200', 'Insufficient account balance.'),
  'over-limit': TOO_MUCH,
  'would-liquidate': TOO_MUCH,
};

/** `POST /api/v5/account/position/margin-balance`: of isolated positions only. */
export function marginBalance(call: OkxWriteCall): OkxAnswer {
  const { body, account, request } = call;
  const instrument = instrumentOf(call);
  if (!instrument.ok) return instrument;
  const leg = legOf(call);
  if (!leg.ok) return leg;
  const { type, amt } = body;
  if (type !== 'add' && type !== 'reduce') return err(badParameter('type'));
  const amount = plainDecimal(amt);
  if (!amount?.gt(0) || amount.decimalPlaces() > MOST_DECIMALS) return err(badParameter('amt'));
  const position = account.positions.find(
    (each) =>
      each.instrument === instrument.value &&
      each.marginMode === 'isolated' &&
      (leg.value === null || leg.value === each.side),
  );
  if (position === undefined) return err(NO_POSITION);
  const step = { position, amount: type === 'add' ? amount : amount.neg(), now: request.now };
  const changed = changeMargin(account, step, marksOf(call));
  if (!changed.ok) return err(REFUSALS[changed.error]);
  accepted(call, changed.value, { kind: 'margin', clientId: '' });
  const { settle, symbol } = instrument.value;
  return ok([
    {
      amt: amount.toFixed(),
      ccy: settle,
      instId: symbol,
      leverage: position.leverage.toFixed(),
      posSide: leg.value ?? 'net',
      type,
    },
  ]);
}
