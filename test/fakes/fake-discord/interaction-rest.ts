import { faultOfChoices, faultOfMessage, list, text } from './strict-body.ts';
import type { FakeInteractionRecord, FakeMessage, World } from './world.ts';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export interface Asked {
  readonly method: string;
  readonly parts: readonly string[];
  readonly body: unknown;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
}

type Json = Readonly<Record<string, unknown>>;

const ACK_MS = 3000;
const TOKEN_MS = 15 * 60_000;
const EPHEMERAL = 64;
const COMMAND = 2;
const AUTOCOMPLETE = 4;

export function refuse(status: number, code: number, message: string): Reply {
  return { status, body: { message, code } };
}

export const invalid = (what: string) => refuse(400, 50_035, `Invalid Form Body: ${what}`);

/** `POST /interactions/:id/:token/callback`: once, within three seconds. */
export function respond(world: World, { parts, body, files }: Asked): Reply {
  const [, id, token] = parts;
  const found = world.interactions.find((each) => each.id === id && each.token === token);
  if (!found) return refuse(404, 10_062, 'Unknown interaction');
  const afterMs = world.clock.now() - found.at;
  if (found.acknowledged) {
    return refuse(400, 40_060, 'Interaction has already been acknowledged.');
  }
  if (afterMs > ACK_MS) return refuse(404, 10_062, 'Unknown interaction');
  const { type, data } = body as { type: number; data?: Json };
  const problem = applyCallback(world, found, { type, data: data ?? {}, files });
  if (problem !== null) return invalid(problem);
  found.acknowledged = { type, afterMs };
  world.changed();
  return { status: 204, body: null };
}

function applyCallback(
  world: World,
  found: FakeInteractionRecord,
  callback: { readonly type: number; readonly data: Json; readonly files: Asked['files'] },
): string | null {
  const { type, data, files } = callback;
  const isAutocomplete = found.type === AUTOCOMPLETE;
  if (isAutocomplete !== (type === 8)) return 'type: not for this interaction';
  if ((type === 6 || type === 7) && found.type === COMMAND) return 'type: nothing to update';
  if (type === 8) {
    found.choices = list(data['choices']) as unknown as FakeInteractionRecord['choices'];
    return faultOfChoices(list(data['choices']));
  }
  if (type === 9) {
    found.modal = data;
    return null;
  }
  const onlyFor = Number(data['flags'] ?? 0) & EPHEMERAL ? found.user : null;
  if (type === 5) {
    const isPlain = Object.keys(data).every((key) => key === 'flags');
    if (!isPlain) return 'data: a deferred answer has only flags';
    found.original = addMessage(world, { channel: found.channel, body: {}, files: [], onlyFor });
    found.original.isPending = true;
  }
  if (type === 4) {
    const problem = faultOfMessage(data, files);
    if (problem !== null) return problem;
    found.original = addMessage(world, { channel: found.channel, body: data, files, onlyFor });
  }
  if (type === 7 && found.original) changeMessage(world, found.original, { body: data, files });
  return null;
}

/** `/webhooks/:app/:token…`: answers to an interaction that was acknowledged, for 15 minutes. */
export function webhook(world: World, asked: Asked): Reply {
  const [, application, token, , messageId] = asked.parts;
  const found = world.interactions.find((each) => each.token === token);
  if (!found || application !== world.application || !found.acknowledged) {
    return refuse(404, 10_015, 'Unknown Webhook');
  }
  if (world.clock.now() - found.at > TOKEN_MS) {
    return refuse(401, 50_027, 'Invalid Webhook Token');
  }
  if (asked.method === 'POST') return followUp(world, found, asked);
  const message =
    messageId === '@original'
      ? found.original
      : (found.followUps.find(({ id }) => id === messageId) ?? null);
  if (!message || message.isDeleted) return refuse(404, 10_008, 'Unknown Message');
  if (asked.method === 'DELETE') {
    message.isDeleted = true;
    world.changed();
    return { status: 204, body: null };
  }
  if (asked.method === 'GET') return { status: 200, body: messageBody(world, message) };
  return patchMessage(world, message, asked);
}

