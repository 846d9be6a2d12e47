import type { Decimal } from '../../../domain/decimal.ts';
import type { StopsState } from '../../../domain/stops.ts';
import type { StopsOrder, StopsWriter, WriteOutcome } from '../../../ports/venue-writer.ts';
import { allOrNothing, type WriteStep } from '../wire/all-or-nothing.ts';
import { binanceStopParams, paramsAgain, type WantedStop } from './binance-stop-params.ts';
import { type BinanceStanding, fetchBinanceStanding } from './binance-write-standing.ts';
import {
  type BinanceLeg,
  type BinanceWriteSurface,
  fetchBinanceLeg,
} from './binance-write-surface.ts';
import type { RawRecord } from './raw-record.ts';
import { refused } from './write-call.ts';
import { refusedBy } from './write-refusals.ts';
import { STOP_KINDS, wantedStops } from './write-rungs.ts';
import type { WriteSetup } from './write-setup.ts';

type SurfaceOf = (order: StopsOrder['position']) => BinanceWriteSurface;

/** Every trigger is an order of its own; Binance has none that belong together. */
export function createBinanceStops(setup: WriteSetup, surfaceOf: SurfaceOf): StopsWriter {
  return {
    hasLadder: true,
    hasTrailing: true,
    async set({ position, stops, clientRef }, signal) {
      const surface = surfaceOf(position);
      const looked = await setup.read(signal, async (session) => {
        const leg = await fetchBinanceLeg(session, surface, position);
        return leg && { leg, standing: await fetchBinanceStanding(session, surface, leg) };
      });
      if (!looked.ok) return refusedBy(looked.error);
      if (looked.value === null) return refused('position-not-found');
      const { leg, standing } = looked.value;
      const wanted = wantedOf(stops, leg, surface);
      if (wanted === null) return refused('amount-too-small');
      const plan = planOf(wanted, standing, leg.size);
      return allOrNothing(stepsOf(plan, callsOf(setup, { surface, leg, clientRef, signal })));
    },
  };
}

/** Where no order can follow the position's size, all of it now is the nearest. */
function wantedOf(
  stops: StopsState,
  { size, step }: BinanceLeg,
  { stops: { closesPosition } }: BinanceWriteSurface,
): WantedStop[] | null {
  const split = wantedStops(stops, { contracts: size, step });
  if (split === null) return null;
  const whole = STOP_KINDS.flatMap((kind): WantedStop[] => {
    const price = split.whole[kind];
    return price === null
      ? []
      : [{ kind, price, contracts: closesPosition ? null : size, rate: null }];
  });
  const sized = split.sized.map((stop): WantedStop => ({ ...stop, rate: null }));
  const trailing: WantedStop[] =
    stops.trailing === null
      ? []
      : [{ kind: 'trailing', price: null, contracts: size, rate: stops.trailing }];
  return [...sized, ...whole, ...trailing];
}

interface Plan {
  readonly missing: readonly WantedStop[];
  readonly surplus: readonly BinanceStanding[];
}

/** Each order that stands serves one that is wanted; those are not touched. */
function planOf(
  wanted: readonly WantedStop[],
  standing: readonly BinanceStanding[],
  size: Decimal,
): Plan {
  const surplus = [...standing];
  const missing = wanted.filter((want) => {
    const at = surplus.findIndex((other) => serves(other, want, size));
    if (at >= 0) surplus.splice(at, 1);
    return at < 0;
  });
  return { missing, surplus };
}

function serves(standing: BinanceStanding, want: WantedStop, size: Decimal): boolean {
  if (standing.kind !== want.kind) return false;
  const isAll = (contracts: Decimal | null) => contracts === null || contracts.gte(size);
  const isSameSize = isAll(want.contracts)
    ? isAll(standing.contracts)
    : want.contracts !== null && standing.contracts?.eq(want.contracts) === true;
  const isSameTrigger =
    want.rate === null
      ? want.price !== null && standing.price?.eq(want.price) === true
      : standing.rate?.eq(want.rate) === true;
  return isSameSize && isSameTrigger;
}

/**
 * New orders first and old ones last, so that the leg is never without the stop it had. Only for orders
 * that close the whole position the old one must go before: the venue takes no second one of a kind.
 */
function stepsOf({ missing, surplus }: Plan, calls: Calls): WriteStep[] {
  const isInTheWay = (old: BinanceStanding) =>
    old.contracts === null &&
    missing.some(({ kind, contracts }) => kind === old.kind && contracts === null);
  const ofKind = (kind: WantedStop['kind']) =>
    surplus.filter((old) => old.kind === kind && isInTheWay(old));
  return [
    ...missing.filter(({ contracts }) => contracts !== null).map(calls.placing),
    ...missing
      .filter(({ contracts }) => contracts === null)
      .flatMap((want) => [...ofKind(want.kind).map(calls.cancelling), calls.placing(want)]),
    ...surplus.filter((old) => !isInTheWay(old)).map(calls.cancelling),
  ];
}

interface Calls {
  placing(want: WantedStop): WriteStep;
  cancelling(old: BinanceStanding): WriteStep;
}

interface Act {
  readonly surface: BinanceWriteSurface;
  readonly leg: BinanceLeg;
  readonly clientRef: string;
  readonly signal: AbortSignal;
}

function callsOf(setup: WriteSetup, { surface, leg, clientRef, signal }: Act): Calls {
  const { dialect, ...methods } = surface.stops;
  const names = NAMES[dialect];
  let placed = 0;
  const nextId = () => {
    placed += 1;
    return `${clientRef}-${placed}`;
  };
  const place = async (params: RawRecord) =>
    (await setup.write({ method: methods.place, params }, signal)).outcome;
  const cancel = async (which: RawRecord) => {
    const params = { symbol: leg.market.id, ...which };
    return goneIsDone((await setup.write({ method: methods.cancel, params }, signal)).outcome);
  };
  return {
    placing(want) {
      const clientId = nextId();
      return {
        act: () => place(binanceStopParams(want, { leg, dialect, clientId })),
        undo: () => cancel({ [names.clientId]: clientId }),
      };
    },
    cancelling: (old) => ({
      act: () => cancel({ [names.id]: old.id }),
      undo: () => place(paramsAgain(old.row, { leg, dialect, clientId: nextId() })),
    }),
  };
}

const NAMES = {
  algo: { id: 'algoId', clientId: 'clientAlgoId' },
  strategy: { id: 'strategyId', clientId: 'newClientStrategyId' },
} as const;

/** It went by itself meanwhile. That it shall not stand is what was wanted. */
function goneIsDone(outcome: WriteOutcome): WriteOutcome {
  const isGone = outcome.kind === 'refused' && ['-2011', '-2013'].includes(outcome.venueCode ?? '');
  return isGone ? { kind: 'accepted', venueRef: null } : outcome;
}
