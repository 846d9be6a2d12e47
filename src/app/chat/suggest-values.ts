import type { Account } from '../../domain/account.ts';
import { positionsOf, type Snapshot } from '../../portfolio/snapshot.ts';
import type { Actor } from '../command.ts';
import { scenarioIds } from '../scenario-ids.ts';

const MOST = 25;

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
): readonly string[] {
  const { actor } = known;
  const isVisible = (id: string) => actor.accounts === null || actor.accounts.includes(id);
  const assets = positionsOf(known.snapshot)
    .filter(({ account }) => isVisible(account))
    .map(({ instrument }) => instrument.asset);
  const values: Readonly<Record<string, () => readonly string[]>> = {
    account: () => known.accounts.map(({ id }) => id).filter(isVisible),
    asset: () => [...new Set(assets)],
    scenario: () => scenarioIds([...new Set(assets)]),
  };
  const typed = prefix.trim().toLowerCase();
  return (values[type]?.() ?? [])
    .filter((value) => value.toLowerCase().includes(typed))
    .toSorted(
      (a, b) =>
        Number(b.toLowerCase().startsWith(typed)) - Number(a.toLowerCase().startsWith(typed)),
    )
    .slice(0, MOST);
}
