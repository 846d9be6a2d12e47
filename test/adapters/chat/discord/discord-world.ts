import type {
  DiscordCommand,
  DiscordOptions,
} from '../../../../src/adapters/chat/discord/discord-options.ts';
import { startDiscord } from '../../../../src/adapters/chat/discord/start-discord.ts';
import { systemClock } from '../../../../src/adapters/clock/system-clock.ts';
import { createSendLanes } from '../../../../src/app/chat/send-lanes.ts';
import type { ChatEvent, ChatGateway, ChatPlace, ChatView } from '../../../../src/ports/chat.ts';
import type { Clock } from '../../../../src/ports/clock.ts';
import type { Reply } from '../../../../src/replies/reply.ts';
import {
  type FakeDiscord,
  startFakeDiscord,
} from '../../../fakes/fake-discord/start-fake-discord.ts';

const COMMANDS: readonly DiscordCommand[] = [
  {
    name: 'liq',
    description: { en: 'Positions by nearness of liquidation', 'zh-CN': '按强平距离排列的持仓' },
    options: [
      option('asset', { isRequired: false }),
      // On purpose behind an optional one: Discord would refuse it in this order.
      option('account', { isRequired: true }),
    ],
  },
  { name: 'help', description: { en: 'This list', 'zh-CN': '本列表' }, options: [] },
];

function option(name: string, { isRequired }: { readonly isRequired: boolean }) {
  const description = { en: `Only this ${name}`, 'zh-CN': '仅此一项' };
  return { name, description, type: name, isRequired, isSuggested: true };
}

export interface TestWorld {
  readonly fake: FakeDiscord;
  readonly gateway: ChatGateway;
  readonly events: readonly ChatEvent[];
  readonly logged: readonly string[];
  readonly hashes: Map<string, string>;
  close(): Promise<void>;
}

/** The adapter with the real library against a fake Discord; `onEvent` is what the program would do. */
export async function openDiscord(
  options: Partial<DiscordOptions> & {
    readonly fake?: FakeDiscord;
    readonly fakeClock?: Clock;
    readonly heartbeatMs?: number;
  } = {},
): Promise<TestWorld> {
  const { fakeClock, heartbeatMs } = options;
  const fake =
    options.fake ??
    (await startFakeDiscord({
      ...(fakeClock ? { clock: fakeClock } : {}),
      ...(heartbeatMs ? { heartbeatMs } : {}),
    }));
  const events: ChatEvent[] = [];
  const logged: string[] = [];
  const hashes = new Map<string, string>();
  const write = (event: string, fields: object) =>
    logged.push(`${event} ${JSON.stringify(fields)}`);
  const clock = options.clock ?? systemClock;
  const gateway = await startDiscord({
    token: fake.token,
    application: fake.application,
    guild: fake.guild,
    apiUrl: fake.apiUrl,
    commands: COMMANDS,
    suggest: () => [],
    lanes: createSendLanes(clock),
    clock,
    log: { error: write, warn: write },
    registeredHash: {
      get: (key) => hashes.get(key) ?? null,
      set: (key, hash) => void hashes.set(key, hash),
    },
    ...options,
    onEvent: async (event) => {
      events.push(event);
      await options.onEvent?.(event);
    },
  });
  return {
    fake,
    gateway,
    events,
    logged,
    hashes,
    close: async () => {
      await gateway.close();
      await fake.close();
    },
  };
}

export const REPLY: Reply = {
  title: 'Liquidation',
  severity: 'crit',
  figures: [{ label: 'Nearest', text: 'BTC long ab3c 8.2%', severity: 'crit' }],
  tables: [],
  paragraphs: [],
  notes: [{ text: 'okx-basis (okx): not answering', severity: 'warn' }],
  takenAt: 1_700_000_000_000,
};

export function viewOf(parts: Partial<ChatView> = {}): ChatView {
  return { reply: REPLY, locale: 'en', picture: null, buttons: [], ...parts };
}

export function placeOf(chat: string): ChatPlace {
  return { network: 'discord', chat, topic: null, isPrivate: false };
}
