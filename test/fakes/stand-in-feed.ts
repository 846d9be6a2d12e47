import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface StandInFeed {
  readonly url: string;
  /** Path and options of every connection, in order. */
  readonly connections: { readonly path: string; readonly options: readonly FeedOption[] }[];
  /** Resolves when that many connections have been made in all. */
  connected(count: number): Promise<void>;
  /** To the newest connection: an object as JSON, text as it is. */
  send(frame: unknown): void;
  /** The newest connection ends, by the book or not. */
  end(how: 'closed' | 'cut'): Promise<void>;
  /** Connections are refused from now on, or taken again. */
  refuse(isRefused: boolean): void;
  close(): Promise<void>;
}

interface FeedOption {
  readonly exchange: string;
  readonly symbols: readonly string[];
  readonly dataTypes: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

/** A server of the normalised format on loopback. */
export async function startStandInFeed(): Promise<StandInFeed> {
  const server = http.createServer((_, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ noServer: true });
  const connections: StandInFeed['connections'] = [];
  const waiting: { readonly count: number; readonly wake: () => void }[] = [];
  let newest: WebSocket | null = null;
  let isRefusing = false;

  server.on('upgrade', (request, socket, head) => {
    if (isRefusing) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const url = new URL(request.url ?? '/', 'http://feed');
      const options = JSON.parse(url.searchParams.get('options') ?? '[]') as FeedOption[];
      newest = opened;
      connections.push({ path: url.pathname, options });
      for (const { count, wake } of waiting) if (connections.length >= count) wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    connected: (count) =>
      new Promise((resolve) => {
        if (connections.length >= count) resolve();
        else waiting.push({ count, wake: resolve });
      }),
    send(frame) {
      newest?.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
    },
    end(how) {
      const ending = newest;
      return new Promise((resolve) => {
        if (ending === null) return resolve();
        ending.on('close', () => resolve());
        if (how === 'closed') ending.close(1000);
        else ending.terminate();
      });
    },
    refuse: (refused) => {
      isRefusing = refused;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
