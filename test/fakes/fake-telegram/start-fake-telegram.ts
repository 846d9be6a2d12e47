import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../../../src/ports/clock.ts';
import { createActor, type FakeActor } from './actor.ts';
import { METHODS } from './bot-methods.ts';
import type { Fault } from './faults.ts';
import { readRequest } from './read-request.ts';
import { createUpdateQueue, type Update } from './update-queue.ts';
import { type FakeChat, type FakeMessage, Refusal, roomOf, type World } from './world.ts';

export interface RecordedRequest {
  readonly method: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly at: number;
}

export interface FakeTelegram {
  readonly apiRoot: string;
  readonly token: string;
  readonly world: World;
  /** Everything that was asked, in order. */
  readonly requests: readonly RecordedRequest[];
  /** What a well-behaved client never does: writing inside a pause, polling in a tight loop. */
  readonly violations: readonly string[];
  readonly pending: readonly Update[];
  person(who: { readonly id: number; readonly language?: string }): FakeActor;
  chat(chat: FakeChat): FakeChat;
  /** The bot's messages of a chat as they stand now, oldest first. */
  shown(chat: FakeChat): readonly FakeMessage[];
  asked(method: string): readonly RecordedRequest[];
  /** The next requests of a method (`*`: any that sends) meet these, one each. */
  script(method: string, ...faults: readonly Fault[]): void;
  /** The bot is not let in there any more. */
  shut(chat: FakeChat, code: number, description: string): void;
  /** The group becomes a supergroup; the new one, with the service messages on both sides. */
  migrate(chat: FakeChat, to: number): FakeChat;
  push(content: Readonly<Record<string, unknown>>): Update;
  /** Delivers an update to the webhook once more, as after a lost 200. */
  deliver(update: Update, secret?: string): Promise<number>;
  /** Resolves once `find` finds something; looked at again when a request comes and when it is answered. */
  until<T>(find: () => T | undefined | null | false): Promise<T>;
  close(): Promise<void>;
}

const TOKEN = '4242:fake-token';
/** Sends and edits: what a pause forbids. */
const WRITES = /^(send|edit|delete)/;

/** A Bot API on loopback: strict, recording, with faults on demand and a clock of the test's own. */
export async function startFakeTelegram(clock: Clock): Promise<FakeTelegram> {
  const queue = createUpdateQueue(clock);
  const requests: RecordedRequest[] = [];
  const violations: string[] = [];
  const scripts = new Map<string, Fault[]>();
  const pausedUntil = new Map<string, number>();
  const watchers = new Set<() => void>();
  let webhook: { url: string; secret: string } | null = null;
  const world: World = {
    bot: { id: 4242, is_bot: true, first_name: 'Plimsoll', username: 'plimsoll_bot' },
    rooms: new Map(),
    queries: new Map(),
    menus: new Map(),
    now: () => clock.now(),
  };

  const deliver = async (update: Update, secret?: string): Promise<number> => {
    if (!webhook) return 0;
    const response = await fetch(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-telegram-bot-api-secret-token': secret ?? webhook.secret,
      },
      body: JSON.stringify(update),
    });
    if (response.ok) queue.take(update);
    return response.status;
  };
  const push = (content: Readonly<Record<string, unknown>>): Update => {
    const update = queue.push(content);
    if (webhook) void deliver(update).catch(() => undefined);
    return update;
  };

  const carryOut = (request: RecordedRequest, signal: AbortSignal): unknown => {
    const { method, fields } = request;
    if (method === 'deleteWebhook' || method === 'setWebhook') {
      if (fields['drop_pending_updates'] === true) queue.drop();
      webhook =
        method === 'setWebhook'
          ? { url: String(fields['url']), secret: String(fields['secret_token'] ?? '') }
          : null;
      return true;
    }
    if (method === 'getUpdates') {
      if (webhook)
        throw new Refusal(409, "Conflict: can't use getUpdates method while webhook is active");
      const offset = Number(fields['offset'] ?? 0);
      return queue.poll({ offset, timeout: Number(fields['timeout'] ?? 0), signal });
    }
    const run = METHODS[method];
    if (!run) throw new Refusal(404, 'Not Found');
    return run(request, world);
  };

  const judge = ({ method, fields, at }: RecordedRequest): void => {
    const chat = String(fields['chat_id']);
    const until = pausedUntil.get(chat) ?? 0;
    if (WRITES.test(method) && at < until) {
      violations.push(`${method} to ${chat} ${until - at} ms before the end of its pause`);
    }
  };

  const lookAgain = (): void => {
    for (const look of watchers) look();
  };

  const faultFor = (method: string): Fault | undefined =>
    scripts.get(method)?.shift() ?? (WRITES.test(method) ? scripts.get('*')?.shift() : undefined);

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, token = '', method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(incoming.url ?? '') ?? [];
    const read = await readRequest(incoming);
    const request = { method, ...read, at: clock.now() };
    const hungUp = new AbortController();
    response.on('close', () => hungUp.abort());
    requests.push(request);
    judge(request);
    lookAgain();
    const fault = faultFor(method);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'page') {
      response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>');
      return;
    }
    try {
      if (token !== TOKEN) throw new Refusal(401, 'Unauthorized');
      if (fault?.kind === 'refuse')
        throw new Refusal(fault.code, fault.description, fault.parameters);
      const result = await carryOut(request, hungUp.signal);
      if (fault?.kind === 'lost-answer') return void response.destroy();
      reply(response, 200, { ok: true, result });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const seconds = error.parameters?.['retry_after'];
      if (seconds !== undefined) {
        pausedUntil.set(String(request.fields['chat_id']), clock.now() + seconds * 1000);
      }
      reply(response, error.code, {
        ok: false,
        error_code: error.code,
        description: error.message,
        ...(error.parameters === undefined ? {} : { parameters: error.parameters }),
      });
    }
  };

  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => {
    void serve(incoming, response)
      .catch((cause: unknown) => {
        violations.push(`the stand-in failed: ${String(cause)}`);
        reply(response, 500, { ok: false, error_code: 500, description: 'stand-in failed' });
      })
      .finally(lookAgain);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    world,
    requests,
    violations,
    get pending() {
      return queue.pending;
    },
    person: (who) => createActor(who, { world, push }),
    chat: (chat) => roomOf(world, chat).chat,
    shown: (chat) => [...roomOf(world, chat).messages.values()].filter(({ from }) => from.is_bot),
    asked: (method) => requests.filter((request) => request.method === method),
    script: (method, ...faults) => {
      scripts.set(method, [...(scripts.get(method) ?? []), ...faults]);
    },
    shut: (chat, code, description) => {
      roomOf(world, chat).closed = { code, description };
    },
    migrate: (chat, to) => {
      roomOf(world, chat).movedTo = to;
      return roomOf(world, { ...chat, id: to, type: 'supergroup' }).chat;
    },
    push,
    deliver,
    until: (find) =>
      new Promise((resolve) => {
        const look = () => {
          const found = find();
          if (!found) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
