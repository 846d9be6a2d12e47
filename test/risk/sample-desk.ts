import type { Account, AccountMargin } from '../../src/domain/account.ts';
import { dec, ONE } from '../../src/domain/decimal.ts';
import type { Instrument, MaintenanceTier } from '../../src/domain/instrument.ts';
import { money } from '../../src/domain/money.ts';
import type { Position, PriceState, VenueRatio } from '../../src/domain/position.ts';
import { asAccountId, asPrice, asQuantity, asRatio, asUsd } from '../../src/domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../../src/portfolio/snapshot.ts';

/** `BTC/USDT:USDT` and the like, one base unit (linear) or one dollar (inverse) per contract. */
export function instrument(symbol: string, more: Partial<Instrument> = {}): Instrument {
  const [asset = '', quote = '', settle = ''] = symbol.split(/[/:-]/);
  return {
    id: `bybit:${symbol}` as Instrument['id'],
    venue: 'bybit',
    symbol,
    asset,
    quote,
    settle,
    kind: settle === quote ? 'linear' : 'inverse',
    contractSize: ONE,
    tickSize: null,
    multiplier: ONE,
    tiers: null,
    tierUnit: settle === quote ? 'quote' : 'base',
    takerFee: null,
    ...more,
  };
}

export interface PositionText {
  readonly account?: string;
  readonly venue?: string;
  readonly instrument: Instrument;
  readonly side?: Position['side'];
  readonly contracts: string;
  readonly entry?: string;
  readonly mark?: string | null;
  readonly mode?: Position['marginMode'];
  readonly collateral?: string;
  readonly maintenance?: string;
  readonly pnl?: string;
  readonly liquidation?: string | 'none';
  readonly venueNotional?: string;
}

export function position(text: PositionText): Position {
  const { kind, settle, contractSize } = text.instrument;
  const markPrice = text.mark === undefined || text.mark === null ? null : asPrice(dec(text.mark));
  const size = dec(text.contracts).times(contractSize);
  const inSettle = (amount: string | undefined) =>
    amount === undefined ? null : money(dec(amount), settle);
  return {
    account: asAccountId(text.account ?? 'a'),
    venue: text.venue ?? text.instrument.venue,
    instrument: text.instrument,
    side: text.side ?? 'long',
    quantity: kind === 'linear' ? asQuantity(size) : markPrice && asQuantity(size.div(markPrice)),
    contracts: dec(text.contracts),
    entryPrice: text.entry === undefined ? null : asPrice(dec(text.entry)),
    markPrice,
    venueNotionalUsd: text.venueNotional === undefined ? null : dec(text.venueNotional),
    leverage: null,
    marginMode: text.mode ?? null,
    collateral: inSettle(text.collateral),
    initialMargin: null,
    maintenanceMargin: inSettle(text.maintenance),
    unrealizedPnl: inSettle(text.pnl),
    liquidation: liquidationOf(text.liquidation),
    takeProfit: { kind: 'unknown' },
    stopLoss: { kind: 'unknown' },
    venueRatio: null,
    venueId: null,
    observedAt: 1,
    venueUpdatedAt: null,
  };
}

function liquidationOf(text: string | undefined): PriceState {
  if (text === undefined) return { kind: 'unknown' };
  return text === 'none' ? { kind: 'none' } : { kind: 'price', price: asPrice(dec(text)) };
}

export interface AccountText {
  readonly id?: string;
  readonly venue?: string;
  readonly status?: AccountSnapshot['status'];
  readonly positions?: readonly Position[];
  /** Null: the balances were never read. */
  readonly equity?: string | null;
  readonly initial?: string;
  readonly maintenance?: string;
  readonly venueRatio?: VenueRatio;
  /** [coin, quantity, the venue's own value in dollars] */
  readonly coins?: readonly (readonly [string, string, string?])[];
}

export function account(text: AccountText): AccountSnapshot {
  const described: Account = {
    id: asAccountId(text.id ?? 'a'),
    name: text.id ?? 'a',
    venue: text.venue ?? 'bybit',
    books: [],
    fundedBy: [],
  };
  const status = text.status ?? 'ok';
  return {
    account: described,
    status,
    positions: text.positions ?? [],
    positionsAt: status === 'missing' ? null : 1,
    margin: text.equity === null || text.equity === undefined ? null : marginOf(text, text.equity),
    gaps: [],
  };
}

function marginOf(text: AccountText, equity: string): AccountMargin {
  const usd = (amount: string | undefined) => (amount === undefined ? null : asUsd(dec(amount)));
  return {
    equityUsd: usd(equity),
    availableUsd: null,
    initialMarginUsd: usd(text.initial),
    orderMarginUsd: null,
    maintenanceMarginUsd: usd(text.maintenance),
    venueRatio: text.venueRatio ?? null,
    venueStatus: null,
    pooling: 'account',
    collateral: (text.coins ?? []).map(([asset, quantity, value]) => ({
      asset,
      quantity: dec(quantity),
      venueUsd: usd(value),
      brackets: null,
    })),
    observedAt: 1,
    venueUpdatedAt: null,
  };
}

export function desk(...accounts: readonly AccountSnapshot[]): Snapshot {
  return { accounts, takenAt: 1 };
}

/** Rows of [floor, rate, deduction]; each ends where the next begins. */
export function tiers(...rows: readonly (readonly [string, string, string])[]): MaintenanceTier[] {
  return rows.map(([floor, rate, deduction], index) => {
    const next = rows[index + 1];
    const cap = next === undefined ? null : dec(next[0]);
    return { floor: dec(floor), cap, rate: asRatio(dec(rate)), deduction: dec(deduction) };
  });
}
