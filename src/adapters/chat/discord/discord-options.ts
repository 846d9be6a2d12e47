import type { ChatEvent, ChatPerson, ChatPlace, SendLanes } from '../../../ports/chat.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';

/** A text in the languages that people see in Discord's own menus. */
type Localised = Readonly<Record<'en' | 'zh-CN', string>>;

/** One slash command, as data. The name is the same in every language: it is what people type. */
export interface DiscordCommand {
  readonly name: string;
  readonly description: Localised;
  readonly options: readonly DiscordCommandOption[];
}

export interface DiscordCommandOption {
  readonly name: string;
  readonly description: Localised;
  /** What `suggest` is asked for: asset, account, position. */
  readonly type: string;
  readonly isRequired: boolean;
  /** True when `suggest` knows values for this type; false: free text. */
  readonly isSuggested: boolean;
}

export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

/** Where the hash of the last registered definition is kept, so that a restart registers nothing. */
interface RegisteredHash {
  get(key: string): Promise<string | null> | string | null;
  set(key: string, hash: string): Promise<void> | void;
}

export interface DiscordOptions {
  readonly token: string;
  readonly application: string;
  /** Commands of one guild are there at once; null registers them globally, private chats included. */
  readonly guild: string | null;
  /** `http://host/api`, without a version; null: Discord's own. */
  readonly apiUrl: string | null;
  readonly commands: readonly DiscordCommand[];
  /**
   * Values that begin like `prefix`, from memory: Discord waits three seconds and people less. At
   * most 25 are shown. Who types is told so that names stay with those who may see them.
   */
  suggest(
    optionType: string,
    prefix: string,
    who: { readonly person: ChatPerson; readonly place: ChatPlace },
  ): readonly Suggestion[];
  onEvent(event: ChatEvent): Promise<void> | void;
  readonly lanes: SendLanes;
  readonly clock: Clock;
  readonly log: Log;
  readonly registeredHash: RegisteredHash;
}
