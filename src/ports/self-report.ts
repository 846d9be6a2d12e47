import type { Decimal } from '../domain/decimal.ts';

/** What the desk tells a monitoring system about itself. No secret, no figure of a single position. */
export interface SelfReport {
  /** Words of a closed list and our own names; empty: all is well. */
  readonly ailments: readonly string[];
  readonly version: string;
  readonly startedAt: number;
  readonly now: number;
  readonly lagMs: number;
  readonly accounts: readonly {
    readonly account: string;
    readonly venue: string;
    /** Null: never read. */
    readonly readAt: number | null;
    readonly marginUsage: Decimal | null;
    readonly healthFactor: Decimal | null;
  }[];
  readonly firing: readonly { readonly level: string; readonly count: number }[];
  readonly queues: readonly {
    readonly destination: string;
    readonly queued: number;
    readonly oldestDueMs: number | null;
    readonly isBroken: boolean;
  }[];
  readonly loops: readonly { readonly loop: string; readonly lastAt: number | null }[];
  readonly streams: readonly { readonly stream: string; readonly heardAt: number | null }[];
  readonly deliveries: readonly Count<'destination'>[];
  readonly venueRequests: readonly Count<'venue'>[];
  readonly drills: readonly {
    readonly destination: string;
    /** Null: it did not arrive. */
    readonly latencyMs: number | null;
  }[];
}

/** How often something came to this outcome since the start. */
type Count<Name extends string> = { readonly [Key in Name]: string } & {
  readonly outcome: string;
  readonly count: number;
};
