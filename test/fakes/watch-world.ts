import { INHIBITIONS } from '../../src/alerts/inhibition-rules.ts';
import { resolveSettings } from '../../src/alerts/resolve-settings.ts';
import { type AlertDesk, openAlertDesk } from '../../src/app/alerts/alert-desk.ts';
import { createAlertMachine } from '../../src/app/watch/alert-machine.ts';
import { rememberedAlerts } from '../../src/app/watch/alert-memory.ts';
import { carriedJudgement } from '../../src/app/watch/carried-judgement.ts';
import { createMarkBook } from '../../src/app/watch/mark-book.ts';
import { startWatch } from '../../src/app/watch/watch.ts';
import { createWatchStart } from '../../src/app/watch/watch-start.ts';
import { createWatchedDesk } from '../../src/app/watch/watched-desk.ts';
import type { AccountSnapshot } from '../../src/portfolio/snapshot.ts';
import type { AlertStore } from '../../src/ports/alert-store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Destination } from '../../src/ports/destination.ts';
import { createFormatter } from '../../src/replies/format.ts';
import { createTranslate } from '../../src/replies/translate.ts';
import { assessDesk } from '../../src/risk/assess-desk.ts';

const voiceOf = (locale: 'en' | 'zh-CN') => ({
  say: createTranslate(locale),
  format: createFormatter(locale, 'UTC'),
});

interface WatchWorldOptions {
  readonly clock: Clock;
  readonly store: AlertStore;
  readonly destination: Destination;
  /** What the desk knows; asked at every look. */
  readonly accounts: () => readonly AccountSnapshot[];
  readonly lastAlive?: number;
  /** In place of the alert desk: to time the looks alone. */
  readonly takes?: Pick<AlertDesk, 'take'>;
}

/** The watch over accounts that a test hands it, with the real alert desk behind it. */
export async function startWatchWorld(options: WatchWorldOptions) {
  const { clock, store, destination } = options;
  const stop = new AbortController();
  const errors: string[] = [];
  const log = { error: (event: string) => errors.push(event), warn: () => {} };
  let count = 0;
  const opened = await openAlertDesk({
    ...{ store, clock, log, destinations: [destination], localeOf: () => 'en' as const },
    settings: () => ({
      destinations: [
        {
          ...{ id: destination.id, network: 'webhook', minLevel: 'WARN', fallback: null },
          ...{ quiet: null, canEdit: true, isRepeatable: true },
        },
      ],
      routes: [],
      timeZone: 'UTC',
    }),
    voices: { en: voiceOf('en'), 'zh-CN': voiceOf('zh-CN') },
    random: () => 0.5,
    token: () => {
      count += 1;
      return `v1.${String(count).padStart(22, '0')}`;
    },
    boot: 'test',
  });
  if (!opened.ok) throw new Error(opened.error.kind);
  const desk: AlertDesk = opened.value;
  const rows = await store.load();
  const settings = resolveSettings({});
  if (!rows.ok || !settings.ok) throw new Error('not opened');
  const lastKnown = () => ({ accounts: options.accounts(), takenAt: clock.now() });
  const book = createMarkBook(clock.now);
  const watch = startWatch({
    machine: createAlertMachine({
      memory: rememberedAlerts(rows.value),
      settings: () => settings.value,
      inhibitions: INHIBITIONS,
      venuesOfBook: () => [],
      desk: options.takes ?? desk,
    }),
    watched: createWatchedDesk({
      ...{ desk: { lastKnown }, book, clock },
      judge: async (snapshot) => carriedJudgement(assessDesk(snapshot), null),
      market: () => ({}) as never,
    }),
    book,
    start: createWatchStart({
      accounts: lastKnown().accounts.map(({ account }) => account.id),
      clocks: { wall: clock.now(), monotonic: clock.now() },
      lastAlive: options.lastAlive ?? null,
    }),
    settings: () => settings.value,
    staleAfterMs: 30_000,
    hedgedBooks: [],
    surroundings: () => ({ funding: [], adl: [], coins: [], clocks: [] }),
    expected: async () => [],
    told: () => [],
    before: new Map(),
    fence: desk.fence,
    monotonic: clock.now,
    ...{ clock, log, signal: stop.signal },
  });
  for (const { account } of lastKnown().accounts) watch.read(account.id);
  return { watch, desk, errors, close: () => stop.abort() };
}
