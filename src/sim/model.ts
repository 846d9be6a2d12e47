import type { Decimal } from '../domain/decimal.ts';

/** Whose rules and wire format: one exchange, whatever its product lines. */
export type SimVenue = 'bybit' | 'binance' | 'okx' | 'ztdx';

/** The desk file's venue of an account; the three Binance ones share the instruments of `binance`. */
export type SimAccountVenue =
  | 'bybit'
  | 'binanceusdm'
  | 'binancecoinm'
  | 'binancepm'
  | 'okx'
  | 'ztdx';

export const SIM_ASSETS = ['BTC', 'ETH', 'SOL', 'BNB', 'XRP', 'DOGE'] as const;
export type SimAsset = (typeof SIM_ASSETS)[number];

/** Mark price of an asset now. */
export type Marks = (asset: SimAsset) => Decimal;

/**
 * One risk bracket: maintenance = rate × size − deduction, all in the instrument's `tierUnit`
 * except OKX (`contracts`), where the unit only chooses the bracket and the deduction is zero.
 * The last bracket has a cap too, as every venue prints one.
 */
export interface SimTier {
  readonly floor: Decimal;
  readonly cap: Decimal;
  readonly rate: Decimal;
  readonly deduction: Decimal;
  readonly initialRate: Decimal;
  readonly maxLeverage: Decimal;
}

export interface SimInstrument {
  readonly venue: SimVenue;
  /** The venue's own: `BTCUSDT`, `BTCPERP`, `BTCUSD_PERP`, `BTC-USDT-SWAP`. */
  readonly symbol: string;
  readonly asset: SimAsset;
  readonly quote: 'USDT' | 'USDC' | 'USD';
  /** Currency of margin and PnL; the asset itself for inverse. */
  readonly settle: string;
  readonly kind: 'linear' | 'inverse';
  /** Linear: base units per contract (1 where the venue counts base units). Inverse: USD per contract. */
  readonly contractSize: Decimal;
  /** Smallest price step; marks, books and candles of the asset use the same one. */
  readonly tickSize: Decimal;
  /** Smallest size step, in contracts. */
  readonly lotSize: Decimal;
  readonly maxLeverage: Decimal;
  readonly takerFee: Decimal;
  readonly makerFee: Decimal;
  readonly tiers: readonly SimTier[];
  /** `quote`: value in quote; `base`: value in the settle coin (inverse); `contracts`: number of contracts. */
  readonly tierUnit: 'quote' | 'base' | 'contracts';
}

export type SimSide = 'long' | 'short';

