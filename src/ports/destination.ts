import type { ChatView, SendOutcome } from './chat.ts';

/** A place that alerts are sent to. Nobody there has asked: it receives, and perhaps has buttons. */
export interface Destination {
  /** As in the desk file. */
  readonly id: string;
  /**
   * One attempt. Never rejects; who repeats it, and when, is the outbox's. A refused edit is `dead`:
   * the outbox then says the same anew.
   */
  send(message: DestinationMessage): Promise<SendOutcome>;
}

export interface DestinationMessage {
  /** The same for every attempt at one message: platforms that can recognise a repeat by it. */
  readonly key: string;
  readonly view: ChatView;
  /** The message to bring up to date; null: a new one. */
  readonly edits: string | null;
  /** The message that a new one belongs below; null: none. */
  readonly repliesTo: string | null;
  /** Arrives without a sound. */
  readonly isSilent: boolean;
  /** Where the group moved to since the desk file was written; null: as written. */
  readonly chat: string | null;
  readonly record: AlertRecord;
}

/** The same for programs. Figures as text, instants as epoch ms. */
export interface AlertRecord {
  readonly incident: string;
  readonly state: 'firing' | 'resolved';
  readonly reason: string;
  readonly level: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly ackedBy: string | null;
  readonly isPossibleRepeat: boolean;
  readonly isDrill: boolean;
  readonly members: readonly {
    readonly rule: string;
    readonly subject: Readonly<Record<string, string>>;
    readonly level: string;
    readonly value: string | null;
    readonly threshold: string | null;
    readonly since: number;
    readonly dataAgeMs: number | null;
    readonly endedAt: number | null;
  }[];
}
