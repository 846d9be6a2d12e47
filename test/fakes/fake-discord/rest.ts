import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Fault, Faults } from './fault.ts';
import {
  type Asked,
  addMessage,
  invalid,
  messageBody,
  patchMessage,
  type Reply,
  refuse,
  respond,
  webhook,
} from './interaction-rest.ts';
import { readRequest } from './read-request.ts';
import { faultOfCommands, faultOfMessage, list, text } from './strict-body.ts';
import type { ChannelFate, RecordedRequest, RegisteredCommand, World } from './world.ts';

const PREFIX = '/api/v10';
const NONCE_MS = 5 * 60_000;

export interface RestDeps {
  readonly world: World;
  readonly faults: Faults;
  gatewayUrl(): string;
  isTokenGood(): boolean;
}

/** Discord's REST side on loopback: as strict as the real one where that can hurt. */
export function createRest(deps: RestDeps): Server {
  return createServer((request, response) => {
    serve(request, response, deps).catch((cause: unknown) => {
      response.writeHead(500).end(String(cause));
    });
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  deps: RestDeps,
): Promise<void> {
  const { world, faults } = deps;
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const path = decodeURIComponent(url.pathname).replace(PREFIX, '');
  const method = request.method ?? 'GET';
  const line = `${method} ${path}`;
  const { body, files } = await readRequest(request);
  const banned = faults.banned(line);
  const record: RecordedRequest = {
    method,
    path,
    at: world.clock.now(),
    hasAuthorization: request.headers.authorization === `Bot ${world.token}`,
    body,
    files,
    isInsideBan: banned.ms > 0,
    status: 0,
  };
  world.requests.push(record);
  if (banned.ms > 0) {
    const scope = banned.isGlobal ? 'global' : 'user';
    const fault = { seconds: banned.ms / 1000, scope, header: 'fractional' } as const;
    return finish(response, record, rateLimited(fault), world);
  }
  const fault = faults.take(line);
  if (fault?.kind === 'rate-limit') {
    faults.ban(line, fault);
    return finish(response, record, rateLimited(fault), world);
  }
  const isDone = fault === null || fault.afterwards === true;
  const parts = path.split('/').slice(1);
  const reply = isDone ? route({ method, parts, body, files }, record, deps) : null;
  if (fault === null) return finish(response, record, reply ?? refuse(404, 0, '404'), world);
  breakAs(fault, response, record, world);
}

function breakAs(
  fault: Exclude<Fault, { kind: 'rate-limit' }>,
  response: ServerResponse,
  record: RecordedRequest,
  world: World,
): void {
  if (fault.kind === 'status') {
    const { status = 500, code = 0 } = fault;
    finish(response, record, refuse(status, code, `${status}: scripted`), world);
    return;
  }
  record.status = fault.kind;
  if (fault.kind === 'reset') response.socket?.resetAndDestroy();
  world.changed();
}

interface Headed extends Reply {
  readonly headers?: Readonly<Record<string, string>>;
}

function rateLimited(fault: {
  readonly seconds: number;
  readonly scope: 'user' | 'shared' | 'global';
  readonly header: 'whole' | 'fractional' | 'missing';
}): Headed {
  const { seconds, scope, header } = fault;
  const after = header === 'whole' ? String(Math.ceil(seconds)) : seconds.toFixed(3);
  return {
    status: 429,
    body: {
      message: 'You are being rate limited.',
      retry_after: seconds,
      global: scope === 'global',
    },
    headers: {
      'x-ratelimit-scope': scope,
      via: '1.1 google',
      ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
      ...(header === 'missing' ? {} : { 'retry-after': after }),
    },
  };
}

function finish(
  response: ServerResponse,
  record: RecordedRequest,
  reply: Headed,
  world: World,
): void {
  record.status = reply.status;
  const hasBody = reply.status !== 204;
  const type = hasBody ? { 'content-type': 'application/json' } : {};
  response.writeHead(reply.status, { ...type, ...reply.headers });
  response.end(hasBody ? JSON.stringify(reply.body) : undefined);
  world.changed();
}

function route(asked: Asked, record: RecordedRequest, deps: RestDeps): Reply {
  const { world } = deps;
  const [first] = asked.parts;
  // These two carry their authorisation in the address.
  if (first === 'interactions') return respond(world, asked);
  if (first === 'webhooks') return webhook(world, asked);
  if (!record.hasAuthorization || !deps.isTokenGood()) return refuse(401, 0, '401: Unauthorized');
  if (first === 'gateway') return { status: 200, body: gatewayBody(deps.gatewayUrl()) };
  if (asked.method === 'GET') return lookUp(world, asked);
  if (first === 'applications') return putCommands(world, asked);
  if (first === 'channels') return channel(world, asked);
  return refuse(404, 0, '404: Not Found');
}

function gatewayBody(url: string): object {
  const session_start_limit = {
    total: 1000,
    remaining: 999,
    reset_after: 86_400_000,
    max_concurrency: 16,
  };
  return { url, shards: 1, session_start_limit };
}

/** What a program asks about itself and its surroundings. */
function lookUp(world: World, { parts }: Asked): Reply {
  const [first, id = '', third] = parts;
  const found = (body: object): Reply => ({ status: 200, body });
  if (first === 'users') return found({ id: world.bot, username: 'plimsoll', discriminator: '0' });
  if (first === 'applications') return found({ id: world.application, name: 'plimsoll' });
  if (first === 'channels') {
    const channel = world.channels.get(id);
    const refused = refusedIn(channel?.fate ?? 'deleted');
    if (!channel || refused) return refused ?? refuse(404, 10_003, 'Unknown Channel');
    const guild = channel.isPrivate ? {} : { guild_id: world.guild };
    return found({
      id,
      type: channel.isPrivate ? 1 : 0,
      ...guild,
      permission_overwrites: channel.rules,
    });
  }
  if (id !== world.guild) return refuse(403, 50_001, 'Missing Access');
  if (third === 'roles') return found([{ id: world.guild, permissions: String(world.everyone) }]);
  if (third === 'members') return found({ user: { id: world.bot }, roles: [] });
  return found({ id: world.guild, name: 'The desk' });
}

function refusedIn(fate: ChannelFate): Reply | null {
  if (fate === 'deleted') return refuse(404, 10_003, 'Unknown Channel');
  if (fate === 'no-access') return refuse(403, 50_001, 'Missing Access');
  return null;
}

function putCommands(world: World, { parts, body }: Asked): Reply {
  if (parts[1] !== world.application) return refuse(404, 10_002, 'Unknown Application');
  if (parts[2] === 'guilds' && parts[3] !== world.guild)
    return refuse(403, 50_001, 'Missing Access');
  const problem = faultOfCommands(list(body));
  if (problem !== null) return invalid(problem);
  const full = list(body).map((command) => ({
    type: 1,
    ...command,
    id: world.nextId(),
    application_id: world.application,
    version: world.nextId(),
  }));
  world.commands = full as unknown as RegisteredCommand[];
  world.changed();
  return { status: 200, body: full };
}

function channel(world: World, asked: Asked): Reply {
  const [, id = '', , messageId] = asked.parts;
  const found = world.channels.get(id);
  const refused = refusedIn(found?.fate ?? 'deleted');
  if (refused) return refused;
  if (found?.fate === 'no-permission') return refuse(403, 50_013, 'Missing Permissions');
  if (asked.method === 'POST') return createMessage(world, id, asked);
  const message = world.messages.find((each) => each.id === messageId && !each.isDeleted);
  if (!message || message.onlyFor !== null) return refuse(404, 10_008, 'Unknown Message');
  return patchMessage(world, message, asked);
}

function createMessage(world: World, channelId: string, { body, files }: Asked): Reply {
  const data = body as Readonly<Record<string, unknown>>;
  const nonce = text(data['nonce']);
  if (nonce.length > 25) return invalid('nonce: Must be 25 or fewer in length.');
  const problem = faultOfMessage(data, files);
  if (problem !== null) return invalid(problem);
  const isSame = (each: { nonce: string | null; at: number }) =>
    nonce !== '' && each.nonce === nonce && world.clock.now() - each.at < NONCE_MS;
  const known = data['enforce_nonce'] === true ? world.messages.find(isSame) : undefined;
  // Discord knows the nonce, and not the message any more.
  if (known?.isDeleted) return refuse(404, 10_008, 'Unknown Message');
  const message =
    known ?? addMessage(world, { channel: channelId, body: data, files, onlyFor: null });
  return { status: 200, body: messageBody(world, message) };
}
