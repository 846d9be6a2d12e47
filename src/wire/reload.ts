import type { Reloaded } from '../app/reloaded.ts';
import { notifyFaults } from '../config/alert-delivery.ts';
import { compareDesks } from '../config/compare-desks.ts';
import type { DeskConfig } from '../config/load-config.ts';
import type { OpenDesk } from '../config/open-desk.ts';
import { log } from './parts.ts';
import type { Program } from './program.ts';
import { readDesk, type Setup } from './setup.ts';

/** Reads the desk file again and takes over what a running desk can; bad ones change nothing. */
export function createReload(program: Program, opened: OpenDesk): () => Promise<Reloaded> {
  if (opened.kind === 'demo') return async () => ({ kind: 'demo' });
  let before = { ...opened.config, chat: chatOf(opened.config, opened.config) };
  // One after the other: two at once would compare with a desk that is half taken over.
  let last: Promise<unknown> = Promise.resolve();
  const run = async (): Promise<Reloaded> => {
    const next = await readDesk();
    const problems = !next.ok ? next.error : faultsOf(next.value);
    if (!next.ok || next.value.kind === 'demo' || problems.length > 0) {
      return { kind: 'faulty', problems };
    }
    const { config } = next.value;
    const { live, restart } = compareDesks(before, config);
    await takeOver(program, config);
    // What needs a restart is named again each time, until it happens.
    before = { ...config, ...fixedOf(before), chat: chatOf(before, config) };
    return { kind: 'taken-over', sections: live, restart };
  };
  return () => {
    const done = last.then(run);
    last = done.catch(() => undefined);
    return done;
  };
}

function faultsOf(next: OpenDesk): readonly string[] {
  return next.kind === 'demo' ? ['desk.yaml: is gone; put it back'] : notifyFaults(next.config);
}

/** SIGHUP does what /reload does, and says into the log what came of it. */
export function reloadOnSignal(reload: () => Promise<Reloaded>): void {
  process.on('SIGHUP', () => {
    void reload().then((done) => {
      if (done.kind === 'faulty') {
        log.error('desk file not taken over', { problems: done.problems.join(' | ') });
      } else if (done.kind === 'taken-over') {
        const { sections, restart } = done;
        log.warn('desk file taken over', {
          sections: sections.join(', '),
          restartNeededFor: restart.join(', '),
        });
      }
    });
  });
}

/** The connections of one desk, with the rights of another. */
function chatOf({ chat }: DeskConfig, { chat: rights }: DeskConfig): DeskConfig['chat'] {
  const { discord, telegram } = chat;
  const roles = { ...rights.discord?.roles };
  const { chats } = rights;
  return {
    discord: discord && { ...discord, roles },
    telegram,
    chats: { discord: [...chats.discord], telegram: [...chats.telegram] },
  };
}

function fixedOf(config: DeskConfig) {
  const { name, locale, timezone, accounts, connections, hedgedBooks } = config;
  const { watchdog, marketDataUrl, refreshMs, staleAfterMs, commentary, plans } = config;
  const { storePlace, keepMs, listen } = config;
  return {
    ...{ name, locale, timezone, accounts, connections, hedgedBooks, watchdog, marketDataUrl },
    ...{ refreshMs, staleAfterMs, commentary, plans, storePlace, keepMs, listen },
  };
}

/**
 * Lists are changed in place: whoever holds one sees the new rights at the next look, and no preview,
 * button or chat keeps wider ones than the file now gives.
 */
async function takeOver({ setup, actions, alerts }: Program, next: DeskConfig): Promise<void> {
  const live = setup as { -readonly [Key in keyof Setup]: Setup[Key] };
  replace(setup.people, next.people);
  replace(setup.destinations, next.destinations);
  replace(setup.routes, next.routes);
  replace(setup.chat.chats.discord, next.chat.chats.discord);
  replace(setup.chat.chats.telegram, await withMoves(setup, next.chat.chats.telegram));
  const roles = (setup.chat.discord?.roles ?? {}) as Record<string, unknown>;
  for (const role of Object.keys(roles)) delete roles[role];
  Object.assign(roles, next.chat.discord?.roles);
  const trade = setup.tradeAccess as Set<string>;
  trade.clear();
  for (const account of next.tradeAccess) trade.add(account);
  live.alerts = next.alerts;
  live.smtp = next.smtp;
  live.drillMinute = next.drillMinute;
  live.actions = next.actions;
  actions.limit(next.actions);
  alerts.current?.reload();
}

/** Groups that moved since the file was written are still the same groups. */
async function withMoves({ store }: Setup, chats: readonly string[]): Promise<string[]> {
  const moves = await Promise.all(chats.map((from) => store.facts.get(`telegram.moved.${from}`)));
  return [...chats, ...moves.flatMap((to) => (to.ok && to.value !== null ? [to.value] : []))];
}

function replace<T>(list: readonly T[], next: readonly T[]): void {
  (list as T[]).splice(0, list.length, ...next);
}
