import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { SimWorld } from './facade.ts';
import { binanceSocket } from './facades/binance-socket.ts';
import { bybitSocket } from './facades/bybit-socket.ts';
import { okxSocket } from './facades/okx-socket.ts';
import { type ZtdxTokens, ztdxSocket } from './facades/ztdx-socket.ts';
import type { SimAccount } from './model.ts';
import type { SocketProtocol, SocketTalk } from './socket-protocol.ts';

/** What can be wrong with every socket of the simulator. */
export interface SocketFaults {
  /** Ends all connections now. */
  drop(): void;
  /** While on: connected, and not a word; pings stay unanswered too. */
  silence(state: 'on' | 'off'): void;
  /** One frame to everybody that no venue would send. */
  garbage(): void;
  /** Frames come this much later. */
  delay(ms: number): void;
  /** While on: no new connection. */
  refuse(state: 'on' | 'off'): void;
  /** Open connections, and how many there ever were. */
  count(): { readonly open: number; readonly ever: number };
}

export interface SimSockets {
  readonly faults: SocketFaults;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** The market was moved or an account changed: said now, not at the next second. */
  flush(): void;
  close(): void;
}

const EVERY_MS = 1000;

interface Connection {
  readonly socket: WebSocket;
  readonly talk: SocketTalk;
}

/** The venues' WebSockets on the simulator's one port. */
export function createSimSockets(
  world: SimWorld,
  { now, tokens }: { readonly now: () => number; readonly tokens: ZtdxTokens },
): SimSockets {
  const protocols: readonly SocketProtocol[] = [
    bybitSocket(world, now),
    binanceSocket(world),
    okxSocket(world),
    ztdxSocket(world, tokens),
  ];
  // A peer that stops answering pings is what `silence` is about.
  const server = new WebSocketServer({ noServer: true, autoPong: false });
  const open = new Set<Connection>();
  const state = { ever: 0, isSilent: false, isRefusing: false, delayMs: 0 };
  let known: readonly SimAccount[] = world.ledger.accounts(Number.POSITIVE_INFINITY);

  const sendTo = (socket: WebSocket) => (frame: unknown) => {
    const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
    const put = () => {
      if (!state.isSilent && socket.readyState === socket.OPEN) socket.send(text);
    };
    if (state.delayMs > 0) setTimeout(put, state.delayMs).unref();
    else put();
  };

  const accept = (socket: WebSocket, request: IncomingMessage): void => {
    const url = new URL(request.url ?? '/', 'http://sim');
    const peer = { path: url.pathname, query: url.searchParams, send: sendTo(socket) };
    const talk = protocols.map((protocol) => protocol(peer)).find((each) => each !== null);
    if (!talk) {
      socket.close();
      return;
    }
    const connection = { socket, talk };
    state.ever += 1;
    open.add(connection);
    socket.on('message', (data) => {
      if (!state.isSilent) talk.hear(String(data));
    });
    socket.on('ping', (data) => {
      if (!state.isSilent) socket.pong(data);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => open.delete(connection));
  };

  const flush = (): void => {
    if (open.size === 0) return;
    const at = now();
    world.ledger.settle(at);
    const accounts = world.ledger.accounts(Number.POSITIVE_INFINITY);
    const changed = accounts.filter((account, i) => account !== known[i]);
    known = accounts;
    for (const { talk } of open) {
      talk.tick(at);
      for (const account of changed) talk.changed(account, at);
    }
  };
  const timer = setInterval(flush, EVERY_MS);
  timer.unref();

  return {
    faults: {
      drop: () => {
        for (const { socket } of open) socket.terminate();
      },
      silence: (to) => {
        state.isSilent = to === 'on';
      },
      garbage: () => {
        for (const { socket } of open) socket.send('{"topic": [');
      },
      delay: (ms) => {
        state.delayMs = ms;
      },
      refuse: (to) => {
        state.isRefusing = to === 'on';
      },
      count: () => ({ open: open.size, ever: state.ever }),
    },
    upgrade: (request, socket, head) => {
      if (state.isRefusing) socket.destroy();
      else server.handleUpgrade(request, socket, head, (each) => accept(each, request));
    },
    flush,
    close: () => {
      clearInterval(timer);
      for (const { socket } of open) socket.terminate();
      server.close();
    },
  };
}
