import { ok } from '../../../domain/result.ts';
import type {
  AccountWriter,
  ActTrace,
  MarginWriter,
  ReduceWriter,
  SentAct,
} from '../../../ports/venue-writer.ts';
import { okxWriteRules } from './okx-write-codes.ts';
import { fetchOkxLeg, readOkxGround } from './okx-write-leg.ts';
import { createOkxStops } from './okx-write-stops.ts';
import { createOkxTransfers, orNone } from './okx-write-transfer.ts';
import { readOkxWallet } from './okx-write-wallet.ts';
import { positiveOf } from './raw-record.ts';
import type { VenueSession } from './venue-profile.ts';
import { refused } from './write-call.ts';
import { toStep, writeMarket } from './write-market.ts';
import { refusedBy } from './write-refusals.ts';
import type { CreateWriter, WriteSetup } from './write-setup.ts';

/** OKX v5: swaps and dated futures, in net and in long/short mode. */
export const createOkxWriter: CreateWriter = (setupWith): AccountWriter => {
  const setup = setupWith(okxWriteRules);
  const { account, venue } = setup.connection;
  const transfers = createOkxTransfers(setup);
  return {
    account,
    venue,
    // What is closed takes its share of the position's margin with it.
    marginOnReduce: 'released',
    margin: createMargin(setup),
    stops: createOkxStops(setup),
    reduce: createReduce(setup),
    transfer: transfers.writer,
    leg: (position, signal) => setup.read(signal, (session) => readOkxGround(session, position)),
    wallet: (currency, signal) => setup.read(signal, (session) => readOkxWallet(session, currency)),
    trace(act, position, signal) {
      if (act.kind === 'transfer') return transfers.trace(act, signal);
      // Stops may be amended or only cancelled: no one order stands for the act.
      if (act.kind !== 'reduce' || position === null) return Promise.resolve(ok('not-offered'));
      return setup.read(signal, async (session) => {
        const { id } = await writeMarket(session, position);
        return traceOrder(session, id, act);
      });
    },
  };
};

function createMargin(setup: WriteSetup): MarginWriter {
  return {
    async change({ position, direction, amount }, signal) {
      if (position.marginMode === 'cross' || position.marginMode === 'portfolio') {
        return refused('not-isolated');
      }
      const leg = await setup.read(signal, (session) => fetchOkxLeg(session, position));
      if (!leg.ok) return refusedBy(leg.error);
      if (leg.value === null) return refused('position-not-found');
      if (leg.value.mgnMode === 'cross') return refused('not-isolated');
      const { instId, posSide } = leg.value;
      const type = direction === 'add' ? 'add' : 'reduce';
      const params = { instId, posSide, type, amt: amount.amount.toFixed() };
      return (
        await setup.write({ method: 'privatePostAccountPositionMarginBalance', params }, signal)
      ).outcome;
    },
  };
}

function createReduce(setup: WriteSetup): ReduceWriter {
  return {
    async reduce({ position, contracts, clientRef }, signal) {
      const leg = await setup.read(signal, (session) => fetchOkxLeg(session, position));
      if (!leg.ok) return refusedBy(leg.error);
      if (leg.value === null) return refused('position-not-found');
      const { instId, mgnMode, posSide, closing, size, step } = leg.value;
      const sz = contracts.eq(size) ? contracts : toStep(contracts, step);
      if (sz.lte(0)) return refused('amount-too-small');
      const params = {
        ...{ instId, tdMode: mgnMode, side: closing, ordType: 'market', sz: sz.toFixed() },
        ...(posSide === 'net' ? { reduceOnly: true } : { posSide }),
        clOrdId: clientRef,
      };
      return (await setup.write({ method: 'privatePostTradeOrder', params }, signal)).outcome;
    },
  };
}

async function traceOrder(
  session: VenueSession,
  instId: string,
  { clientRef }: SentAct,
): Promise<ActTrace> {
  const [row] = await orNone(session, 'privateGetTradeOrder', { instId, clOrdId: clientRef });
  if (row === undefined) return 'absent';
  // A market order that was filled in part and cancelled for the rest has had an effect.
  if (positiveOf(row, 'accFillSz') !== null || row['state'] === 'filled') return 'done';
  return row['state'] === 'canceled' ? 'refused' : 'absent';
}
