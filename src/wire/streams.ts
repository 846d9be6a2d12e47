import { positionsOf } from '../portfolio/snapshot.ts';
import type { StreamHealth, StreamListener, VenueStream } from '../ports/venue-stream.ts';
import { clock } from './parts.ts';
import type { Program } from './program.ts';

export interface StreamsRunning {
  /** Marks of this venue come by themselves now. */
  hasMarks(venue: string): boolean;
  isStreamed(account: string): boolean;
  health(): readonly StreamHealth[];
  readonly done: Promise<void>;
}

/** What was not heard of for so long does not stream, whatever its socket says. */
const SILENT_MS = 60_000;
const FOLLOW_MS = 2000;

/** Opens the streams of every venue and has them follow what is held. */
export function startStreams(
  { desk, openStreams }: Program,
  { listener, signal }: { readonly listener: StreamListener; readonly signal: AbortSignal },
): StreamsRunning {
  const streams: VenueStream[] = openStreams(listener);
  const healthOf = (isIt: (each: StreamHealth) => boolean, among = streams) =>
    among.flatMap((stream) => stream.health()).some((each) => isIt(each) && isAlive(each));
  const run = async () => {
    while (!signal.aborted) {
      const held = positionsOf(desk.lastKnown());
      for (const stream of streams) {
        const own = held.filter(({ venue }) => venue === stream.venue);
        stream.follow([...new Set(own.map(({ instrument }) => instrument.symbol))].sort());
      }
      await clock.after(FOLLOW_MS, signal);
    }
    await Promise.all(streams.map((stream) => stream.close()));
  };
  return {
    hasMarks: (venue) =>
      healthOf(
        ({ account }) => account === null,
        streams.filter((stream) => stream.venue === venue),
      ),
    isStreamed: (id) => healthOf(({ account }) => account === id),
    health: () => streams.flatMap((stream) => stream.health()),
    done: run(),
  };
}

function isAlive({ state, heardAt }: StreamHealth): boolean {
  return state === 'connected' && heardAt !== null && clock.now() - heardAt < SILENT_MS;
}
