import { type Decimal, ZERO } from '../../../domain/decimal.ts';
import type { Position } from '../../../domain/position.ts';
import type { StopsOrder, StopsWriter, WriteOutcome } from '../../../ports/venue-writer.ts';
import { allOrNothing, type WriteStep } from '../wire/all-or-nothing.ts';
import {
  type BybitLegRow,
  type BybitSizedStop,
  type BybitStanding,
  fetchBybitLeg,
  fetchBybitStanding,
} from './bybit-write-leg.ts';
import { positiveOf, type RawRecord } from './raw-record.ts';
import type { TrailingMemory } from './trailing-memory.ts';
import { refused } from './write-call.ts';
import { toStep } from './write-market.ts';
import { refusedBy } from './write-refusals.ts';
import {
  compareSized,
  type SizedStop,
  STOP_KINDS,
  type StopKind,
  type WantedStops,
  wantedStops,
} from './write-rungs.ts';
import type { WriteSetup } from './write-setup.ts';

const SIZE_FIELDS: Readonly<Record<StopKind, string>> = {
  takeProfit: 'tpSize',
  stopLoss: 'slSize',
};
const TYPE_FIELDS: Readonly<Record<StopKind, string>> = {
  takeProfit: 'tpOrderType',
  stopLoss: 'slOrderType',
};
const TRIGGER_FIELDS: Readonly<Record<StopKind, string>> = {
  takeProfit: 'tpTriggerBy',
  stopLoss: 'slTriggerBy',
};

interface Leg {
  readonly position: Position;
  readonly row: BybitLegRow;
  readonly standing: BybitStanding;
}

/**
 * Whole-size prices and the trailing distance change in one call, which replaces. Triggers for a part can
 * only be added and cancelled: new ones come first, what they replace goes last, so that a fault in the
 * middle leaves more protection, never less.
 */
export function createBybitStops(setup: WriteSetup, trailing: TrailingMemory): StopsWriter {
  return {
    ...{ hasLadder: true, hasTrailing: true },
    async set(order, signal) {
      const { position } = order;
      const looked = await setup.read(signal, async (session): Promise<Leg | null> => {
        const row = await fetchBybitLeg(session, position);
        if (row === null) return null;
        return { position, row, standing: await fetchBybitStanding(session, row, position) };
      });
      if (!looked.ok) return refusedBy(looked.error);
      if (looked.value === null) return refused('position-not-found');
      return setOn(setup, { leg: looked.value, order, trailing, signal });
    },
  };
}

interface Change {
  readonly leg: Leg;
  readonly order: StopsOrder;
  readonly trailing: TrailingMemory;
  readonly signal: AbortSignal;
}

async function setOn(setup: WriteSetup, change: Change): Promise<WriteOutcome> {
  const { leg, order, trailing, signal } = change;
  const { standing, row, position } = leg;
  const wanted = wantedStops(order.stops, { contracts: row.size, step: row.step });
  if (wanted === null) return refused('amount-too-small');
  const distance = wantedDistance(change);
  if (distance === 'no-mark') return refused('not-sent');
  const { missing, surplus } = compareSized(wanted.sized, standing.sized);
  const whole = wholeChange(wanted, standing, distance);
  const outcome = await allOrNothing([
    ...missing.map((stop) => addSized(setup, leg, stop, signal)),
    ...(whole === null ? [] : [changeWhole(setup, leg, whole, signal)]),
    ...surplus.map((stop) => cancelSized(setup, leg, stop, signal)),
  ]);
  const { trailing: share } = order.stops;
  if (outcome.kind !== 'refused' && distance !== null && share !== null) {
    trailing.keep(position, { distance, share });
  }
  return outcome;
}

