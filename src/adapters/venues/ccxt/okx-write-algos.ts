import { createHash } from 'node:crypto';
import type { Price, Ratio } from '../../../domain/units.ts';
import type { WriteOutcome } from '../../../ports/venue-writer.ts';
import type { WriteStep } from '../wire/all-or-nothing.ts';
import type { OkxLegRow, OkxSizedStop, OkxWholeStop } from './okx-write-leg.ts';
import type { RawRecord } from './raw-record.ts';
import { refused } from './write-call.ts';
import { type SizedStop, STOP_KINDS, type StopKind } from './write-rungs.ts';
import type { WriteSetup } from './write-setup.ts';

type Prices = Readonly<Record<StopKind, Price | null>>;

/** Orders of trade/order-algo on one leg, and the calls that make, change and cancel them. */
export interface OkxAlgos {
  whole(prices: Prices): RawRecord;
  sized(stop: SizedStop): RawRecord;
  /** As it stands, with both its prices. */
  sizedOrder(stop: OkxSizedStop): RawRecord;
  trailing(ratio: Ratio): RawRecord;
  place(order: RawRecord): WriteStep;
  amend(standing: OkxWholeStop, prices: Prices): WriteStep;
  /** `order`: what it was, to be made again; null: nobody can. */
  cancel(algoId: string, order: RawRecord | null): WriteStep;
}

interface AlgoContext {
  readonly leg: OkxLegRow;
  readonly clientRef: string;
  readonly signal: AbortSignal;
}

const PREFIX: Readonly<Record<StopKind, 'tp' | 'sl'>> = { takeProfit: 'tp', stopLoss: 'sl' };
const NEW_PREFIX: Readonly<Record<StopKind, 'newTp' | 'newSl'>> = {
  takeProfit: 'newTp',
  stopLoss: 'newSl',
};
/** An order price that means "at the market". */
const AT_MARKET = '-1';

export function createOkxAlgos(
  setup: WriteSetup,
  { leg, clientRef, signal }: AlgoContext,
): OkxAlgos {
  const nextRef = refsOf(clientRef);
  const { instId } = leg;
  const send = async (method: string, params: RawRecord | readonly RawRecord[]) =>
    (await setup.write({ method, params }, signal)).outcome;
  const make = (order: RawRecord) => {
    const ref = nextRef();
    // ccxt adds a reference and a tag of its own where `clOrdId` is missing.
    const params = { ...order, algoClOrdId: ref, clOrdId: ref };
    return send('privatePostTradeOrderAlgo', params);
  };
  const remove = (algoId: string) => send('privatePostTradeCancelAlgos', [{ instId, algoId }]);
  const reprice = (algoId: string, from: Prices, to: Prices) =>
    send('privatePostTradeAmendAlgos', { instId, algoId, ...repriced(from, to) });
  return {
    ...orderForms(leg),
    place(order) {
      let made: WriteOutcome | null = null;
      return {
        async act() {
          made = await make(order);
          return made;
        },
        async undo() {
          const algoId = made?.kind === 'accepted' ? made.venueRef : null;
          return algoId === null ? refused('other') : remove(algoId);
        },
      };
    },
    amend: ({ algoId, prices: before }, prices) => ({
      act: () => reprice(algoId, before, prices),
      undo: () => reprice(algoId, prices, before),
    }),
    cancel: (algoId, order) => ({
      act: () => remove(algoId),
      undo: async () => (order === null ? refused('other') : make(order)),
    }),
  };
}

/** The act's own for its first order; for the others one that follows from it, as short as OKX asks. */
function refsOf(clientRef: string): () => string {
  let made = 0;
  return () => {
    made += 1;
    if (made === 1) return clientRef;
    return createHash('sha256').update(`${clientRef} ${made}`).digest('hex').slice(0, 32);
  };
}

function orderForms(leg: OkxLegRow): Pick<OkxAlgos, 'whole' | 'sized' | 'sizedOrder' | 'trailing'> {
  const { instId, mgnMode, posSide, closing, size } = leg;
  // In hedge mode the side of the position says it all; in net mode only this keeps it from opening.
  const reduces = posSide === 'net' ? { reduceOnly: true } : { posSide };
  const base = { instId, tdMode: mgnMode, side: closing, ...reduces };
  const part = (prices: Prices, sz: string) => ({
    ...base,
    ...stopForm(prices),
    // A trigger that outlives its position would close the next one.
    ...{ sz, reduceOnly: true, cxlOnClosePos: true },
  });
  const only = ({ kind, price }: SizedStop): Prices => ({
    ...{ takeProfit: null, stopLoss: null },
    [kind]: price,
  });
  return {
    whole: (prices) => ({ ...base, ...stopForm(prices), closeFraction: '1' }),
    sized: (stop) => part(only(stop), stop.contracts.toFixed()),
    sizedOrder: ({ prices, contracts }) => part(prices, contracts.toFixed()),
    trailing: (ratio) => ({
      ...{ ...base, ordType: 'move_order_stop', sz: size.toFixed(), reduceOnly: true },
      callbackRatio: ratio.toFixed(),
    }),
  };
}

function stopForm(prices: Prices): RawRecord {
  const named = STOP_KINDS.filter((kind) => prices[kind] !== null);
  const fields = named.flatMap((kind): [string, string][] => [
    [`${PREFIX[kind]}TriggerPx`, prices[kind]?.toFixed() ?? ''],
    [`${PREFIX[kind]}TriggerPxType`, 'mark'],
    [`${PREFIX[kind]}OrdPx`, AT_MARKET],
  ]);
  return { ordType: named.length > 1 ? 'oco' : 'conditional', ...Object.fromEntries(fields) };
}

/** Only what changes is named; a trigger price of 0 takes it away. */
function repriced(from: Prices, to: Prices): RawRecord {
  const changed = STOP_KINDS.filter((kind) => to[kind]?.toFixed() !== from[kind]?.toFixed());
  const fields = changed.flatMap((kind): [string, string][] => {
    const prefix = NEW_PREFIX[kind];
    const price = to[kind];
    if (price === null) return [[`${prefix}TriggerPx`, '0']];
    return [
      [`${prefix}TriggerPx`, price.toFixed()],
      [`${prefix}TriggerPxType`, 'mark'],
      [`${prefix}OrdPx`, AT_MARKET],
    ];
  });
  return Object.fromEntries(fields);
}
