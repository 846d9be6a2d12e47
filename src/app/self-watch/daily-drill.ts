import type { Clock } from '../../ports/clock.ts';
import type { AlertDesk } from '../alerts/alert-desk.ts';

const LOOK_MS = 30_000;
const LIMIT_MS = 60_000;
const STEP_MS = 250;
const DAY_MS = 86_400_000;

type DrillDesk = Pick<AlertDesk, 'drill' | 'outcomeOf' | 'raise'>;

/** How long the message took to arrive; null: it did not within a minute. */
export interface DrillResult {
  readonly destination: string;
  readonly latencyMs: number | null;
}

/** Sends one marked message by the real way and waits for what becomes of it. */
export async function drillOne(
  desk: DrillDesk,
  of: { readonly destination: string; readonly isSilent: boolean; readonly clock: Clock },
): Promise<DrillResult> {
  const { destination, clock } = of;
  const startedAt = clock.now();
  const begun = await desk.drill(of);
  while (begun.ok && clock.now() - startedAt < LIMIT_MS) {
    const outcome = desk.outcomeOf(begun.value);
    if (outcome?.outcome === 'delivered') {
      return { destination, latencyMs: outcome.at - startedAt };
    }
    // Moved elsewhere, written off: it will not arrive here any more.
    if (outcome === null || outcome.outcome === 'cancelled') break;
    await clock.after(STEP_MS);
  }
  return { destination, latencyMs: null };
}

/** Every destination, once a day at this minute of the day; a place that fails is critical elsewhere. */
export async function runDailyDrill(deps: {
  readonly desk: DrillDesk;
  readonly destinations: () => readonly string[];
  /** The next moment after this one that a drill is due; null: never. */
  readonly nextAt: (after: number) => number | null;
  readonly onResult: (result: DrillResult) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { desk, clock, signal } = deps;
  let dueAt = deps.nextAt(clock.now());
  while (!signal.aborted) {
    await clock.after(LOOK_MS, signal);
    // Looked at again each time: the desk file may say another hour by now.
    const wanted = deps.nextAt(clock.now());
    if (dueAt === null || wanted === null || clock.now() < dueAt) {
      if (wanted === null || dueAt === null || dueAt > wanted) dueAt = wanted;
      continue;
    }
    // A machine that slept through the hour does it when it wakes, once.
    dueAt = wanted;
    if (signal.aborted) return;
    const all = deps
      .destinations()
      .map((destination) => drillOne(desk, { destination, isSilent: true, clock }));
    for (const result of await Promise.all(all)) {
      deps.onResult(result);
      if (result.latencyMs === null) await desk.raise(`drill ${result.destination}`);
    }
  }
}

/** The next time of the day in a zone, as `{ hour, minute }`; days of 23 and 25 hours included. */
export function nextTimeOfDay(
  after: number,
  at: { readonly minute: number; readonly timeZone: string },
): number {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: at.timeZone, hourCycle: 'h23', hour: 'numeric', minute: 'numeric' },
  });
  const minuteAt = (instant: number) => {
    const parts = format.formatToParts(instant);
    const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
    return part('hour') * 60 + part('minute');
  };
  const start = after - (after % 60_000) + 60_000;
  const ahead = ((at.minute - minuteAt(start) + 1440) % 1440) * 60_000;
  // The clock may be moved in between: then the guess is an hour off, and mended by that hour.
  const guess = start + ahead;
  const off = ((minuteAt(guess) - at.minute + 2160) % 1440) - 720;
  const mended = guess - off * 60_000;
  return mended > after ? mended : mended + DAY_MS;
}
