import { type Decimal, ZERO } from '../../domain/decimal.ts';
import type { Position, PriceState } from '../../domain/position.ts';
import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import type { AlertSettings } from '../rule-settings.ts';
import { settingsFor } from '../rule-settings.ts';
import type { AlertView, PastMark } from './alert-view.ts';
import {
  CHANGES,
  type ChangeKind,
  type ExpectedChange,
  type Happening,
  type ToldChange,
} from './happening.ts';
import { positionSubject } from './position-samples.ts';
import { isWholeAndFresh, sampleAt } from './sample-at.ts';

export interface ChangesInput {
  readonly view: AlertView;
  readonly settings: AlertSettings;
  /** The last whole reading of each account before this one, by id. Who has none has no news either. */
  readonly before: ReadonlyMap<string, AccountSnapshot>;
  readonly expected: readonly ExpectedChange[];
  readonly told: readonly ToldChange[];
}

/**
 * What happened to positions between two whole readings and was not our own doing. A reading that is
 * late, or hides a row, is no evidence of anything.
 */
export function changesOf(input: ChangesInput): Happening[] {
  return input.view.desk.accounts.flatMap(({ account }) => {
    const before = input.before.get(account.account.id);
    const isNewer = (account.positionsAt ?? 0) > (before?.positionsAt ?? Number.POSITIVE_INFINITY);
    if (before === undefined || !isNewer || !isWholeAndFresh(account, input.view)) return [];
    return legsOf(before, account).flatMap((leg) => happeningOf(leg, { ...input, account }));
  });
}

interface Leg {
  readonly was: Position | null;
  readonly is: Position | null;
}

/** Every leg of either reading. */
function legsOf(before: AccountSnapshot, after: AccountSnapshot): Leg[] {
  const keyOf = (position: Position) => JSON.stringify(positionSubject(position));
  const was = new Map(before.positions.map((position) => [keyOf(position), position]));
  const is = new Map(after.positions.map((position) => [keyOf(position), position]));
  return [...new Set([...was.keys(), ...is.keys()])].map((key) => ({
    was: was.get(key) ?? null,
    is: is.get(key) ?? null,
  }));
}

interface Around extends ChangesInput {
  readonly account: AccountSnapshot;
}

function happeningOf({ was, is }: Leg, around: Around): Happening[] {
  const leg = is ?? was;
  if (leg === null) return [];
  const { view, settings, account } = around;
  const { asset } = leg.instrument;
  const scope = { account: leg.account, asset, books: account.account.books };
  const from = was?.contracts ?? ZERO;
  const to = is?.contracts ?? ZERO;
  const kind =
    from.eq(to) || isOurs(leg, { from, to }, around) ? null : kindOf({ was, is }, around);
  if (kind === null) return [];
  const { rule, level } = CHANGES[kind];
  const own = settingsFor(settings, rule, scope);
  const resized = own?.options['resized'] ?? ZERO;
  const isSlight = kind === 'resized' && to.minus(from).abs().lt(from.times(resized));
  if (own?.levels[level] === undefined || isSlight) return [];
  const facts = { change: kind, asset, before: from.toFixed(), after: to.toFixed() };
  const given = { value: to, observedAt: account.positionsAt, scope, facts };
  const sample = sampleAt(view, { rule, subject: positionSubject(leg) }, given);
  return [{ sample, kind, level }];
}

/** On the way to where one of our own acts leads, or there. */
function isOurs(
  { account, instrument, side }: Position,
  { from, to }: { readonly from: Decimal; readonly to: Decimal },
  { expected, account: { positionsAt } }: Around,
): boolean {
  return expected.some((each) => {
    const isIt =
      each.account === account && each.instrument === instrument.symbol && each.side === side;
    if (!isIt || (positionsAt ?? 0) >= each.until) return false;
    if (each.contracts === null) return true;
    const isDown = to.lt(from);
    return isDown ? to.gte(each.contracts) : to.lte(each.contracts);
  });
}

/** The venue's word first, then what the prices in between explain, then the bare fact. */
function kindOf({ was, is }: Leg, around: Around): ChangeKind {
  if (was === null) return 'opened';
  const since = around.before.get(was.account)?.positionsAt ?? 0;
  const told = around.told.find(
    ({ account, instrument, side, at }) =>
      account === was.account &&
      instrument === was.instrument.symbol &&
      side === was.side &&
      at > since,
  );
  if (told !== undefined) return told.kind;
  const isSmaller = is === null || is.contracts.lt(was.contracts);
  const marks = (around.view.marks.get(was.instrument.asset) ?? []).filter(({ at }) => at >= since);
  const reached = isSmaller ? reachedBy(was, marks) : null;
  return reached ?? (is === null ? 'closed' : 'resized');
}

/** Which of its prices the marks reached; the stop comes before the liquidation it is there to prevent. */
function reachedBy(position: Position, marks: readonly PastMark[]): ChangeKind | null {
  const { side, instrument, stopLoss, takeProfit, liquidation } = position;
  const prices = marks.map(({ price }) => price.times(instrument.multiplier));
  const isReached = (state: PriceState, way: 'against' | 'for') => {
    if (state.kind !== 'price') return false;
    const isBelow = (side === 'long') === (way === 'against');
    return prices.some((price) => (isBelow ? price.lte(state.price) : price.gte(state.price)));
  };
  const isStopFirst =
    stopLoss.kind === 'price' &&
    (liquidation.kind !== 'price' ||
      (side === 'long'
        ? stopLoss.price.gt(liquidation.price)
        : stopLoss.price.lt(liquidation.price)));
  if (isStopFirst && isReached(stopLoss, 'against')) return 'stop-filled';
  if (isReached(liquidation, 'against')) return 'liquidated';
  return isReached(takeProfit, 'for') ? 'take-profit-filled' : null;
}
