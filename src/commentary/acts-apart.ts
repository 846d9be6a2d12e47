import type { AccountId } from '../domain/units.ts';
import type { PlanItem } from './plan.ts';
import type { Sheet } from './sheet.ts';
import { factOf } from './sheet.ts';

/**
 * The items, of acts that touch one account only the first: each was tried on the desk as it is, so the
 * second would spend the same money again, and its figures would no longer be true.
 */
export function actsApart(items: readonly PlanItem[], sheet: Sheet): PlanItem[] {
  const touched = new Set<AccountId>();
  return items.map((item) => {
    const own = touchedBy(item, sheet);
    const isTaken = own.some((account) => touched.has(account));
    for (const account of own) touched.add(account);
    return isTaken ? { ...item, act: null, aclaims: [] } : item;
  });
}

function touchedBy({ act, fact }: PlanItem, sheet: Sheet): readonly AccountId[] {
  const remedy = sheet.remedies.find(({ id }) => id === act);
  if (remedy === undefined) return [];
  if (remedy.act.kind === 'move') return [remedy.act.from, remedy.act.to];
  const entity = factOf(sheet, fact)?.entity;
  return entity === undefined || entity.kind === 'desk' ? [] : [entity.account];
}
