import { err, ok, type Result } from '../../domain/result.ts';
import type { ChatPlace } from '../../ports/chat.ts';

/** What a button stands for. It lives here, never in the button. */
interface ButtonMeaning {
  readonly person: string;
  readonly place: ChatPlace;
  readonly line: string;
  readonly page: number;
}

type ButtonRefusal = 'unknown' | 'foreign';

/** Hands out tokens and takes each of them once, from the person and in the place it was made for. */
export interface ButtonDesk {
  issue(meaning: ButtonMeaning, now: number): string;
  take(
    token: string,
    by: { readonly person: string; readonly place: ChatPlace },
    now: number,
  ): Result<ButtonMeaning, ButtonRefusal>;
}

const VALID_FOR_MS = 15 * 60_000;
const MOST = 2000;
const VERSION = 'v1.';

/** `random` gives 22 characters that nobody can guess. */
export function createButtonDesk(random: () => string): ButtonDesk {
  const meanings = new Map<string, { readonly meaning: ButtonMeaning; readonly until: number }>();
  return {
    issue(meaning, now) {
      for (const [old, { until }] of meanings) {
        if (until > now && meanings.size < MOST) break;
        meanings.delete(old);
      }
      const token = `${VERSION}${random()}`;
      meanings.set(token, { meaning, until: now + VALID_FOR_MS });
      return token;
    },
    take(token, by, now) {
      const found = meanings.get(token);
      if (!found || found.until <= now) return err('unknown');
      const { meaning } = found;
      const isSamePlace =
        meaning.place.network === by.place.network && meaning.place.chat === by.place.chat;
      // A foreign press does not use the button up: it is still its owner's.
      if (meaning.person !== by.person || !isSamePlace) return err('foreign');
      meanings.delete(token);
      return ok(meaning);
    },
  };
}
