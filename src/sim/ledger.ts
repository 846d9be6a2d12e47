import type { Market } from './market.ts';
import type { Marks, SimAccount } from './model.ts';
import { firedCount, fireTriggers, isTouched } from './operations/fire-triggers.ts';
import { triggersOf } from './triggers.ts';

/** One thing that was really done to an account. A transfer is one effect, of the payer. */
export interface SimEffect {
  readonly accountId: string;
  /** `fired`: by the venue, when the mark touched a trigger. */
  readonly kind: 'margin' | 'stops' | 'close' | 'open' | 'cancel' | 'transfer' | 'fired';
  /** The caller's own id; empty: the call has none. */
  readonly clientId: string;
  readonly at: number;
}

interface Acceptance {
  /** As they stand from now on. */
  readonly accounts: readonly SimAccount[];
  readonly effect: SimEffect;
}

/**
 * The accounts and what was done to them. Until somebody writes to an account it stands as the seed has
 * it, its stops included; from then on its triggers fire when the mark comes to touch them.
 */
export interface Ledger {
  /** As they were at a time, as far as the memory goes. */
  accounts(at: number): readonly SimAccount[];
  accept(acceptance: Acceptance): void;
  /** Fires what the market has touched up to now. */
  settle(now: number): void;
  effects(): readonly SimEffect[];
}

interface Version {
  readonly at: number;
  readonly accounts: readonly SimAccount[];
}

const MOST_VERSIONS = 200;
/** Looks at the market once a second, less often when nobody asked for long. */
const MOST_LOOKS = 300;
const SECOND = 1000;

export function createLedger(
  accounts: readonly SimAccount[],
  { market, start }: { readonly market: Pick<Market, 'mark'>; readonly start: number },
): Ledger {
  const versions: Version[] = [{ at: Number.NEGATIVE_INFINITY, accounts }];
  const effects: SimEffect[] = [];
  const live = new Set<string>();
  const armed = new Set<string>();
  let settledAt = start;
  const current = () => (versions.at(-1) as Version).accounts;

  function replace(changed: readonly SimAccount[], at: number): void {
    const next = current().map((old) => changed.find(({ id }) => id === old.id) ?? old);
    versions.push({ at, accounts: next });
    if (versions.length > MOST_VERSIONS) versions.splice(1, 1);
  }

  function arm(account: SimAccount, marks: Marks): void {
    for (const trigger of triggersOf(account)) {
      if (!isTouched(trigger, marks)) armed.add(trigger.id);
    }
  }

  function look(at: number): void {
    const marks = rememberedMarks(market, at);
    for (const account of current().filter(({ id }) => live.has(id))) {
      const isArmed = ({ id }: { readonly id: string }) => armed.has(id);
      const after = fireTriggers(account, { marks, now: at, isArmed });
      if (after !== account) replace([after], at);
      arm(after, marks);
      const fired = firedCount(after) - firedCount(account);
      const effect = { accountId: account.id, kind: 'fired', clientId: '', at } as const;
      effects.push(...Array.from({ length: fired }, () => effect));
    }
  }

  return {
    accounts: (at) =>
      (versions.findLast((version) => version.at <= at) ?? versions[0])?.accounts ?? [],
    accept({ accounts: changed, effect }) {
      replace(changed, effect.at);
      effects.push(effect);
      for (const account of changed) {
        live.add(account.id);
        arm(account, rememberedMarks(market, effect.at));
      }
    },
    settle(now) {
      const gap = now - settledAt;
      const step = Math.max(SECOND, Math.ceil(gap / MOST_LOOKS / SECOND) * SECOND);
      if (live.size > 0) {
        for (let at = settledAt + step; at < now; at += step) look(at);
        look(now);
      }
      settledAt = Math.max(settledAt, now);
    },
    effects: () => effects,
  };
}

function rememberedMarks(market: Pick<Market, 'mark'>, at: number): Marks {
  const seen = new Map<string, ReturnType<Marks>>();
  return (asset) => {
    const known = seen.get(asset);
    if (known !== undefined) return known;
    const mark = market.mark(asset, at);
    seen.set(asset, mark);
    return mark;
  };
}
