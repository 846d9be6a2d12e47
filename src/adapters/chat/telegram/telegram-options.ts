import type { RequestListener } from 'node:http';
import type { ChatEvent, SendLanes } from '../../../ports/chat.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';

/** One entry of Telegram's command menu. Names are `[a-z0-9_]`, so only descriptions are localised. */
export interface TelegramCommand {
  readonly name: string;
  readonly description: Readonly<Record<'en' | 'zh-CN', string>>;
}

/** Where Telegram delivers to, instead of being asked. */
export interface TelegramWebhook {
  /** What Telegram is told: `https://…`, reached through the desk's own proxy. */
  readonly url: string;
  /** Telegram sends it with every update; anything without it is refused. `[A-Za-z0-9_-]{1,256}`. */
  readonly secret: string;
  /** `host:port` to listen on; port 0 takes a free one. */
  readonly listen: string;
  /** Answers what comes to the same address and is not Telegram's. */
  readonly others?: RequestListener;
}

export interface TelegramOptions {
  readonly token: string;
  /** `http://host`, without a slash at the end; null: Telegram's own. */
  readonly apiRoot: string | null;
  /** Null: long polling. */
  readonly webhook: TelegramWebhook | null;
  readonly commands: readonly TelegramCommand[];
  onEvent(event: ChatEvent): Promise<void> | void;
  /** A group became a supergroup and has a new id: whatever names the old one means the new one. */
  onMoved(from: string, to: string): void;
  readonly lanes: SendLanes;
  readonly clock: Clock;
  readonly log: Log;
}
