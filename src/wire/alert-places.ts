import type { DestinationRule } from '../alerts/delivery-rules.ts';
import { chatDestination } from '../app/alerts/chat-destination.ts';
import type { DestinationEntry } from '../config/alert-delivery.ts';
import type { ChatGateway, Network } from '../ports/chat.ts';
import type { Destination } from '../ports/destination.ts';
import type { Locale } from '../replies/translate.ts';
import { pushPlace } from './push.ts';
import type { Setup } from './setup.ts';

/** The terminal of the demo desk: a newcomer sees what fires, and what only freshens it stays away. */
export const TERMINAL: DestinationRule = {
  ...{ id: 'terminal', network: 'terminal', minLevel: 'WARN', fallback: null, quiet: null },
  ...{ canEdit: true, isRepeatable: true },
};

export function chatRule(id: string, network: Network, given: Partial<DestinationRule> = {}) {
  // Discord recognises a repeat by its nonce; Telegram cannot.
  const isRepeatable = network === 'discord';
  const rule: DestinationRule = {
    ...{ id, network, minLevel: 'WARN', fallback: null, quiet: null, canEdit: true, isRepeatable },
    ...given,
  };
  return rule;
}

/** Where the desk file sends alerts: rules for the core, destinations for the courier. */
export function configuredPlaces(
  setup: Pick<Setup, 'destinations' | 'smtp' | 'timezone'>,
  gatewayOf: (network: Network) => ChatGateway | undefined,
) {
  const rules: DestinationRule[] = [];
  const destinations: Destination[] = [];
  const locales = new Map<string, Locale>();
  for (const entry of setup.destinations) {
    const made = placeOf(entry, { gatewayOf, setup });
    if (made === null) continue;
    rules.push(made.rule);
    destinations.push(made.destination);
    if (entry.locale) locales.set(entry.id, entry.locale);
  }
  return { rules, destinations, locales };
}

function placeOf(
  entry: DestinationEntry,
  {
    gatewayOf,
    setup,
  }: {
    readonly gatewayOf: (network: Network) => ChatGateway | undefined;
    readonly setup: Pick<Setup, 'smtp' | 'timezone'>;
  },
): { readonly rule: DestinationRule; readonly destination: Destination } | null {
  const { id, discord, telegram } = entry;
  const given = {
    minLevel: entry.minLevel ?? 'WARN',
    fallback: entry.fallback ?? null,
    quiet: quietOf(entry.quiet),
  } as const;
  if (discord) {
    const of = { id, network: 'discord', chat: discord.channel, topic: null } as const;
    return { rule: chatRule(id, 'discord', given), destination: chatDestination(of, gatewayOf) };
  }
  if (telegram) {
    const topic = telegram.topic === undefined ? null : String(telegram.topic);
    const of = { id, network: 'telegram', chat: telegram.chat, topic } as const;
    return { rule: chatRule(id, 'telegram', given), destination: chatDestination(of, gatewayOf) };
  }
  return pushPlace(entry, given, setup);
}

function quietOf(text: string | undefined): DestinationRule['quiet'] {
  const match = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text ?? '');
  if (match === null) return null;
  const [, fromHour, fromMinute, toHour, toMinute] = match.map(Number);
  const minutes = (hour = 0, minute = 0) => hour * 60 + minute;
  return { from: minutes(fromHour, fromMinute), to: minutes(toHour, toMinute) };
}
