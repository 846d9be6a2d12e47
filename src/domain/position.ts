import type { Decimal } from './decimal.ts';
import type { Instrument } from './instrument.ts';
import type { Money } from './money.ts';
import type { AccountId, Price, Quantity, Ratio } from './units.ts';

export type Side = 'long' | 'short';
export type MarginMode = 'cross' | 'isolated' | 'portfolio';

/** A price that may also be *none* (there is none, said by the venue) or *unknown* (nobody said). */
export type PriceState =
  | { readonly kind: 'price'; readonly price: Price }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** One leg: hedge mode gives two per instrument. Never flat: zero-size rows do not become positions. */
export interface Position {
  readonly account: AccountId;
  readonly venue: string;
  readonly instrument: Instrument;
  readonly side: Side;
  /** Base units. Linear: contracts × contract size; inverse: face value ÷ mark (null without a mark). */
  readonly quantity: Quantity | null;
  /** As the venue counts. Linear venues that count in base units have contract size 1. */
  readonly contracts: Decimal;
  readonly entryPrice: Price | null;
  readonly markPrice: Price | null;
  /** The venue's own account of the position's value in US dollars; null when it gives none in USD. */
  readonly venueNotionalUsd: Decimal | null;
  readonly leverage: Ratio | null;
  readonly marginMode: MarginMode | null;
  /** Margin assigned to this isolated position alone, without its PnL; null for cross. In settle. */
  readonly collateral: Money | null;
  readonly initialMargin: Money | null;
  readonly maintenanceMargin: Money | null;
  readonly unrealizedPnl: Money | null;
  /** The venue's own. */
  readonly liquidation: PriceState;
  /** Trigger of the full-size take-profit order. */
  readonly takeProfit: PriceState;
  /** Trigger of the full-size stop-loss order. */
  readonly stopLoss: PriceState;
  /** The venue's own margin or health figure for the position, with its own name and direction. */
  readonly venueRatio: VenueRatio | null;
  /**
   * Its place in the venue's queue of auto-deleveraging, as a share from the head: 0.2 is among the first
   * fifth. Null or absent: the venue does not tell, or it is in no queue.
   */
  readonly adlShare?: Decimal | null;
  /** What the venue calls this position in its own calls (ZTDX uuid, OKX posId); null where it has no id. */
  readonly venueId: string | null;
  /** When we got it. */
  readonly observedAt: number;
  /** When the venue says it changed. */
  readonly venueUpdatedAt: number | null;
}

/** A figure under the venue's own name; `direction` says which way is dangerous. */
export interface VenueRatio {
  readonly name: string;
  readonly value: Decimal;
  readonly direction: 'up' | 'down';
  /** Value at which the venue liquidates: 1 for Bybit, Binance and OKX, 1.05 for uniMMR. */
  readonly liquidatesAt: Decimal;
}