/** The distance in price, in whole ticks; the one that stands when it is the share that was asked for. */
function wantedDistance({ leg, order, trailing }: Change): Decimal | null | 'no-mark' {
  const { trailing: share } = order.stops;
  if (share === null) return null;
  const { row, standing, position } = leg;
  const mark = positiveOf(row.row, 'markPrice') ?? position.markPrice;
  const { trailingDistance: stands } = standing;
  if (stands !== null && trailing.shareOf(position, stands, mark)?.eq(share)) return stands;
  if (mark === null) return 'no-mark';
  const distance = toStep(mark.times(share), position.instrument.tickSize);
  return distance.gt(0) ? distance : position.instrument.tickSize;
}

interface WholeChange {
  readonly now: RawRecord;
  readonly before: RawRecord;
}

/** Only what changes is named; '0' takes it away. */
function wholeChange(
  wanted: WantedStops,
  standing: BybitStanding,
  distance: Decimal | null,
): WholeChange | null {
  const now: Record<string, string> = {};
  const before: Record<string, string> = {};
  const name = (field: string, next: Decimal | null, stands: Decimal | null) => {
    if ((next ?? ZERO).eq(stands ?? ZERO)) return;
    now[field] = (next ?? ZERO).toFixed();
    before[field] = (stands ?? ZERO).toFixed();
  };
  for (const kind of STOP_KINDS) {
    name(kind, wanted.whole[kind], standing.whole[kind]);
    if (now[kind] === undefined) continue;
    now[TRIGGER_FIELDS[kind]] = 'MarkPrice';
    before[TRIGGER_FIELDS[kind]] = 'MarkPrice';
  }
  name('trailingStop', distance, standing.trailingDistance);
  return Object.keys(now).length === 0 ? null : { now, before };
}

function changeWhole(
  setup: WriteSetup,
  { row }: Leg,
  { now, before }: WholeChange,
  signal: AbortSignal,
): WriteStep {
  const send = (prices: RawRecord) =>
    tradingStop(setup, { ...row.address, tpslMode: 'Full', ...prices }, signal);
  return { act: () => send(now), undo: () => send(before) };
}

function addSized(setup: WriteSetup, leg: Leg, stop: SizedStop, signal: AbortSignal): WriteStep {
  const known = new Set(leg.standing.sized.map(({ orderId }) => orderId));
  return {
    act: () => tradingStop(setup, partialStop(leg.row, stop), signal),
    // Bybit does not say what it made: it is looked up among what was not there before.
    async undo() {
      const looked = await setup.read(signal, (session) =>
        fetchBybitStanding(session, leg.row, leg.position),
      );
      if (!looked.ok) return refusedBy(looked.error);
      const fresh = looked.value.sized.filter(({ orderId }) => !known.has(orderId));
      const made = fresh.find((other) => compareSized([stop], [other]).missing.length === 0);
      if (made === undefined) return refused('other');
      known.add(made.orderId);
      return cancel(setup, leg.row, made.orderId, signal);
    },
  };
}

function cancelSized(
  setup: WriteSetup,
  { row }: Leg,
  stop: BybitSizedStop,
  signal: AbortSignal,
): WriteStep {
  return {
    act: () => cancel(setup, row, stop.orderId, signal),
    undo: () => tradingStop(setup, partialStop(row, stop), signal),
  };
}

function partialStop({ address }: BybitLegRow, { kind, price, contracts }: SizedStop): RawRecord {
  return {
    ...address,
    tpslMode: 'Partial',
    [kind]: price.toFixed(),
    [SIZE_FIELDS[kind]]: contracts.toFixed(),
    [TYPE_FIELDS[kind]]: 'Market',
    [TRIGGER_FIELDS[kind]]: 'MarkPrice',
  };
}

async function tradingStop(
  setup: WriteSetup,
  params: RawRecord,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const call = { method: 'privatePostV5PositionTradingStop', params };
  return (await setup.write(call, signal)).outcome;
}

async function cancel(
  setup: WriteSetup,
  { address: { category, symbol } }: BybitLegRow,
  orderId: string,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const call = { method: 'privatePostV5OrderCancel', params: { category, symbol, orderId } };
  return (await setup.write(call, signal)).outcome;
}
