import { type Decimal, dec } from '../../../domain/decimal.ts';
import type { Price } from '../../../domain/units.ts';
import { isTrue } from './binance-write-standing.ts';
import { type BinanceLeg, closingSide } from './binance-write-surface.ts';
import { positiveOf, type RawRecord, textOf } from './raw-record.ts';
import type { StopKind } from './write-rungs.ts';

export interface WantedStop {
  readonly kind: StopKind | 'trailing';
  /** Null: a trailing stop. */
  readonly price: Price | null;
  /** Null: the whole position, whatever its size then. */
  readonly contracts: Decimal | null;
  /** Share of the price that a trailing stop follows behind; else null. */
  readonly rate: Decimal | null;
}

interface Placing {
  readonly leg: BinanceLeg;
  readonly dialect: 'algo' | 'strategy';
  readonly clientId: string;
}

const TYPES = {
  takeProfit: 'TAKE_PROFIT_MARKET',
  stopLoss: 'STOP_MARKET',
  trailing: 'TRAILING_STOP_MARKET',
} as const;

const PERCENT = dec('100');

/** Triggered by the mark, as liquidation is. */
export function binanceStopParams(want: WantedStop, placing: Placing): RawRecord {
  const { leg, dialect } = placing;
  const { kind, price, contracts, rate } = want;
  return {
    ...address(TYPES[kind], placing),
    ...(price && { [dialect === 'algo' ? 'triggerPrice' : 'stopPrice']: price.toFixed() }),
    ...(rate && { callbackRate: rate.times(PERCENT).toFixed() }),
    ...sizeOf(contracts, leg),
    workingType: 'MARK_PRICE',
  };
}

/** The order that a row shows, once more under another id. */
export function paramsAgain(row: RawRecord, placing: Placing): RawRecord {
  const { leg, dialect } = placing;
  const type = textOf(row, 'orderType') ?? textOf(row, 'strategyType') ?? '';
  const contracts = positiveOf(row, 'quantity') ?? positiveOf(row, 'origQty');
  const trigger = positiveOf(row, 'triggerPrice') ?? positiveOf(row, 'stopPrice');
  const activation = positiveOf(row, 'activatePrice') ?? positiveOf(row, 'activationPrice');
  const rate = positiveOf(row, 'callbackRate') ?? positiveOf(row, 'priceRate');
  const price = positiveOf(row, 'price');
  const isTrailing = type === TYPES.trailing;
  return {
    ...address(type, placing),
    ...(trigger &&
      !isTrailing && { [dialect === 'algo' ? 'triggerPrice' : 'stopPrice']: trigger.toFixed() }),
    ...(rate && isTrailing && { callbackRate: rate.toFixed() }),
    ...(activation &&
      isTrailing && {
        [dialect === 'algo' ? 'activatePrice' : 'activationPrice']: activation.toFixed(),
      }),
    ...(price && { price: price.toFixed(), timeInForce: textOf(row, 'timeInForce') ?? 'GTC' }),
    ...sizeOf(isTrue(row, 'closePosition') ? null : contracts, leg),
    workingType: textOf(row, 'workingType') ?? 'CONTRACT_PRICE',
  };
}

function address(type: string, { leg, dialect, clientId }: Placing): RawRecord {
  const common = { symbol: leg.market.id, side: closingSide(leg.side), ...leg.positionSide };
  return dialect === 'algo'
    ? { algoType: 'CONDITIONAL', ...common, type, clientAlgoId: clientId }
    : { ...common, strategyType: type, newClientStrategyId: clientId };
}

/** In hedge mode the position side says that it closes, and `reduceOnly` is not accepted. */
function sizeOf(contracts: Decimal | null, { positionSide }: BinanceLeg): RawRecord {
  if (contracts === null) return { closePosition: 'true' };
  const quantity = contracts.toFixed();
  return positionSide.positionSide === undefined ? { quantity, reduceOnly: 'true' } : { quantity };
}
