import type { Intent, IntentReason, Level, RuleId, Subject } from '../../../src/alerts/alert.ts';
import type { DeliverySettings, DestinationRule } from '../../../src/alerts/delivery-rules.ts';
import { type AlertDesk, openAlertDesk } from '../../../src/app/alerts/alert-desk.ts';
import type { ReadIncident } from '../../../src/app/alerts/read-incident.ts';
import { dec } from '../../../src/domain/decimal.ts';
import type { AlertStore } from '../../../src/ports/alert-store.ts';
import type { SendOutcome } from '../../../src/ports/chat.ts';
import type { DestinationMessage } from '../../../src/ports/destination.ts';
import { createFormatter } from '../../../src/replies/format.ts';
import { createTranslate } from '../../../src/replies/translate.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import { emptyAlertShelf, fakeAlertStore } from '../../fakes/fake-store-alerts.ts';

/** What arrived somewhere. */
export interface Arrived {
  readonly place: string;
  readonly at: number;
  readonly how: 'loud' | 'silent' | 'edit' | 'reply';
  readonly title: string;
  readonly text: string;
  readonly message: DestinationMessage;
  readonly messageId: string;
}

export type Script = (
  message: DestinationMessage,
  call: number,
) => SendOutcome | Promise<SendOutcome | null> | null;

export interface WorldOptions {
  readonly places?: readonly Partial<DestinationRule>[];
  readonly routes?: DeliverySettings['routes'];
  readonly store?: AlertStore;
  readonly shelf?: ReturnType<typeof emptyAlertShelf>;
  readonly seed?: number;
  readonly startsAt?: number;
  readonly locale?: 'en' | 'zh-CN';
  readonly read?: ReadIncident;
}

const en = { say: createTranslate('en'), format: createFormatter('en', 'UTC') };
const zh = { say: createTranslate('zh-CN'), format: createFormatter('zh-CN', 'UTC') };

const ruleFor = (rule: Partial<DestinationRule> = {}): DestinationRule => ({
  id: 'room',
  network: 'telegram',
  minLevel: 'INFO',
  fallback: null,
  quiet: null,
  canEdit: true,
  isRepeatable: false,
  ...rule,
});

