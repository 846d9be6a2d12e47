import { err, ok, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import type {
  AccountInspection,
  AccountReader,
  AccountReading,
  VenueConnection,
} from '../../../ports/venue.ts';
import { type CompletedPosition, completePositions } from './complete-positions.ts';
import type { UnifiedAccount, ZtdxMarginMode } from './parse-account.ts';
import { type PositionList, parsePositions } from './parse-positions.ts';
import { type PositionContext, positionOf } from './position-of.ts';
import type { PublicMarket } from './public-market.ts';
import { readUnifiedAccount } from './read-unified-account.ts';
import { type Round, startRound } from './round.ts';
import type { Session } from './session.ts';
import type { ZtdxHttp } from './ztdx-http.ts';

export interface ZtdxReaderDeps {
  readonly connection: VenueConnection;
  /** With the JWT, and with the key pair. */
  readonly http: ZtdxHttp;
  readonly signedHttp: ZtdxHttp;
  readonly session: Session;
  readonly market: PublicMarket;
  readonly clock: Clock;
}

interface ReadList extends PositionList {
  readonly clockOffsetMs: number | null;
  readonly observedAt: number;
}

type ListReply = Result<ReadList, VenueError>;

export function createZtdxReader(deps: ZtdxReaderDeps): AccountReader {
  const { connection, http, signedHttp, session, market, clock } = deps;
  const { account, credentials } = connection;
  // Kept for rounds in which the account does not answer: its positions do not change their mode.
  let mode: ZtdxMarginMode | null = null;

  const open = (signal: AbortSignal) => {
    const round = startRound(http, session, signal);
    const list = readList(round, clock);
    const unified = readUnifiedAccount({ http: signedHttp, round, credentials, clock, list });
    return { round, list, unified };
  };

  return {
    account,
    venue: connection.venue,
    async read(signal): Promise<AccountReading> {
      const { round, list, unified } = open(signal);
      const [listed, margin] = await Promise.all([complete(list, round, market), unified]);
      if (margin.ok) mode = margin.value.mode ?? mode;
      return {
        positions: listed.ok ? ok(bookOf(listed.value, { account, mode })) : listed,
        margin: margin.ok ? ok(margin.value.margin) : margin,
        stopsError: listed.ok ? firstStopsError(listed.value.completed) : null,
      };
    },
    async inspect(signal) {
      const { list, unified } = open(signal);
      const [listed, margin] = await Promise.all([list, unified]);
      return listed.ok ? ok(inspectionOf(listed.value, margin)) : listed;
    },
  };
}

async function readList(round: Round, clock: Clock): Promise<ListReply> {
  const reply = await round.get('/api/v1/positions');
  if (!reply.ok) return reply;
  const observedAt = clock.now();
  const list = parsePositions(reply.value.json);
  return list.ok
    ? ok({ ...list.value, clockOffsetMs: reply.value.clockOffsetMs, observedAt })
    : err(venueError('malformed', { code: 'field', field: list.error }));
}

interface CompletedList {
  readonly list: ReadList;
  readonly completed: readonly CompletedPosition[];
}

async function complete(
  listed: Promise<ListReply>,
  round: Round,
  market: PublicMarket,
): Promise<Result<CompletedList, VenueError>> {
  const list = await listed;
  if (!list.ok) return list;
  const completed = await completePositions(list.value.open, round, market);
  return ok({ list: list.value, completed });
}

function bookOf({ list, completed }: CompletedList, of: Omit<PositionContext, 'observedAt'>) {
  const context = { ...of, observedAt: list.observedAt };
  return {
    positions: completed.map((one) => positionOf(one, context)),
    unreadable: [...list.unreadable, ...completed.flatMap((one) => one.unreadable)],
  };
}

function firstStopsError(completed: readonly CompletedPosition[]): VenueError | null {
  for (const { stops } of completed) if (!stops.ok) return stops.error;
  return null;
}

function inspectionOf(
  list: ReadList,
  margin: Result<UnifiedAccount, VenueError>,
): AccountInspection {
  const mode = margin.ok ? margin.value.mode : null;
  return {
    clockOffsetMs: list.clockOffsetMs,
    // No page tells what a JWT or a key pair may do.
    mayTrade: null,
    mayWithdraw: null,
    hasIpList: null,
    modes: mode === null ? ['one-way'] : [mode, 'one-way'],
    categories: [{ name: 'linear USDT', positions: list.open.length }],
  };
}
