import { isDeepStrictEqual } from 'node:util';
import type { DeskConfig } from './load-config.ts';

/** Parts that a running desk takes over, by their names in the desk file. */
const LIVE = {
  people: ({ people, chat }: DeskConfig) => [people, chat.discord?.roles],
  chats: ({ chat }: DeskConfig) => chat.chats,
  access: ({ tradeAccess }: DeskConfig) => tradeAccess,
  alerts: ({ alerts }: DeskConfig) => alerts,
  destinations: ({ destinations }: DeskConfig) => destinations,
  routes: ({ routes }: DeskConfig) => routes,
  smtp: ({ smtp }: DeskConfig) => smtp,
  actions: ({ actions }: DeskConfig) => actions,
  drill: ({ drillMinute }: DeskConfig) => drillMinute,
} as const;

/** Parts that hold connections or are built into every figure. */
const FIXED = {
  desk: ({ name, locale, timezone }: DeskConfig) => [name, locale, timezone],
  accounts: ({ accounts, connections }: DeskConfig) => [accounts, connections],
  books: ({ hedgedBooks }: DeskConfig) => hedgedBooks,
  discord: ({ chat: { discord } }: DeskConfig) => discord && { ...discord, roles: null },
  telegram: ({ chat: { telegram } }: DeskConfig) =>
    // A secret of our own making is another one each time.
    telegram && [telegram.token, telegram.apiRoot, telegram.webhook?.url],
  watchdog: ({ watchdog }: DeskConfig) => watchdog,
  report: ({ dailyReport }: DeskConfig) => dailyReport,
  marketData: ({ marketDataUrl }: DeskConfig) => marketDataUrl,
  refresh: ({ refreshMs, staleAfterMs }: DeskConfig) => [refreshMs, staleAfterMs],
  commentary: ({ commentary }: DeskConfig) => commentary,
  protection: ({ plans }: DeskConfig) => plans,
  store: ({ storePlace, keepMs }: DeskConfig) => [storePlace, keepMs],
  http: ({ listen }: DeskConfig) => listen,
} as const;

/** Which sections differ between two readings of a desk file. */
export function compareDesks(
  before: DeskConfig,
  after: DeskConfig,
): { readonly live: string[]; readonly restart: string[] } {
  const differing = (parts: Readonly<Record<string, (desk: DeskConfig) => unknown>>) =>
    Object.keys(parts).filter(
      (name) => !isDeepStrictEqual(parts[name]?.(before), parts[name]?.(after)),
    );
  return { live: differing(LIVE), restart: differing(FIXED) };
}
