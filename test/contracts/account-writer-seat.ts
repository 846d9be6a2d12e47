import { expect } from 'vitest';
import { type Decimal, dec } from '../../src/domain/decimal.ts';
import type { Position } from '../../src/domain/position.ts';
import type { Rung, StopsState } from '../../src/domain/stops.ts';
import { asPrice, asRatio } from '../../src/domain/units.ts';
import type { AccountWriter, LegGround } from '../../src/ports/venue-writer.ts';

/**
 * How the venue meets the next call that would change something. `…-done`: it did what it was asked.
 * Reads work throughout.
 */
export type WriteFault =
  | 'silent'
  | 'silent-done'
  | 'reset'
  | 'reset-done'
  | 'server-error'
  | 'html'
  | 'empty'
  | 'cut'
  | 'unknown-outcome-code'
  | 'unheard-of-code'
  | 'not-listening'
  | 'too-fast';

export type Capability = 'margin' | 'stops' | 'reduce' | 'transfer';

/** What the suite runs on: a venue that keeps state, in which every act can be seen. */
export interface WriterHarness {
  readonly offers: readonly Capability[];
  /** Faults that this stand-in can play; the others are not of its kind. */
  readonly faults: readonly WriteFault[];
  /**
   * An isolated long of 2 contracts, mark 60,000, with 1,000 of collateral and no stops, in an account
   * that has 5,000 of its settle currency free.
   */
  open(): Promise<WriterSeat>;
  close(): Promise<void>;
}

export interface WriterSeat {
  readonly writer: AccountWriter;
  readonly position: Position;
  /** Null where no account can receive from this one. */
  readonly receiver: AccountWriter | null;
  /** May take a moment; what it answers does not matter. */
  meet(fault: WriteFault): unknown;
  /** Calls that would change something and have reached the venue. */
  sent(): number;
  /** What must never be told to anybody. */
  readonly secrets: readonly string[];
}

export const soon = () => AbortSignal.timeout(10_000);
export const NO_STOPS: StopsState = { takeProfit: [], stopLoss: [], trailing: null };
export const REF = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

export function rung(price: string, share = '1'): Rung {
  return { price: asPrice(dec(price)), share: asRatio(dec(share)) };
}

export async function legOf({ writer, position }: WriterSeat): Promise<LegGround> {
  const leg = await writer.leg(position, soon());
  if (!leg.ok) expect.fail(`leg: ${leg.error.kind}`);
  return leg.value;
}

export async function walletOf(writer: AccountWriter, currency: string): Promise<Decimal> {
  const wallet = await writer.wallet(currency, soon());
  if (!wallet.ok || wallet.value.wallet === null) expect.fail('wallet: not read');
  return wallet.value.wallet;
}

export type Seat = () => Promise<WriterSeat>;
