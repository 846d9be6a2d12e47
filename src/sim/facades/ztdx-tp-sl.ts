import type { Decimal } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { SimAccount, SimPosition } from '../model.ts';
import { cancelTriggers, isOnRightSide, placeTriggers } from '../operations/change-triggers.ts';
import { fullSizeStop, triggersOn } from '../triggers.ts';
import { plainDecimal } from './body-fields.ts';
import { type ZtdxAnswer, type ZtdxRefusal, ztdxRefusal } from './ztdx-route.ts';
import { accepted, marksOf, positionNamed, type ZtdxWriteCall } from './ztdx-write.ts';

const NAMES = { takeProfit: 'take_profit_price', stopLoss: 'stop_loss_price' } as const;
const KINDS = ['takeProfit', 'stopLoss'] as const;

/** A price sets the one stop of its kind, null takes it away; a kind left out is left alone. */
type Change = Readonly<Partial<Record<(typeof KINDS)[number], Decimal | null>>>;

/** `POST /api/v1/positions/:id/tp-sl`: at least one price. */
export function setTpSl(call: ZtdxWriteCall): ZtdxAnswer {
  return changeTpSl(call, (change) => KINDS.some((kind) => change[kind]));
}

/** `PUT /api/v1/positions/:id/tp-sl`: at least one field. */
export function amendTpSl(call: ZtdxWriteCall): ZtdxAnswer {
  return changeTpSl(call, (change) => KINDS.some((kind) => change[kind] !== undefined));
}

/** `DELETE /api/v1/positions/:id/tp-sl`: both go. */
export function clearTpSl(call: ZtdxWriteCall): ZtdxAnswer {
  const found = positionNamed(call, call.name);
  if (!found.ok) return found;
  const { position } = found.value;
  const after = applied(call, position, { takeProfit: null, stopLoss: null });
  if (after !== call.account) accepted(call, after, 'stops');
  return ok(tpSlBody(after, position.id));
}

function changeTpSl(call: ZtdxWriteCall, isEnough: (change: Change) => boolean): ZtdxAnswer {
  const found = positionNamed(call, call.name);
  if (!found.ok) return found;
  const { position } = found.value;
  const change = changeOf(call, position);
  if (!change.ok) return change;
  if (!isEnough(change.value)) {
    return err(ztdxRefusal(400, 'INVALID_PARAMETER', 'At least one price is needed'));
  }
  const after = applied(call, position, change.value);
  if (after !== call.account) accepted(call, after, 'stops');
  return ok(tpSlBody(after, position.id));
}

function changeOf(call: ZtdxWriteCall, position: SimPosition): Result<Change, ZtdxRefusal> {
  const { side, instrument } = position;
  const mark = marksOf(call)(instrument.asset);
  const change: { -readonly [Kind in keyof Change]: Change[Kind] } = {};
  for (const kind of KINDS) {
    const given = call.body[NAMES[kind]];
    if (given === undefined) continue;
    const price = given === null ? null : plainDecimal(given);
    const isPrice = price?.gt(0) && price.mod(instrument.tickSize).isZero();
    if (given !== null && !isPrice) {
      return err(ztdxRefusal(400, 'INVALID_PRICE', `${NAMES[kind]} is no price of this market`));
    }
    if (price !== null && !isOnRightSide({ kind, price }, { side, mark })) {
      return err(ztdxRefusal(400, 'INVALID_TRIGGER_PRICE', `${NAMES[kind]} is on the wrong side`));
    }
    change[kind] = price;
  }
  return ok(change);
}

function applied(call: ZtdxWriteCall, position: SimPosition, change: Change): SimAccount {
  const { now } = call.request;
  let account = call.account;
  for (const kind of KINDS) {
    const price = change[kind];
    if (price === undefined) continue;
    const old = fullSizeStop(triggersOn(account, position), kind);
    account = cancelTriggers(account, (each) => each === old, now);
    if (price === null) continue;
    const orders = [{ kind, price, contracts: null }];
    account = placeTriggers(account, position, { orders, now }).account;
  }
  return account;
}

/** What is set now, as GET shows it too. */
export function tpSlBody(account: SimAccount, positionId: string) {
  const position = account.positions.find(({ id }) => id === positionId);
  const triggers = position ? triggersOn(account, position) : [];
  const [takeProfit, stopLoss] = KINDS.map((kind) => fullSizeStop(triggers, kind));
  return {
    success: true,
    data: {
      position_id: positionId,
      take_profit_price: takeProfit?.price?.toFixed() ?? null,
      stop_loss_price: stopLoss?.price?.toFixed() ?? null,
      tp_order_id: takeProfit?.id ?? null,
      sl_order_id: stopLoss?.id ?? null,
      updated_at: position?.updatedAt ?? null,
    },
  };
}
