import type { Clock } from '../../../src/ports/clock.ts';

const EPOCH = 1_420_070_400_000;

export interface FakeMessage {
  readonly id: string;
  readonly channel_id: string;
  content: string;
  embeds: readonly { readonly description?: string; readonly image?: { readonly url: string } }[];
  components: readonly {
    readonly components: readonly { readonly custom_id?: string; readonly label?: string }[];
  }[];
  attachments: readonly FakeAttachment[];
  readonly nonce: string | null;
  readonly at: number;
  /** The one person who sees it; null: everybody in the channel. */
  readonly onlyFor: string | null;
  /** A deferred answer that says "thinking …". */
  isPending: boolean;
  isDeleted: boolean;
  edits: number;
}

interface FakeAttachment {
  readonly id: string;
  readonly filename: string;
  readonly description: string | null;
  readonly bytes: number;
}

export interface FakeInteractionRecord {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly user: string;
  readonly channel: string;
  readonly at: number;
  /** Callback type of the first answer; null: not answered yet. */
  acknowledged: { readonly type: number; readonly afterMs: number } | null;
  original: FakeMessage | null;
  readonly followUps: FakeMessage[];
  choices: readonly { readonly name: string; readonly value: string }[] | null;
  modal: unknown;
}

/** One request as it arrived, and what was answered. */
export interface RecordedRequest {
  readonly method: string;
  /** Without `/api/v10`, decoded. */
  readonly path: string;
  readonly at: number;
  readonly hasAuthorization: boolean;
  readonly body: unknown;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
  /** It came while a 429's pause was running: a client must never do that. */
  readonly isInsideBan: boolean;
  status: number | 'hang' | 'reset';
}

/** Everything a fake Discord knows. Ids are snowflakes of real size that carry their time. */
export interface World {
  readonly clock: Clock;
  readonly token: string;
  readonly application: string;
  readonly bot: string;
  readonly guild: string;
  readonly channels: Map<string, FakeChannel>;
  /** What everybody in the guild may do, as Discord's bits. */
  everyone: bigint;
  readonly messages: FakeMessage[];
  readonly interactions: FakeInteractionRecord[];
  readonly requests: RecordedRequest[];
  commands: readonly RegisteredCommand[];
  nextId(): string;
  /** Wakes everybody who waits for something to be true. */
  changed(): void;
  until<T>(what: string, look: () => T | null | undefined | false): Promise<T>;
}

interface FakeChannel {
  readonly isPrivate: boolean;
  fate: ChannelFate;
  /** Rules of the channel itself: for the guild's id, everybody. */
  rules: readonly { readonly id: string; readonly allow: string; readonly deny: string }[];
}

/** Why nothing can be written there any more. */
export type ChannelFate = 'fine' | 'deleted' | 'no-access' | 'no-permission';

export interface RegisteredCommand {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly description_localizations?: Readonly<Record<string, string>>;
  readonly options?: readonly {
    readonly name: string;
    readonly type: number;
    readonly required?: boolean;
    readonly autocomplete?: boolean;
  }[];
}

const PATIENCE_MS = 8000;

export function createWorld(clock: Clock, token: string): World {
  let count = 0n;
  const nextId = () => {
    count += 1n;
    return String((BigInt(clock.now() - EPOCH) << 22n) | (count & 0x3f_ffffn));
  };
  const waiting = new Set<() => void>();
  return {
    clock,
    token,
    application: nextId(),
    bot: nextId(),
    guild: nextId(),
    channels: new Map(),
    everyone: (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 15n),
    messages: [],
    interactions: [],
    requests: [],
    commands: [],
    nextId,
    changed: () => {
      for (const look of [...waiting]) look();
    },
    until: (what, find) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = find();
          if (found === null || found === undefined || found === false) return;
          waiting.delete(look);
          clearTimeout(timer);
          resolve(found as never);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`fake Discord waited in vain for ${what}`));
        }, PATIENCE_MS);
        waiting.add(look);
        look();
      }),
  };
}
