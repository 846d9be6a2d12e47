import { ok } from '../../../domain/result.ts';
import type {
  AccountWriter,
  ActTrace,
  MarginWriter,
  ReduceWriter,
  SentAct,
} from '../../../ports/venue-writer.ts';
import { bybitWriteRules } from './bybit-write-codes.ts';
import { type BybitLegRow, fetchBybitLeg, readBybitGround } from './bybit-write-leg.ts';
import { createBybitStops } from './bybit-write-stops.ts';
import { createBybitTransfers } from './bybit-write-transfer.ts';
import { readBybitWallet } from './bybit-write-wallet.ts';
import { positiveOf, type RawRecord, textOf } from './raw-record.ts';
import { createTrailingMemory } from './trailing-memory.ts';
import { listAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';
import { refused } from './write-call.ts';
import { toStep, writeMarket } from './write-market.ts';
import { refusedBy } from './write-refusals.ts';
import type { CreateWriter, WriteSetup } from './write-setup.ts';

/** Bybit v5, unified account: linear and inverse contracts. */
export const createBybitWriter: CreateWriter = (setupWith): AccountWriter => {
  const setup = setupWith(bybitWriteRules);
  const { account, venue, environment } = setup.connection;
  const trailing = createTrailingMemory();
  const transfers = createBybitTransfers(setup);
  return {
    account,
    venue,
    // "The position margin is released in proportion" when a part of an isolated position is closed.
    marginOnReduce: 'released',
    margin: createMargin(setup),
    stops: createBybitStops(setup, trailing),
    reduce: createReduce(setup),
    // Demo accounts have no asset endpoints, and cannot ask whose their key is.
    transfer: environment === 'demo' ? null : transfers.writer,
    leg: (position, signal) =>
      setup.read(signal, (session) =>
        readBybitGround(session, position, (distance, mark) =>
          trailing.shareOf(position, distance, mark),
        ),
      ),
    wallet: (currency, signal) =>
      setup.read(signal, (session) => readBybitWallet(session, currency)),
    trace(act, position, signal) {
      if (act.kind === 'transfer') return transfers.trace(act, signal);
      if (act.kind !== 'reduce' || position === null) return Promise.resolve(ok('not-offered'));
      return setup.read(signal, async (session) => {
        const { id } = await writeMarket(session, position);
        return traceOrder(session, { category: position.instrument.kind, symbol: id }, act);
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
      const leg = await setup.read(signal, (session) => fetchBybitLeg(session, position));
      if (!leg.ok) return refusedBy(leg.error);
      if (leg.value === null) return refused('position-not-found');
      const margin = direction === 'add' ? amount.amount : amount.amount.neg();
      const params = { ...leg.value.address, margin: margin.toFixed() };
      return (await setup.write({ method: 'privatePostV5PositionAddMargin', params }, signal))
        .outcome;
    },
  };
}

function createReduce(setup: WriteSetup): ReduceWriter {
  return {
    async reduce({ position, contracts, clientRef }, signal) {
      const leg = await setup.read(signal, (session) => fetchBybitLeg(session, position));
      if (!leg.ok) return refusedBy(leg.error);
      if (leg.value === null) return refused('position-not-found');
      const qty = contracts.eq(leg.value.size) ? contracts : toStep(contracts, leg.value.step);
      if (qty.lte(0)) return refused('amount-too-small');
      const params = {
        ...orderOf(leg.value, position.side === 'long' ? 'Sell' : 'Buy'),
        ...{ qty: qty.toFixed(), orderLinkId: clientRef },
      };
      return (await setup.write({ method: 'privatePostV5OrderCreate', params }, signal)).outcome;
    },
  };
}

function orderOf({ address }: BybitLegRow, side: 'Buy' | 'Sell'): RawRecord {
  return { ...address, side, orderType: 'Market', reduceOnly: true };
}

/** Open orders first: a new order reaches the history later than it leaves that list. */
async function traceOrder(
  session: VenueSession,
  where: RawRecord,
  { clientRef }: SentAct,
): Promise<ActTrace> {
  const query = { ...where, orderLinkId: clientRef };
  for (const method of ['privateGetV5OrderRealtime', 'privateGetV5OrderHistory']) {
    const rows = listAt(await session.call(method, query), 'result', 'list');
    const row = rows.find(({ orderLinkId }) => orderLinkId === clientRef);
    if (row !== undefined) return fateOf(row);
  }
  return 'absent';
}

/** A market order that was filled in part and cancelled for the rest has had an effect. */
function fateOf(row: RawRecord): ActTrace {
  if (positiveOf(row, 'cumExecQty') !== null || row['orderStatus'] === 'Filled') return 'done';
  const ended = ['Rejected', 'Cancelled', 'Deactivated'];
  return ended.includes(textOf(row, 'orderStatus') ?? '') ? 'refused' : 'absent';
}
