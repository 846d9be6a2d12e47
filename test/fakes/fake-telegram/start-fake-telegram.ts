import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../../../src/ports/clock.ts';
import { createActor, type FakeActor } from './actor.ts';
import { createBackend } from './backend.ts';
import type { Fault } from './faults.ts';
import type { Update } from './update-queue.ts';
import { type FakeChat, type FakeMessage, roomOf, type World } from './world.ts';

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
  /** What a well-behaved client never does: writing inside a pause. */
  readonly violations: readonly string[];
  readonly pending: readonly Update[];
  person(who: { readonly id: number; readonly language?: string }): FakeActor;
  chat(chat: FakeChat): FakeChat;
  /** The bot's messages of a chat as they stand now, oldest first. */
  shown(chat: FakeChat): readonly FakeMessage[];
  asked(method: string): readonly RecordedRequest[];
  /** The next requests of a method (`*`: any that writes) meet these, one each. */
  script(method: string, ...faults: readonly Fault[]): void;
  /** The bot is not let in there any more. */
  shut(chat: FakeChat, code: number, description: string): void;
  /** The group becomes a supergroup; gives the new one. */
  migrate(chat: FakeChat, to: number): FakeChat;
  push(content: Readonly<Record<string, unknown>>): Update;
  /** Delivers an update to the webhook once more, as after a lost 200; gives the status. */
  deliver(update: Update): Promise<number>;
  /** Resolves once `find` finds something; looked at again when a request comes and when it is answered. */
  until<T>(find: () => T | undefined | null | false): Promise<T>;
  /** Drops what was written down and said so far. */
  forget(): void;
  close(): Promise<void>;
}

/** A Bot API on loopback: strict, recording, with faults on demand and a clock of the test's own. */
export async function startFakeTelegram(clock: Clock): Promise<FakeTelegram> {
  const backend = createBackend(clock);
  const { world, queue, requests, violations, scripts, push, watchers } = backend;
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => void backend.serve(incoming, response));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: backend.token,
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
    deliver: backend.deliver,
    until: (find) => until(watchers, find),
    forget: () => {
      requests.length = 0;
      world.rooms.clear();
      world.queries.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function until<T>(watchers: Set<() => void>, find: () => T | undefined | null | false): Promise<T> {
  return new Promise((resolve) => {
    const look = () => {
      const found = find();
      if (!found) return;
      watchers.delete(look);
      resolve(found);
    };
    watchers.add(look);
    look();
  });
}
