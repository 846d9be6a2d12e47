import { type Decimal, ONE } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { SimPosition } from '../model.ts';
import { isOnRightSide, type TriggerOrder } from '../operations/change-triggers.ts';
import { type BodyFields, isOnStep, plainDecimal } from './body-fields.ts';
import type { OkxRefusal } from './okx-auth.ts';
import { badParameter } from './okx-route.ts';
import { isReduceOnly, marksOf, type OkxWriteCall, okxNo } from './okx-write.ts';

/** By kind and side of the position. */
const WRONG_SIDE: Readonly<Record<string, OkxRefusal>> = {
  'takeProfit/short': okxNo('51277', 'TP trigger price cannot be higher than the last price.'),
  'stopLoss/short': okxNo('51278', 'SL trigger price cannot be lower than the last price.'),
  'takeProfit/long': okxNo('51279', 'TP trigger price cannot be lower than the last price.'),
  'stopLoss/long': okxNo('51280', 'SL trigger price cannot be higher than the last price.'),
};

/** Null: closeFraction, the whole position. */
export function sizeOf(call: OkxWriteCall, lotSize: Decimal): Result<Decimal | null, OkxRefusal> {
  const { sz, closeFraction, ordType } = call.body;
  const reduceOnly = isReduceOnly(call);
  if (!reduceOnly.ok) return reduceOnly;
  const isNet = call.account.positionMode === 'one-way';
  if (closeFraction !== undefined && closeFraction !== '') {
    if (closeFraction !== '1' || sz !== undefined) return err(badParameter('closeFraction'));
    if (ordType === 'move_order_stop') {
      return err(okxNo('51330', 'closeFraction is only available for stop market orders.'));
    }
    return isNet && !reduceOnly.value
      ? err(okxNo('51328', 'closeFraction is only available for reduceOnly orders.'))
      : ok(null);
  }
  if (isNet && !reduceOnly.value) return err(OPENS);
  const size = plainDecimal(sz);
  if (!size?.gt(0)) return err(badParameter('sz'));
  return isOnStep(size, lotSize)
    ? ok(size)
    : err(okxNo('51121', 'Order quantity must be a multiple of the lot size.'));
}

/** The simulator opens nothing at this venue. */
const OPENS = okxNo('51010', "You can't complete this request under your current account mode.");

export function ordersOf(
  call: OkxWriteCall,
  position: SimPosition,
  contracts: Decimal | null,
): Result<readonly TriggerOrder[], OkxRefusal> {
  const { ordType } = call.body;
  if (ordType === 'move_order_stop') return trailing(call.body, contracts);
  if (ordType !== 'conditional' && ordType !== 'oco') return err(badParameter('ordType'));
  const takeProfit = stopOf(call, { kind: 'takeProfit', prefix: 'tp', position, contracts });
  if (!takeProfit.ok) return takeProfit;
  const stopLoss = stopOf(call, { kind: 'stopLoss', prefix: 'sl', position, contracts });
  if (!stopLoss.ok) return stopLoss;
  const both = [...takeProfit.value, ...stopLoss.value];
  if (both.length === 0) return err(badParameter('slTriggerPx'));
  if (ordType === 'oco') {
    return both.length === 2 ? ok(both) : err(badParameter('tpTriggerPx or slTriggerPx'));
  }
  // Of a conditional order with both the venue carries out the stop-loss alone.
  return ok(stopLoss.value.length > 0 ? stopLoss.value : takeProfit.value);
}

export function stopOf(
  call: OkxWriteCall,
  of: {
    readonly kind: 'takeProfit' | 'stopLoss';
    readonly prefix: 'tp' | 'sl' | 'newTp' | 'newSl';
    readonly position: SimPosition;
    readonly contracts: Decimal | null;
  },
): Result<readonly TriggerOrder[], OkxRefusal> {
  const { kind, prefix, position, contracts } = of;
  const text = call.body[`${prefix}TriggerPx`];
  if (text === undefined || text === '') return ok([]);
  const { instrument, side } = position;
  const price = plainDecimal(text);
  if (!price?.gt(0) || !isOnStep(price, instrument.tickSize)) {
    return err(badParameter(`${prefix}TriggerPx`));
  }
  if (call.body[`${prefix}OrdPx`] !== '-1') return err(badParameter(`${prefix}OrdPx`));
  const type = call.body[`${prefix}TriggerPxType`];
  if (![undefined, 'last', 'mark', 'index'].includes(type as string)) {
    return err(badParameter(`${prefix}TriggerPxType`));
  }
  const mark = marksOf(call)(instrument.asset);
  return isOnRightSide({ kind, price }, { side, mark })
    ? ok([{ kind, price, contracts }])
    : err(WRONG_SIDE[`${kind}/${side}`] as OkxRefusal);
}

function trailing(
  body: BodyFields,
  contracts: Decimal | null,
): Result<readonly TriggerOrder[], OkxRefusal> {
  const { callbackRatio, callbackSpread, activePx } = body;
  const isShare = callbackRatio !== undefined;
  if (isShare === (callbackSpread !== undefined)) return err(badParameter('callbackRatio'));
  const amount = plainDecimal(isShare ? callbackRatio : callbackSpread);
  if (!amount?.gt(0) || (isShare && amount.gt(ONE))) {
    return err(badParameter(isShare ? 'callbackRatio' : 'callbackSpread'));
  }
  const activationPrice = plainDecimal(activePx);
  if (activePx !== undefined && activePx !== '' && activationPrice === null) {
    return err(badParameter('activePx'));
  }
  const by = isShare ? ('share' as const) : ('distance' as const);
  const trail = { by, amount, activationPrice, best: null };
  return ok([{ kind: 'trailing', price: null, contracts, trail }]);
}
