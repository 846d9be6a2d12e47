import type { Clock } from '../../../ports/clock.ts';

/** One attempt at a connection: what it says of itself while it lasts. */
export interface Attempt {
  /** Everything that comes in is a sign of life. */
  heard(): void;
  /** It works: whoever was not told of anything meanwhile has to look. */
  established(): void;
  /** Ended from outside, or silent for too long. */
  readonly signal: AbortSignal;
}

interface KeepUpDeps {
  readonly clock: Clock;
  /** In [0, 1): pauses of many connections must not end together. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Lives as long as the connection; resolves or rejects when it is over. */
  readonly live: (attempt: Attempt) => Promise<void>;
  readonly established: () => void;
}

export interface KeptUp {
  state(): 'connected' | 'connecting' | 'closed';
  heardAt(): number | null;
  readonly done: Promise<void>;
}

const SILENCE_MS = 60_000;
const LOOK_MS = 5000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** After so long a life the next loss is a new one. */
const STABLE_MS = 30_000;

/** Holds one connection up until `signal`: anew after every loss and after a minute of silence. */
export function keepUp(deps: KeepUpDeps): KeptUp {
  const { clock, signal } = deps;
  let state: ReturnType<KeptUp['state']> = 'connecting';
  let heardAt: number | null = null;

  const once = async (): Promise<number> => {
    const over = new AbortController();
    const startedAt = clock.now();
    let lastAt = startedAt;
    const attempt: Attempt = {
      heard: () => {
        lastAt = clock.now();
        heardAt = lastAt;
      },
      established: () => {
        if (over.signal.aborted || state === 'connected') return;
        state = 'connected';
        attempt.heard();
        deps.established();
      },
      signal: AbortSignal.any([signal, over.signal]),
    };
    const watch = async () => {
      while (!attempt.signal.aborted) {
        await clock.after(LOOK_MS, attempt.signal);
        if (clock.now() - lastAt >= SILENCE_MS) over.abort();
      }
    };
    void watch();
    const ended = new Promise<void>((resolve) => {
      attempt.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    // How it ended does not matter: a vendor's text never goes further than here.
    await Promise.race([deps.live(attempt).catch(() => undefined), ended]);
    over.abort();
    state = 'connecting';
    return clock.now() - startedAt;
  };

  const run = async () => {
    let pauseMs = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      const livedMs = await once();
      pauseMs = livedMs >= STABLE_MS ? FIRST_PAUSE_MS : pauseMs;
      await clock.after(pauseMs * (0.5 + deps.random() / 2), signal);
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
    state = 'closed';
  };
  const done = run();
  return { state: () => state, heardAt: () => heardAt, done };
}
