import { handlesOf } from '../domain/handle.ts';
import type { Position } from '../domain/position.ts';
import type { Handle, Ratio } from '../domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../portfolio/snapshot.ts';
import { positionsOf } from '../portfolio/snapshot.ts';
import type { AccountRisk } from './account-risk.ts';
import { assessAccount } from './account-risk.ts';
import type { CoinPrice } from './coin-price.ts';
import { coinPriceFrom } from './coin-price.ts';
import type { AccountPools } from './cross/account-pools.ts';
import { accountPools } from './cross/account-pools.ts';
import type { PoolRisk } from './pool-risk.ts';
import { assessPool } from './pool-risk.ts';
import type { PositionRisk, PositionSurroundings } from './position-risk.ts';
import { assessPosition } from './position-risk.ts';

export interface DeskAccount extends AccountRisk {
  /** Its cross pools, and where each is liquidated if only one asset moves. */
  readonly pools: AccountPools;
}

/** Every position, every account and the pool, judged at one moment; positions and pools when asked. */
export interface DeskRisk {
  /** In snapshot order. */
  readonly positions: readonly PositionRisk[];
  /** In desk order, the missing ones too. */
  readonly accounts: readonly DeskAccount[];
  readonly totals: PoolRisk;
  readonly takenAt: number;
  /** The handle of the position at this place of `positions`. */
  readonly handleAt: (place: number) => Handle;
}

export function assessDesk(snapshot: Snapshot): DeskRisk {
  const priceOf = coinPriceFrom(snapshot);
  const handleAt = handlesWhenAsked(snapshot);
  const accounts: DeskAccount[] = [];
  const positions: PositionRisk[] = [];
  for (const account of snapshot.accounts) {
    const judged = deskAccount(account, priceOf);
    accounts.push(judged);
    for (const position of account.positions) {
      positions.push(positionIn(judged, position, { handleAt, place: positions.length }));
    }
  }
  return deskOf({ positions, accounts, takenAt: snapshot.takenAt, handleAt });
}

/** With the pool, summed when somebody asks for it: after most marks nobody does. */
export function deskOf(parts: Omit<DeskRisk, 'totals'>): DeskRisk {
  let totals: PoolRisk | null = null;
  return {
    ...parts,
    get totals() {
      totals ??= assessPool(parts.accounts);
      return totals;
    },
  };
}

/** One account of the desk. */
export function deskAccount(account: AccountSnapshot, priceOf: CoinPrice): DeskAccount {
  return { ...assessAccount(account), pools: accountPools(account, priceOf) };
}

/** Where a position stands in a desk. */
export interface DeskPlace {
  readonly handleAt: DeskRisk['handleAt'];
  readonly place: number;
}

/** One position of an account. */
export function positionIn(account: DeskAccount, position: Position, at: DeskPlace): PositionRisk {
  return assessPosition(position, new Surroundings(account, at));
}

/** Not the account itself: a position that is judged once and kept would keep its whole desk alive. */
class Surroundings implements PositionSurroundings {
  readonly status: AccountSnapshot['status'];
  readonly accountHealth: Ratio | null;
  readonly pools: AccountPools;
  readonly #at: DeskPlace;

  constructor({ account, healthFactor, pools }: DeskAccount, at: DeskPlace) {
    this.status = account.status;
    this.accountHealth = healthFactor;
    this.pools = pools;
    this.#at = at;
  }

  get handle() {
    return this.#at.handleAt(this.#at.place);
  }
}

/** A handle depends on all positions of a desk, so the first that is asked for names them all. */
function handlesWhenAsked(snapshot: Snapshot): DeskRisk['handleAt'] {
  let handles: readonly Handle[] | null = null;
  // The map is in the order of the positions, each of which it names.
  return (place) => {
    handles ??= [...handlesOf(positionsOf(snapshot)).values()];
    return handles[place] as Handle;
  };
}
