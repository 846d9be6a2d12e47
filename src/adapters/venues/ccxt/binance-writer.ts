import type { Position } from '../../../domain/position.ts';
import { ok } from '../../../domain/result.ts';
import type {
  AccountWriter,
  ActTrace,
  MarginWriter,
  ReduceWriter,
  SentAct,
} from '../../../ports/venue-writer.ts';
import { binanceWriteRules } from './binance-write-codes.ts';
import {
  fundsFrom,
  portfolioFunds,
  type ReadFunds,
  readBinanceGround,
} from './binance-write-ground.ts';
import { createBinanceStops } from './binance-write-stops.ts';
import {
  type BinanceWriteSurface,
  COINM_WRITES,
  closingSide,
  fetchBinanceLeg,
  PM_CM_WRITES,
  PM_UM_WRITES,
  USDM_WRITES,
} from './binance-write-surface.ts';
import { type BinanceWallet, createBinanceTransfers } from './binance-write-transfer.ts';
import { classifyError } from './classify-error.ts';
import { isRecord, positiveOf, textOf } from './raw-record.ts';
import type { VenueSession } from './venue-profile.ts';
import { refused } from './write-call.ts';
import { toStep, writeMarket } from './write-market.ts';
import { refusedBy } from './write-refusals.ts';
import type { CreateWriter, WriteSetup } from './write-setup.ts';

interface BinanceWritePlan {
  readonly surfaceOf: SurfaceOf;
  readonly funds: ReadFunds;
  readonly hasMargin: boolean;
  /** What universal transfers call its wallet; null: they do not reach it. */
  readonly wallet: BinanceWallet | null;
}

type SurfaceOf = (position: Position) => BinanceWriteSurface;

export const createUsdmWriter = writerOf({
  surfaceOf: () => USDM_WRITES,
  funds: fundsFrom('fapiPrivateV3GetAccount'),
  hasMargin: true,
  wallet: 'USDT_FUTURE',
});

export const createCoinmWriter = writerOf({
  surfaceOf: () => COINM_WRITES,
  funds: fundsFrom('dapiPrivateGetAccount'),
  hasMargin: true,
  wallet: 'COIN_FUTURE',
});

export const createPmWriter = writerOf({
  surfaceOf: ({ instrument }) => (instrument.kind === 'inverse' ? PM_CM_WRITES : PM_UM_WRITES),
  funds: portfolioFunds,
  hasMargin: false,
  wallet: null,
});

function writerOf(plan: BinanceWritePlan): CreateWriter {
  return (setupWith): AccountWriter => {
    const setup = setupWith(binanceWriteRules);
    const { surfaceOf, funds } = plan;
    const { account, venue, environment } = setup.connection;
    // Demo has no sapi, where transfers are.
    const wallet = environment === 'demo' ? null : plan.wallet;
    const transfers = wallet === null ? null : createBinanceTransfers(setup, wallet);
    return {
      account,
      venue,
      // An isolated wallet gives back what its closed part had held.
      marginOnReduce: 'released',
      margin: plan.hasMargin ? createMargin(setup, surfaceOf) : null,
      stops: createBinanceStops(setup, surfaceOf),
      reduce: createReduce(setup, surfaceOf),
      transfer: transfers?.writer ?? null,
      leg: (position, signal) =>
        setup.read(signal, (session) =>
          readBinanceGround(session, { surface: surfaceOf(position), funds }, position),
        ),
      wallet: (currency, signal) =>
        setup.read(signal, async (session) => {
          const { wallet, free, step } = await funds(session, currency);
          return { wallet, free, step };
        }),
      async trace(act, position, signal) {
        if (act.kind === 'transfer' && transfers !== null) return transfers.trace(act, signal);
        // Margin carries no reference, and of several stop orders one found does not tell of the others.
        if (act.kind !== 'reduce' || position === null) return ok('not-offered');
        return setup.read(signal, (session) =>
          traceOrder(session, surfaceOf(position), { act, position }),
        );
      },
    };
  };
}

function createMargin(setup: WriteSetup, surfaceOf: SurfaceOf): MarginWriter {
  return {
    async change({ position, direction, amount }, signal) {
      const surface = surfaceOf(position);
      if (position.marginMode !== 'isolated' || surface.margin === null)
        return refused('not-isolated');
      const leg = await setup.read(signal, (session) =>
        fetchBinanceLeg(session, surface, position),
      );
      if (!leg.ok) return refusedBy(leg.error);
      if (leg.value === null) return refused('position-not-found');
      const params = {
        symbol: leg.value.market.id,
        ...leg.value.positionSide,
        amount: amount.amount.toFixed(),
        type: direction === 'add' ? '1' : '2',
      };
      return (await setup.write({ method: surface.margin, params }, signal)).outcome;
    },
  };
}

function createReduce(setup: WriteSetup, surfaceOf: SurfaceOf): ReduceWriter {
  return {
    async reduce({ position, contracts, clientRef }, signal) {
      const surface = surfaceOf(position);
      const leg = await setup.read(signal, (session) =>
        fetchBinanceLeg(session, surface, position),
      );
      if (!leg.ok) return refusedBy(leg.error);
      if (leg.value === null) return refused('position-not-found');
      const { market, side, size, step, positionSide } = leg.value;
      // Hedge mode knows no reduceOnly: the size just read is what keeps it from more.
      const quantity = contracts.gte(size) ? size : toStep(contracts, step);
      if (quantity.lte(0)) return refused('amount-too-small');
      const isHedged = positionSide.positionSide !== undefined;
      const params = {
        symbol: market.id,
        side: closingSide(side),
        ...(isHedged ? positionSide : { reduceOnly: 'true' }),
        type: 'MARKET',
        quantity: quantity.toFixed(),
        newClientOrderId: clientRef,
      };
      return (await setup.write({ method: surface.order, params }, signal)).outcome;
    },
  };
}

interface TracedOrder {
  readonly act: SentAct;
  readonly position: Position;
}

async function traceOrder(
  session: VenueSession,
  surface: BinanceWriteSurface,
  { act, position }: TracedOrder,
): Promise<ActTrace> {
  const { id: symbol } = await writeMarket(session, position);
  const query = { symbol, origClientOrderId: act.clientRef };
  const order = await session.call(surface.orderQuery, query).catch((thrown: unknown) => {
    const { detail } = classifyError(thrown);
    if (detail.code === 'venue' && detail.venueCode === '-2013') return null;
    throw thrown;
  });
  if (!isRecord(order)) return 'absent';
  if (positiveOf(order, 'executedQty') !== null) return 'done';
  const ended = ['CANCELED', 'EXPIRED', 'EXPIRED_IN_MATCH', 'REJECTED'];
  return ended.includes(textOf(order, 'status') ?? '') ? 'refused' : 'absent';
}
