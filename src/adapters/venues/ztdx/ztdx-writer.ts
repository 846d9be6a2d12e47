import { ZERO } from '../../../domain/decimal.ts';
import { money } from '../../../domain/money.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { VenueConnection, VenueCredentials } from '../../../ports/venue.ts';
import type { AccountWriter, LegGround, MarginWriter } from '../../../ports/venue-writer.ts';
import { SETTLE } from './instrument-of.ts';
import type { UnifiedAccount } from './parse-account.ts';
import { readLeg, readTriggers } from './read-leg.ts';
import { readUnifiedAccount } from './read-unified-account.ts';
import { createReduceWriter } from './reduce-writer.ts';
import { type Round, startRound } from './round.ts';
import type { Session } from './session.ts';
import { stopsOfTriggers } from './stops-of-triggers.ts';
import { createStopsWriter } from './stops-writer.ts';
import { createWriteCall, type WriteCall } from './write-call.ts';
import { refused } from './write-outcome.ts';
import type { ZtdxHttp } from './ztdx-http.ts';

export interface ZtdxWriterDeps {
  readonly connection: VenueConnection;
  /** With the JWT, and with the key pair. */
  readonly http: ZtdxHttp;
  readonly signedHttp: ZtdxHttp;
  readonly session: Session;
  readonly clock: Clock;
}

/** Transfers are on no page of the venue, so there are none. */
export function createZtdxWriter(deps: ZtdxWriterDeps): AccountWriter {
  const { connection, http, session, clock } = deps;
  const { account: id, venue, credentials } = connection;
  const call = createWriteCall(http, session);
  const round = (signal: AbortSignal) => startRound(http, session, signal);
  return {
    account: id,
    venue,
    // On no page either; a position keeps its leverage, so what backed the closed part is free.
    marginOnReduce: 'released',
    margin: createMarginWriter(call),
    stops: createStopsWriter({ call, round }),
    reduce: mayOrder(credentials) ? createReduceWriter({ call, credentials, clock, round }) : null,
    transfer: null,
    async leg(position, signal) {
      const reading = round(signal);
      const listed = readLeg(reading, position);
      const [leg, account] = await Promise.all([listed, readAccount(deps, reading, listed)]);
      if (!leg.ok) return leg;
      const free = freeOf(account);
      if (leg.value === null) return ok({ ...GONE, free });
      const { id: positionId, size, collateral, markPrice } = leg.value;
      const triggers = positionId === null ? null : await readTriggers(reading, leg.value);
      return ok({
        contracts: size,
        collateral: position.marginMode === 'isolated' ? collateral : null,
        stops: triggers?.ok ? stopsOfTriggers(triggers.value, size) : null,
        markPrice,
        free,
        marginStep: null,
        contractStep: null,
      });
    },
    async wallet(currency, signal) {
      const reading = round(signal);
      if (currency !== SETTLE) return err(venueError('unsupported', { code: 'not-offered' }));
      const account = await readAccount(deps, reading, reading.get('/api/v1/positions'));
      if (!account.ok) return account;
      const { wallet, margin } = account.value;
      return ok({ wallet, free: margin.availableUsd, step: null });
    },
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
      return answer.ok ? { kind: 'accepted', venueRef: null } : answer.error;
    },
  };
}

/** An order is signed by the wallet's key: a ready token alone cannot place one. */
function mayOrder({ privateKey, chainId, verifyingContract }: VenueCredentials): boolean {
  return privateKey !== null && chainId !== null && verifyingContract !== null;
}

function readAccount(
  { signedHttp: http, connection, clock }: ZtdxWriterDeps,
  round: Round,
  list: Promise<Result<unknown, VenueError>>,
): Promise<Result<UnifiedAccount, VenueError>> {
  const { credentials } = connection;
  return readUnifiedAccount({ http, round, credentials, clock, list });
}

/** Without the account's figures what it may still give is only unknown. */
function freeOf(account: Result<UnifiedAccount, VenueError>): LegGround['free'] {
  const free = account.ok ? account.value.margin.availableUsd : null;
  return free === null ? null : money(free, SETTLE);
}

const GONE: Omit<LegGround, 'free'> = {
  contracts: ZERO,
  collateral: null,
  stops: { takeProfit: [], stopLoss: [], trailing: null },
  markPrice: null,
  marginStep: null,
  contractStep: null,
};
