import type { Api, Bot } from 'grammy';
import { classifyError } from './classify-error.ts';
import type { Connection } from './connection.ts';
import { ALLOWED_UPDATES } from './handle-updates.ts';
import { waitOf } from './poll-updates.ts';
import type { TelegramOptions } from './telegram-options.ts';

export interface Connecting {
  readonly bot: Bot;
  readonly api: Api;
  readonly connection: Connection;
  readonly options: TelegramOptions;
}

/**
 * Tries until Telegram knows us. `firstAttempt` resolves after the first try, whatever came of it;
 * `isUp` with false when the token is refused or the gateway was closed.
 */
export function connect(deps: Connecting): {
  readonly firstAttempt: Promise<void>;
  readonly isUp: Promise<boolean>;
} {
  const first = Promise.withResolvers<void>();
  return { firstAttempt: first.promise, isUp: keepTrying(deps, first.resolve) };
}

async function keepTrying(deps: Connecting, onAttempt: () => void): Promise<boolean> {
  const { connection, options } = deps;
  for (let faults = 1; !connection.over.aborted; faults += 1) {
    try {
      await introduce(deps);
      connection.isUp();
      onAttempt();
      return !connection.over.aborted;
    } catch (error) {
      const failure = classifyError(error);
      if (failure.kind === 'dead' && failure.reason === 'credential-lost') connection.isLost();
      else options.log.error('telegram cannot be reached', { kind: failure.kind, faults });
      onAttempt();
      await options.clock.after(waitOf(failure, faults), connection.over);
    }
  }
  return false;
}

/** What was written while nobody listened is not carried out late: it is dropped. */
async function introduce({ bot, api, options }: Connecting): Promise<void> {
  const { webhook } = options;
  bot.botInfo = await api.getMe();
  if (webhook === null) await api.deleteWebhook({ drop_pending_updates: true });
  else {
    await api.setWebhook(webhook.url, {
      secret_token: webhook.secret,
      allowed_updates: ALLOWED_UPDATES,
      drop_pending_updates: true,
    });
  }
}
