import type { Decimal } from '../../domain/decimal.ts';
import type { Side } from '../../domain/position.ts';
import type { AccountId } from '../../domain/units.ts';
import type { Level, RuleId } from '../alert.ts';
import type { Sample } from '../sample.ts';

/** What can happen to a position outside of the console. */
export type ChangeKind =
  | 'opened'
  | 'closed'
  | 'resized'
  | 'stop-filled'
  | 'take-profit-filled'
  | 'deleveraged'
  | 'liquidated';

/** Which rule speaks of it, and how loudly. */
export const CHANGES: Readonly<
  Record<ChangeKind, { readonly rule: RuleId; readonly level: Level }>
> = {
  opened: { rule: 'positionChanged', level: 'WARN' },
  closed: { rule: 'positionChanged', level: 'WARN' },
  resized: { rule: 'positionChanged', level: 'WARN' },
  'stop-filled': { rule: 'stopFilled', level: 'WARN' },
  'take-profit-filled': { rule: 'stopFilled', level: 'WARN' },
  deleveraged: { rule: 'liquidated', level: 'CRIT' },
  liquidated: { rule: 'liquidated', level: 'EMERG' },
};

/** It happened once. A Sample of an `event` rule, and how loud it is. */
export interface Happening {
  readonly sample: Sample;
  readonly kind: ChangeKind;
  readonly level: Level;
}

interface LegName {
  readonly account: AccountId;
  readonly instrument: string;
  readonly side: Side;
}

/** What one of our own acts is doing to a leg: no news while it lasts. */
export interface ExpectedChange extends LegName {
  /** Where the contracts end when it is done; null where that is not known. On the way there counts too. */
  readonly contracts: Decimal | null;
  /** Epoch ms of the reading from which on it explains nothing any more. */
  readonly until: number;
}

/** What the venue itself said of a leg, by a stream or a list. */
export interface ToldChange extends LegName {
  readonly kind: 'liquidated' | 'deleveraged' | 'stop-filled' | 'take-profit-filled';
  readonly at: number;
}
