import { DefaultRestOptions, REST, type RESTOptions, Routes } from 'discord.js';
import type { SendOutcome } from '../../../ports/chat.ts';
import type { GatewayHealth } from './gateway-health.ts';
import type { DiscordMessage } from './message.ts';
import { codeOf, outcomeOf } from './send-outcome.ts';

const TIMEOUT_MS = 10_000;
/** From the first byte to the last, so that a body that stops half-way cannot hold a lane. */
const WHOLE_MS = 15_000;

/** One request's result: never thrown. `code` is Discord's error code, null without one. */
export interface Called {
  readonly outcome: SendOutcome;
  readonly code: number | null;
}

/** How a new message goes out. */
interface Posting {
  readonly nonce: string;
  readonly repliesTo?: string | null;
  readonly isSilent?: boolean;
}

/** Where an interaction is answered: its token is all the authorisation there is. */
export interface InteractionKey {
  readonly id: string;
  readonly token: string;
}

/** The requests that this adapter makes. Each is tried once; who may be repeated is the caller's. */
export interface DiscordCalls {
  respond(key: InteractionKey, body: object, withinMs: number): Promise<Called>;
  editOriginal(key: InteractionKey, message: DiscordMessage): Promise<Called>;
  deleteOriginal(key: InteractionKey): Promise<Called>;
  followUp(key: InteractionKey, body: object): Promise<Called>;
  post(channel: string, message: DiscordMessage, as: Posting): Promise<Called>;
  edit(channel: string, messageId: string, message: DiscordMessage): Promise<Called>;
  putCommands(guild: string | null, commands: readonly object[]): Promise<Called>;
}

/** Options of every REST client here. The library repeats nothing and waits for nothing. */
export function restOptions(apiUrl: string | null): Partial<RESTOptions> {
  return {
    ...(apiUrl === null ? {} : { api: apiUrl }),
    timeout: TIMEOUT_MS,
    retries: 0,
    // A pause is for our lanes to keep: the library would hold the request where nobody sees it.
    rejectOnRateLimit: () => true,
    invalidRequestWarningInterval: 100,
    makeRequest: async (url, init) =>
      withRetryAfter(await DefaultRestOptions.makeRequest(url, init)),
  };
}

type Answered = Awaited<ReturnType<RESTOptions['makeRequest']>>;

/** A 429 without the header still says in its body how long to wait; the library looks only there. */
async function withRetryAfter(response: Answered): Promise<Answered> {
  if (response.status !== 429 || response.headers.has('Retry-After')) return response;
  const body = await response.json().catch(() => null);
  const seconds =
    typeof body === 'object' && body !== null && 'retry_after' in body ? body.retry_after : null;
  if (typeof seconds === 'number') response.headers.set('Retry-After', String(seconds));
  return response;
}

export function createDiscordCalls(options: {
  readonly token: string;
  readonly application: string;
  readonly apiUrl: string | null;
  readonly health: GatewayHealth;
  onManyRefusals(count: number): void;
}): DiscordCalls {
  const { application, health } = options;
  const rest = new REST({ version: '10', ...restOptions(options.apiUrl) }).setToken(options.token);
  rest.on('invalidRequestWarning', ({ count }) => options.onManyRefusals(count));

  const call = async (where: string, work: () => Promise<unknown>): Promise<Called> => {
    if (health.isLost()) {
      return { outcome: { kind: 'dead', reason: 'credential-lost' }, code: null };
    }
    try {
      const messageId = idOf(await work());
      health.worked();
      return { outcome: { kind: 'delivered', messageId }, code: null };
    } catch (cause) {
      const outcome = outcomeOf(cause);
      const isLost = outcome.kind === 'dead' && outcome.reason === 'credential-lost';
      if (isLost) health.loseCredential(where);
      return { outcome, code: codeOf(cause) };
    }
  };
  const original = ({ token }: InteractionKey) => Routes.webhookMessage(application, token);
  const within = (ms: number) => AbortSignal.timeout(ms);
  const carrying = ({ body, files }: DiscordMessage, extra: object = {}) => ({
    body: { ...body, ...extra },
    files: files.map(({ name, data, contentType }) => ({
      name,
      data: Buffer.from(data),
      contentType,
    })),
    signal: within(WHOLE_MS),
  });

  return {
    respond: ({ id, token }, body, withinMs) =>
      call('respond', () =>
        rest.post(Routes.interactionCallback(id, token), {
          body,
          auth: false,
          signal: within(withinMs),
        }),
      ),
    editOriginal: (key, message) =>
      call('edit an answer', () =>
        rest.patch(original(key), { ...carrying(message), auth: false }),
      ),
    deleteOriginal: (key) =>
      call('delete an answer', () =>
        rest.delete(original(key), { auth: false, signal: within(WHOLE_MS) }),
      ),
    followUp: ({ token }, body) =>
      call('follow up', () =>
        rest.post(Routes.webhook(application, token), {
          body,
          auth: false,
          signal: within(WHOLE_MS),
        }),
      ),
    post: (channel, message, as) =>
      call('send', () =>
        rest.post(Routes.channelMessages(channel), carrying(message, postingOf(as))),
      ),
    edit: (channel, messageId, message) =>
      call('edit', () => rest.patch(Routes.channelMessage(channel, messageId), carrying(message))),
    putCommands: (guild, commands) =>
      call('register commands', () =>
        rest.put(
          guild === null
            ? Routes.applicationCommands(application)
            : Routes.applicationGuildCommands(application, guild),
          { body: commands, signal: within(WHOLE_MS) },
        ),
      ),
  };
}

/** Shows the message without a push to anybody's phone. */
const SUPPRESS_NOTIFICATIONS = 4096;

function postingOf({ nonce, repliesTo = null, isSilent = false }: Posting): object {
  return {
    nonce,
    enforce_nonce: true,
    ...(isSilent ? { flags: SUPPRESS_NOTIFICATIONS } : {}),
    ...(repliesTo === null
      ? {}
      : { message_reference: { message_id: repliesTo, fail_if_not_exists: false } }),
  };
}

/** Answers to an acknowledgement have no body. */
function idOf(body: unknown): string {
  const hasId = typeof body === 'object' && body !== null && 'id' in body;
  return hasId && typeof body.id === 'string' ? body.id : '@original';
}
