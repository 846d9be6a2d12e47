import type { RunnerHandle } from '@grammyjs/runner';
import { Api, Bot } from 'grammy';
import type { ChatGateway, ChatView, SendPriority } from '../../../ports/chat.ts';
import { connect } from './connect.ts';
import { type Connection, createConnection } from './connection.ts';
import { type HandleDeps, handleUpdates } from './handle-updates.ts';
import { createMoves } from './moves.ts';
import { createPauses } from './pauses.ts';
import { createPictures } from './pictures.ts';
import { pollUpdates } from './poll-updates.ts';
import { pushView } from './push-view.ts';
import { createQuestions } from './questions.ts';
import { registerCommands } from './register-commands.ts';
import { serveWebhook } from './serve-webhook.ts';
import { sendView } from './show-view.ts';
import type { TelegramOptions } from './telegram-options.ts';

const SEND_SECONDS = 25;
/** The program does not wait longer for a platform that says nothing. */
const START_MS = 8000;
/** A poll may be held for 30 s. */
const POLL_SECONDS = 45;

/**
 * Connects to Telegram and keeps connected. Resolves when the first attempt has come to something:
 * a platform that is down is a state (`connecting`), and a refused token is one (`credential-lost`).
 * Rejects only when the webhook's own port cannot be had.
 */
export async function startTelegram(options: TelegramOptions): Promise<ChatGateway> {
  const { clock, log, webhook } = options;
  const connection = createConnection(clock, log);
  const root = options.apiRoot === null ? {} : { apiRoot: options.apiRoot };
  const bot = new Bot(options.token, { client: { ...root, timeoutSeconds: POLL_SECONDS } });
  // Its own client: sends must not share the patience of polls.
  const api = new Api(options.token, { ...root, timeoutSeconds: SEND_SECONDS });
  for (const each of [bot.api, api]) watch(each, connection);
  const deps = depsOf(options, api, connection);
  handleUpdates(bot, deps);
  const server = webhook === null ? null : await serveWebhook(bot, webhook, log);
  const { firstAttempt, isUp } = connect({ bot, api, connection, options });
  let runner: RunnerHandle | null = null;
  void isUp.then((isConnected) => {
    if (!isConnected) return;
    if (webhook === null) runner = pollUpdates({ bot, connection, clock, log });
    void registerCommands(options.commands, api, log);
  });
  await Promise.race([firstAttempt, clock.after(START_MS, connection.over)]);
  return {
    network: 'telegram',
    // Telegram has no keys against repeats: the id is for those who have.
    send: async (place, view) => {
      const to = { place, priority: priorityOf(view), replyTo: null };
      return (await sendView(to, view, deps)).outcome;
    },
    push: (place, push) => pushView(place, { ...push, priority: priorityOf(push.view) }, deps),
    state: connection.state,
    close: async () => {
      connection.close();
      server?.close();
      server?.closeAllConnections();
      await runner?.stop();
    },
  };
}

function depsOf(options: TelegramOptions, api: Api, connection: Connection): HandleDeps {
  const { clock, lanes, log } = options;
  return {
    api,
    lanes,
    pauses: createPauses(clock),
    moves: createMoves((from, to) => options.onMoved(from, to)),
    pictures: createPictures(),
    questions: createQuestions(),
    connection,
    clock,
    log,
    commands: new Set(options.commands.map(({ name }) => name)),
    onEvent: (event) => options.onEvent(event),
  };
}

/** Every answer of Telegram says how the connection is, whoever asked. */
function watch(api: Api, connection: Connection): void {
  api.config.use(async (previous, method, payload, signal) => {
    const response = await previous(method, payload, signal);
    if (response.ok) connection.succeeded();
    else if (response.error_code === 401) connection.isLost();
    return response;
  });
}

function priorityOf({ reply }: ChatView): SendPriority {
  if (reply.severity === 'crit' || reply.severity === 'emerg') return 'liquidation';
  return reply.severity === null ? 'info' : 'alert';
}
