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
  /** Grows with everything that was done or has happened. */
  changes(): number;
  /** What the next ledger of the same seed has to know to go on from here. */
  memory(): LedgerMemory;
}

/** What writes and triggers change of an account. */
type Writable = Pick<
  SimAccount,
  'balances' | 'positions' | 'orders' | 'triggers' | 'history' | 'funding'
>;

/** Of the accounts somebody has written to: how they stand, and since when the market was looked at. */
export interface LedgerMemory {
  readonly settledAt: number;
  readonly accounts: readonly (Pick<SimAccount, 'id'> & Writable)[];
  /** Ids of the triggers that were seen untouched. */
  readonly armed: readonly string[];
  readonly effects: readonly SimEffect[];
}

interface LedgerStart {
  readonly market: Pick<Market, 'mark'>;
  readonly start: number;
  /** Of a ledger before this one; absent: the accounts stand as the seed has them. */
  readonly memory?: LedgerMemory;
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
  { market, start, memory }: LedgerStart,
): Ledger {
  const known = accounts.map((each) => ({
    ...each,
    ...memory?.accounts.find(({ id }) => id === each.id),
  }));
  const versions: Version[] = [{ at: Number.NEGATIVE_INFINITY, accounts: known }];
  const effects: SimEffect[] = [...(memory?.effects ?? [])];
  const live = new Set(memory?.accounts.map(({ id }) => id));
  const armed = new Set(memory?.armed);
  let settledAt = memory?.settledAt ?? start;
  let changes = 0;
  const current = () => (versions.at(-1) as Version).accounts;

  function replace(changed: readonly SimAccount[], at: number): void {
    const next = current().map((old) => changed.find(({ id }) => id === old.id) ?? old);
    versions.push({ at, accounts: next });
    changes += 1;
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
    changes: () => changes,
    memory: () => ({
      settledAt,
      accounts: current()
        .filter(({ id }) => live.has(id))
        .map((account) => ({ id: account.id, ...writableOf(account) })),
      armed: [...armed],
      effects,
    }),
  };
}

function writableOf(account: SimAccount): Writable {
  const { balances, positions, orders, triggers, history, funding } = account;
  return {
    ...{ balances, positions, orders },
    ...(triggers && { triggers }),
    ...(history && { history }),
    ...(funding && { funding }),
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
