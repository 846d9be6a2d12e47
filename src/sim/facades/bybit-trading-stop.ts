import { type Decimal, ZERO } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { SimAccount, SimPosition, SimTrigger } from '../model.ts';
import {
  cancelTriggers,
  isOnRightSide,
  placeTriggers,
  type TriggerOrder,
} from '../operations/change-triggers.ts';
import { fullSizeStop, triggersOn } from '../triggers.ts';
import { isOnStep } from './body-fields.ts';
import { type BybitWriteCall, legOf, optionalFigure } from './bybit-leg.ts';
import { answer, type BybitAnswer, marksOf, refuse } from './bybit-route.ts';

const MOST_PARTIAL = 20;
const NOT_MODIFIED = refuse(34040, 'not modified');
const FIGURES = [
  'takeProfit',
  'stopLoss',
  'trailingStop',
  'activePrice',
  'tpSize',
  'slSize',
] as const;
const TRIGGERED_BY = [undefined, '', 'MarkPrice', 'LastPrice', 'IndexPrice'];

type Asked = Readonly<Record<(typeof FIGURES)[number], Decimal | null>>;

interface StopCall {
  readonly call: BybitWriteCall;
  readonly position: SimPosition;
  readonly asked: Asked;
}

/**
 * `POST /v5/position/trading-stop`. Full: a price sets the one stop of its kind, "0" takes it away, a
 * field left out leaves it. Partial: adds to those that stand. All triggers here are by the mark.
 */
export function tradingStop(call: BybitWriteCall): BybitAnswer {
  if (call.body['positionIdx'] === undefined) {
    return refuse(10001, 'params error: positionIdx is required');
  }
  const leg = legOf(call);
  if (!leg.ok) return leg.error;
  const asked = askedOf(call);
  if (!asked.ok) return asked.error;
  const { position } = leg.value;
  if (position === null) return refuse(10001, 'can not set tp/sl/ts for zero position');
  const stop = { call, position, asked: asked.value };
  const wrong = wrongPrice(stop);
  if (wrong !== null) return wrong;
  const after = call.body['tpslMode'] === 'Full' ? setFull(stop) : addPartial(stop);
  if (!after.ok) return after.error;
  call.world.ledger.accept({
    accounts: [after.value],
    effect: { accountId: call.account.id, kind: 'stops', clientId: '', at: call.request.now },
  });
  return answer({});
}

function askedOf({ body }: BybitWriteCall): Result<Asked, BybitAnswer> {
  const { tpslMode, tpTriggerBy, slTriggerBy, tpOrderType, slOrderType } = body;
  if (tpslMode !== 'Full' && tpslMode !== 'Partial') {
    return err(refuse(10001, 'params error: tpslMode invalid'));
  }
  const isKnown = [tpTriggerBy, slTriggerBy].every((by) => TRIGGERED_BY.includes(by as string));
  if (!isKnown) return err(refuse(10001, 'params error: TriggerBy invalid'));
  const isMarket = [tpOrderType, slOrderType].every(
    (type) => type === undefined || type === 'Market',
  );
  if (!isMarket) return err(refuse(10001, 'params error: OrderType invalid'));
  const figures: [string, Decimal | null][] = [];
  for (const name of FIGURES) {
    const figure = optionalFigure(body, name);
    if (!figure.ok) return figure;
    if (figure.value?.isNegative()) return err(refuse(10001, `params error: ${name} invalid`));
    figures.push([name, figure.value]);
  }
  return ok(Object.fromEntries(figures) as unknown as Asked);
}

function wrongPrice({ call, position, asked }: StopCall): BybitAnswer | null {
  const { side, instrument } = position;
  const mark = marksOf(call)(instrument.asset);
  const owner = side === 'long' ? 'Buy' : 'Sell';
  for (const kind of ['takeProfit', 'stopLoss'] as const) {
    const price = asked[kind];
    if (price === null || price.isZero()) continue;
    const name = kind === 'takeProfit' ? 'TakeProfit' : 'StopLoss';
    if (!isOnStep(price, instrument.tickSize)) {
      return refuse(10001, `params error: ${name} price precision invalid`);
    }
    if (!isOnRightSide({ kind, price }, { side, mark })) {
      const should = (kind === 'takeProfit') === (side === 'long') ? 'be higher' : 'lower';
      return refuse(
        10001,
        `${name}:${price} set for ${owner} position should ${should} than base_price:${mark}??MarkPrice`,
      );
    }
  }
  return null;
}

