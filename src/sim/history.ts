import { idsOf } from './derived-ids.ts';
import type { SimAccount, SimHistory } from './model.ts';

const NOTHING: SimHistory = {
  executions: [],
  triggers: [],
  transfers: [],
  margins: [],
  sequence: 0,
};

export function historyOf({ history }: SimAccount): SimHistory {
  return history ?? NOTHING;
}

type Lists = Omit<SimHistory, 'sequence'>;

/** The account with more to tell; whatever is recorded moves the sequence, so ids never repeat. */
export function recorded(account: SimAccount, more: Partial<Lists>): SimAccount {
  const before = historyOf(account);
  const history: SimHistory = {
    executions: [...before.executions, ...(more.executions ?? [])],
    triggers: [...before.triggers, ...(more.triggers ?? [])],
    transfers: [...before.transfers, ...(more.transfers ?? [])],
    margins: [...before.margins, ...(more.margins ?? [])],
    sequence: before.sequence + 1,
  };
  return { ...account, history };
}

/** A uuid nobody had before; `part` tells those apart that one step needs. */
export function freshId(account: SimAccount, part: string): string {
  return idsOf(`${account.id}/${historyOf(account).sequence}/${part}`).uuid;
}
