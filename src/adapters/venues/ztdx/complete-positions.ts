import PQueue from 'p-queue';
import type { Decimal } from '../../../domain/decimal.ts';
import { err, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { UnreadableRow } from '../../../ports/venue.ts';
import type { MarketProfile } from './instrument-of.ts';
import { type LiquidationState, parseLiquidation } from './parse-liquidation.ts';
import type { ListedPosition } from './parse-positions.ts';
import { parseStops, type Stops } from './parse-stops.ts';
import type { PublicMarket } from './public-market.ts';
import type { Round } from './round.ts';

/** What the list does not say. Each part is asked for on its own and may be missing on its own. */
interface PositionParts {
  readonly profile: MarketProfile;
  readonly state: LiquidationState | null;
  readonly stops: Result<Stops, VenueError>;
  /** Public, asked for only when neither the list nor the state has one. */
  readonly publicMark: Decimal | null;
}

export interface CompletedPosition extends PositionParts {
  readonly listed: ListedPosition;
  readonly unreadable: readonly UnreadableRow[];
}

/** Positions of one account that are completed at the same time; each makes two or three calls. */
const SIDE_BY_SIDE = 6;

/** Asks for the parts of every position, several at a time. Does not reject; keeps the order. */
export async function completePositions(
  open: readonly ListedPosition[],
  round: Round,
  market: PublicMarket,
): Promise<readonly CompletedPosition[]> {
  const queue = new PQueue({ concurrency: SIDE_BY_SIDE });
  return Promise.all(open.map((listed) => queue.add(() => complete(listed, round, market))));
}

async function complete(
  listed: ListedPosition,
  round: Round,
  market: PublicMarket,
): Promise<CompletedPosition> {
  const unreadable: UnreadableRow[] = [];
  const note: Note = (field, error) =>
    unreadable.push({ symbol: listed.symbol, field, ...(error && { error }) });
  const [profile, state, stops] = await Promise.all([
    market.profile(listed.symbol, round.signal),
    stateOf(listed, round, note),
    stopsOf(listed, round),
  ]);
  const isMarked = listed.markPrice !== null || (state?.markPrice ?? null) !== null;
  const publicMark = isMarked ? null : await market.mark(listed.symbol, round.signal);
  return { listed, profile, state, stops, publicMark, unreadable };
}

type Note = (field: string, error?: VenueError) => void;

/** Without it the list's own liquidation price still stands; what is missing is told. */
async function stateOf(
  listed: ListedPosition,
  round: Round,
  note: Note,
): Promise<LiquidationState | null> {
  if (listed.id === null) return null;
  const reply = await round.get(`/api/v1/positions/${listed.id}/liquidation`);
  if (!reply.ok) {
    note('liquidation', reply.error);
    return null;
  }
  const state = parseLiquidation(reply.value.json, note);
  if (state.ok) return state.value;
  note(state.error);
  return null;
}

async function stopsOf(listed: ListedPosition, round: Round): Promise<Result<Stops, VenueError>> {
  if (listed.id === null) return err(venueError('malformed', { code: 'field', field: 'id' }));
  const reply = await round.get(`/api/v1/positions/${listed.id}/tp-sl`);
  if (!reply.ok) return reply;
  const stops = parseStops(reply.value.json);
  return stops.ok
    ? stops
    : err(venueError('malformed', { code: 'field', field: `${listed.symbol} ${stops.error}` }));
}
