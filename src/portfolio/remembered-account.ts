import type { Account, AccountMargin } from '../domain/account.ts';
import { Decimal, parseDecimal } from '../domain/decimal.ts';
import type { Position } from '../domain/position.ts';
import { neverRead } from './merge-reading.ts';
import type { AccountSnapshot } from './snapshot.ts';

/** Of the text below. A change of Position, AccountMargin or their parts that old text lacks raises it. */
const VERSION = 1;

export interface RememberedAccount {
  readonly version: number;
  /** JSON. */
  readonly body: string;
}

interface Remembered {
  readonly venue: string;
  readonly positions: readonly Position[];
  readonly positionsAt: number | null;
  readonly margin: AccountMargin | null;
}

/** The last good figures of an account as text; null when it never had any. Gaps are not figures. */
export function rememberAccount(snapshot: AccountSnapshot): RememberedAccount | null {
  const { account, positions, positionsAt, margin } = snapshot;
  if (positionsAt === null && margin === null) return null;
  const remembered: Remembered = { venue: account.venue, positions, positionsAt, margin };
  return { version: VERSION, body: JSON.stringify(asPlain(remembered)) };
}

/**
 * The account as it was remembered. Text of another form, of another venue or of another account is as
 * good as none: better nothing than figures that mean something else.
 */
export function recallAccount(account: Account, saved: RememberedAccount): AccountSnapshot {
  const nothing = neverRead(account);
  if (saved.version !== VERSION) return nothing;
  const remembered = parse(saved.body);
  if (remembered?.venue !== account.venue) return nothing;
  const { positions, positionsAt, margin } = remembered;
  if (positions.some((position) => position.account !== account.id)) return nothing;
  return {
    ...nothing,
    status: positionsAt === null ? 'missing' : 'ok',
    positions,
    positionsAt,
    margin,
  };
}

/** Decimals are marked, or they would come back as text. */
function asPlain(value: unknown): unknown {
  if (Decimal.isDecimal(value)) return { $decimal: value.toFixed() };
  if (Array.isArray(value)) return value.map(asPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, asPlain(part)]));
}

function parse(body: string): Remembered | null {
  try {
    const found = JSON.parse(body, (_, value: unknown) => asDecimal(value)) as Remembered | null;
    return Array.isArray(found?.positions) ? found : null;
  } catch {
    return null;
  }
}

function asDecimal(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$decimal' in value)) return value;
  const figure = parseDecimal(value.$decimal);
  if (figure === null) throw new RangeError('not a figure');
  return figure;
}
