import type { CollateralBalance } from '../src/domain/account.ts';
import { type Decimal, dec, ONE } from '../src/domain/decimal.ts';
import type { Instrument } from '../src/domain/instrument.ts';
import { money } from '../src/domain/money.ts';
import type { Position } from '../src/domain/position.ts';
import { asAccountId, asPrice, asQuantity, asRatio, asUsd } from '../src/domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../src/portfolio/snapshot.ts';
import { continuousTiers } from '../src/risk/maintenance.ts';
import { seededUnit } from '../src/risk/probability/seeded-unit.ts';

const ASSETS = Array.from({ length: 40 }, (_, index) => ({
  asset: `A${index}`,
  mark: dec((60_000 / 1.31 ** index).toPrecision(7)),
}));
const FLOORS = [0, 50, 250, 1000, 5000, 20_000, 50_000, 100_000, 200_000, 300_000];
const RATES = [0.004, 0.005, 0.01, 0.025, 0.05, 0.1, 0.125, 0.15, 0.25, 0.5];

/** Ten brackets, as venues have them, from `unit` × 50 on. */
function tiersOf(unit: number): Instrument['tiers'] {
  return continuousTiers(
    FLOORS.map((floor, index) => ({ floor: dec(floor * unit), rate: dec(RATES[index] ?? 1) })),
  );
}

/** One instrument of an asset at a venue. Linear: base units; inverse: a hundred dollars a contract. */
function instrumentOf(venue: string, at: number, kind: Instrument['kind']): Instrument {
  const { asset, mark } = ASSETS[at % ASSETS.length] as (typeof ASSETS)[number];
  const isLinear = kind === 'linear';
  const symbol = isLinear ? `${asset}/USDT:USDT` : `${asset}/USD:${asset}`;
  return {
    ...{ id: `${venue}:${symbol}` as Instrument['id'], venue, symbol, asset, kind },
    ...{ quote: isLinear ? 'USDT' : 'USD', settle: isLinear ? 'USDT' : asset },
    ...{ contractSize: dec(isLinear ? 1 : 100), multiplier: ONE },
    tickSize: dec('0.0001'),
    tiers: tiersOf(isLinear ? 1000 : Number((1000 / mark.toNumber()).toPrecision(3))),
    ...{ tierUnit: isLinear ? 'quote' : 'base', takerFee: asRatio(dec('0.00055')) },
  };
}

const VENUES = ['binanceusdm', 'bybit', 'okx', 'hyperliquid'];

export interface BigDeskShape {
  readonly accounts: number;
  /** Of each account. */
  readonly positions: number;
  /** All of an account's positions are of one kind: isolated in every second account. */
  readonly marginMode: 'cross' | 'isolated' | 'both';
}

/** A desk of the size the speed goals are about: prices and sizes with the digits venues send. */
export function bigDesk({ accounts, positions, marginMode }: BigDeskShape): Snapshot {
  const unit = seededUnit(7);
  const instruments = VENUES.map((venue) =>
    (['linear', 'inverse'] as const).map((kind) =>
      ASSETS.map((_, at) => instrumentOf(venue, at, kind)),
    ),
  );
  const rows = Array.from({ length: accounts }, (_, index): AccountSnapshot => {
    const mode = marginMode === 'both' ? (index % 2 === 0 ? 'cross' : 'isolated') : marginMode;
    const venue = VENUES[(index >> 1) % VENUES.length] ?? '';
    const id = asAccountId(`desk-${index}`);
    const book = Array.from({ length: positions }, (_, leg) => {
      const kind = leg % 4 === 3 ? 1 : 0;
      const instrument = instruments[(index >> 1) % VENUES.length]?.[kind]?.[
        (index + leg) % ASSETS.length
      ] as Instrument;
      return positionOf({ id, venue, instrument, mode, unit, isShort: leg >= ASSETS.length });
    });
    return accountOf(id, venue, book);
  });
  return { accounts: rows, takenAt: 0 };
}

function positionOf(of: {
  readonly id: Position['account'];
  readonly venue: string;
  readonly instrument: Instrument;
  readonly mode: 'cross' | 'isolated';
  readonly unit: () => number;
  readonly isShort: boolean;
}): Position {
  const { id, venue, instrument, mode, unit } = of;
  const mark = dec((markOf(instrument) * (1 + (unit() - 0.5) / 1000)).toPrecision(7));
  const entry = dec((mark.toNumber() * (0.95 + unit() / 10)).toPrecision(7));
  const usd = 1000 * 10 ** (unit() * 3);
  const isLinear = instrument.kind === 'linear';
  const contracts = dec(isLinear ? (usd / mark.toNumber()).toPrecision(5) : Math.ceil(usd / 100));
  const value = isLinear ? contracts.times(mark) : contracts.times(100).div(mark);
  const inSettle = (amount: Decimal) => money(amount.toDecimalPlaces(8), instrument.settle);
  const size = contracts.times(instrument.contractSize);
  const side = of.isShort !== unit() < 0.4 ? 'short' : 'long';
  const liq = mark.times(side === 'long' ? '0.9' : '1.1').toSignificantDigits(7);
  return {
    ...{ account: id, venue, instrument, side, contracts },
    ...{ quantity: asQuantity(isLinear ? size : size.div(mark)), entryPrice: asPrice(entry) },
    ...{ markPrice: asPrice(mark), venueNotionalUsd: null, leverage: null, marginMode: mode },
    collateral: mode === 'isolated' ? inSettle(value.times('0.12')) : null,
    ...{ initialMargin: null, maintenanceMargin: null, unrealizedPnl: null },
    liquidation: { kind: 'price', price: asPrice(liq) },
    ...{ takeProfit: { kind: 'unknown' }, stopLoss: { kind: 'unknown' } },
    ...{ venueRatio: null, venueId: null, observedAt: 0, venueUpdatedAt: null },
  };
}

function markOf({ asset }: Instrument): number {
  return ASSETS.find((each) => each.asset === asset)?.mark.toNumber() ?? 1;
}

/** Dollars for the linear legs, some of every coin for the inverse ones. */
function accountOf(
  id: Position['account'],
  venue: string,
  positions: readonly Position[],
): AccountSnapshot {
  const coins = [...new Set(positions.map(({ instrument }) => instrument.settle))];
  const collateral = coins.map((asset): CollateralBalance => {
    const usd = asset === 'USDT' ? 900_000 : 60_000;
    const mark = positions.find((each) => each.instrument.settle === asset)?.markPrice ?? ONE;
    const quantity = asset === 'USDT' ? dec(usd) : dec(usd).div(mark).toDecimalPlaces(4);
    const brackets = [
      { floor: dec(0), rate: asRatio(dec('0.95')) },
      { floor: quantity.times('1.5'), rate: asRatio(dec('0.9')) },
    ];
    return { asset, quantity, venueUsd: null, brackets: asset === 'USDT' ? null : brackets };
  });
  const equity = collateral.reduce(
    (sum, { asset }) => sum + (asset === 'USDT' ? 900_000 : 60_000),
    0,
  );
  return {
    account: { id, name: id, venue, books: [], fundedBy: [] },
    ...{ status: 'ok', positions, positionsAt: 0, gaps: [] },
    margin: {
      ...{ equityUsd: asUsd(dec(equity)), availableUsd: asUsd(dec(equity / 3)) },
      ...{ initialMarginUsd: asUsd(dec(equity / 4)), orderMarginUsd: null },
      ...{ maintenanceMarginUsd: null, venueRatio: null, venueStatus: null, pooling: 'account' },
      ...{ collateral, observedAt: 0, venueUpdatedAt: null },
    },
  };
}
