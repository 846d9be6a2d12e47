import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../src/ports/clock.ts';
import { createUser, type FakeUser, type Standing } from './actor.ts';
import { createFaults, type Fault } from './fault.ts';
import { createGateway, type FakeGateway } from './gateway.ts';
import { createRest } from './rest.ts';
import { type ChannelFate, createWorld, type FakeMessage, type World } from './world.ts';

/** A Discord of our own on loopback: REST and gateway for the real client library. */
export interface FakeDiscord {
  /** What `rest.api` takes. */
  readonly apiUrl: string;
  readonly token: string;
  readonly application: string;
  readonly guild: string;
  readonly world: World;
  readonly gateway: FakeGateway;
  /** A new channel of the guild, or a person's private chat. */
  channel(kind?: 'guild' | 'private'): string;
  fate(channel: string, fate: ChannelFate): void;
  user(where: Standing): FakeUser;
  fault(fault: Fault): void;
  /** From now on the token is refused, on every request. */
  refuseToken(): void;
  /** What everybody sees in a channel, oldest first. */
  shown(channel: string): readonly FakeMessage[];
  close(): Promise<void>;
}

/** `clock`: the time of tokens, pauses and ids; the machine's own by default. */
export async function startFakeDiscord(
  options: { readonly clock?: Clock; readonly heartbeatMs?: number } = {},
): Promise<FakeDiscord> {
  const clock = options.clock ?? { now: () => Date.now(), after: async () => {} };
  const world = createWorld(clock, `fake.discord.token${'x'.repeat(40)}`);
  const faults = createFaults(clock);
  let isTokenGood = true;
  const access = {
    isTokenGood: () => isTokenGood,
    refuseToken: () => {
      isTokenGood = false;
    },
  };
  let port = 0;
  const url = () => `ws://127.0.0.1:${port}/gateway`;
  const server = createRest({ world, faults, gatewayUrl: url, ...access });
  const heartbeatMs = options.heartbeatMs ?? 41_250;
  const gateway = createGateway(server, { world, heartbeatMs, url, ...access });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  return {
    apiUrl: `http://127.0.0.1:${port}/api`,
    token: world.token,
    application: world.application,
    guild: world.guild,
    world,
    gateway,
    channel: (kind = 'guild') => {
      const id = world.nextId();
      world.channels.set(id, { isPrivate: kind === 'private', fate: 'fine', rules: [] });
      return id;
    },
    fate: (channel, fate) => {
      const found = world.channels.get(channel);
      if (found) found.fate = fate;
    },
    user: (where) => createUser(where, { world, gateway }),
    fault: faults.add,
    refuseToken: access.refuseToken,
    shown: (channel) =>
      world.messages.filter(
        (each) => each.channel_id === channel && each.onlyFor === null && !each.isDeleted,
      ),
    close: async () => {
      gateway.drop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
