import { randomBytes } from 'node:crypto';
import type { DeliverySettings, DestinationRule } from '../alerts/delivery-rules.ts';
import { alertCounter } from '../app/alerts/alert-counter.ts';
import { type AlertDesk, openAlertDesk } from '../app/alerts/alert-desk.ts';
import { chatDestination } from '../app/alerts/chat-destination.ts';
import { pressAlert } from '../app/alerts/press-alert.ts';
import { createReadIncident } from '../app/alerts/read-incident.ts';
import { runAlertDesk } from '../app/alerts/run-alert-desk.ts';
import { terminalDestination } from '../app/alerts/terminal-destination.ts';
import type { Actor } from '../app/command.ts';
import { type Counts, createCounts } from '../app/self-watch/counts.ts';
import type { WatchdogPlace } from '../app/self-watch/watchdog-message.ts';
import type { Report } from '../commentary/sheet.ts';
import type { ChatGateway, ChatPlace, Network } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Destination } from '../ports/destination.ts';
import type { Locale } from '../replies/translate.ts';
import { chatRule, configuredPlaces, TERMINAL } from './alert-places.ts';
import { log } from './parts.ts';
import type { Program } from './program.ts';
import { paintOf, widthOf } from './screen.ts';

/** The alert desk of this process, and the ways from it to people. */
export interface AlertsRunning {
  readonly desk: AlertDesk;
  /** After `signal`: what was on its way has arrived, or five seconds are over. */
  readonly done: Promise<void>;
  /** Destinations now, the demo's chats included. */
  destinations(): readonly DestinationRule[];
  /** The ways to them, for what is no alert. */
  senders(): readonly Destination[];
  localeOf(destination: string): Locale;
  /** Prints what the terminal is told; what was said before is printed first. */
  onTerminal(print: (text: string) => void): void;
  gatewaysAre(gateways: readonly ChatGateway[]): void;
  /** Where the desk comes from that alerts are judged on: critical ones are read from it. */
  reportIs(report: () => Report): void;
  /** On the demo desk whoever writes to the bot hears of alerts in that chat. */
  heardFrom(place: ChatPlace): void;
  press(
    token: string,
    by: { readonly actor: Actor; readonly locale: Locale },
  ): Promise<string | null>;
  counterOf(actor: Actor): ReturnType<typeof alertCounter>;
  /** Chats among the destinations, for a message that is kept up to date. */
  chatPlaces(): readonly WatchdogPlace[];
  /** Attempts so far, by destination and outcome. */
  readonly attempts: Counts;
  /** When the outbox was last looked at; null: not yet. */
  lastAt(): number | null;
  /** Takes the destinations and routes over that the desk file names now. */
  reload(): void;
}

const DEMO_CHATS = 'demo.alert.chats';
/** A play desk does not fill a disk by being written to from everywhere. */
const MOST_DEMO_CHATS = 50;

/** Takes the lead over this store's alerts and begins to send. Null: the store does not let us; logged. */
export async function startAlerts(
  program: Program,
  timing: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<AlertsRunning | null> {
  const { setup, voices } = program;
  const { clock, signal } = timing;
  let gateways: readonly ChatGateway[] = [];
  let lastAt: number | null = null;
  let report: (() => Report) | null = null;
  const attempts = createCounts();
  let print: ((text: string) => void) | null = null;
  const unsaid: string[] = [];
  const gatewayOf = (network: Network) => gateways.find((each) => each.network === network);
  const { rules, destinations, locales } = configuredPlaces(setup, gatewayOf);
  const deliverySettings = (): DeliverySettings => {
    return { destinations: rules, routes: setup.routes, timeZone: setup.timezone };
  };

  const openTerminal = () => {
    const voice = voices[setup.locale];
    rules.push(TERMINAL);
    destinations.push(
      terminalDestination(TERMINAL.id, {
        ...{ ...voice, ...paintOf(), width: widthOf },
        // Said before anybody sits there: kept for the moment somebody does.
        print: (text) => (print === null ? void unsaid.push(text) : print(text)),
      }),
    );
  };
  // A real desk that names no destination at least tells whoever sits in front of it.
  if (setup.isDemo || setup.destinations.length === 0) openTerminal();

  const openChat = ({ network, chat, topic }: Pick<ChatPlace, 'network' | 'chat' | 'topic'>) => {
    const id = `${network}-${chat}${topic === null ? '' : `-${topic}`}`;
    if (rules.some((each) => each.id === id) || rules.length > MOST_DEMO_CHATS) return false;
    rules.push(chatRule(id, network));
    destinations.push(chatDestination({ id, network, chat, topic }, gatewayOf));
    return true;
  };
  const demoChats = setup.isDemo ? await demoChatsOf(program) : [];
  for (const each of demoChats) openChat(each);

  const opened = await openAlertDesk({
    ...{ store: setup.store.alerts, clock, log, settings: deliverySettings, destinations, voices },
    localeOf: (id) => locales.get(id) ?? setup.locale,
    random: Math.random,
    token: () => `v1.${randomBytes(16).toString('base64url')}`,
    boot: `${process.pid} ${clock.now()}`,
    onAttempt: attempts.add,
    read: createReadIncident({ ...program, report: () => report?.() ?? null }),
  });
  if (!opened.ok) {
    log.error('alerts not opened', { kind: opened.error.kind });
    return null;
  }
  const desk = opened.value;
  const done = runAlertDesk(desk, {
    ...{ clock, signal },
    onRound: (at) => {
      lastAt = at;
    },
  });
  return {
    desk,
    done,
    destinations: () => rules,
    senders: () => destinations,
    localeOf: (id) => locales.get(id) ?? setup.locale,
    onTerminal: (next) => {
      print = next;
      for (const text of unsaid.splice(0)) next(text);
    },
    gatewaysAre: (next) => {
      gateways = next;
    },
    reportIs: (next) => {
      report = next;
    },
    heardFrom: (place) => {
      if (!setup.isDemo || !openChat(place)) return;
      demoChats.push({ network: place.network, chat: place.chat, topic: place.topic });
      void setup.store.facts.put(DEMO_CHATS, JSON.stringify(demoChats));
    },
    press: (token, { actor, locale }) => pressAlert(desk, { token, actor, clock }, voices[locale]),
    counterOf: (actor) => alertCounter(desk, { actor, clock }),
    chatPlaces: () =>
      destinations.flatMap((destination) => {
        const network = rules.find(({ id }) => id === destination.id)?.network;
        if (network !== 'discord' && network !== 'telegram') return [];
        return [{ destination, locale: locales.get(destination.id) ?? setup.locale }];
      }),
    attempts,
    lastAt: () => lastAt,
    reload: () => {
      const next = configuredPlaces(setup, gatewayOf);
      rules.splice(0, rules.length, ...next.rules);
      destinations.splice(0, destinations.length, ...next.destinations);
      locales.clear();
      for (const [id, locale] of next.locales) locales.set(id, locale);
      if (setup.destinations.length === 0) openTerminal();
    },
  };
}

type DemoChat = Pick<ChatPlace, 'network' | 'chat' | 'topic'>;

async function demoChatsOf({ setup }: Program): Promise<DemoChat[]> {
  const kept = await setup.store.facts.get(DEMO_CHATS);
  // Written above and nowhere else.
  return kept.ok && kept.value !== null ? (JSON.parse(kept.value) as DemoChat[]) : [];
}
