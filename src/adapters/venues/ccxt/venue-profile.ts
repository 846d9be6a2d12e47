import type { Exchange, Market } from 'ccxt';
import type { AccountMargin } from '../../../domain/account.ts';
import type { Decimal } from '../../../domain/decimal.ts';
import type { Instrument, MaintenanceTier, TierUnit } from '../../../domain/instrument.ts';
import type { AccountId } from '../../../domain/units.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { AccountInspection, PositionBook, VenueConnection } from '../../../ports/venue.ts';
import type { ReplyRules } from '../wire/classify-reply.ts';
import type { LaneBudget } from '../wire/lane.ts';
import type { RawRecord } from './raw-record.ts';
import type { CreateWriter } from './write-setup.ts';

/** What a venue's ccxt class needs to know of the world, and how its account is read. */
export interface VenueProfile {
  /** As in the desk file. */
  readonly venue: string;
  /** The ccxt class that signs and knows the symbols (`binanceusdm` for `binancepm`). */
  readonly ccxtId: string;
  /** Share of the value, where the venue's list of markets does not say it. */
  readonly takerFee?: Decimal;
  /** How ccxt is sent to another environment; null: the venue has none, and live must not be hit instead. */
  readonly environments: Readonly<Record<'testnet' | 'demo', 'sandbox' | 'demo' | null>>;
  /** ccxt's `options`, merged over its own. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly rules: ReplyRules;
  readonly budget: VenueBudget;
  /** May throw anything: `venueFailure(…)` for what we know, ccxt's errors as they come. */
  fetchBook(session: VenueSession): Promise<BookReading>;
  fetchMargin(session: VenueSession): Promise<AccountMargin>;
  inspect(session: VenueSession): Promise<AccountInspection>;
  /** Absent: nothing is changed at this venue. */
  readonly createWriter?: CreateWriter;
}

interface VenueBudget {
  /** All accounts behind one egress IP. */
  readonly perIp: LaneBudget;
  /** One set of keys. */
  readonly perUser: LaneBudget;
  /** Binance: weight per minute and IP at which we stop by ourselves; null where there is no such header. */
  readonly weightPerMinute: number | null;
  /** Loading brackets, where the venue allows fewer such calls than others. */
  readonly tiers?: LaneBudget;
  readonly limits: LimitRules;
}

/** Whom a refusal for speed concerns, and for how long, where the venue's reply does not say it. */
export interface LimitRules {
  /** Lower-case header that every signed request carries; null: all requests count as signed. */
  readonly keyHeader: string | null;
  /** Whose limit a refusal by HTTP status is, on a signed request. On a public one it is the IP's. */
  readonly tooMany: 'ip' | 'user';
  /** Codes of the venue that mean the whole IP. */
  readonly ipCodes: readonly string[];
  /** Least time away by HTTP status or code: asking sooner lengthens a ban. */
  readonly leastMs: Readonly<Record<string, number>>;
}

export interface BookReading {
  readonly book: PositionBook;
  /** As in AccountReading. */
  readonly stopsError: VenueError | null;
}

/** One account's open line to its venue, during one read. */
export interface VenueSession {
  readonly account: AccountId;
  readonly venue: string;
  readonly environment: VenueConnection['environment'];
  readonly clock: Clock;
  /** Ends with this read. */
  readonly signal: AbortSignal;
  /** The same for all accounts that reach the same venue at the same place: for public figures. */
  readonly commons: VenueCommons;
  /** What the venue answered in this read so far, whichever call asked. */
  readonly replies: readonly object[];
  /**
   * ccxt, signed in. Symbols are known only after `loadMarkets`. For unified calls; money is better
   * read through `call`.
   */
  readonly exchange: Exchange;
  /**
   * One of ccxt's implicit methods by name (`privateGetV5PositionList`): signed, sent and checked for
   * errors, answered as the venue wrote it.
   */
  call(method: string, params?: RawRecord | readonly RawRecord[]): Promise<unknown>;
  /** Makes the shared market data known to `exchange`; loads it first when nobody has. */
  loadMarkets(): Promise<void>;
  /**
   * The contract behind the venue's own symbol, or null when it is not a known linear or inverse
   * contract. Only after `loadMarkets`. A symbol nobody knows starts a reload for the next read.
   */
  market(marketId: string): ContractMarket | null;
  /** The instrument with its maintenance brackets. Only after `loadMarkets`. */
  instrument(market: ContractMarket, tiers: TierReading): Instrument;
  /**
   * Brackets under a key of the venue's choosing, shared by its accounts for a day. A failed load is
   * null now and is tried again at the next read; a slow one is null now and outlives this read.
   */
  tiers<T>(key: string, load: () => Promise<T>): Promise<T | null>;
}

interface VenueCommons {
  /** One per process. */
  readonly owner: object;
  readonly place: string;
}

export interface TierReading {
  readonly tiers: readonly MaintenanceTier[] | null;
  readonly tierUnit: TierUnit;
}

/** ccxt's market with the fields that make it a contract present. `number: String` makes figures text. */
export type ContractMarket = Market & {
  readonly id: string;
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly settle: string;
  readonly contract: true;
};
