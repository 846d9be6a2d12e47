import { ok } from '../../../domain/result.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { VenueConnection, VenueCredentials } from '../../../ports/venue.ts';
import type { AccountWriter, MarginWriter } from '../../../ports/venue-writer.ts';
import type { PublicMarket } from './public-market.ts';
import { createReduceWriter } from './reduce-writer.ts';
import { startRound } from './round.ts';
import type { Session } from './session.ts';
import { createStopsWriter } from './stops-writer.ts';
import { createWriteCall, type WriteCall } from './write-call.ts';
import { readLegGround, readWallet } from './write-ground.ts';
import { accepted, refused } from './write-outcome.ts';
import type { ZtdxHttp } from './ztdx-http.ts';

export interface ZtdxWriterDeps {
  readonly connection: VenueConnection;
  /** With the JWT, and with the key pair. */
  readonly http: ZtdxHttp;
  readonly signedHttp: ZtdxHttp;
  readonly session: Session;
  readonly market: PublicMarket;
  readonly clock: Clock;
}

/** Transfers are on no page of the venue, so there are none. */
export function createZtdxWriter(deps: ZtdxWriterDeps): AccountWriter {
  const { connection, http, session, market, clock } = deps;
  const { account: id, venue, credentials } = connection;
  const call = createWriteCall(http, session);
  const round = (signal: AbortSignal) => startRound(http, session, signal);
  return {
    account: id,
    venue,
    // On no page either; a position keeps its leverage, so what backed the closed part is free.
    marginOnReduce: 'released',
    margin: createMarginWriter(call),
    stops: createStopsWriter({ call, market, round }),
    reduce: mayOrder(credentials)
      ? createReduceWriter({ call, credentials, market, clock, round })
      : null,
    transfer: null,
    leg: (position, signal) => readLegGround({ ...deps, round: round(signal) }, position),
    wallet: (currency, signal) => readWallet({ ...deps, round: round(signal) }, currency),
    // The venue takes no reference of ours, so there is nothing to ask it by: figures tell.
    trace: async () => ok('not-offered'),
  };
}

function createMarginWriter(call: WriteCall): MarginWriter {
  return {
    async change({ position, direction, amount }, signal) {
      if (position.marginMode !== 'isolated') return refused('not-isolated');
      if (position.venueId === null) return refused('position-not-found');
      const id = encodeURIComponent(position.venueId);
      const path = `/api/v1/positions/${id}/collateral/${direction}`;
      const body = { amount: amount.amount.toFixed() };
      const answer = await call({ method: 'POST', path, body }, signal);
      return answer.ok ? accepted(null) : answer.error;
    },
  };
}

/** An order is signed by the wallet's key: a ready token alone cannot place one. */
function mayOrder({ privateKey, chainId, verifyingContract }: VenueCredentials): boolean {
  return privateKey !== null && chainId !== null && verifyingContract !== null;
}
