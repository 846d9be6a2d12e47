import type { PlanAct, PlanTrigger, ProtectionPlan } from '../actions/protection-plan.ts';
import { asAccountId, asRatio, asUsd } from '../domain/units.ts';
import type { CrossFault } from './check-desk.ts';
import type { DeskFile } from './desk-schema.ts';

type Entry = DeskFile['protection'][number];

/** The plans of a desk file that has no fault. */
export function protectionPlans(entries: readonly Entry[]): readonly ProtectionPlan[] {
  return entries.map((entry) => ({
    id: entry.id,
    account: asAccountId(entry.account),
    position: entry.position ?? null,
    when: triggerOf(entry.when),
    act: actOf(entry.then),
    caps: { perAct: asUsd(entry.caps.perAct), perDay: asUsd(entry.caps.perDay) },
    ...{ cooldownMs: entry.cooldown, until: entry.until, isDryRun: entry.dryRun, agreed: null },
  }));
}

function triggerOf({ healthFactor, probability24h, profit }: Entry['when']): PlanTrigger {
  if (healthFactor) return { kind: 'health-below', value: asRatio(healthFactor) };
  if (probability24h) return { kind: 'probability-above', value: asRatio(probability24h) };
  if (profit) return { kind: 'profit-above', value: asRatio(profit) };
  throw new TypeError('the schema asks for one of them');
}

function actOf({ addMargin, reduce, lock }: Entry['then']): PlanAct {
  if (addMargin) {
    const from = addMargin.from === undefined ? null : asAccountId(addMargin.from);
    return { kind: 'add-margin', upTo: asUsd(addMargin.upTo), from };
  }
  if (reduce) return { kind: 'reduce', share: asRatio(reduce) };
  if (lock) return { kind: 'lock-profit', share: asRatio(lock) };
  throw new TypeError('the schema asks for one of them');
}

/** What no single plan shows: names that nothing has, and what an account or a position cannot do. */
export function planFaults({ protection, accounts }: DeskFile): CrossFault[] {
  const seen = new Set<string>();
  return protection.flatMap((entry, index) => {
    const fault = (key: string, message: string) => ({ path: ['protection', index, key], message });
    const isDouble = seen.has(entry.id);
    seen.add(entry.id);
    const account = accounts.find(({ id }) => id === entry.account);
    const whole = entry.position === undefined;
    const { addMargin } = entry.then;
    const from = addMargin?.from;
    const isFunded = from === undefined || account?.fundedBy.includes(from) !== false;
    return [
      ...(isDouble ? [fault('id', 'is used twice; ids must be unique')] : []),
      ...(account ? [] : [fault('account', `names "${entry.account}", which is not in this file`)]),
      ...(account?.access === 'read' ? [fault('account', 'needs access: trade')] : []),
      ...(isFunded ? [] : [fault('then', `needs "${from}" in fundedBy of ${entry.account}`)]),
      ...(whole && entry.when.profit ? [fault('when', 'profit needs a position')] : []),
      ...(whole && !addMargin ? [fault('then', 'needs a position to reduce or lock')] : []),
      ...(whole && addMargin && from === undefined
        ? [fault('then', 'an account takes collateral from another one: name it in from')]
        : []),
      ...(!whole && from !== undefined
        ? [fault('then', 'a position takes collateral from its own account: leave out from')]
        : []),
    ];
  });
}
