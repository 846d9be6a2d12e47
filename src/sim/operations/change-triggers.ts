import type { Decimal } from '../../domain/decimal.ts';
import { freshId, recorded } from '../history.ts';
import type { SimAccount, SimPosition, SimSide, SimTrail, SimTrigger } from '../model.ts';
import { triggersOf, withTriggers } from '../triggers.ts';

/** A trigger as it is asked for. */
export interface TriggerOrder {
  readonly kind: SimTrigger['kind'];
  readonly price: Decimal | null;
  /** Null: the whole position. */
  readonly contracts: Decimal | null;
  readonly clientId?: string;
  readonly trail?: SimTrail;
}

/** A take-profit stands where the position gains, a stop-loss where it loses: never at the mark. */
export function isOnRightSide(
  { kind, price }: { readonly kind: 'takeProfit' | 'stopLoss'; readonly price: Decimal },
  { side, mark }: { readonly side: SimSide; readonly mark: Decimal },
): boolean {
  const isAbove = (kind === 'takeProfit') === (side === 'long');
  return isAbove ? price.gt(mark) : price.lt(mark);
}

/** Adds triggers that cancel each other; a caller who replaces takes the old ones away first. */
export function placeTriggers(
  account: SimAccount,
  position: SimPosition,
  { orders, now }: { readonly orders: readonly TriggerOrder[]; readonly now: number },
): { readonly account: SimAccount; readonly placed: readonly SimTrigger[] } {
  const group = freshId(account, 'group');
  const placed = orders.map(
    (order, i): SimTrigger => ({
      id: freshId(account, `trigger-${i}`),
      clientId: order.clientId ?? '',
      positionId: position.id,
      instrument: position.instrument,
      side: position.side,
      kind: order.kind,
      price: order.price,
      contracts: order.contracts,
      trail: order.trail ?? null,
      group,
      createdAt: now,
      updatedAt: now,
    }),
  );
  const after = withTriggers(account, [...triggersOf(account), ...placed]);
  return { account: recorded(after, {}), placed };
}

/** Takes triggers away without a trade. */
export function cancelTriggers(
  account: SimAccount,
  isMeant: (trigger: SimTrigger) => boolean,
  now: number,
): SimAccount {
  const all = triggersOf(account);
  const gone = all.filter(isMeant);
  if (gone.length === 0) return account;
  const rest = all.filter((trigger) => !gone.includes(trigger));
  const triggers = gone.map((trigger) => ({
    ...{ trigger, end: 'cancelled' as const, executionId: null, at: now },
  }));
  return recorded(withTriggers(account, rest), { triggers });
}

/** The triggers of a group with other prices; a kind that is null leaves, one that was not there joins. */
export function amendGroup(
  account: SimAccount,
  group: string,
  {
    prices,
    now,
  }: {
    readonly prices: Readonly<Partial<Record<'takeProfit' | 'stopLoss', Decimal | null>>>;
    readonly now: number;
  },
): SimAccount {
  const all = triggersOf(account);
  const mine = all.filter((trigger) => trigger.group === group);
  const first = mine[0];
  if (first === undefined) return account;
  const amended = (['takeProfit', 'stopLoss'] as const).flatMap((kind) => {
    const old = mine.find((each) => each.kind === kind);
    const price = prices[kind] === undefined ? (old?.price ?? null) : prices[kind];
    if (price === null) return [];
    const id = old?.id ?? freshId(account, `amended-${kind}`);
    return [{ ...(old ?? first), id, kind, price, updatedAt: now }];
  });
  const others = all.filter((trigger) => trigger.group !== group);
  return recorded(withTriggers(account, [...others, ...amended]), {});
}
