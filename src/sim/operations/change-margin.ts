import type { Decimal } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { freeBalance } from '../free-balance.ts';
import { recorded } from '../history.ts';
import type { Marks, SimAccount, SimPosition } from '../model.ts';
import { viewPosition } from '../position-view.ts';

/** `over-limit`: what would be left is less than the venue asks for such a position. */
type MarginRefusal = 'not-isolated' | 'insufficient-balance' | 'over-limit' | 'would-liquidate';

interface MarginStep {
  readonly position: SimPosition;
  /** In settle; negative takes out. */
  readonly amount: Decimal;
  readonly now: number;
}

/** Moves margin between the account and one isolated position. */
export function changeMargin(
  account: SimAccount,
  { position, amount, now }: MarginStep,
  marks: Marks,
): Result<SimAccount, MarginRefusal> {
  const { id, instrument, side, isolatedMargin } = position;
  if (isolatedMargin === null) return err('not-isolated');
  if (amount.gt(freeBalance(account, instrument.settle, marks))) return err('insufficient-balance');
  const changed = { ...position, isolatedMargin: isolatedMargin.plus(amount), updatedAt: now };
  const after = replacePosition(account, changed);
  const refusal = amount.isNegative() ? removalRefusal(after, changed, marks) : null;
  if (refusal !== null) return err(refusal);
  const change = { positionId: id, instrument, side, amount, at: now };
  return ok(recorded(after, { margins: [change] }));
}

/**
 * Liquidation is refused by all. Beyond that a venue lends by leverage: margin with the losses (gains do
 * not count) stays at what the position was opened with. ZTDX only wants some of it to be left.
 */
function removalRefusal(
  account: SimAccount,
  position: SimPosition,
  marks: Marks,
): MarginRefusal | null {
  const margin = position.isolatedMargin as Decimal;
  if (!margin.gt(0)) return 'over-limit';
  const view = viewPosition(account, position, marks);
  if (view.isLiquidated) return 'would-liquidate';
  if (account.venue === 'ztdx') {
    return margin.lte(view.maintenanceMargin) ? 'would-liquidate' : null;
  }
  const loss = view.unrealizedPnl.isNegative() ? view.unrealizedPnl : null;
  const counted = loss === null ? margin : margin.plus(loss);
  return counted.lt(view.initialMargin) ? 'over-limit' : null;
}

export function replacePosition(account: SimAccount, position: SimPosition): SimAccount {
  const positions = account.positions.map((each) => (each.id === position.id ? position : each));
  return { ...account, positions };
}
