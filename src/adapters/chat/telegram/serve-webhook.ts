import { createServer, type Server } from 'node:http';
import { type Bot, webhookCallback } from 'grammy';
import type { Log } from '../../../ports/log.ts';
import type { TelegramWebhook } from './telegram-options.ts';

/** Telegram is answered by then at the latest; the command goes on. */
const ANSWER_MS = 5000;

/**
 * Takes updates on its own port. Only the configured path with the secret is heard; before the bot
 * knows its own name it answers 503, and Telegram comes again.
 */
export async function serveWebhook(bot: Bot, webhook: TelegramWebhook, log: Log): Promise<Server> {
  const path = new URL(webhook.url).pathname;
  const handle = webhookCallback(bot, 'http', {
    secretToken: webhook.secret,
    onTimeout: 'return',
    timeoutMilliseconds: ANSWER_MS,
  });
  const server = createServer((request, response) => {
    const refuse = (status: number) => {
      request.resume();
      response.writeHead(status).end();
    };
    if (request.url !== path && webhook.others) {
      webhook.others(request, response);
      return;
    }
    if (request.method !== 'POST' || request.url !== path) return refuse(404);
    if (!bot.isInited()) return refuse(503);
    handle(request, response).catch(() => {
      log.warn('telegram webhook got something unreadable', { network: 'telegram' });
      if (!response.headersSent) refuse(400);
    });
  });
  const { hostname, port } = new URL(`http://${webhook.listen}`);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port), hostname, resolve);
  });
  server.on('error', () => log.error('telegram webhook server failed', { network: 'telegram' }));
  return server;
}
