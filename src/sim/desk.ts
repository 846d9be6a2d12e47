import { type Decimal, dec } from '../domain/decimal.ts';
import { demoCredentials } from './credentials.ts';
import {
  DEMO_ACCOUNTS,
  type DemoAccount,
  type DemoOrder,
  type DemoPosition,
} from './demo-accounts.ts';
import { idsOf } from './derived-ids.ts';
import { instrumentOf } from './instruments.ts';
import {
  type SimAccount,
  type SimDesk,
  type SimInstrument,
  type SimOrder,
  type SimPosition,
  simVenueOf,
} from './model.ts';
import { MARGIN_RULES, notionalAt, signOf } from './position-margin.ts';

const HOUR = 3_600_000;

/** The demo desk as it stands at `start`, the moment at which the market has its starting prices. */
export function createDemoDesk(seed: string, start: number): SimDesk {
  return { accounts: DEMO_ACCOUNTS.map((account) => buildAccount(account, seed, start)) };
}

function buildAccount(account: DemoAccount, seed: string, start: number): SimAccount {
  const { id, name, venue, books, fundedBy, pool, positionMode } = account;
  const numbers = (what: string) => idsOf(`${seed}/${id}/${what}`);
  return {
    id,
    name,
    venue,
    books,
    fundedBy,
    pool,
    positionMode,
    credentials: demoCredentials(seed, id, venue),
    uid: numbers('uid').number,
    parent: account.parent,
    subAccount: subAccountOf(account, numbers('uid').number),
    balances: Object.fromEntries(
      Object.entries(account.balances).map(([coin, amount]) => [coin, dec(amount)]),
    ),
    positions: account.positions.map((position, i) =>
      buildPosition(position, { account, id: numbers(`position-${i}`).uuid, start }),
    ),
    orders: account.orders.map((order, i) =>
      buildOrder(order, { account, id: numbers(`order-${i}`), start }),
    ),
  };
}

/** What its venue calls a sub-account when money moves to it; a master needs no such name. */
function subAccountOf({ id, venue, parent }: DemoAccount, uid: string): string | null {
  if (parent === null || venue === 'ztdx') return null;
  if (venue === 'bybit') return uid;
  return venue === 'okx' ? id.replaceAll('-', '') : `${id}@demo.invalid`;
}

function buildPosition(
  from: DemoPosition,
  at: { readonly account: DemoAccount; readonly id: string; readonly start: number },
): SimPosition {
  const instrument = instrumentOf(simVenueOf(at.account.venue), from.symbol);
  const createdAt = at.start - from.hoursOpen * HOUR;
  const position: SimPosition = {
    id: at.id,
    instrument,
    side: from.side,
    contracts: dec(from.contracts),
    entryPrice: dec(from.entryPrice),
    leverage: dec(from.leverage),
    marginMode: from.marginMode,
    isolatedMargin: null,
    takeProfit: from.takeProfit === null ? null : dec(from.takeProfit),
    stopLoss: from.stopLoss === null ? null : dec(from.stopLoss),
    createdAt,
    updatedAt: createdAt,
  };
  if (from.marginMode === 'cross') return position;
  return { ...position, isolatedMargin: openingMargin(position) };
}

/** What an isolated position of this leverage is opened with. */
function openingMargin(position: SimPosition): Decimal {
  const { instrument, contracts, entryPrice, leverage } = position;
  const margin = notionalAt(instrument, contracts, entryPrice).div(leverage);
  if (MARGIN_RULES[instrument.venue].closeFee !== 'in-margin') return margin.toDecimalPlaces(8);
  return margin.plus(closingFee(instrument, position)).toDecimalPlaces(8);
}

/** The fee to close at the bankruptcy price of a fresh position: E(1 ∓ 1/L), in coin E/(1 ± 1/L). */
function closingFee(instrument: SimInstrument, position: SimPosition): Decimal {
  const share = signOf(position.side).div(position.leverage);
  const bust =
    instrument.kind === 'linear'
      ? position.entryPrice.times(share.neg().plus(1))
      : position.entryPrice.div(share.plus(1));
  return notionalAt(instrument, position.contracts, bust).times(instrument.takerFee);
}

function buildOrder(
  from: DemoOrder,
  at: {
    readonly account: DemoAccount;
    readonly id: ReturnType<typeof idsOf>;
    readonly start: number;
  },
): SimOrder {
  return {
    id: at.id.uuid,
    clientId: `demo-${at.id.number}`,
    instrument: instrumentOf(simVenueOf(at.account.venue), from.symbol),
    side: from.side,
    positionSide: from.side === 'buy' ? 'long' : 'short',
    contracts: dec(from.contracts),
    price: dec(from.price),
    leverage: dec(from.leverage),
    marginMode: 'cross',
    reduceOnly: false,
    createdAt: at.start - HOUR,
  };
}
