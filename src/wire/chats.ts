import { randomBytes } from 'node:crypto';
import { commands } from '../../commands/index.ts';
import type { DiscordCommand } from '../adapters/chat/discord/discord-options.ts';
import type { TelegramOptions } from '../adapters/chat/telegram/telegram-options.ts';
import { randomIds } from '../adapters/clock/system-clock.ts';
import { aboutCommand, aboutOption } from '../app/about-command.ts';
import { createButtonDesk } from '../app/chat/button-desk.ts';
import { createSendLanes } from '../app/chat/send-lanes.ts';
import { createServeChat } from '../app/chat/serve-chat.ts';
import { suggestValues } from '../app/chat/suggest-values.ts';
import { tellLostCredentials } from '../app/chat/tell-lost-credentials.ts';
import { admit, type ChatRules } from '../app/chat/who-asks.ts';
import type { OptionSpec } from '../app/command.ts';
import type { DiscordSettings, TelegramSettings } from '../config/chat-settings.ts';
import type { ChartRenderer } from '../ports/charts.ts';
import type { ChatGateway } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Chart } from '../replies/chart.ts';
import type { Locale } from '../replies/translate.ts';
import { log, clock as systemClock } from './parts.ts';
import type { Program } from './program.ts';

/** Connects the chats the desk is configured for; none is the usual case of a first start. */
export async function startChats(
  program: Program,
  clock: Clock = systemClock,
): Promise<readonly ChatGateway[]> {
  const { discord, telegram } = program.setup.chat;
  if (!discord && !telegram) return [];
  const rules = await rulesOf(program);
  const lanes = createSendLanes(clock);
  const serve = createServeChat({
    rules,
    pressAlert: async (token, by) => (await program.alerts.current?.press(token, by)) ?? null,
    commands,
    dispatch: program.dispatch,
    buttons: createButtonDesk(() => randomBytes(16).toString('base64url')),
    suggest: (type, actor) => suggestValues(type, '', { ...knownOf(program), actor }),
    charts: await chartsOf(),
    failureId: randomIds.next,
    clock,
    log,
    voices: program.voices,
  });
  const onEvent: typeof serve = (event) => {
    if (!event.person.isAnonymous) program.alerts.current?.heardFrom(event.place);
    return serve(event);
  };
  const wiring: Wiring = { program, rules, shared: { onEvent, lanes, clock, log } };
  const gateways = await settle([
    ...(discord ? [openDiscord(discord, wiring)] : []),
    ...(telegram ? [openTelegram(telegram, wiring)] : []),
  ]);
  for (const gateway of gateways) {
    program.networks.push(() => {
      const { kind, lastSuccessAt } = gateway.state();
      const { network } = gateway;
      return { id: network, state: kind, lastSuccessAt, queued: lanes.queued(network) };
    });
  }
  const { say } = program.voices[rules.locale];
  void tellLostCredentials({ gateways, chats: rules.chats, clock, locale: rules.locale, say });
  return gateways;
}

interface Wiring {
  readonly program: Program;
  readonly rules: LiveRules;
  readonly shared: Pick<TelegramOptions, 'onEvent' | 'lanes' | 'clock' | 'log'>;
}

async function openDiscord(settings: DiscordSettings, wiring: Wiring): Promise<ChatGateway> {
  const { program, rules, shared } = wiring;
  const { startDiscord } = await import('../adapters/chat/discord/start-discord.ts');
  return startDiscord({
    ...shared,
    ...settings,
    commands: chatCommands(program),
    suggest: (type, prefix, { person, place }) => {
      const admission = admit(person, place, rules);
      return admission.kind === 'served'
        ? suggestValues(type, prefix, { ...knownOf(program), actor: admission.actor })
        : [];
    },
    registeredHash: hashIn(program),
  });
}

