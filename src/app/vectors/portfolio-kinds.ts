import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Position, Side } from '../../domain/position.ts';
import { asAccountId, asPrice, asQuantity } from '../../domain/units.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import { assessExposure } from '../../risk/exposure.ts';
import { hedgeRatio, offsetRatio, seedHedgeShare } from '../../risk/hedge-ratio.ts';
import { unrealizedPnl } from '../../risk/pnl.ts';
import { sideOf } from './leg-of.ts';
import type { Evaluate, Got, Inputs } from './vector.ts';
import { asRecord, decimalOf, decimalsOf, recordList } from './vector.ts';

/** Exposure vectors become a desk of one account, and the report of `/exposure` is read. */
export const portfolioKinds: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['hedge_ratio', ({ inputs }) => hedge(inputs)],
  ['base_asset_netting', ({ inputs }) => netting(inputs)],
  ['inverse_delta_with_collateral', ({ inputs }) => inverseDelta(inputs)],
  ['concentration', ({ inputs }) => concentration(inputs)],
]);

function hedge(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'long', 'short');
  if (given === null) return undefined;
  const percent = (ratio: Decimal | null): Got => (ratio === null ? null : ratio.times(100));
  return {
    seed_min_over_gross_pct: percent(seedHedgeShare(given.long, given.short)),
    hedge_ratio_min_over_max_pct: percent(hedgeRatio(given.long, given.short)),
    offset_ratio_1_minus_net_over_gross_pct: percent(offsetRatio(given.long, given.short)),
  };
}

function netting(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'btc_spot', 'loan_btc', 'mark');
  const linear = recordList(inputs['linear'])?.map((leg) => legIn(leg, 'size'));
  const inverse = recordList(inputs['inverse']);
  if (given === null || inverse === null || !linear?.every((leg) => leg !== null)) return undefined;
  const { mark } = given;
  const positions = linear.map((leg) => position({ ...leg, kind: 'linear', asset: 'BTC', mark }));
  let coins = given.btc_spot.minus(given.loan_btc);
  for (const row of inverse) {
    const leg = legIn(row, 'usd');
    const more = decimalsOf(row, 'entry', 'wallet_coin');
    if (leg === null || more === null) return undefined;
    const gain = unrealizedPnl({ ...leg, kind: 'inverse', entry: more.entry, mark });
    coins = coins.plus(more.wallet_coin).plus(gain);
    positions.push(position({ ...leg, kind: 'inverse', asset: 'BTC', mark }));
  }
  const net = assessExposure(desk(positions, coins)).byAsset[0];
  return { net_coin: net?.netQuantity ?? null, net_usd: net?.netUsd ?? null };
}

/** The wrong figure is what comes out when the wallet is fed where the coin's equity belongs. */
function inverseDelta(inputs: Inputs): Got | undefined {
  const leg = legIn(inputs, 'usd');
  const given = decimalsOf(inputs, 'wallet_coin', 'entry', 'mark');
  if (leg === null || given === null) return undefined;
  const { wallet_coin: wallet, entry, mark } = given;
  const equity = wallet.plus(unrealizedPnl({ ...leg, kind: 'inverse', entry, mark }));
  const held = [position({ ...leg, kind: 'inverse', asset: 'BTC', mark })];
  const delta = (coins: Decimal): Got =>
    assessExposure(desk(held, coins)).byAsset[0]?.netQuantity ?? null;
  return {
    equity_coin: equity,
    delta_coin: delta(equity),
    wrong_wallet_plus_q_over_mark: delta(wallet),
  };
}

function concentration(inputs: Inputs): Got | undefined {
  const nets = asRecord(inputs['net_usd_by_base']);
  if (nets === null) return undefined;
  const positions: Position[] = [];
  for (const asset of Object.keys(nets)) {
    const net = decimalOf(nets, asset);
    if (net === null) return undefined;
    const side = net.isNegative() ? 'short' : 'long';
    positions.push(position({ kind: 'linear', asset, side, size: net.abs(), mark: ONE }));
  }
  const report = assessExposure(desk(positions, ZERO));
  return {
    gross: report.totals.grossUsd,
    net: report.totals.netUsd,
    shares: Object.fromEntries(report.byAsset.map(({ asset, share }) => [asset, share])),
    hhi: report.concentration.hhi,
    effective_n: report.concentration.effectiveAssets,
  };
}

interface LegInput {
  readonly side: Side;
  readonly size: Decimal;
}

function legIn(inputs: Inputs, sizeName: string): LegInput | null {
  const side = sideOf(inputs);
  const size = decimalOf(inputs, sizeName);
  return side === null || size === null ? null : { side, size };
}

interface PositionInput extends LegInput {
  readonly kind: Instrument['kind'];
  readonly asset: string;
  readonly mark: Decimal;
}

const ACCOUNT = asAccountId('vector');
const VENUE = 'vector';

function position({ kind, asset, side, size, mark }: PositionInput): Position {
  const quote = kind === 'linear' ? 'USDT' : 'USD';
  const settle = kind === 'linear' ? quote : asset;
  const symbol = `${asset}/${quote}:${settle}`;
  return {
    account: ACCOUNT,
    venue: VENUE,
    instrument: {
      ...{
        id: `${VENUE}:${symbol}` as Instrument['id'],
        venue: VENUE,
        symbol,
        asset,
        quote,
        settle,
      },
      ...{ kind, contractSize: ONE, tickSize: null, multiplier: ONE },
      ...{ tiers: null, tierUnit: 'quote', takerFee: null },
    },
    side,
    quantity: asQuantity(kind === 'linear' ? size : size.div(mark)),
    contracts: size,
    markPrice: asPrice(mark),
    ...NOT_SAID,
  };
}

const NOT_SAID = {
  entryPrice: null,
  venueNotionalUsd: null,
  leverage: null,
  marginMode: null,
  collateral: null,
  initialMargin: null,
  maintenanceMargin: null,
  unrealizedPnl: null,
  liquidation: { kind: 'unknown' },
  takeProfit: { kind: 'unknown' },
  stopLoss: { kind: 'unknown' },
  venueRatio: null,
  venueId: null,
  observedAt: 0,
  venueUpdatedAt: null,
} as const;

function desk(positions: readonly Position[], coins: Decimal): Snapshot {
  const account = { id: ACCOUNT, name: VENUE, venue: VENUE, books: [], fundedBy: [] };
  const margin = {
    equityUsd: null,
    availableUsd: null,
    initialMarginUsd: null,
    orderMarginUsd: null,
    maintenanceMarginUsd: null,
    venueRatio: null,
    venueStatus: null,
    pooling: null,
    collateral: [{ asset: 'BTC', quantity: coins, venueUsd: null, brackets: null }],
    observedAt: 0,
    venueUpdatedAt: null,
  };
  return {
    accounts: [{ account, status: 'ok', positions, positionsAt: 0, margin, gaps: [] }],
    takenAt: 0,
  };
}
