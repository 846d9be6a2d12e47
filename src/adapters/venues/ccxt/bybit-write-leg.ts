import { type Decimal, dec, parseDecimal, ZERO } from '../../../domain/decimal.ts';
import { money } from '../../../domain/money.ts';
import type { Position } from '../../../domain/position.ts';
import { asPrice, type Price, type Ratio } from '../../../domain/units.ts';
import type { LegGround } from '../../../ports/venue-writer.ts';
import { allPages } from './bybit-lists.ts';
import { bybitLeg } from './bybit-position-row.ts';
import { parseBybitStop } from './bybit-stops.ts';
import { readBybitWallet } from './bybit-write-wallet.ts';
import { positiveOf, type RawRecord, textOf } from './raw-record.ts';
import { listAt } from './venue-list.ts';
import type { ContractMarket, VenueSession } from './venue-profile.ts';
import { contractStep, writeMarket } from './write-market.ts';
import { rungOf, type SizedStop, type StopKind } from './write-rungs.ts';

/** What addresses a leg in each of Bybit's calls. */
interface BybitAddress {
  readonly category: 'linear' | 'inverse';
  readonly symbol: string;
  /** 0 in one-way mode; in hedge mode 1 the long leg, 2 the short one. */
  readonly positionIdx: number;
}

export interface BybitLegRow {
  readonly market: ContractMarket;
  readonly address: BybitAddress;
  readonly row: RawRecord;
  readonly size: Decimal;
  readonly step: Decimal | null;
}

/** The leg's row of v5/position/list as it is now; null: there is none, or it is flat. */
export async function fetchBybitLeg(
  session: VenueSession,
  position: Position,
): Promise<BybitLegRow | null> {
  const market = await writeMarket(session, position);
  const category = position.instrument.kind;
  const query = { category, symbol: market.id };
  const rows = listAt(await session.call('privateGetV5PositionList', query), 'result', 'list');
  for (const row of rows) {
    const leg = bybitLeg(row);
    if (!leg.ok || leg.value?.side !== position.side) continue;
    const positionIdx = Number(row['positionIdx'] ?? 0);
    const address = { ...query, positionIdx };
    return { market, address, row, size: leg.value.size, step: contractStep(market) };
  }
  return null;
}

export interface BybitSizedStop extends SizedStop {
  readonly orderId: string;
}

/** What stands on a leg. */
export interface BybitStanding {
  readonly whole: Readonly<Record<StopKind, Price | null>>;
  readonly sized: readonly BybitSizedStop[];
  /** In price; null: none. */
  readonly trailingDistance: Decimal | null;
}

/** Whole-size prices are in the row; the others are orders. */
export async function fetchBybitStanding(
  session: VenueSession,
  { address, row, market }: BybitLegRow,
  { side }: Position,
): Promise<BybitStanding> {
  const rows = await allPages(session, {
    method: 'privateGetV5OrderRealtime',
    query: { category: address.category, symbol: address.symbol, orderFilter: 'StopOrder' },
    limit: 50,
    keyOf: (order) => String(order['orderId']),
  });
  const orders = rows.flatMap((order) => {
    const stop = parseBybitStop(order);
    const orderId = textOf(order, 'orderId');
    const isOurs = stop !== null && stop.market === market.id && stop.closes === side;
    return isOurs && orderId !== null ? [{ ...stop, orderId }] : [];
  });
  const wholeOf = (field: string, kind: StopKind): Price | null => {
    const price = positiveOf(row, field);
    if (price !== null) return asPrice(price);
    return (
      orders.find((order) => order.kind === kind && order.contracts === null)?.triggerPrice ?? null
    );
  };
  return {
    whole: {
      takeProfit: wholeOf('takeProfit', 'takeProfit'),
      stopLoss: wholeOf('stopLoss', 'stopLoss'),
    },
    sized: orders.flatMap(({ kind, triggerPrice, contracts, orderId }) =>
      contracts === null ? [] : [{ kind, price: triggerPrice, contracts, orderId }],
    ),
    trailingDistance: positiveOf(row, 'trailingStop'),
  };
}

/** `margin` of add-margin takes four decimals. */
const MARGIN_STEP = dec('0.0001');

/** The leg as it stands. `shareOf`: what share of the price a trailing distance is. */
export async function readBybitGround(
  session: VenueSession,
  position: Position,
  shareOf: (distance: Decimal, mark: Decimal | null) => Decimal | null,
): Promise<LegGround> {
  const { settle } = position.instrument;
  const [leg, { free }] = await Promise.all([
    fetchBybitLeg(session, position),
    readBybitWallet(session, settle),
  ]);
  const common = { free: free && money(free, settle), marginStep: MARGIN_STEP };
  if (leg === null) {
    const none = { contracts: ZERO, collateral: null, stops: null, markPrice: null };
    return { ...none, ...common, contractStep: null };
  }
  const standing = await fetchBybitStanding(session, leg, position);
  const mark = positiveOf(leg.row, 'markPrice');
  const isIsolated = position.marginMode === 'isolated';
  return {
    contracts: leg.size,
    collateral: isIsolated ? parseDecimal(leg.row['positionBalance']) : null,
    stops: stopsOf(standing, leg.size, shareOf(standing.trailingDistance ?? ZERO, mark)),
    markPrice: mark,
    ...common,
    contractStep: leg.step,
  };
}

function stopsOf(
  { whole, sized, trailingDistance }: BybitStanding,
  size: Decimal,
  share: Decimal | null,
): LegGround['stops'] {
  // There is one, and nobody can say how wide: the stops are not known.
  if (trailingDistance !== null && share === null) return null;
  const rungs = (kind: StopKind) => [
    ...(whole[kind] === null ? [] : [rungOf(whole[kind], null, size)]),
    ...sized
      .filter((stop) => stop.kind === kind)
      .map((stop) => rungOf(stop.price, stop.contracts, size)),
  ];
  return {
    takeProfit: rungs('takeProfit'),
    stopLoss: rungs('stopLoss'),
    trailing: trailingDistance === null ? null : (share as Ratio),
  };
}
