import type { Account } from '../../domain/account.ts';
import { handlesOf } from '../../domain/handle.ts';
import { positionsOf, type Snapshot } from '../../portfolio/snapshot.ts';
import type { Actor } from '../command.ts';
import { scenarioIds } from '../scenario-ids.ts';

const MOST = 25;

/** A value, and what people see in its place. */
export interface Suggested {
  readonly name: string;
  readonly value: string;
}

/**
 * What could be meant by the letters typed so far, for an argument of this type: from memory, and only
 * what this person may see.
 */
export function suggestValues(
  type: string,
  prefix: string,
  known: {
    readonly accounts: readonly Account[];
    readonly snapshot: Snapshot;
    readonly actor: Actor;
  },
): readonly Suggested[] {
  const { actor } = known;
  const isVisible = (id: string) => actor.accounts === null || actor.accounts.includes(id);
  const accounts = known.snapshot.accounts.filter(({ account }) => isVisible(account.id));
  const positions = positionsOf({ ...known.snapshot, accounts });
  const assets = [...new Set(positions.map(({ instrument }) => instrument.asset))];
  const values: Readonly<Record<string, () => readonly Suggested[]>> = {
    account: () => known.accounts.map(({ id }) => same(id)).filter(({ value }) => isVisible(value)),
    asset: () => assets.map(same),
    scenario: () => scenarioIds({ ...known.snapshot, accounts }).map(same),
    position: () =>
      [...handlesOf(positions)].map(([{ instrument, side, account }, value]) => ({
        name: `${value} ${instrument.asset} ${side} ${account}`,
        value,
      })),
    scope: () =>
      [
        'all',
        ...known.accounts.filter(({ id }) => isVisible(id)).map(({ id }) => id),
        ...assets,
      ].map(same),
    clear: () => ['tp', 'sl', 'trail', 'all'].map(same),
  };
  const typed = prefix.trim().toLowerCase();
  return (values[type]?.() ?? [])
    .filter(({ name }) => name.toLowerCase().includes(typed))
    .toSorted(
      (a, b) =>
        Number(b.name.toLowerCase().startsWith(typed)) -
        Number(a.name.toLowerCase().startsWith(typed)),
    )
    .slice(0, MOST);
}

const same = (value: string): Suggested => ({ name: value, value });