function setFull({ call, position, asked }: StopCall): Result<SimAccount, BybitAnswer> {
  const standing = triggersOn(call.account, position);
  const kinds: readonly [SimTrigger['kind'], Decimal | null][] = [
    ['takeProfit', asked.takeProfit],
    ['stopLoss', asked.stopLoss],
    ['trailing', asked.trailingStop],
  ];
  const changed = kinds.filter(([kind, value]) => {
    const old = fullSizeStop(standing, kind);
    const before = kind === 'trailing' ? old?.trail?.amount : old?.price;
    return value !== null && !value.eq(before ?? ZERO);
  });
  if (changed.length === 0) return err(NOT_MODIFIED);
  const replaced = changed.map(([kind]) => fullSizeStop(standing, kind)?.id);
  const { now } = call.request;
  const without = cancelTriggers(call.account, ({ id }) => replaced.includes(id), now);
  const orders = changed.flatMap(([kind, value]) => fullOrder(kind, value as Decimal, asked));
  return ok(placeTriggers(without, position, { orders, now }).account);
}

function fullOrder(
  kind: SimTrigger['kind'],
  value: Decimal,
  { activePrice }: Asked,
): TriggerOrder[] {
  if (value.isZero()) return [];
  if (kind !== 'trailing') return [{ kind, price: value, contracts: null }];
  const activationPrice = activePrice === null || activePrice.isZero() ? null : activePrice;
  const trail = { by: 'distance' as const, amount: value, activationPrice, best: null };
  return [{ kind, price: null, contracts: null, trail }];
}

function addPartial({ call, position, asked }: StopCall): Result<SimAccount, BybitAnswer> {
  const { takeProfit, stopLoss, tpSize, slSize } = asked;
  if (asked.trailingStop !== null) {
    return err(refuse(10001, 'params error: trailingStop is not supported in Partial mode'));
  }
  const given = [
    { kind: 'takeProfit' as const, price: takeProfit, contracts: tpSize },
    { kind: 'stopLoss' as const, price: stopLoss, contracts: slSize },
  ].filter(({ price }) => price !== null && !price.isZero());
  if (given.length === 0) return err(NOT_MODIFIED);
  const { lotSize } = position.instrument;
  const isSized = given.every(({ contracts }) => contracts?.gt(0) && isOnStep(contracts, lotSize));
  if (!isSized) return err(refuse(10001, 'params error: tpSize or slSize invalid'));
  if (given.length === 2 && !tpSize?.eq(slSize as Decimal)) {
    return err(refuse(10001, 'params error: tpSize and slSize must be equal'));
  }
  const standing = triggersOn(call.account, position).filter(({ contracts }) => contracts !== null);
  if (standing.length + given.length > MOST_PARTIAL) {
    return err(refuse(110061, 'Under partial TP/SL mode, TP/SL set more than 20'));
  }
  if (given.some((order) => isTooMuch(order, { standing, position }))) {
    return err(
      refuse(
        110058,
        'Insufficient number of remaining position size to set take profit and stop loss',
      ),
    );
  }
  return ok(
    placeTriggers(call.account, position, { orders: given, now: call.request.now }).account,
  );
}

function isTooMuch(
  { kind, contracts }: Pick<TriggerOrder, 'kind' | 'contracts'>,
  of: { readonly standing: readonly SimTrigger[]; readonly position: SimPosition },
): boolean {
  const same = of.standing.filter((each) => each.kind === kind);
  const before = same.reduce((sum, each) => sum.plus(each.contracts ?? ZERO), ZERO);
  return before.plus(contracts ?? ZERO).gt(of.position.contracts);
}
