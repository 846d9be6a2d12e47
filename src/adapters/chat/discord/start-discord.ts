import type { APIInteraction } from 'discord.js';
import { faultTrace } from '../../../domain/fault-trace.ts';
import type { ChatGateway, ChatView, SendPriority } from '../../../ports/chat.ts';
import { createTranslate } from '../../../replies/translate.ts';
import { type DecodedInteraction, decodeInteraction } from './decode-interaction.ts';
import { createDiscordCalls, type DiscordCalls } from './discord-calls.ts';
import type { DiscordOptions, Suggestion } from './discord-options.ts';
import { createGatewayHealth } from './gateway-health.ts';
import { guardMessage } from './guard-message.ts';
import { createInteractionAnswer } from './interaction-answer.ts';
import { keepConnected } from './keep-connected.ts';
import { LIMITS } from './limits.ts';
import type { DiscordMessage } from './message.ts';
import { nonceOf } from './nonce-of.ts';
import { pushMessage } from './push-message.ts';
import { registerCommands } from './register-commands.ts';
import { renderMessage } from './render-message.ts';

const CHOICES = 8;
const CHOICES_WITHIN_MS = 2500;
/** Longer than a login takes; a gateway that says nothing must not hold up the start. */
const PATIENCE_MS = 15_000;

/**
 * Connects to Discord and keeps connected. Resolves when the first attempt has succeeded or failed:
 * a platform that is down is a state (`connecting`), and a refused token is one (`credential-lost`).
 */
export async function startDiscord(options: DiscordOptions): Promise<ChatGateway> {
  const { clock, log, lanes } = options;
  const health = createGatewayHealth({ clock, log });
  const calls = createDiscordCalls({
    ...options,
    health,
    onManyRefusals: (count) => log.warn('discord refuses many requests', { count }),
  });
  const draw = (view: ChatView): DiscordMessage =>
    guardMessage(renderMessage(view), {
      say: createTranslate(view.locale),
      onBreach: (breaches) =>
        log.error('message over a limit of Discord', {
          limits: breaches.map(({ what, actual }) => `${what} ${actual}`).join(', '),
        }),
    });
  const connection = keepConnected({
    ...options,
    health,
    onReady: () => settled(registerCommands(options, { calls, log }), options),
    onInteraction: (raw) => handle(raw, { options, calls, draw }),
  });
  const tooLong = new AbortController();
  await Promise.race([connection.tried, clock.after(PATIENCE_MS, tooLong.signal)]);
  tooLong.abort();

  return {
    network: 'discord',
    send: (place, view, id) => {
      const message = draw(view);
      return lanes.run({
        place,
        priority: priorityOf(view),
        notAfter: null,
        isRepeatable: true,
        attempt: async () =>
          (await calls.post(place.chat, message, { nonce: nonceOf(place.chat, id) })).outcome,
      });
    },
    push: (place, push) => pushMessage(place, push, { calls, lanes, draw, priorityOf }),
    state: health.state,
    close: async () => {
      health.becomes('closed');
      await connection.close();
    },
  };
}

interface Handling {
  readonly options: DiscordOptions;
  readonly calls: DiscordCalls;
  draw(view: ChatView): DiscordMessage;
}

/** One interaction, whatever it is. Nothing thrown here may reach the library: it ends the process. */
function handle(raw: APIInteraction, handling: Handling): void {
  settled(
    (async () => {
      const decoded = decodeInteraction(raw);
      if (decoded !== null) await answer(decoded, handling);
    })(),
    handling.options,
  );
}

async function answer(decoded: DecodedInteraction, handling: Handling): Promise<void> {
  const { options, calls, draw } = handling;
  const { id, token, at, place, person, what } = decoded;
  if (what.kind === 'autocomplete') {
    const data = { choices: choicesFor(decoded, what, options) };
    await calls.respond({ id, token }, { type: CHOICES, data }, CHOICES_WITHIN_MS);
    return;
  }
  const receivedAt = options.clock.now();
  await options.onEvent({
    id,
    at,
    receivedAt,
    place,
    person,
    intent: what.intent,
    answer: createInteractionAnswer(
      { key: { id, token }, place, receivedAt, isUpdate: what.isUpdate },
      { ...options, calls, draw },
    ),
  });
}

function choicesFor(
  who: DecodedInteraction,
  what: { readonly command: string; readonly option: string; readonly prefix: string },
  { commands, suggest }: DiscordOptions,
): Suggestion[] {
  const command = commands.find(({ name }) => name === what.command);
  const option = command?.options.find(({ name }) => name === what.option);
  if (option === undefined) return [];
  return suggest(option.type, what.prefix, { person: who.person, place: who.place })
    .filter(({ value }) => value !== '' && value.length <= LIMITS.choiceText)
    .slice(0, LIMITS.choices)
    .map(({ name, value }) => ({
      name: (name.trim() || value).slice(0, LIMITS.choiceText),
      value,
    }));
}

function settled(work: Promise<void>, { log }: Pick<DiscordOptions, 'log'>): void {
  work.catch((cause: unknown) => {
    log.error('discord event failed', {
      error: faultTrace(cause),
    });
  });
}

function priorityOf({ reply }: ChatView): SendPriority {
  if (reply.severity === 'emerg') return 'liquidation';
  return reply.severity === 'crit' || reply.severity === 'warn' ? 'alert' : 'info';
}
