import type { Result } from '../../../domain/result.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { VenueConnection } from '../../../ports/venue.ts';
import type { AccountWriter } from '../../../ports/venue-writer.ts';
import { settle } from '../wire/settle.ts';
import { type AccountLine, createAccountLine } from './account-line.ts';
import { callContext } from './call-context.ts';
import { classifyError } from './classify-error.ts';
import type { SharedVenues } from './shared-venues.ts';
import type { VenueProfile, VenueSession } from './venue-profile.ts';
import { callWrite, type WriteAnswer, type WriteCall, type WriteRules } from './write-call.ts';
import type { WriteMember, WriteMembers } from './write-members.ts';

/** What a venue's writer is made of. */
export interface WriteSetup {
  readonly connection: VenueConnection;
  readonly clock: Clock;
  readonly line: AccountLine;
  /** Other accounts of the desk at the same place of the venue. */
  others(): readonly WriteMember[];
  /** Looks, past every cache of the readers. `through`: with another account's key. */
  read<T>(
    signal: AbortSignal,
    run: (session: VenueSession) => Promise<T>,
    through?: AccountLine,
  ): Promise<Result<T, VenueError>>;
  /** Changes: one call, once. */
  write(call: WriteCall, signal: AbortSignal, through?: AccountLine): Promise<WriteAnswer>;
}

export type CreateWriter = (setup: (rules: WriteRules) => WriteSetup) => AccountWriter;

interface WriteWorld {
  readonly shared: SharedVenues;
  readonly members: WriteMembers;
}

/** The account joins the members at once: whoever is made later can send to it. */
export function createWriteSetup(
  { shared, members }: WriteWorld,
  connection: VenueConnection,
  profile: VenueProfile,
): (rules: WriteRules) => WriteSetup {
  const line = createAccountLine(shared, connection, profile);
  members.join({ connection, line });
  const { clock, limits } = shared;
  const bounds = { clock, limitMs: limits.halfMs };
  return (rules) => ({
    connection,
    clock,
    line,
    others: () => members.others(connection),
    read: (signal, run, through = line) =>
      settle({ ...bounds, signal, classify: classifyError }, (own) => {
        const context = { signal: own, replies: [] };
        return callContext.run(context, async () => run(await through.session(context)));
      }),
    write: (call, signal, through = line) =>
      callWrite({ ...bounds, line: through, rules }, call, signal),
  });
}
