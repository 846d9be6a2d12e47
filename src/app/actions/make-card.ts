import type { Act } from '../../actions/act.ts';
import { isLarge } from '../../actions/consent.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { ActionDeps } from './action-deps.ts';
import type { ActionCard } from './action-desk.ts';
import type { Kept } from './ledger.ts';

export function makeCard(
  { row, record }: Kept,
  token: string,
  { settings }: Pick<ActionDeps, 'settings'>,
): ActionCard {
  return {
    ...{ id: row.id, token, state: row.state, record, updatedAt: row.updatedAt },
    needsApproval: isLarge(record.preview, settings?.limits ?? null),
    isConfirmed: isConfirmedBy(record.preview.requestedBy, record),
    amount: amountOf(record.preview.act),
    replaces: null,
  };
}

export function isConfirmedBy(person: string, { consents }: Kept['record']): boolean {
  return consents.some((each) => each.verb === 'confirm' && each.person === person);
}

/** In settle, in the transfer's currency, or in contracts. */
export function amountOf(act: Act): Decimal | null {
  switch (act.kind) {
    case 'set-stops':
      return null;
    case 'reduce':
      return act.contracts;
    default:
      return act.amount.amount;
  }
}
