import { err, ok, type Result } from '../../domain/result.ts';
import type { ChatPlace } from '../../ports/chat.ts';

/** What a button stands for. It lives here, never in the button. */
interface ButtonMeaning {
  /**
   * Who may press it. Null: whoever is there; what it asks for looks at them, and decides itself whether
   * it was asked before, so a press does not use the button up.
   */
  readonly person: string | null;
  readonly place: ChatPlace;
  readonly line: string;
  readonly page: number;
  /** Typed first, and put at the end of the line. */
  readonly typed?: { readonly title: string; readonly label: string; readonly example: string };
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
      const isTheirs = meaning.person === null || meaning.person === by.person;
      // A foreign press does not use the button up: it is still its owner's.
      if (!isTheirs || !isSamePlace) return err('foreign');
      if (meaning.person !== null) meanings.delete(token);
      return ok(meaning);
    },
  };
}
