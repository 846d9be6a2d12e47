import { err, ok, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { AccountReader, AccountReading, VenueConnection } from '../../../ports/venue.ts';
import { settle } from '../wire/settle.ts';
import { createAccountLine } from './account-line.ts';
import { callContext } from './call-context.ts';
import { classifyError } from './classify-error.ts';
import type { SharedVenues } from './shared-venues.ts';
import type { VenueProfile, VenueSession } from './venue-profile.ts';

/** The read port over one ccxt account. Both halves run at once and fail apart. */
export function createAccountReader(
  shared: SharedVenues,
  connection: VenueConnection,
  profile: VenueProfile,
): AccountReader {
  const line = createAccountLine(shared, connection, profile);
  const half = <T>(
    signal: AbortSignal,
    run: (session: VenueSession) => Promise<T>,
  ): Promise<Result<T, VenueError>> =>
    settle(
      { signal, limitMs: shared.limits.halfMs, clock: shared.clock, classify: classifyError },
      (ownSignal) => {
        const context = { signal: ownSignal, replies: [] };
        return callContext.run(context, async () => run(await line.session(context)));
      },
    );
  const read = async (signal: AbortSignal): Promise<AccountReading> => {
    const [book, margin] = await Promise.all([
      half(signal, (session) => profile.fetchBook(session)),
      half(signal, (session) => profile.fetchMargin(session)),
    ]);
    return {
      positions: book.ok ? ok(book.value.book) : book,
      margin,
      stopsError: book.ok ? book.value.stopsError : null,
    };
  };
  const identity = { account: connection.account, venue: connection.venue };
  const { environment } = connection;
  if (environment !== 'live' && profile.environments[environment] === null) {
    return { ...identity, ...notOffered() };
  }
  return {
    ...identity,
    read,
    inspect: (signal) => half(signal, (session) => profile.inspect(session)),
  };
}

/** An environment the venue does not have. Configuration refuses it; a reader must not go live instead. */
function notOffered(): Pick<AccountReader, 'read' | 'inspect'> {
  const refusal = err(venueError('unsupported', { code: 'not-offered' }));
  return {
    read: async () => ({ positions: refusal, margin: refusal, stopsError: null }),
    inspect: async () => refusal,
  };
}
