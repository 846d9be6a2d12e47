import {
  type APIInteraction,
  Client,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
} from 'discord.js';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import { restOptions } from './discord-calls.ts';
import type { GatewayHealth } from './gateway-health.ts';

export interface ConnectionDeps {
  readonly token: string;
  readonly apiUrl: string | null;
  readonly health: GatewayHealth;
  readonly clock: Clock;
  readonly log: Log;
  /** Connected, at the start or anew. */
  onReady(): void;
  /** Must not throw. */
  onInteraction(raw: APIInteraction): void;
}

export interface Connection {
  /** Settles when the first attempt has succeeded or failed. */
  readonly tried: Promise<void>;
  close(): Promise<void>;
}

const NEEDED: ReadonlySet<string> = new Set([
  GatewayDispatchEvents.Ready,
  GatewayDispatchEvents.Resumed,
]);
/** Discord allows a thousand sessions a day: one every two minutes stays below. */
const LONGEST_PAUSE_MS = 120_000;

/**
 * Holds one connection to the gateway for as long as the token is good. The library resumes and
 * reconnects a session by itself; what it gives up is begun anew, each time after a longer pause.
 */
export function keepConnected(deps: ConnectionDeps): Connection {
  const { health, clock } = deps;
  let current: Client | null = null;
  let settle: () => void = () => {};
  const tried = new Promise<void>((resolve) => {
    settle = resolve;
  });

  const hold = async (): Promise<void> => {
    let failures = 0;
    while (!health.ended.aborted) {
      const client = createClient(deps);
      current = client;
      client.ws.on(GatewayDispatchEvents.Ready, () => {
        failures = 0;
        settle();
      });
      await endOf(client, deps);
      settle();
      await destroy(client);
      if (health.ended.aborted) break;
      health.becomes('connecting');
      failures += 1;
      await clock.after(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures), health.ended);
    }
  };
  const held = hold();

  return {
    tried,
    close: async () => {
      if (current !== null) await destroy(current);
      await held;
    },
  };
}

function createClient(deps: ConnectionDeps): Client {
  const { health, log } = deps;
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [], repliedUser: false },
    // Everything that matters is in the interaction itself.
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      GuildMemberManager: 0,
      UserManager: 1,
    }),
    rest: restOptions(deps.apiUrl),
  });
  const connected = () => {
    health.becomes('connected');
    health.worked();
  };
  client.ws.on(GatewayDispatchEvents.Ready, () => {
    connected();
    deps.onReady();
  });
  client.ws.on(GatewayDispatchEvents.Resumed, connected);
  client.on(Events.Raw, (packet: { t: string; readonly d: unknown }) => {
    if (packet.t === GatewayDispatchEvents.InteractionCreate) {
      deps.onInteraction(packet.d as APIInteraction);
    }
    // The library reads each event into structures that nobody here uses, and a shape it does not
    // expect ends the process as an unhandled rejection. So it is only shown what it needs.
    if (!NEEDED.has(packet.t)) packet.t = 'NOT_READ';
  });
  client.on(Events.ShardReconnecting, () => health.becomes('connecting'));
  const warn = (error: Error) => log.warn('discord connection', { error: error.name });
  // An `error` event without a listener would end the process.
  client.on(Events.Error, warn);
  client.on(Events.ShardError, warn);
  client.on(Events.Warn, () => log.warn('discord connection', { error: 'warning' }));
  return client;
}

/** Logs in and resolves when this client is of no more use: refused, given up, or our own end. */
function endOf(client: Client, deps: ConnectionDeps): Promise<void> {
  const { health, log } = deps;
  return new Promise((done) => {
    const resolve = () => {
      health.ended.removeEventListener('abort', resolve);
      done();
    };
    health.ended.addEventListener('abort', resolve);
    client.on(Events.Invalidated, resolve);
    client.on(Events.ShardDisconnect, ({ code }) => {
      if (code === GatewayCloseCodes.AuthenticationFailed) health.loseCredential('gateway');
      else log.error('discord closed the connection for good', { code });
      resolve();
    });
    client.login(deps.token).catch((cause: unknown) => {
      if (isTokenRefused(cause)) health.loseCredential('login');
      else log.warn('discord login failed', { error: nameOf(cause) });
      resolve();
    });
  });
}

function isTokenRefused(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'TokenInvalid';
}

function nameOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  return 'status' in cause ? `${cause.name} ${cause.status}` : cause.name;
}

async function destroy(client: Client): Promise<void> {
  // A client that never connected cannot always be destroyed either.
  await client.destroy().catch(() => {});
}