/** The first follow-up takes the place of a deferred answer, and whoever that one was for sees it. */
function followUp(world: World, found: FakeInteractionRecord, { body, files }: Asked): Reply {
  const data = body as Json;
  const problem = faultOfMessage(data, files);
  if (problem !== null) return invalid(problem);
  const { original } = found;
  if (original?.isPending && !original.isDeleted) {
    changeMessage(world, original, { body: data, files });
    return { status: 200, body: messageBody(world, original) };
  }
  const onlyFor = Number(data['flags'] ?? 0) & EPHEMERAL ? found.user : null;
  const message = addMessage(world, { channel: found.channel, body: data, files, onlyFor });
  found.followUps.push(message);
  world.changed();
  return { status: 200, body: messageBody(world, message) };
}

export function patchMessage(world: World, message: FakeMessage, { body, files }: Asked): Reply {
  const problem = faultOfMessage(body as Json, files);
  if (problem !== null) return invalid(problem);
  changeMessage(world, message, { body: body as Json, files });
  return { status: 200, body: messageBody(world, message) };
}

interface Content {
  readonly body: Json;
  readonly files: Asked['files'];
}

export function addMessage(
  world: World,
  of: Content & { readonly channel: string; readonly onlyFor: string | null },
): FakeMessage {
  const message: FakeMessage = {
    id: world.nextId(),
    channel_id: of.channel,
    content: text(of.body['content']),
    embeds: list(of.body['embeds']) as FakeMessage['embeds'],
    components: list(of.body['components']) as unknown as FakeMessage['components'],
    attachments: attachmentsOf(world, of, []),
    nonce: text(of.body['nonce']) || null,
    at: world.clock.now(),
    onlyFor: of.onlyFor,
    isPending: false,
    isDeleted: false,
    edits: 0,
  };
  world.messages.push(message);
  world.changed();
  return message;
}

function changeMessage(world: World, message: FakeMessage, content: Content): void {
  const { body } = content;
  // An edit changes only what it names.
  if ('content' in body) message.content = text(body['content']);
  if ('embeds' in body) message.embeds = list(body['embeds']) as FakeMessage['embeds'];
  if ('components' in body) {
    message.components = list(body['components']) as unknown as FakeMessage['components'];
  }
  if ('attachments' in body || content.files.length > 0) {
    message.attachments = attachmentsOf(world, content, message.attachments);
  }
  message.isPending = false;
  message.edits += 1;
  world.changed();
}

/** New files by their place; old ones stay only if they are listed. */
function attachmentsOf(
  world: World,
  { body, files }: Content,
  old: FakeMessage['attachments'],
): FakeMessage['attachments'] {
  const listed = list(body['attachments']);
  const kept = old.filter(({ id }) => listed.some((each) => String(each['id']) === id));
  const added = files.map(({ name, bytes }, place) => {
    const entry = listed.find((each) => String(each['id']) === String(place));
    const description = text(entry?.['description']) || null;
    return { id: world.nextId(), filename: name, description, bytes: bytes.length };
  });
  return [...kept, ...added];
}

export function messageBody(world: World, message: FakeMessage): object {
  return {
    id: message.id,
    channel_id: message.channel_id,
    author: { id: world.bot, username: 'plimsoll', discriminator: '0', avatar: null, bot: true },
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments.map(({ id, filename, bytes }) => ({
      id,
      filename,
      size: bytes,
      url: `http://127.0.0.1/${id}`,
      proxy_url: `http://127.0.0.1/${id}`,
    })),
    timestamp: new Date(message.at).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    pinned: false,
    type: 0,
    flags: message.onlyFor === null ? 0 : EPHEMERAL,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
  };
}
