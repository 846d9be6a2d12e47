import { type RawData, WebSocket } from 'ws';
import { parseDecimal } from '../../../domain/decimal.ts';
import { asPrice } from '../../../domain/units.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { VenueConnection } from '../../../ports/venue.ts';
import type { StreamHealth, StreamListener, VenueStream } from '../../../ports/venue-stream.ts';
import { type Attempt, keepUp } from '../wire/keep-up.ts';
import type { Session } from './session.ts';

export interface ZtdxStreamSetup {
  readonly clock: Clock;
  readonly listener: StreamListener;
  readonly random: () => number;
  readonly accounts: readonly { readonly connection: VenueConnection; readonly session: Session }[];
}

const PATH = '/ws';
const PING_MS = 30_000;
const LARGEST_FRAME_BYTES = 1_048_576;
const PRIVATE = ['positions', 'unified_account'];
/** Said every two seconds whether anything happened or not. */
const ROUTINE = 'update';

/** One connection per account; the first one's also brings the marks. */
export function createZtdxStream(setup: ZtdxStreamSetup): VenueStream {
  const { clock, listener } = setup;
  const closing = new AbortController();
  let followed: readonly string[] = [];
  const sockets = new Map<string, WebSocket>();
  const tickersOf = (symbols: readonly string[]) =>
    symbols.map((symbol) => `ticker:${symbol.split(':')[0]?.replace('/', '') ?? ''}`);

  const lines = setup.accounts.map(({ connection, session }, place) => {
    const { account, wsUrl } = connection;
    // Somebody stands in for the REST calls and not for the streams: then there are none.
    const address = wsUrl ? new URL(PATH, wsUrl).href : null;
    const subscribe = (socket: WebSocket) => {
      const channels = [...PRIVATE, ...(place === 0 ? tickersOf(followed) : [])];
      for (const channel of channels) say(socket, { type: 'subscribe', channel });
    };
    const live = async (attempt: Attempt) => {
      if (address === null) return;
      const token = await session.token(attempt.signal);
      if (attempt.signal.aborted) return;
      const socket = new WebSocket(address, { maxPayload: LARGEST_FRAME_BYTES });
      sockets.set(account, socket);
      attempt.signal.addEventListener('abort', () => socket.terminate(), { once: true });
      socket.on('open', () => {
        if (token.ok) say(socket, { type: 'auth_token', token: token.value });
        subscribe(socket);
        void ping(socket, clock, attempt.signal);
      });
      socket.on('message', (data) => {
        attempt.heard();
        hear(parsed(data), { attempt, account });
      });
      await new Promise<void>((resolve) => {
        socket.on('close', () => resolve());
        // The close event follows; without a listener the error would end the program.
        socket.on('error', () => undefined);
      });
      sockets.delete(account);
    };
    const kept =
      address === null
        ? null
        : keepUp({
            ...{ clock, random: setup.random, signal: closing.signal, live },
            established: () => listener.changed(account),
          });
    return { account, kept, place };
  });

  const hear = (frame: Frame, of: { readonly attempt: Attempt; readonly account: string }) => {
    switch (frame['type']) {
      case 'ticker':
        return tick(frame);
      case 'auth_result':
      case 'subscribed':
      case 'pong':
        return of.attempt.established();
      case 'positions':
        return listener.changed(of.account);
      case 'unified_account':
        if (frame['event'] !== ROUTINE) listener.changed(of.account);
    }
  };

  const tick = (frame: Frame) => {
    const name = String(frame['symbol']);
    const symbol = followed.find((each) => tickersOf([each])[0] === `ticker:${name}`);
    const price = parseDecimal(frame['mark_price']);
    if (symbol === undefined || price === null) return;
    const instrument = { venue: 'ztdx', symbol };
    listener.mark({ instrument, markPrice: asPrice(price), observedAt: clock.now() });
  };

  return {
    venue: 'ztdx',
    follow(symbols) {
      if (symbols.join() === followed.join()) return;
      followed = symbols;
      const [first] = setup.accounts;
      const socket = first && sockets.get(first.connection.account);
      if (socket?.readyState !== WebSocket.OPEN) return;
      for (const channel of tickersOf(symbols)) say(socket, { type: 'subscribe', channel });
    },
    health: () =>
      lines.flatMap(({ account, kept, place }): StreamHealth[] => {
        const state = kept?.state() ?? 'unsupported';
        const heardAt = kept?.heardAt() ?? null;
        const own: StreamHealth = { name: account, account, state, heardAt };
        return place === 0 ? [{ ...own, name: 'marks ztdx', account: null }, own] : [own];
      }),
    async close() {
      closing.abort();
      await Promise.all(lines.map(({ kept }) => kept?.done));
    },
  };
}

type Frame = Readonly<Record<string, unknown>>;

function say(socket: WebSocket, frame: object): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

async function ping(socket: WebSocket, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.after(PING_MS, signal);
    say(socket, { type: 'ping' });
  }
}

/** What is no frame of theirs says nothing, but it is a sign of life. */
function parsed(data: RawData): Frame {
  try {
    const frame: unknown = JSON.parse(String(data));
    return typeof frame === 'object' && frame !== null ? (frame as Frame) : {};
  } catch {
    return {};
  }
}
