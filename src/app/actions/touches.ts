import { unreachable } from '../../domain/result.ts';
import type { ActionRecord } from './action-record.ts';

/**
 * The quantities at a venue that an act changes and that tell afterwards what became of it. Two acts on
 * one of them must not be under way at once: nobody could tell them apart.
 */
export function touches({ preview }: Pick<ActionRecord, 'preview'>): readonly string[] {
  const { account, act } = preview;
  switch (act.kind) {
    case 'add-margin':
    case 'remove-margin':
      return [`collateral ${account} ${act.leg.instrument} ${act.leg.side}`];
    case 'reduce':
      return [`contracts ${account} ${act.leg.instrument} ${act.leg.side}`];
    case 'set-stops':
      return [`stops ${account} ${act.leg.instrument} ${act.leg.side}`];
    case 'transfer':
      return [account, act.to].map((id) => `wallet ${id} ${act.amount.currency}`);
    default:
      return unreachable(act);
  }
}
