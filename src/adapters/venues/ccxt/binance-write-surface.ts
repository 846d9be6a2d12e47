import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import type { Position, Side } from '../../../domain/position.ts';
import { listOf, malformed } from './malformed.ts';
import { isRecord, type RawRecord, textOf } from './raw-record.ts';
import type { ContractMarket, VenueSession } from './venue-profile.ts';
import { contractStep, writeMarket } from './write-market.ts';

/** The calls of one of Binance's futures sides; names are ccxt's implicit methods. */
export interface BinanceWriteSurface {
  readonly positions: string;
  /** Whether the position list takes a symbol; COIN-M's takes a pair or a coin. */
  readonly asksBySymbol: boolean;
  /** Null: portfolio margin has no margin of one position. */
  readonly margin: string | null;
  readonly order: string;
  readonly orderQuery: string;
  readonly stops: {
    readonly list: string;
    readonly place: string;
    readonly cancel: string;
    /** Field names: of algo orders, or of portfolio margin's older conditional orders. */
    readonly dialect: 'algo' | 'strategy';
    /** Whether an order may close the position whatever its size then. */
    readonly closesPosition: boolean;
  };
}

export const USDM_WRITES: BinanceWriteSurface = {
  positions: 'fapiPrivateV3GetPositionRisk',
  asksBySymbol: true,
  margin: 'fapiPrivatePostPositionMargin',
  order: 'fapiPrivatePostOrder',
  orderQuery: 'fapiPrivateGetOrder',
  stops: {
    list: 'fapiPrivateGetOpenAlgoOrders',
    place: 'fapiPrivatePostAlgoOrder',
    cancel: 'fapiPrivateDeleteAlgoOrder',
    dialect: 'algo',
    closesPosition: true,
  },
};

/** The algo paths are ccxt's, in the image of USD-M's; not verified against the venue. */
export const COINM_WRITES: BinanceWriteSurface = {
  positions: 'dapiPrivateGetPositionRisk',
  asksBySymbol: false,
  margin: 'dapiPrivatePostPositionMargin',
  order: 'dapiPrivatePostOrder',
  orderQuery: 'dapiPrivateGetOrder',
  stops: {
    list: 'dapiPrivateGetOpenAlgoOrders',
    place: 'dapiPrivatePostAlgoOrder',
    cancel: 'dapiPrivateDeleteAlgoOrder',
    dialect: 'algo',
    closesPosition: true,
  },
};

/** Conditional orders of this side moved to the algo paths on 2026-04-28; they ask for a quantity. */
export const PM_UM_WRITES: BinanceWriteSurface = {
  positions: 'papiGetUmPositionRisk',
  asksBySymbol: true,
  margin: null,
  order: 'papiPostUmOrder',
  orderQuery: 'papiGetUmOrder',
  stops: {
    list: 'papiGetUmAlgoOpenAlgoOrders',
    place: 'papiPostUmAlgoOrder',
    cancel: 'papiDeleteUmAlgoOrder',
    dialect: 'algo',
    closesPosition: false,
  },
};

export const PM_CM_WRITES: BinanceWriteSurface = {
  positions: 'papiGetCmPositionRisk',
  asksBySymbol: false,
  margin: null,
  order: 'papiPostCmOrder',
  orderQuery: 'papiGetCmOrder',
  stops: {
    list: 'papiGetCmConditionalOpenOrders',
    place: 'papiPostCmConditionalOrder',
    cancel: 'papiDeleteCmConditionalOrder',
    dialect: 'strategy',
    closesPosition: false,
  },
};

/** A leg as it is now, and what addresses it in every call. */
export interface BinanceLeg {
  readonly market: ContractMarket;
  readonly row: RawRecord;
  readonly side: Side;
  readonly size: Decimal;
  readonly step: Decimal | null;
  /** Hedge mode: with every order. One-way mode: the empty record; `reduceOnly` then does its work. */
  readonly positionSide: { readonly positionSide?: 'LONG' | 'SHORT' };
}

/** Null: the leg is not there (any more). A row of the symbol that cannot be read throws. */
export async function fetchBinanceLeg(
  session: VenueSession,
  surface: BinanceWriteSurface,
  position: Position,
): Promise<BinanceLeg | null> {
  const market = await writeMarket(session, position);
  const query = surface.asksBySymbol ? { symbol: market.id } : {};
  for (const row of listOf(await session.call(surface.positions, query), 'positions')) {
    if (!isRecord(row)) throw malformed('row');
    if (textOf(row, 'symbol') !== market.id) continue;
    const amount = parseDecimal(row['positionAmt']);
    if (amount === null) throw malformed('positionAmt');
    if (amount.isZero()) continue;
    const side = sideOf(row, amount);
    if (side !== position.side) continue;
    const isHedged = row['positionSide'] !== 'BOTH';
    const positionSide = isHedged
      ? ({ positionSide: side === 'long' ? 'LONG' : 'SHORT' } as const)
      : {};
    return { market, row, side, size: amount.abs(), step: contractStep(market), positionSide };
  }
  return null;
}

function sideOf(row: RawRecord, amount: Decimal): Side {
  switch (row['positionSide']) {
    case 'LONG':
      return 'long';
    case 'SHORT':
      return 'short';
    case 'BOTH':
      return amount.isNegative() ? 'short' : 'long';
    default:
      throw malformed('positionSide');
  }
}

/** The side of an order that closes the leg. */
export function closingSide(side: Side): 'BUY' | 'SELL' {
  return side === 'long' ? 'SELL' : 'BUY';
}
