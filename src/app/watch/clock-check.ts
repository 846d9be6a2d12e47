import type { AlertView } from '../../alerts/look/alert-view.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { AccountReader } from '../../ports/venue.ts';
import { guardedInspect } from '../guarded-reader.ts';

const EVERY_MS = 10 * 60_000;
const TIMEOUT_MS = 15_000;
/** The first reading of a start comes first. */
const SETTLE_MS = 20_000;

/** Our clock against each venue's, by one account of each, every few minutes. */
export function startClockCheck(
  readers: readonly AccountReader[],
  {
    clock,
    log,
    signal,
  }: { readonly clock: Clock; readonly log: Log; readonly signal: AbortSignal },
): { offsets(): AlertView['clocks'] } {
  const known = new Map<string, { readonly venue: string; readonly offsetMs: number }>();
  const one = new Map(readers.toReversed().map((reader) => [reader.venue, reader]));
  const ask = async (reader: AccountReader) => {
    const found = await guardedInspect(reader, { clock, log, timeoutMs: TIMEOUT_MS });
    const ahead = found.ok ? found.value.clockOffsetMs : null;
    // The venue's clock minus ours, turned round. One that does not tell now says nothing.
    if (ahead === null) known.delete(reader.venue);
    else known.set(reader.venue, { venue: reader.venue, offsetMs: -ahead });
  };
  const run = async () => {
    await clock.after(SETTLE_MS, signal);
    while (!signal.aborted) {
      await Promise.all([...one.values()].map(ask));
      await clock.after(EVERY_MS, signal);
    }
  };
  void run();
  return { offsets: () => [...known.values()] };
}
