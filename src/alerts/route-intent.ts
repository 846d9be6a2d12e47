import {
  type DeliverySettings,
  type DestinationRule,
  type EscalationStep,
  MINUTE,
  type Route,
} from './delivery-rules.ts';
import type { IntentNote } from './incident.ts';
import { isAtLeast } from './level.ts';
import { matchesSubject } from './silence.ts';

/** Where an intent goes first. Without a route: everywhere, as each place's minimum level allows. */
export function destinationsOf(intent: IntentNote, settings: DeliverySettings): string[] {
  const all = settings.destinations;
  const route = routeOf(intent, settings.routes);
  if (route === null) return all.map(({ id }) => id);
  if (intent.level !== 'EMERG') return [...route.to];
  // An emergency goes to two platforms at once.
  const networkOf = (id: string) => all.find((each) => each.id === id)?.network;
  const networks = new Set(route.to.map(networkOf));
  const others = [...route.escalate.flatMap(({ to }) => to), ...all.map(({ id }) => id)];
  const second = networks.size > 1 ? [] : others.filter((id) => !networks.has(networkOf(id)));
  return [...route.to, ...second.slice(0, 1)];
}

/** Who is told next while nobody has it in hand. EMERG does not wait for long. */
export function escalationOf(intent: IntentNote, settings: DeliverySettings): EscalationStep[] {
  const route = routeOf(intent, settings.routes);
  const first = new Set(destinationsOf(intent, settings));
  const rest = settings.destinations.filter(({ id }) => !first.has(id));
  const own = route?.escalate ?? [];
  const steps =
    own.length > 0
      ? own
      : (rest.length > 0 ? rest.map(({ id }) => [id]) : [[...first]]).map((to, step) => ({
          afterMs: 5 * MINUTE * (step + 1),
          to,
        }));
  if (intent.level !== 'EMERG') return [...steps];
  return steps.map(({ afterMs, to }, step) => ({
    afterMs: Math.min(afterMs, 2 * MINUTE * (step + 1)),
    to,
  }));
}

export function ruleOf(id: string, settings: DeliverySettings): DestinationRule | undefined {
  return settings.destinations.find((each) => each.id === id);
}

/** When the quiet hours end that hold now; null outside of them. */
export function quietUntil(
  { quiet }: DestinationRule,
  at: { readonly now: number; readonly timeZone: string },
): number | null {
  if (quiet === null) return null;
  const minute = minuteOfDay(at.now, at.timeZone);
  const { from, to } = quiet;
  const isQuiet = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return null;
  const left = (to - minute + 1440) % 1440;
  return at.now - (at.now % MINUTE) + left * MINUTE;
}

function minuteOfDay(now: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(now);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return part('hour') * 60 + part('minute');
}

function routeOf(intent: IntentNote, routes: readonly Route[]): Route | null {
  const matches = ({ match }: Route) =>
    (match.level === undefined || isAtLeast(intent.level, match.level)) &&
    matchesSubject(match, intent);
  return routes.find(matches) ?? null;
}
