import { isDollar } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import type { AccountSnapshot, Snapshot } from '../portfolio/snapshot.ts';
import type { DeskAccount, DeskRisk } from './assess-desk.ts';
import { assessDesk, deskAccount, deskOf, positionIn } from './assess-desk.ts';
import { coinPriceFrom } from './coin-price.ts';
import type { PositionRisk } from './position-risk.ts';

/**
 * What assessDesk says of this snapshot, when most of it was judged before: only accounts that are not the
 * same object as then are judged, and those whose coins the others' marks price. For a mark that moved or
 * one account read again; a desk that opened or closed anything is judged as a whole, since handles may
 * change. Keep unchanged accounts and positions the very objects they were.
 *
 * Cheap by itself: one look at every account, and a few divisions for each that changed; no position, pool
 * or total is worked out before it is read. Reading all of an isolated position costs some microseconds;
 * the first cross one of an account that changed costs one look at all its positions, each further one a
 * linear equation. So read what the mark touches, not the desk.
 */
export function reassessDesk(before: DeskRisk, snapshot: Snapshot): DeskRisk {
  const changed = changedAccounts(before, snapshot);
  if (changed === null) return assessDesk(snapshot);
  const priceOf = coinPriceFrom(snapshot);
  const assets = movedAssets(before, snapshot, changed);
  const accounts = before.accounts.slice();
  const positions = before.positions.slice();
  let start = 0;
  for (let index = 0; index < accounts.length; index += 1) {
    const account = snapshot.accounts[index] as AccountSnapshot;
    if (changed.has(index) || isPricedByOthers(account, assets)) {
      const judged = deskAccount(account, priceOf);
      accounts[index] = judged;
      judgeAgain(judged, positions, { handleAt: before.handleAt, start });
    }
    start += account.positions.length;
  }
  return deskOf({
    positions,
    accounts,
    takenAt: snapshot.takenAt,
    handleAt: before.handleAt,
  });
}

/** By the account as it is now. */
function judgeAgain(
  judged: DeskAccount,
  positions: PositionRisk[],
  { handleAt, start }: Pick<DeskRisk, 'handleAt'> & { readonly start: number },
): void {
  const { positions: held, status } = judged.account;
  for (let place = 0; place < held.length; place += 1) {
    const position = held[place] as Position;
    const was = positions[start + place] as PositionRisk;
    // An isolated position that is the same as then is judged by nothing else.
    const standsAlone = position.marginMode === 'isolated' && was.status === status;
    if (standsAlone && was.position === position) continue;
    positions[start + place] = positionIn(judged, position, { handleAt, place: start + place });
  }
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
  for (let index = 0; index < before.length; index += 1) {
    const [a, b] = [before[index] as Position, after[index] as Position];
    if (a !== b && !isSameLeg(a, b)) return false;
  }
  return true;
}

function isSameLeg(a: Position, b: Position): boolean {
  const isSameMode = a.side === b.side && a.marginMode === b.marginMode && a.venue === b.venue;
  return isSameMode && a.account === b.account && a.instrument.symbol === b.instrument.symbol;
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
    const after = snapshot.accounts[index]?.positions ?? [];
    for (let place = 0; place < after.length; place += 1) {
      const [was, is] = [before[place] as Position, after[place] as Position];
      if (was !== is) assets.add(was.instrument.asset).add(is.instrument.asset);
    }
  }
  return assets;
}

/** Whether the pools of an account that did not change hold a coin that only others' marks may price. */
function isPricedByOthers(account: AccountSnapshot, assets: ReadonlySet<string>): boolean {
  let coins = PRICED_BY_OTHERS.get(account);
  if (coins === undefined) {
    coins = pricedByOthers(account);
    PRICED_BY_OTHERS.set(account, coins);
  }
  return coins.some((coin) => assets.has(coin));
}

/** Every tick asks for them again. */
const PRICED_BY_OTHERS = new WeakMap<AccountSnapshot, readonly string[]>();

function pricedByOthers({ positions, margin }: AccountSnapshot): readonly string[] {
  // Without cross positions nobody asks what a coin is worth.
  if (positions.every(({ marginMode }) => marginMode === 'isolated')) return [];
  const own = new Set(
    positions
      .filter(({ instrument, markPrice }) => markPrice !== null && isDollar(instrument.quote))
      .map(({ instrument }) => instrument.asset),
  );
  const held = (margin?.collateral ?? []).map(({ asset }) => asset);
  const coins = new Set([...held, ...positions.map(({ instrument }) => instrument.settle)]);
  return [...coins].filter((coin) => !isDollar(coin) && !own.has(coin));
}