async function openTelegram(settings: TelegramSettings, wiring: Wiring): Promise<ChatGateway> {
  const { program, rules, shared } = wiring;
  const { startTelegram } = await import('../adapters/chat/telegram/start-telegram.ts');
  return startTelegram({
    ...shared,
    ...settings,
    commands: chatCommands(program),
    onMoved: (from, to) => rememberMove(program, rules, { from, to }),
  });
}

/** One platform that cannot start, as when the webhook's port is taken, must not silence the other. */
async function settle(starting: readonly Promise<ChatGateway>[]): Promise<ChatGateway[]> {
  const started = await Promise.allSettled(starting);
  const gateways = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  if (gateways.length < started.length) {
    log.error('a chat could not be started: is the address of http.listen free?', {});
  }
  return gateways;
}

async function chartsOf(): Promise<ChartRenderer> {
  const { createChartRenderer } = await import('../adapters/charts/canvas/chart-renderer.ts');
  const charts = createChartRenderer({
    onUnavailable: (reason) => log.warn('pictures are not available', { reason }),
    onFailed: (reason) => log.error('a picture failed', { reason }),
  });
  // Starting the thread and reading the font takes longer than an answer waits for its picture.
  void charts.render(SMALL_CHART, { locale: 'zh-CN', theme: 'dark' });
  return charts;
}

const SMALL_CHART: Chart = { kind: 'bars', title: '', empty: '', rows: [], marks: [] };

type LiveRules = ChatRules & { readonly chats: { discord: string[]; telegram: string[] } };

/** Group moves that were told to an earlier run still hold. */
async function rulesOf({ setup }: Program): Promise<LiveRules> {
  const { people, chat, isDemo, locale, store } = setup;
  const rules: LiveRules = {
    people: isDemo ? [] : people,
    discordRoles: chat.discord?.roles ?? {},
    // The very lists of the setup: a reload changes them in place.
    chats: chat.chats as LiveRules['chats'],
    isDemo,
    locale,
  };
  for (const from of [...chat.chats.telegram]) {
    const to = await store.facts.get(`telegram.moved.${from}`);
    if (to.ok && to.value !== null) replaceIn(rules.chats.telegram, from, to.value);
  }
  return rules;
}

/** The old id leads to the new one: told at both, a group would hear everything twice. */
function replaceIn(chats: string[], from: string, to: string): void {
  chats.splice(chats.indexOf(from), 1, to);
}

function rememberMove(
  { setup }: Program,
  rules: LiveRules,
  { from, to }: { readonly from: string; readonly to: string },
): void {
  const known = rules.chats.telegram;
  if (!known.includes(from) || known.includes(to)) return;
  replaceIn(known, from, to);
  log.warn('a telegram group has a new id: write it into the desk file under chats', { from, to });
  void setup.store.facts.put(`telegram.moved.${from}`, to);
}

function hashIn({ setup }: Program) {
  const name = (key: string) => `discord.commands.${key}`;
  return {
    get: async (key: string) => {
      const kept = await setup.store.facts.get(name(key));
      return kept.ok ? kept.value : null;
    },
    set: async (key: string, hash: string) => {
      await setup.store.facts.put(name(key), hash);
    },
  };
}

const SUGGESTED: ReadonlySet<OptionSpec['type']> = new Set([
  ...(['asset', 'account', 'scenario', 'position', 'clear'] as const),
]);

function chatCommands({ voices, setup }: Program): DiscordCommand[] {
  const example = setup.accounts[0]?.id ?? '';
  const both = (text: (locale: Locale) => string) => ({ en: text('en'), 'zh-CN': text('zh-CN') });
  return commands.map((command) => ({
    name: command.name,
    description: both((locale) => aboutCommand(command, voices[locale].say)),
    options: command.options.map((option) => ({
      name: option.name,
      description: both((locale) => aboutOption(option, { say: voices[locale].say, example })),
      type: option.type,
      isRequired: false,
      isSuggested: SUGGESTED.has(option.type),
    })),
  }));
}

function knownOf({ setup, desk }: Program) {
  return { accounts: setup.accounts, snapshot: desk.lastKnown() };
}
