import { type RawData, WebSocket } from 'ws';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';

export interface ConnectionDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** Null: nothing to connect for yet. */
  address(): string | null;
  heed(text: string): void;
  /** The connection ended, whoever ended it. */
  lost(): void;
  /** A replay that ended by itself is not begun again. */
  readonly isReplay: boolean;
  readonly signal: AbortSignal;
}

export interface KeptConnection {
  /** The address changed: connect anew soon; changes that come together cost one connection. */
  changed(): void;
  readonly done: Promise<void>;
}

const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 60_000;
const SETTLE_MS = 250;
/** Tickers come every second; a peer this silent is gone, whatever its socket says. */
const SILENCE_MS = 30_000;
const LARGEST_FRAME_BYTES = 4_194_304;

/** Holds one connection open until `signal`: anew after a loss, with growing pauses, never two at once. */
export function keepConnected(deps: ConnectionDeps): KeptConnection {
  const { clock, signal } = deps;
  let turn = new AbortController();
  const run = async () => {
    let failures = 0;
    while (!signal.aborted) {
      turn = new AbortController();
      const own = AbortSignal.any([signal, turn.signal]);
      const address = deps.address();
      // Without an address: until `changed`.
      const end =
        address === null ? await wokenBy(own) : await hold({ ...deps, signal: own }, address);
      if (own.aborted) {
        await clock.after(SETTLE_MS, signal);
        continue;
      }
      if (deps.isReplay && end === 'finished') return;
      failures = end === 'failed' ? failures + 1 : 0;
      await clock.after(pauseAfter(failures, deps.random), own);
    }
  };
  return { changed: () => turn.abort(), done: run() };
}

/** Half of it for certain, half by chance: consoles of one desk must not come back all at once. */
function pauseAfter(failures: number, random: Random): number {
  const full = Math.min(FIRST_BACK_OFF_MS * 2 ** failures, LONGEST_BACK_OFF_MS);
  return full / 2 + (full / 2) * random.unit();
}

/** `failed`: it ended before a word was said. */
type End = 'finished' | 'broken' | 'failed';

async function hold(deps: ConnectionDeps, address: string): Promise<End> {
  const { clock, signal } = deps;
  const socket = new WebSocket(address, {
    perMessageDeflate: false,
    maxPayload: LARGEST_FRAME_BYTES,
    handshakeTimeout: 10_000,
  });
  let heardAt: number | null = null;
  const openedAt = clock.now();
  const over = new AbortController();
  const abandon = () => socket.terminate();
  signal.addEventListener('abort', abandon, { once: true });
  socket.on('message', (data, isBinary) => {
    heardAt = clock.now();
    if (!isBinary && !signal.aborted) deps.heed(textOf(data));
  });
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
    // The close event follows; without a listener the error would end the program.
    socket.on('error', () => undefined);
  });
  const watch = async () => {
    while (!over.signal.aborted) {
      await clock.after(SILENCE_MS / 2, over.signal);
      if (clock.now() - (heardAt ?? openedAt) >= SILENCE_MS) socket.terminate();
    }
  };
  void watch();
  const code = await closed;
  over.abort();
  signal.removeEventListener('abort', abandon);
  deps.lost();
  if (heardAt === null) return 'failed';
  return code === 1000 ? 'finished' : 'broken';
}

function wokenBy(signal: AbortSignal): Promise<End> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve('broken');
    signal.addEventListener('abort', () => resolve('broken'), { once: true });
  });
}

function textOf(data: RawData): string {
  return Array.isArray(data)
    ? Buffer.concat(data).toString()
    : Buffer.from(data as Buffer).toString();
}
