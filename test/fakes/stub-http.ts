import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface StubReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, text as it is. */
  readonly body?: unknown;
}

/** Takes over the socket: half a body, no answer, a reset. */
export type StubFault = (response: http.ServerResponse) => void;

export type StubHandler = (request: StubRequest) => StubReply | StubFault;

export interface StubHttp {
  readonly origin: string;
  readonly requests: StubRequest[];
  /** Replaces what the server does from now on. */
  answer(handler: StubHandler): void;
  close(): Promise<void>;
}

/** A venue's stand-in on loopback: real HTTP, answers by a function, remembers what it was asked. */
export async function startStubHttp(handler: StubHandler): Promise<StubHttp> {
  let current = handler;
  const requests: StubRequest[] = [];
  const sockets = new Set<Socket>();
  const server = http.createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://stub');
      const request = {
        method: incoming.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        body: Buffer.concat(parts).toString(),
      };
      requests.push(request);
      send(response, current(request));
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (next) => {
      current = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function send(response: http.ServerResponse, reply: StubReply | StubFault): void {
  if (typeof reply === 'function') {
    reply(response);
    return;
  }
  const isText = typeof reply.body === 'string';
  response.writeHead(reply.status ?? 200, {
    'content-type': isText ? 'text/plain' : 'application/json',
    ...reply.headers,
  });
  response.end(isText ? reply.body : JSON.stringify(reply.body));
}
