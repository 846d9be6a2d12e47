import type { AccountMargin } from '../../../src/domain/account.ts';
import { ONE, ZERO } from '../../../src/domain/decimal.ts';
import type { Instrument, MaintenanceTier } from '../../../src/domain/instrument.ts';
import { money } from '../../../src/domain/money.ts';
import type { Position } from '../../../src/domain/position.ts';
import {
  asAccountId,
  asPrice,
  asQuantity,
  asRatio,
  asUsd,
  type InstrumentId,
} from '../../../src/domain/units.ts';
import type { Snapshot } from '../../../src/portfolio/snapshot.ts';
import type { AccountView, PositionView } from '../../../src/sim/engine.ts';
import type { SimInstrument } from '../../../src/sim/model.ts';

/** What a perfect reader would make of the simulated account: every digit, nothing rounded. */
export function simSnapshot(view: AccountView): Snapshot {
  const { id, name, venue } = view.account;
  const account = { id: asAccountId(id), name, venue, books: [], fundedBy: [] };
  const positions = view.positions.map((each) => positionOf(each, view));
  return {
    accounts: [
      { account, status: 'ok', positions, positionsAt: 0, margin: marginOf(view), gaps: [] },
    ],
    takenAt: 0,
  };
}

function marginOf(view: AccountView): AccountMargin {
  return {
    equityUsd: asUsd(view.equityUsd),
    availableUsd: asUsd(view.availableUsd),
    initialMarginUsd: asUsd(view.initialMarginUsd),
    orderMarginUsd: asUsd(view.orderInitialMarginUsd),
    maintenanceMarginUsd: asUsd(view.maintenanceMarginUsd),
    venueRatio: null,
    venueStatus: null,
    pooling: view.account.pool === 'usd' ? 'account' : 'coin',
    collateral: view.coins.map(({ coin, equity, usdPrice, collateralRate }) => ({
      asset: coin,
      quantity: equity,
      venueUsd: asUsd(equity.times(usdPrice)),
      brackets: [{ floor: ZERO, rate: asRatio(collateralRate) }],
    })),
    observedAt: 0,
    venueUpdatedAt: null,
  };
}

function positionOf(view: PositionView, { account }: AccountView): Position {
  const { position } = view;
  const instrument = instrumentOf(position.instrument, account.venue);
  const inSettle = (amount: PositionView['initialMargin'] | null) =>
    amount === null ? null : money(amount, instrument.settle);
  const isPortfolio = account.venue === 'binancepm' && position.marginMode === 'cross';
  return {
    account: asAccountId(account.id),
    venue: account.venue,
    instrument,
    side: position.side,
    quantity: asQuantity(view.quantity),
    contracts: position.contracts,
    entryPrice: asPrice(position.entryPrice),
    markPrice: asPrice(view.markPrice),
    venueNotionalUsd: view.notionalUsd,
    leverage: asRatio(position.leverage),
    marginMode: isPortfolio ? 'portfolio' : position.marginMode,
    collateral: inSettle(position.isolatedMargin),
    initialMargin: inSettle(view.initialMargin),
    maintenanceMargin: inSettle(view.maintenanceMargin),
    unrealizedPnl: inSettle(view.unrealizedPnl),
    liquidation:
      view.liquidationPrice === null
        ? { kind: 'none' }
        : { kind: 'price', price: asPrice(view.liquidationPrice) },
    takeProfit: { kind: 'unknown' },
    stopLoss: { kind: 'unknown' },
    venueRatio: null,
    venueId: position.id,
    observedAt: 0,
    venueUpdatedAt: null,
  };
}

function instrumentOf(sim: SimInstrument, venue: string): Instrument {
  const symbol = `${sim.asset}/${sim.quote}:${sim.settle}`;
  const tiers = sim.tiers.map(
    ({ floor, cap, rate, deduction }, index): MaintenanceTier => ({
      floor,
      cap: index === sim.tiers.length - 1 ? null : cap,
      rate: asRatio(rate),
      deduction,
    }),
  );
  return {
    id: `${venue}:${symbol}` as InstrumentId,
    venue,
    symbol,
    asset: sim.asset,
    quote: sim.quote,
    settle: sim.settle,
    kind: sim.kind,
    contractSize: sim.contractSize,
    tickSize: sim.tickSize,
    multiplier: ONE,
    tiers,
    tierUnit: sim.tierUnit,
    takerFee: asRatio(sim.takerFee),
  };
}
