import { isDollar } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import type { AccountSnapshot, Snapshot } from '../portfolio/snapshot.ts';
import type { DeskRisk } from './assess-desk.ts';
import { assessDesk, deskAccount, positionIn } from './assess-desk.ts';
import { coinPriceFrom } from './coin-price.ts';
import { assessPool } from './pool-risk.ts';
import type { PositionRisk } from './position-risk.ts';

/**
 * What assessDesk says of this snapshot, when most of it was judged before: only accounts that are not the
 * same object as then are judged, and those whose coins the others' marks price. For a mark that moved or
 * one account read again; a desk that opened or closed anything is judged as a whole, since handles may
 * change.
 */
export function reassessDesk(before: DeskRisk, snapshot: Snapshot): DeskRisk {
  const changed = changedAccounts(before, snapshot);
  if (changed === null) return assessDesk(snapshot);
  const priceOf = coinPriceFrom(snapshot);
  const assets = movedAssets(before, snapshot, changed);
  const accounts = before.accounts.slice();
  const positions: PositionRisk[] = before.positions.slice();
  let start = 0;
  for (const [index, account] of snapshot.accounts.entries()) {
    const from = start;
    start += account.positions.length;
    if (!changed.has(index) && !isPricedByOthers(account, assets)) continue;
    const judged = deskAccount(account, priceOf);
    accounts[index] = judged;
    for (const [place, position] of account.positions.entries()) {
      const was = before.positions[from + place] as PositionRisk;
      if (standsAlone(position, was, account)) continue;
      positions[from + place] = positionIn(judged, position, was.handle);
    }
  }
  return { positions, accounts, totals: assessPool(accounts), takenAt: snapshot.takenAt };
}

/** An isolated position that is the same as then is judged by nothing else. */
function standsAlone(position: Position, was: PositionRisk, { status }: AccountSnapshot): boolean {
  return position === was.position && position.marginMode === 'isolated' && was.status === status;
}

/** By place; null when the desk is not made of the same accounts and positions any more. */
function changedAccounts({ accounts }: DeskRisk, snapshot: Snapshot): Set<number> | null {
  if (accounts.length !== snapshot.accounts.length) return null;
  const changed = new Set<number>();
  for (const [index, { account: before }] of accounts.entries()) {
    const after = snapshot.accounts[index];
    if (after === before) continue;
    if (after === undefined || !isSameBook(before.positions, after.positions)) return null;
    changed.add(index);
  }
  return changed;
}

/** All that a handle is made of. */
function isSameBook(before: readonly Position[], after: readonly Position[]): boolean {
  if (before.length !== after.length) return false;
  return before.every((a, index) => {
    const b = after[index];
    if (b === undefined) return false;
    if (a === b) return true;
    const isSameLeg = a.side === b.side && a.marginMode === b.marginMode && a.venue === b.venue;
    return isSameLeg && a.account === b.account && a.instrument.symbol === b.instrument.symbol;
  });
}

/** Whose marks may have moved. */
function movedAssets(
  { accounts }: DeskRisk,
  snapshot: Snapshot,
  changed: ReadonlySet<number>,
): ReadonlySet<string> {
  const assets = new Set<string>();
  for (const index of changed) {
    const before = accounts[index]?.account.positions ?? [];
    for (const [place, position] of (snapshot.accounts[index]?.positions ?? []).entries()) {
      const was = before[place];
      if (was === position || was === undefined) continue;
      assets.add(was.instrument.asset).add(position.instrument.asset);
    }
  }
  return assets;
}

/** Whether the pools of an account that did not change hold a coin that only others' marks may price. */
function isPricedByOthers(
  { positions, margin }: AccountSnapshot,
  assets: ReadonlySet<string>,
): boolean {
  const hasOwnMark = (coin: string) =>
    positions.some(
      ({ instrument, markPrice }) =>
        instrument.asset === coin && markPrice !== null && isDollar(instrument.quote),
    );
  const isOpen = (coin: string) => assets.has(coin) && !isDollar(coin) && !hasOwnMark(coin);
  return (
    (margin?.collateral ?? []).some(({ asset }) => isOpen(asset)) ||
    positions.some(({ instrument }) => isOpen(instrument.settle))
  );
}
