import type { Reply } from '../replies/reply.ts';

export type Network = 'discord' | 'telegram';

/** Where a message is shown. */
export interface ChatPlace {
  readonly network: Network;
  /** Channel or chat id, as text. */
  readonly chat: string;
  /** Telegram topic; null elsewhere. */
  readonly topic: string | null;
  /** A person's own chat with the bot, where nobody else reads along. */
  readonly isPrivate: boolean;
  /** The channel in which this one is a thread; absent where it is none. */
  readonly threadOf?: string;
}

/** Who wrote or pressed, as the platform names them. Nothing here is believed beyond the ids. */
export interface ChatPerson {
  readonly network: Network;
  readonly id: string;
  /** Discord role ids of this person in this guild; empty elsewhere. */
  readonly roleIds: readonly string[];
  /** The platform's language tag, such as `zh-hans`; null when it tells none. */
  readonly language: string | null;
  /** Anonymous admins and channel posts have no person behind them: they cannot act. */
  readonly isAnonymous: boolean;
}

/** What somebody wants. */
export type ChatIntent =
  | { readonly kind: 'command'; readonly line: string }
  /** A pressed button or chosen entry: only a token, looked up by us; parameters never travel in it. */
  | { readonly kind: 'button'; readonly token: string; readonly value: string | null };

export interface ChatEvent {
  /** The platform's own id of the event: redelivered events carry the same one. */
  readonly id: string;
  /** When it happened, by the platform. */
  readonly at: number;
  readonly receivedAt: number;
  readonly place: ChatPlace;
  readonly person: ChatPerson;
  readonly intent: ChatIntent;
  readonly answer: ChatAnswer;
}

/** The way back to the person, for one event. No method rejects: a lost answer is reported, not thrown. */
export interface ChatAnswer {
  /** Within the platform's seconds: "seen, working on it". Repeating it does nothing. */
  acknowledge(visibility: 'public' | 'private'): Promise<void>;
  /** The answer, or its next state: edits what was shown before. */
  show(view: ChatView): Promise<SendOutcome>;
  /** A word to this person alone; changes nothing that others see. */
  whisper(text: string): Promise<SendOutcome>;
  /**
   * Asks this person to type one line; it comes back as a `button` of this token, with the line as value.
   * Has to be the first answer to its event.
   */
  ask(question: ChatQuestion): Promise<SendOutcome>;
}

export interface ChatQuestion {
  readonly token: string;
  readonly title: string;
  readonly label: string;
  readonly example: string;
}

/** What a chat adapter draws: a reply, perhaps a picture and buttons. */
export interface ChatView {
  readonly reply: Reply;
  readonly locale: 'en' | 'zh-CN';
  readonly picture: { readonly png: Uint8Array; readonly alt: string } | null;
  /** Rows of buttons. */
  readonly buttons: readonly (readonly ChatButton[])[];
}

export interface ChatButton {
  /** At most 64 bytes of ASCII on the wire: `v1.` and a random token. */
  readonly token: string;
  readonly label: string;
  readonly style: 'plain' | 'danger' | 'success';
}

/** What became of a message. */
export type SendOutcome =
  | { readonly kind: 'delivered'; readonly messageId: string }
  /** Not now: after `retryAfterMs` it may go. */
  | { readonly kind: 'retry'; readonly retryAfterMs: number; readonly scope: 'chat' | 'network' }
  /** Nobody knows whether it arrived: a timeout, a reset. */
  | { readonly kind: 'unknown' }
  /** It will never arrive: chat gone, bot removed, not allowed to write there. */
  | { readonly kind: 'dead'; readonly reason: DeadReason }
  /** The group moved; the new id is the destination from now on. */
  | { readonly kind: 'moved'; readonly chat: string };

export type DeadReason = 'gone' | 'forbidden' | 'blocked' | 'credential-lost' | 'refused';

/** A message that somebody keeps a record of. */
export interface ChatPush {
  readonly view: ChatView;
  /** The same for every attempt: makes a repeat recognisable where the platform can. */
  readonly key: string;
  /** The message to bring up to date; null: a new one. What cannot be edited is `dead`. */
  readonly edits: string | null;
  /** The message that a new one stands below; null: none. */
  readonly repliesTo: string | null;
  /** Arrives without a sound. */
  readonly isSilent: boolean;
}

/** One chat platform. */
export interface ChatGateway {
  readonly network: Network;
  /** Sends to a place without anybody having asked. `id` makes a repeat recognisable where the platform can. */
  send(place: ChatPlace, view: ChatView, id: string): Promise<SendOutcome>;
  /** One attempt at a message or an edit; a pause, a fault and a repeat are the caller's to deal with. */
  push(place: ChatPlace, push: ChatPush): Promise<SendOutcome>;
  /** How the platform is: `connected`, `connecting`, or `credential-lost` (401). */
  state(): GatewayState;
  close(): Promise<void>;
}

export interface GatewayState {
  readonly kind: 'connected' | 'connecting' | 'credential-lost' | 'closed';
  /** When something last went through; null: never. */
  readonly lastSuccessAt: number | null;
}

/** What must go first when a platform lets only so much through. */
export type SendPriority = 'liquidation' | 'answer' | 'alert' | 'info';

/**
 * The one way out to a platform: one message at a time per chat, in order of priority, never inside
 * a pause the platform asked for. `attempt` is called again after a pause; `signal`-less on purpose:
 * what was accepted is sent, or its outcome says why not.
 */
export interface SendLanes {
  run(job: SendJob): Promise<SendOutcome>;
  /** Messages of this network that wait for their turn or for a pause to end. */
  queued(network: Network): number;
}

export interface SendJob {
  readonly place: ChatPlace;
  readonly priority: SendPriority;
  /** After this moment it is not worth sending any more; null: it always is. */
  readonly notAfter: number | null;
  /** True when a repeat of an attempt of unknown outcome cannot show twice (Discord's nonce). */
  readonly isRepeatable: boolean;
  /** Whoever asks keeps a record and repeats it himself: one attempt, and no long wait for a turn. */
  readonly isSingle?: boolean;
  attempt(): Promise<SendOutcome>;
}
