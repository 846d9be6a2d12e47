import type { Shown } from './show-view.ts';

/** What an answer to a question of ours means, and the card it will change. */
export interface OpenQuestion {
  readonly token: string;
  readonly card: Shown | null;
}

/**
 * Questions by chat and message; an answer names the message it answers. Whose answer counts, and how
 * often, the token's owner decides.
 */
export interface Questions {
  get(chat: string, messageId: number): OpenQuestion | null;
  add(chat: string, messageId: number, question: OpenQuestion): void;
}

/** Whoever is asked answers within minutes. */
const MOST = 200;

export function createQuestions(): Questions {
  const open = new Map<string, OpenQuestion>();
  return {
    get: (chat, messageId) => open.get(`${chat} ${messageId}`) ?? null,
    add(chat, messageId, question) {
      open.set(`${chat} ${messageId}`, question);
      for (const oldest of open.keys()) {
        if (open.size <= MOST) break;
        open.delete(oldest);
      }
    },
  };
}
