import type { Clock } from '../../../ports/clock.ts';

interface Pause {
  readonly retryAfterMs: number;
  readonly scope: 'chat' | 'network';
}

/** What Telegram asked us to stay silent for. The one memory of it, whichever call was refused. */
export interface Pauses {
  begin(chat: string, ms: number): Pause;
  /** What is left of it for this chat; null: it may be written to. */
  left(chat: string): Pause | null;
}

/**
 * Telegram does not say whose limit was hit. A second chat refused while the first must still wait
 * means that it was the bot's own, so everything waits.
 */
export function createPauses(clock: Clock): Pauses {
  const chats = new Map<string, number>();
  let networkUntil = 0;
  return {
    begin(chat, ms) {
      const now = clock.now();
      for (const [other, until] of chats) if (until <= now) chats.delete(other);
      const isShared = [...chats.keys()].some((other) => other !== chat);
      chats.set(chat, now + ms);
      if (isShared) networkUntil = Math.max(networkUntil, ...chats.values());
      return { retryAfterMs: ms, scope: isShared ? 'network' : 'chat' };
    },
    left(chat) {
      const now = clock.now();
      if (networkUntil > now) return { retryAfterMs: networkUntil - now, scope: 'network' };
      const until = chats.get(chat) ?? 0;
      return until > now ? { retryAfterMs: until - now, scope: 'chat' } : null;
    },
  };
}
