import type { Decimal } from '../domain/decimal.ts';
import { idsOf } from './derived-ids.ts';
import type { SimAccount, SimPosition, SimTrigger } from './model.ts';

/** Every trigger that waits. An account nobody wrote to has the full-size stops of its positions. */
export function triggersOf(account: SimAccount): readonly SimTrigger[] {
  return account.triggers ?? account.positions.flatMap(stopsAtStart);
}

export function triggersOn(account: SimAccount, { id }: SimPosition): readonly SimTrigger[] {
  return triggersOf(account).filter((trigger) => trigger.positionId === id);
}

/** The full-size stop of a kind: at most one on every venue. */
export function fullSizeStop(
  triggers: readonly SimTrigger[],
  kind: SimTrigger['kind'],
): SimTrigger | null {
  return triggers.find((each) => each.kind === kind && each.contracts === null) ?? null;
}

/** The account with these triggers, and its positions telling the full-size ones. */
export function withTriggers(account: SimAccount, triggers: readonly SimTrigger[]): SimAccount {
  const positions = account.positions.map((position) => {
    const mine = triggers.filter(({ positionId }) => positionId === position.id);
    return {
      ...position,
      takeProfit: fullSizeStop(mine, 'takeProfit')?.price ?? null,
      stopLoss: fullSizeStop(mine, 'stopLoss')?.price ?? null,
    };
  });
  return { ...account, positions, triggers };
}

function stopsAtStart(position: SimPosition): SimTrigger[] {
  const stop = (kind: 'takeProfit' | 'stopLoss', price: Decimal | null): SimTrigger[] =>
    price === null
      ? []
      : [
          {
            id: idsOf(`${position.id}:${kind}`).uuid,
            clientId: '',
            positionId: position.id,
            instrument: position.instrument,
            side: position.side,
            kind,
            price,
            contracts: null,
            trail: null,
            group: `${position.id}:stops`,
            createdAt: position.createdAt,
            updatedAt: position.updatedAt,
          },
        ];
  return [...stop('takeProfit', position.takeProfit), ...stop('stopLoss', position.stopLoss)];
}
