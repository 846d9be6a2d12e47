import { onTestFinished } from 'vitest';
import { startTelegram } from '../../../../src/adapters/chat/telegram/start-telegram.ts';
import type { TelegramOptions } from '../../../../src/adapters/chat/telegram/telegram-options.ts';
import { createSendLanes } from '../../../../src/app/chat/send-lanes.ts';
import type { ChatEvent, ChatGateway, ChatView } from '../../../../src/ports/chat.ts';
import { type PatientClock, patientClock } from '../../../fakes/fake-telegram/patient-clock.ts';
import {
  type FakeTelegram,
  startFakeTelegram,
} from '../../../fakes/fake-telegram/start-fake-telegram.ts';

export interface Connected {
  readonly telegram: FakeTelegram;
  readonly clock: PatientClock;
  readonly gateway: ChatGateway;
  readonly events: readonly ChatEvent[];
  readonly moved: readonly (readonly [string, string])[];
  readonly logged: readonly string[];
  /** The next event that nobody has taken yet. */
  nextEvent(): Promise<ChatEvent>;
}

export type Behaviour = Partial<Pick<TelegramOptions, 'token' | 'webhook' | 'commands'>> & {
  readonly onEvent?: (event: ChatEvent) => Promise<void> | void;
  /** Nothing comes back at first: the start must not wait for it. */
  readonly isSilent?: true;
  /** Before anything connects: scripts and rooms. */
  readonly prepare?: (telegram: FakeTelegram) => void;
};

const COMMANDS = [
  {
    name: 'liq',
    description: { en: 'Positions by nearness of liquidation', 'zh-CN': '按强平距离' },
  },
  { name: 'help', description: { en: 'What there is', 'zh-CN': '帮助' } },
] as const;

/** The real grammY and runner, connected to the stand-in, with the real lanes and a clock of ours. */
export async function connected(behaviour: Behaviour = {}): Promise<Connected> {
  const clock = patientClock();
  const telegram = await startFakeTelegram(clock);
  behaviour.prepare?.(telegram);
  const events: ChatEvent[] = [];
  const waiting: ((event: ChatEvent) => void)[] = [];
  const untaken: ChatEvent[] = [];
  const moved: [string, string][] = [];
  const logged: string[] = [];
  const note = (event: string, fields: Readonly<Record<string, string | number | null>>) => {
    logged.push(`${event} ${JSON.stringify(fields)}`);
  };
  const starting = startTelegram({
    token: behaviour.token ?? telegram.token,
    apiRoot: telegram.apiRoot,
    webhook: behaviour.webhook ?? null,
    commands: behaviour.commands ?? COMMANDS,
    lanes: createSendLanes(clock),
    clock,
    log: { error: note, warn: note },
    onMoved: (from, to) => moved.push([from, to]),
    onEvent: async (event) => {
      events.push(event);
      const take = waiting.shift();
      if (take) take(event);
      else untaken.push(event);
      await behaviour.onEvent?.(event);
    },
  });
  if (behaviour.isSilent) await clock.untilAsked(8000).then(() => clock.advance(8000));
  const gateway = await starting;
  onTestFinished(async () => {
    await gateway.close();
    await telegram.close();
  });
  const nextEvent = () => {
    const event = untaken.shift();
    return event ? Promise.resolve(event) : new Promise<ChatEvent>((take) => waiting.push(take));
  };
  return { telegram, clock, gateway, events, moved, logged, nextEvent };
}

export function view(change: Partial<ChatView> & { readonly title?: string } = {}): ChatView {
  const { title = 'Liquidation', ...rest } = change;
  return {
    reply: {
      title,
      severity: null,
      figures: [],
      tables: [],
      paragraphs: [],
      notes: [],
      takenAt: 1_700_000_000_000,
    },
    locale: 'en',
    picture: null,
    buttons: [],
    ...rest,
  };
}

/** As much of a PNG as anybody looks at: its signature, its sides, and some bytes to tell it apart. */
export function picture(seed = 0, sides: readonly [number, number] = [1280, 720]) {
  const png = new Uint8Array(40).fill(seed);
  png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const sizes = new DataView(png.buffer);
  sizes.setUint32(16, sides[0]);
  sizes.setUint32(20, sides[1]);
  return { png, alt: 'a chart' };
}

export const refresh = [
  [{ token: 'v1.abcdefghijklmnopqrstuv', label: 'Refresh', style: 'plain' as const }],
];
