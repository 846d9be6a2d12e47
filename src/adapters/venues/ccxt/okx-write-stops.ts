import type { Price } from '../../../domain/units.ts';
import type { StopsOrder, StopsWriter } from '../../../ports/venue-writer.ts';
import { allOrNothing, type WriteStep } from '../wire/all-or-nothing.ts';
import { createOkxAlgos, type OkxAlgos } from './okx-write-algos.ts';
import {
  fetchOkxLeg,
  fetchOkxStanding,
  type OkxLegRow,
  type OkxSizedStop,
  type OkxStanding,
  type OkxWholeStop,
} from './okx-write-leg.ts';
import { refused } from './write-call.ts';
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

/**
 * OKX keeps one order for the whole leg, which is amended in place, and any number for a part of it,
 * which are made and cancelled: new ones first, what they replace last, so that a fault in the middle
 * leaves more protection, never less.
 */
export function createOkxStops(setup: WriteSetup): StopsWriter {
  return {
    ...{ hasLadder: true, hasTrailing: true },
    async set(order, signal) {
      const { position } = order;
      const looked = await setup.read(signal, async (session) => {
        const leg = await fetchOkxLeg(session, position);
        return leg && { leg, standing: await fetchOkxStanding(session, leg, position) };
      });
      if (!looked.ok) return refusedBy(looked.error);
      if (looked.value === null) return refused('position-not-found');
      const { leg, standing } = looked.value;
      const wanted = wantedAt(order, leg);
      if (wanted === null) return refused('amount-too-small');
      const algos = createOkxAlgos(setup, { leg, clientRef: order.clientRef, signal });
      return allOrNothing(stepsTo(wanted, { order, standing, algos }));
    },
  };
}

/** Portfolio margin has no orders for "all of it": there a whole stop is one of today's size. */
function wantedAt({ stops, position }: StopsOrder, { size, step }: OkxLegRow): WantedStops | null {
  const wanted = wantedStops(stops, { contracts: size, step });
  if (wanted === null || position.marginMode !== 'portfolio') return wanted;
  const sized = STOP_KINDS.flatMap((kind) => {
    const price = wanted.whole[kind];
    return price === null ? [] : [{ kind, price, contracts: size }];
  });
  return { whole: { takeProfit: null, stopLoss: null }, sized: [...wanted.sized, ...sized] };
}

interface Ground {
  readonly order: StopsOrder;
  readonly standing: OkxStanding;
  readonly algos: OkxAlgos;
}

function stepsTo(wanted: WantedStops, { order, standing, algos }: Ground): WriteStep[] {
  const { missing, surplus } = compareOrders(wanted.sized, standing.sized);
  const whole = wholeSteps(wanted.whole, standing.whole, algos);
  const trailing = trailingSteps(order.stops.trailing, standing, algos);
  return [
    ...missing.map((stop) => algos.place(algos.sized(stop))),
    ...whole.first,
    ...trailing.first,
    ...surplus.map((stop) => algos.cancel(stop.algoId, algos.sizedOrder(stop))),
    ...whole.last,
    ...trailing.last,
  ];
}

/** One order may hold a price of each kind: when one of them must go, the other is made anew. */
function compareOrders(
  wanted: readonly SizedStop[],
  standing: readonly OkxSizedStop[],
): { readonly missing: readonly SizedStop[]; readonly surplus: readonly OkxSizedStop[] } {
  const going = new Set(compareSized(wanted, standing).surplus.map(({ algoId }) => algoId));
  const staying = standing.filter(({ algoId }) => !going.has(algoId));
  const surplus = new Map(
    standing.filter(({ algoId }) => going.has(algoId)).map((stop) => [stop.algoId, stop]),
  );
  return { missing: compareSized(wanted, staying).missing, surplus: [...surplus.values()] };
}

interface Steps {
  readonly first: readonly WriteStep[];
  readonly last: readonly WriteStep[];
}

function wholeSteps(
  wanted: Readonly<Record<StopKind, Price | null>>,
  [standing, ...others]: readonly OkxWholeStop[],
  algos: OkxAlgos,
): Steps {
  const cancel = ({ algoId, prices }: OkxWholeStop) => algos.cancel(algoId, algos.whole(prices));
  const isWanted = STOP_KINDS.some((kind) => wanted[kind] !== null);
  if (standing === undefined) {
    return { first: isWanted ? [algos.place(algos.whole(wanted))] : [], last: [] };
  }
  if (!isWanted) return { first: [], last: [standing, ...others].map(cancel) };
  const isSame = STOP_KINDS.every((kind) => samePrice(wanted[kind], standing.prices[kind]));
  const amend = isSame ? [] : [algos.amend(standing, wanted)];
  return { first: amend, last: others.map(cancel) };
}

function trailingSteps(
  wanted: StopsOrder['stops']['trailing'],
  { trailing }: OkxStanding,
  algos: OkxAlgos,
): Steps {
  const kept = wanted === null ? undefined : trailing.find(({ ratio }) => ratio?.eq(wanted));
  const going = trailing.filter((trail) => trail !== kept);
  return {
    first: wanted === null || kept !== undefined ? [] : [algos.place(algos.trailing(wanted))],
    last: going.map(({ algoId, ratio }) =>
      algos.cancel(algoId, ratio === null ? null : algos.trailing(ratio)),
    ),
  };
}

function samePrice(a: Price | null, b: Price | null): boolean {
  return a === null || b === null ? a === b : a.eq(b);
}
