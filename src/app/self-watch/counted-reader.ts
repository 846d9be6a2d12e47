import type { AccountReader } from '../../ports/venue.ts';
import type { Counts } from './counts.ts';

/** The same reader; what came of each reading is counted by venue. */
export function countedReader(reader: AccountReader, counts: Counts): AccountReader {
  return {
    ...reader,
    read: async (signal) => {
      const reading = await reader.read(signal);
      const failed = [reading.positions, reading.margin].find(({ ok }) => !ok);
      counts.add(reader.venue, failed && !failed.ok ? failed.error.kind : 'ok');
      return reading;
    },
  };
}
