import type { ChatPlace } from '../../../ports/chat.ts';

/** Groups that became supergroups: old id to new one. */
export interface Moves {
  note(from: string, to: string): void;
  /** The place as it is reached now. */
  current(place: ChatPlace): ChatPlace;
}

export function createMoves(onMoved: (from: string, to: string) => void): Moves {
  const moved = new Map<string, string>();
  return {
    note(from, to) {
      if (from === to || moved.get(from) === to) return;
      moved.set(from, to);
      onMoved(from, to);
    },
    current(place) {
      const chat = moved.get(place.chat);
      return chat === undefined ? place : { ...place, chat };
    },
  };
}
