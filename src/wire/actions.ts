import { createHash, randomInt } from 'node:crypto';
import type { ActionDeps } from '../app/actions/action-deps.ts';
import { type ActionsRunning, createActions } from '../app/actions/create-actions.ts';
import type { AccountWriter } from '../ports/venue-writer.ts';
import { clock, log } from './parts.ts';
import type { Setup } from './setup.ts';

const SMALL = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** No sign of any chat's markup: a token is copied from one chat into another. */
const LETTERS = `${SMALL}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
const LENGTH = 24;

export function openActions(
  { store, accounts, tradeAccess, actions, people }: Setup,
  parts: Pick<ActionDeps, 'desk' | 'market' | 'marketReady'> & {
    readonly isStopped: () => Promise<boolean>;
    readonly writers: readonly AccountWriter[];
  },
): ActionsRunning {
  return createActions({
    store: store.actions,
    ...{
      desk: parts.desk,
      market: parts.market,
      marketReady: parts.marketReady,
      accounts,
      tradeAccess,
      settings: actions,
    },
    writers: new Map(parts.writers.map((writer) => [writer.account, writer])),
    personNow: personNow(people),
    isStopped: parts.isStopped,
    ...{ clock, log },
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    ...{ newId, newToken },
  });
}

export const newId = (): string => randomText(SMALL);
export const newToken = (): string => randomText(LETTERS);

/** Somebody the desk file names, with the rights they have now. */
export function personNow(people: Setup['people']): ActionDeps['personNow'] {
  return (person) => {
    const named = people.find(({ id }) => id === person);
    return named ? { person, roles: named.roles, accounts: named.accounts ?? null } : null;
  };
}

function randomText(alphabet: string): string {
  return Array.from({ length: LENGTH }, () => alphabet[randomInt(alphabet.length)]).join('');
}
