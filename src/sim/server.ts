import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  type Facade,
  jsonResponse,
  type SimQuirks,
  type SimRequest,
  type SimResponse,
} from './facade.ts';
import type { SimFault } from './fault.ts';
import type { SimAccount } from './model.ts';

const LOOPBACK = '127.0.0.1';
const DEFAULT_SKEW_MS = 10 * 60_000;
const LONGEST_BODY = 1_000_000;
const NOTHING_HERE = jsonResponse({ error: 'no venue has this path' }, { status: 404 });
const BROKEN = jsonResponse({ error: 'internal error' }, { status: 500 });
const HTML: SimResponse = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><html><head><title>Maintenance</title></head><body>Back soon.</body></html>',
};

export interface SimServer {
  readonly origin: string;
  close(): Promise<void>;
}

export interface SimServerOptions {
  readonly facades: readonly Facade[];
  readonly now: () => number;
  /** 0 takes a free one. */
  readonly port: number;
  /** What is wrong with this request of this account; asked once for each. */
  faultOf(request: SimRequest, owner: SimAccount): SimFault | null;
  /** A request to talk over a WebSocket. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Before anything is answered: the market has moved since the last time. */
  settle(now: number): void;
}

/** One HTTP server on loopback in front of all facades; faults are played here, around them. */
export async function startSimServer(options: SimServerOptions): Promise<SimServer> {
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((incoming, outgoing) => {
    handle({ incoming, outgoing, options, timers }).catch(() => outgoing.destroy());
  });
  server.on('upgrade', (request, socket, head) => {
    if (options.upgrade) options.upgrade(request, socket, head);
    else socket.destroy();
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${LOOPBACK}:${port}`,
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly options: SimServerOptions;
  readonly timers: Set<NodeJS.Timeout>;
}

async function handle(exchange: Exchange): Promise<void> {
  const { facades, now, faultOf, settle } = exchange.options;
  const request = await readRequest(exchange.incoming, now());
  settle(request.now);
  const owner = firstOf(facades, (facade) => facade.identify(request));
  const fault = owner === null ? null : faultOf(request, owner);
  if (fault === null) return send(exchange, await respond(facades, request));
  return playFault(exchange, request, fault);
}

async function respond(facades: readonly Facade[], request: SimRequest): Promise<SimResponse> {
  try {
    return (await firstOf(facades, (facade) => facade.respond(request))) ?? NOTHING_HERE;
  } catch {
    return BROKEN;
  }
}

function firstOf<T>(facades: readonly Facade[], ask: (facade: Facade) => T | null): T | null {
  for (const facade of facades) {
    const answer = ask(facade);
    if (answer !== null) return answer;
  }
  return null;
}

async function playFault(exchange: Exchange, request: SimRequest, fault: SimFault): Promise<void> {
  const { facades } = exchange.options;
  switch (fault.kind) {
    case 'dead':
      exchange.incoming.socket.destroy();
      return;
    case 'slow':
      return later(exchange, fault.delayMs, await respond(facades, request));
    case 'html':
      return send(exchange, HTML);
    case 'emptyBody':
      return send(exchange, { ...HTML, body: '' });
    case 'redirect':
      return send(exchange, {
        status: 302,
        headers: { location: 'https://elsewhere.invalid/' },
        body: '',
      });
    case 'status':
      return send(exchange, { status: fault.status, headers: fault.headers ?? {}, body: '' });
    case 'rateLimited': {
      const mine = facades.find((facade) => facade.identify(request) !== null);
      return send(exchange, mine?.rateLimited(request) ?? NOTHING_HERE);
    }
    case 'wrongClock': {
      const skewed = { ...request, now: request.now + (fault.skewMs ?? DEFAULT_SKEW_MS) };
      return send(exchange, await respond(facades, skewed));
    }
    case 'revoked':
      return send(exchange, await respond(facades, request));
    case 'hang':
      return;
    case 'acceptThenHang':
      await respond(facades, request);
      return;
    case 'acceptThenReset':
      await respond(facades, request);
      exchange.incoming.socket.destroy();
      return;
    case 'acceptThenStatus':
      await respond(facades, request);
      return send(exchange, { status: fault.status, headers: {}, body: '' });
    case 'acceptThenRefuse':
      await respond(facades, request);
      return send(exchange, refusedBy(facades, request, fault.code));
    case 'refuse':
      return send(exchange, refusedBy(facades, request, fault.code));
    case 'partialFill':
    case 'duplicates':
    case 'delayed':
      return send(exchange, await respond(facades, { ...request, quirks: quirksOf(fault) }));
    default:
      return spoil(exchange, await respond(facades, request), fault.kind);
  }
}

function refusedBy(facades: readonly Facade[], request: SimRequest, code: string): SimResponse {
  const mine = facades.find((facade) => facade.identify(request) !== null);
  return mine?.refused(code, request) ?? NOTHING_HERE;
}

function quirksOf(
  fault: Extract<SimFault, { readonly kind: 'partialFill' | 'duplicates' | 'delayed' }>,
): SimQuirks {
  if (fault.kind === 'delayed') return { lagMs: fault.lagMs };
  return fault.kind === 'partialFill' ? { fillShare: fault.share } : { takesDuplicates: true };
}

function spoil(
  { outgoing }: Exchange,
  response: SimResponse,
  how: 'stalled' | 'halfBody' | 'cutJson',
): void {
  const body = Buffer.from(response.body);
  const half = body.subarray(0, Math.floor(body.length / 2));
  if (how === 'cutJson') {
    outgoing.writeHead(response.status, { ...response.headers, 'content-length': half.length });
    outgoing.end(half);
    return;
  }
  outgoing.writeHead(response.status, { ...response.headers, 'content-length': body.length });
  outgoing.write(half, () => {
    if (how === 'halfBody') outgoing.destroy();
  });
}

function later(exchange: Exchange, delayMs: number, response: SimResponse): void {
  const timer = setTimeout(() => {
    exchange.timers.delete(timer);
    send(exchange, response);
  }, delayMs);
  exchange.timers.add(timer);
}

function send({ outgoing }: Exchange, response: SimResponse): void {
  const body = Buffer.from(response.body);
  outgoing.writeHead(response.status, { ...response.headers, 'content-length': body.length });
  outgoing.end(body);
}

async function readRequest(incoming: IncomingMessage, now: number): Promise<SimRequest> {
  const target = incoming.url ?? '/';
  const mark = target.indexOf('?');
  const rawQuery = mark < 0 ? '' : target.slice(mark + 1);
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(rawQuery),
    rawQuery,
    headers: Object.fromEntries(
      Object.entries(incoming.headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    ),
    body: await readBody(incoming),
    now,
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LONGEST_BODY) throw new RangeError('request body too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