/** A desk with places that keep what they get. What a test does not take out of `arrived` fails it. */
export async function alertWorld(options: WorldOptions = {}) {
  const clock = fakeClock(options.startsAt ?? 1_700_000_000_000);
  const shelf = options.shelf ?? emptyAlertShelf();
  const store = options.store ?? fakeAlertStore(shelf);
  const rules = (options.places ?? [{}]).map(ruleFor);
  const arrived: Arrived[] = [];
  const calls: { place: string; at: number; key: string; how: Arrived['how'] }[] = [];
  const scripts = new Map<string, Script>();
  let settings: DeliverySettings = {
    destinations: rules,
    routes: options.routes ?? [],
    timeZone: 'UTC',
  };
  let random = options.seed ?? 1;
  const unit = () => {
    random = (random * 16_807) % 2_147_483_647;
    return random / 2_147_483_647;
  };
  let tokens = 0;
  let messages = 0;
  let isDead = false;
  const never = <T>() => new Promise<T>(() => {});
  let stopAt: string | null = null;
  let isStopped = false;

  const send =
    (place: string) =>
    async (message: DestinationMessage): Promise<SendOutcome> => {
      if (isDead) return never();
      const how = message.edits
        ? 'edit'
        : message.repliesTo
          ? 'reply'
          : message.isSilent
            ? 'silent'
            : 'loud';
      calls.push({ place, at: clock.now(), key: message.key, how });
      messages += 1;
      const scripted = scripts.get(place)?.(
        message,
        calls.filter((each) => each.place === place).length,
      );
      const outcome = (await scripted) ?? {
        kind: 'delivered' as const,
        messageId: message.edits ?? `m${messages}`,
      };
      if (outcome.kind === 'delivered') {
        const { reply } = message.view;
        const notes = reply.notes.map(({ text }) => text).join(' ');
        const cells = reply.tables.flatMap(({ rows }) => rows.flat().map(({ text }) => text));
        const figures = reply.figures.map(({ label, text }) => `${label} ${text}`);
        arrived.push({
          ...{ place, at: clock.now(), how, message, messageId: outcome.messageId },
          title: reply.title,
          text: [reply.title, ...figures, ...cells, ...reply.paragraphs, notes].join(' | '),
        });
      }
      return outcome;
    };

  const opened = await openAlertDesk({
    store: {
      ...store,
      commit: (fence, changes) => (isDead ? never() : store.commit(fence, changes)),
    },
    clock,
    log: { error: () => {}, warn: () => {} },
    settings: () => settings,
    destinations: rules.map(({ id }) => ({ id, send: send(id) })),
    localeOf: () => options.locale ?? 'en',
    voices: { en, 'zh-CN': zh },
    random: unit,
    token: () => {
      tokens += 1;
      return `token-${options.startsAt ?? 0}-${tokens}`;
    },
    boot: 'test',
    ...(options.read ? { read: options.read } : {}),
    failpoint: (name) => {
      if (name === stopAt) {
        isDead = true;
        isStopped = true;
      }
      return isDead ? never() : undefined;
    },
  });
  if (!opened.ok) throw new Error(opened.error.kind);
  const desk: AlertDesk = opened.value;
  const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

  return {
    clock,
    desk,
    arrived,
    calls,
    shelf,
    store,
    /** Decides what a place answers; null: delivered. */
    script: (place: string, script: Script) => scripts.set(place, script),
    change: (next: Partial<DeliverySettings>) => {
      settings = { ...settings, ...next };
    },
    /** The process ends at this point; nothing of it does anything any more. */
    dieAt: (name: string) => {
      stopAt = name;
    },
    kill: () => {
      isDead = true;
    },
    hasDied: () => isStopped,
    take: async (...intents: Intent[]) => {
      const taken = desk.take({ intents, inhibited: new Map() }, []);
      await Promise.race([taken, breathe().then(breathe)]);
      await breathe();
    },
    /** Lets time pass in steps of a quarter of a second, as the running desk does. */
    pass: async (ms: number, stepMs = 250) => {
      for (let gone = 0; gone < ms; gone += stepMs) {
        await clock.advance(Math.min(stepMs, ms - gone));
        await Promise.race([desk.runDue(), breathe().then(breathe)]);
        await breathe();
      }
    },
    /** Takes out what arrived so far. */
    drain: () => arrived.splice(0),
  };
}

export type World = Awaited<ReturnType<typeof alertWorld>>;

let counter = 0;

/** An intent of margin usage on an account, unless said otherwise. */
export function intentOf(
  of: {
    readonly account?: string;
    readonly level?: Level;
    readonly reason?: IntentReason;
    readonly rule?: RuleId;
    readonly subject?: Subject;
    readonly value?: string;
    readonly at?: number;
    readonly episode?: number;
    readonly flaps?: number;
    readonly offlineMs?: number;
    readonly facts?: Readonly<Record<string, string>>;
    readonly dataAgeMs?: number;
  } = {},
): Intent {
  counter += 1;
  const { account = 'quant-a', level = 'WARN', reason = 'FIRST', rule = 'marginUsage' } = of;
  const subject: Subject = of.subject ?? { kind: 'account', venue: 'bybit', account };
  return {
    id: `i${counter}`,
    fingerprint: `${rule} ${JSON.stringify(subject)}`,
    rule,
    subject,
    episode: of.episode ?? 1,
    reason,
    level,
    at: of.at ?? 1_700_000_000_000,
    value: dec(of.value ?? '0.72'),
    threshold: dec('0.7'),
    dataAgeMs: of.dataAgeMs ?? 1000,
    flaps: of.flaps ?? 0,
    offlineMs: of.offlineMs ?? null,
    facts: of.facts ?? {},
  };
}
