import type { AccountMargin } from '../domain/account.ts';
import type { Position } from '../domain/position.ts';
import type { Result } from '../domain/result.ts';
import type { AccountId } from '../domain/units.ts';
import type { VenueError } from '../domain/venue-error.ts';

/** How to reach one account. Carries secrets: never logged, never put in a reply or an error. */
export interface VenueConnection {
  readonly account: AccountId;
  /** bybit | binanceusdm | binancecoinm | binancepm | okx | ztdx | any other ccxt id (read only). */
  readonly venue: string;
  readonly environment: 'live' | 'testnet' | 'demo';
  /** Origin that replaces scheme, host and port of every REST endpoint; null: the venue's own. */
  readonly baseUrl: string | null;
  /** The same for its WebSockets. Absent or null beside a `baseUrl`: there are no streams. */
  readonly wsUrl?: string | null;
  readonly proxy: string | null;
  /**
   * What transfers call this sub-account: its name at OKX, its e-mail address at Binance. Null: the main
   * account.
   */
  readonly subAccount: string | null;
  readonly credentials: VenueCredentials;
}

export interface VenueCredentials {
  readonly apiKey: string | null;
  readonly secret: string | null;
  readonly password: string | null;
  /** Wallet address (ZTDX, and ccxt venues that sign with a wallet). */
  readonly wallet: string | null;
  readonly privateKey: string | null;
  /** A ready JWT (ZTDX). */
  readonly token: string | null;
  /** What a ZTDX login may be signed for. */
  readonly chainId: number | null;
  readonly verifyingContract: string | null;
}

/** Every open position of an account. An empty list means flat, never "could not tell". */
export interface PositionBook {
  readonly positions: readonly Position[];
  /** Rows that exist at the venue but could not be understood: what, and which field. */
  readonly unreadable: readonly UnreadableRow[];
}

export interface UnreadableRow {
  /** The venue's symbol, or '?' when even that is missing. */
  readonly symbol: string;
  readonly field: string;
  /** Why, when it is not that the field makes no sense: the venue failed where it had to be asked apart. */
  readonly error?: VenueError;
}

/** One round of reads of one account. Halves fail apart: a dead balance does not hide positions. */
export interface AccountReading {
  readonly positions: Result<PositionBook, VenueError>;
  readonly margin: Result<AccountMargin, VenueError>;
  /** Why stop orders are not known although positions are; null when they were read. */
  readonly stopsError: VenueError | null;
}

/** What the doctor wants to know of a key. Null: the venue does not tell. */
export interface AccountInspection {
  /** Venue clock minus ours. */
  readonly clockOffsetMs: number | null;
  readonly mayTrade: boolean | null;
  readonly mayWithdraw: boolean | null;
  readonly hasIpList: boolean | null;
  /** Closed vocabulary: unified, classic, cross, isolated, portfolio, single-currency, multi-currency, hedge, one-way. */
  readonly modes: readonly string[];
  /** Open positions per category as the venue splits them: `linear USDT`, `inverse`, … */
  readonly categories: readonly { readonly name: string; readonly positions: number }[];
}

/**
 * Reads one account at one venue. Never rejects; every failure is a VenueError.
 * `signal` ends the call: at abort the answer is `unavailable` with `timeout`, whatever the wire does.
 */
export interface AccountReader {
  readonly account: AccountId;
  readonly venue: string;
  read(signal: AbortSignal): Promise<AccountReading>;
  inspect(signal: AbortSignal): Promise<Result<AccountInspection, VenueError>>;
}