export interface SimPosition {
  /** Unique over the desk; a uuid (ZTDX prints it), other facades print what their venue prints. */
  readonly id: string;
  readonly instrument: SimInstrument;
  readonly side: SimSide;
  /** As the venue counts, > 0. */
  readonly contracts: Decimal;
  readonly entryPrice: Decimal;
  readonly leverage: Decimal;
  readonly marginMode: 'cross' | 'isolated';
  /** Margin assigned to this isolated position, without PnL, in settle; null for cross. */
  readonly isolatedMargin: Decimal | null;
  /** Trigger prices of the full-size orders attached to the position; null: none. */
  readonly takeProfit: Decimal | null;
  readonly stopLoss: Decimal | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A resting limit order. Position stops are not here: they are fields of the position. */
export interface SimOrder {
  readonly id: string;
  readonly clientId: string;
  readonly instrument: SimInstrument;
  readonly side: 'buy' | 'sell';
  /** In hedge mode the leg it works on; in one-way mode the side it would open. */
  readonly positionSide: SimSide;
  readonly contracts: Decimal;
  readonly price: Decimal;
  readonly leverage: Decimal;
  readonly marginMode: 'cross' | 'isolated';
  readonly reduceOnly: boolean;
  readonly createdAt: number;
}

/** A market order that waits for the mark; it only ever closes. */
export interface SimTrigger {
  readonly id: string;
  /** Empty: none was given. */
  readonly clientId: string;
  readonly positionId: string;
  readonly instrument: SimInstrument;
  /** The side of the position. */
  readonly side: SimSide;
  readonly kind: 'takeProfit' | 'stopLoss' | 'trailing';
  /** Null while a trailing stop waits for its activation. */
  readonly price: Decimal | null;
  /** Null: the whole position, whatever its size is then. */
  readonly contracts: Decimal | null;
  readonly trail: SimTrail | null;
  /** Triggers of one group cancel each other; a lone one is a group of its own. */
  readonly group: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** How a trailing stop follows the best mark: by a share of it, or by a distance in quote. */
export interface SimTrail {
  readonly by: 'share' | 'distance';
  readonly amount: Decimal;
  /** The mark that starts it; null: it runs from the beginning. */
  readonly activationPrice: Decimal | null;
  /** Best mark since it runs; null: it does not run yet. */
  readonly best: Decimal | null;
}

/** A market order that was executed, or the order of a trigger that fired. */
export interface SimExecution {
  readonly id: string;
  readonly clientId: string;
  readonly instrument: SimInstrument;
  readonly side: 'buy' | 'sell';
  readonly positionSide: SimSide;
  readonly marginMode: 'cross' | 'isolated';
  readonly leverage: Decimal;
  readonly asked: Decimal;
  /** Less than asked: the rest was cancelled. */
  readonly filled: Decimal;
  readonly price: Decimal;
  readonly fee: Decimal;
  /** Before the fee. */
  readonly realizedPnl: Decimal;
  readonly cause: 'user' | SimTrigger['kind'];
  readonly at: number;
}

export interface SimPastTrigger {
  readonly trigger: SimTrigger;
  readonly end: 'fired' | 'cancelled';
  /** The order it became. */
  readonly executionId: string | null;
  readonly at: number;
}

export interface SimTransfer {
  readonly id: string;
  readonly clientId: string;
  readonly coin: string;
  readonly amount: Decimal;
  readonly from: SimPurse;
  readonly to: SimPurse;
  readonly at: number;
}

/** A wallet of an account. */
export interface SimPurse {
  readonly accountId: string;
  readonly wallet: 'trading' | 'funding';
}

interface SimMarginChange {
  readonly positionId: string;
  readonly instrument: SimInstrument;
  readonly side: SimSide;
  /** Negative: taken out. */
  readonly amount: Decimal;
  readonly at: number;
}

/** Oldest first. */
export interface SimHistory {
  readonly executions: readonly SimExecution[];
  readonly triggers: readonly SimPastTrigger[];
  readonly transfers: readonly SimTransfer[];
  readonly margins: readonly SimMarginChange[];
  /** Counts everything the account was ever given an id for. */
  readonly sequence: number;
}

/** Obviously fake, derived from the seed; null where the venue has no such thing. */
export interface SimCredentials {
  readonly apiKey: string | null;
  readonly secret: string | null;
  readonly password: string | null;
  readonly wallet: `0x${string}` | null;
  readonly privateKey: `0x${string}` | null;
  readonly chainId: number | null;
  readonly verifyingContract: `0x${string}` | null;
}

export interface SimAccount {
  readonly id: string;
  readonly name: string;
  readonly venue: SimAccountVenue;
  readonly books: readonly string[];
  readonly fundedBy: readonly string[];
  readonly credentials: SimCredentials;
  /** The venue's number for the user. */
  readonly uid: string;
  /** Cross margin is shared over all coins in USD (Bybit UTA, OKX multi-currency, Binance PM) or per coin. */
  readonly pool: 'usd' | 'coin';
  readonly positionMode: 'one-way' | 'hedge';
  /** Wallet balance per coin: realised only, isolated margin included. */
  readonly balances: Readonly<Record<string, Decimal>>;
  readonly positions: readonly SimPosition[];
  readonly orders: readonly SimOrder[];
  /** Absent: the full-size stops of the positions and no others. See `triggersOf`. */
  readonly triggers?: readonly SimTrigger[];
  /** What was done so far; absent: nothing. */
  readonly history?: SimHistory;
  /** Balances of the funding wallet, apart from trading; absent: empty. */
  readonly funding?: Readonly<Record<string, Decimal>>;
  /** The account that this one is a sub-account of; null or absent: it is a master. */
  readonly parent?: string | null;
  /** What the venue calls a sub-account in transfers: Bybit's user id, Binance's email, OKX's name; null: a master. */
  readonly subAccount?: string | null;
}

/** What every facade serves from. Accounts are read anew on each request: later writes replace them. */
export interface SimDesk {
  readonly accounts: readonly SimAccount[];
}

/** The wallet each desk-file venue trades with. */
export function simVenueOf(venue: SimAccountVenue): SimVenue {
  return venue === 'bybit' || venue === 'okx' || venue === 'ztdx' ? venue : 'binance';
}
