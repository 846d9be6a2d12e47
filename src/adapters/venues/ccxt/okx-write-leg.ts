import { type Decimal, dec, parseDecimal, ZERO } from '../../../domain/decimal.ts';
import { money } from '../../../domain/money.ts';
import type { Position } from '../../../domain/position.ts';
import type { StopsState } from '../../../domain/stops.ts';
import { asPrice, asRatio, type Price, type Ratio } from '../../../domain/units.ts';
import type { LegGround } from '../../../ports/venue-writer.ts';
import { malformed } from './malformed.ts';
import { sideOfOkxRow } from './okx-position.ts';
import { closedSide } from './okx-stops.ts';
import { fetchOkxCoin, freeMargin } from './okx-write-wallet.ts';
import { positiveOf, type RawRecord, textOf } from './raw-record.ts';
import { listAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';
import { contractStep, writeMarket } from './write-market.ts';
import { rungOf, type SizedStop, STOP_KINDS, type StopKind } from './write-rungs.ts';

/** What addresses a leg in OKX's calls. */
export interface OkxLegRow {
  readonly instId: string;
  readonly mgnMode: 'cross' | 'isolated';
  /** `net` in one-way mode; in hedge mode the side. */
  readonly posSide: 'net' | 'long' | 'short';
  /** The side of an order that closes it. */
  readonly closing: 'buy' | 'sell';
  readonly row: RawRecord;
  readonly size: Decimal;
  readonly step: Decimal | null;
}

/** The leg's row of account/positions as it is now; null: there is none, or it is flat. */
export async function fetchOkxLeg(
  session: VenueSession,
  position: Position,
): Promise<OkxLegRow | null> {
  const market = await writeMarket(session, position);
  const mgnMode = position.marginMode === 'isolated' ? 'isolated' : 'cross';
  const reply = await session.call('privateGetAccountPositions', { instId: market.id });
  for (const row of listAt(reply, 'data')) {
    const pos = parseDecimal(row['pos']);
    const posSide = row['posSide'];
    if (row['instId'] !== market.id || pos === null || pos.isZero()) continue;
    if (posSide !== 'net' && posSide !== 'long' && posSide !== 'short') continue;
    if (sideOfOkxRow(row, pos) !== position.side) continue;
    if (position.marginMode !== null && row['mgnMode'] !== mgnMode) continue;
    return {
      ...{ instId: market.id, posSide, row, size: pos.abs(), step: contractStep(market) },
      mgnMode: row['mgnMode'] === 'isolated' ? 'isolated' : 'cross',
      closing: position.side === 'long' ? 'sell' : 'buy',
    };
  }
  return null;
}

/** One algo order that closes the whole leg, whatever its size then. */
export interface OkxWholeStop {
  readonly algoId: string;
  readonly prices: Readonly<Record<StopKind, Price | null>>;
}

export interface OkxSizedStop extends SizedStop {
  readonly algoId: string;
  readonly prices: Readonly<Record<StopKind, Price | null>>;
}

interface OkxTrailing {
  readonly algoId: string;
  /** Share of the price; null: it is kept as a distance in price. */
  readonly ratio: Ratio | null;
}

/** The algo orders that stand on a leg. */
export interface OkxStanding {
  readonly whole: readonly OkxWholeStop[];
  readonly sized: readonly OkxSizedStop[];
  readonly trailing: readonly OkxTrailing[];
}

const PAGE = 100;

export async function fetchOkxStanding(
  session: VenueSession,
  leg: OkxLegRow,
  position: Position,
): Promise<OkxStanding> {
  const ask = async (ordType: string) => {
    const query = { ordType, instId: leg.instId, limit: PAGE };
    const rows = listAt(await session.call('privateGetTradeOrdersAlgoPending', query), 'data');
    // A full page may hide one: what stands is then not known.
    if (rows.length >= PAGE) throw malformed('algoId');
    return rows.filter((row) => isOf(row, leg, position));
  };
  const [stops, trails] = await Promise.all([ask('conditional,oco'), ask('move_order_stop')]);
  const attached = attachedTo(leg.row).filter(
    (row) => !stops.some(({ algoId }) => algoId === row['algoId']),
  );
  const orders = [...stops, ...attached].map((row) => ({ row, ...ordered(row) }));
  const isWhole = ({ row, size }: { row: RawRecord; size: Decimal | null }) =>
    parseDecimal(row['closeFraction'])?.gte(1) === true || size === null;
  return {
    whole: orders.filter(isWhole).map(({ algoId, prices }) => ({ algoId, prices })),
    sized: orders.filter((order) => !isWhole(order)).flatMap(sizedOf),
    trailing: trails.map((row) => {
      const ratio = positiveOf(row, 'callbackRatio');
      return { algoId: String(row['algoId']), ratio: ratio && asRatio(ratio) };
    }),
  };
}

function isOf(row: RawRecord, leg: OkxLegRow, position: Position): boolean {
  return (
    row['instId'] === leg.instId &&
    closedSide(row) === position.side &&
    (textOf(row, 'tdMode') ?? leg.mgnMode) === leg.mgnMode
  );
}

/** Set on the venue's own screen; they close the whole position. */
function attachedTo(row: RawRecord): RawRecord[] {
  const attached = row['closeOrderAlgo'];
  return Array.isArray(attached) ? attached : [];
}

function ordered(row: RawRecord) {
  const price = (field: string) => {
    const value = positiveOf(row, field);
    return value && asPrice(value);
  };
  const prices = { takeProfit: price('tpTriggerPx'), stopLoss: price('slTriggerPx') };
  return { algoId: String(row['algoId']), prices, size: positiveOf(row, 'sz') };
}

function sizedOf(order: ReturnType<typeof ordered>): OkxSizedStop[] {
  const { algoId, prices, size } = order;
  return STOP_KINDS.flatMap((kind) =>
    prices[kind] === null || size === null
      ? []
      : [{ algoId, prices, kind, price: prices[kind], contracts: size }],
  );
}

/** On no page; balances have no more decimals than these. */
const MARGIN_STEP = dec('0.00000001');

/** The leg as it stands. */
export async function readOkxGround(session: VenueSession, position: Position): Promise<LegGround> {
  const { settle } = position.instrument;
  const [leg, coin] = await Promise.all([
    fetchOkxLeg(session, position),
    fetchOkxCoin(session, settle),
  ]);
  const free = freeMargin(coin);
  const common = { free: free && money(free, settle), marginStep: MARGIN_STEP };
  if (leg === null) {
    const none = { contracts: ZERO, collateral: null, stops: null, markPrice: null };
    return { ...none, ...common, contractStep: null };
  }
  return {
    contracts: leg.size,
    collateral: leg.mgnMode === 'isolated' ? parseDecimal(leg.row['margin']) : null,
    stops: stopsOf(await fetchOkxStanding(session, leg, position), leg.size),
    markPrice: positiveOf(leg.row, 'markPx'),
    ...common,
    contractStep: leg.step,
  };
}

/** Null: more than this state can say stands there, or nobody can say how wide it is. */
function stopsOf({ whole, sized, trailing }: OkxStanding, size: Decimal): StopsState | null {
  const [trail, ...others] = trailing;
  if (others.length > 0 || trail?.ratio === null) return null;
  const rungs = (kind: StopKind) => [
    ...whole.flatMap(({ prices }) =>
      prices[kind] === null ? [] : [rungOf(prices[kind], null, size)],
    ),
    ...sized
      .filter((stop) => stop.kind === kind)
      .map((stop) => rungOf(stop.price, stop.contracts, size)),
  ];
  return {
    takeProfit: rungs('takeProfit'),
    stopLoss: rungs('stopLoss'),
    trailing: trail?.ratio ?? null,
  };
}
