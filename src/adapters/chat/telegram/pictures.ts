import type { Shown } from './show-view.ts';

/** Pictures that follow a text, by chat and message: a button sits on the text only. */
export interface Pictures {
  get(chat: string, id: number): number | null;
  set(chat: string, shown: Shown): void;
}

/** Buttons live for minutes, so the last few hundred cards are enough. */
const MOST = 500;

export function createPictures(): Pictures {
  const known = new Map<string, number>();
  return {
    get: (chat, id) => known.get(`${chat} ${id}`) ?? null,
    set(chat, shown) {
      const key = `${chat} ${shown.id}`;
      known.delete(key);
      if (shown.kind === 'photo' || shown.pictureId === null) return;
      known.set(key, shown.pictureId);
      for (const oldest of known.keys()) {
        if (known.size <= MOST) break;
        known.delete(oldest);
      }
    },
  };
}
