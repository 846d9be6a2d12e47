import type { Network } from './chat.ts';

/** What the doctor learns about a chat platform, without connecting, sending or changing anything. */
export interface ChatCheck {
  readonly network: Network;
  readonly credential: 'fine' | 'refused' | 'unreachable';
  /** Discord: the configured application is the token's own; null: not known, or not asked. */
  readonly isOwnApplication: boolean | null;
  /** Discord: the bot is in the configured guild; null: not known, or not asked. */
  readonly isInGuild: boolean | null;
  readonly chats: readonly ChatRights[];
}

/** Whether the bot may write in a chat that the desk file names. */
export interface ChatRights {
  readonly id: string;
  readonly state: 'fine' | 'gone' | 'forbidden' | 'unreachable' | 'missing-rights' | 'moved';
  /** Rights that are missing, in the platform's own words. */
  readonly missing: readonly string[];
  /** The id of the group that this one became; null: it did not. */
  readonly movedTo: string | null;
}
