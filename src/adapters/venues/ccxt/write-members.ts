import type { AccountId } from '../../../domain/units.ts';
import type { VenueConnection } from '../../../ports/venue.ts';
import type { AccountLine } from './account-line.ts';

/** An account of the desk, as another one at the same place sees it. */
export interface WriteMember {
  readonly connection: VenueConnection;
  readonly line: AccountLine;
}

/** Who of the desk has an account at the same place of the same venue. */
export interface WriteMembers {
  join(member: WriteMember): void;
  /** Everybody else there. */
  others(of: VenueConnection): readonly WriteMember[];
}

export function createWriteMembers(): WriteMembers {
  const places = new Map<string, Map<AccountId, WriteMember>>();
  const placeOf = ({ venue, environment, baseUrl }: VenueConnection) => {
    const name = `${venue} ${environment} ${baseUrl ?? ''}`;
    const members = places.get(name) ?? new Map<AccountId, WriteMember>();
    places.set(name, members);
    return members;
  };
  return {
    join(member) {
      placeOf(member.connection).set(member.connection.account, member);
    },
    others: (of) =>
      [...placeOf(of).values()].filter(({ connection }) => connection.account !== of.account),
  };
}
