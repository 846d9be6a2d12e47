import { RULE_IDS, type RuleId } from '../alerts/alert.ts';
import type { Route } from '../alerts/delivery-rules.ts';
import type { AlertSettings } from '../alerts/rule-settings.ts';
import type { DeskFile } from './desk-schema.ts';
import type { DeskConfig } from './load-config.ts';

/** A place of the desk file that alerts are sent to. */
export type DestinationEntry = DeskFile['destinations'][number];

export function routesOf(routes: DeskFile['routes']): Route[] {
  return routes.map(({ match, to, escalate }) => ({
    match: Object.fromEntries(Object.entries(match).filter(([, value]) => value !== undefined)),
    to,
    escalate: escalate.map(({ after, to: next }) => ({ afterMs: after, to: next })),
  }));
}

/** What of a desk file it takes to know whether anybody can be told. */
type Delivery = Pick<DeskConfig, 'alerts' | 'destinations' | 'asksForAlerts' | 'chat'>;

/**
 * Why nobody, or not the one who is named, would ever hear of anything although the desk file asks for it:
 * a line for each reason. Empty: all is well, or nothing about alerts is written at all.
 */
export function notifyFaults({ alerts, destinations, asksForAlerts, chat }: Delivery): string[] {
  if (destinations.length === 0) {
    const line =
      'destinations: nobody would be told; name at least one, or leave out alerts and routes';
    return asksForAlerts ? [line] : [];
  }
  const tokens = destinations.flatMap(({ discord, telegram }, i) => {
    const network = discord ? 'discord' : 'telegram';
    const isMissing = (discord ?? telegram) !== undefined && chat[network] === null;
    return isMissing
      ? [`destinations[${i}]: needs a ${network} token, or nothing can be sent`]
      : [];
  });
  const isAllOff = RULE_IDS.every((rule) => !isAnywhereOn(alerts, rule));
  const line = 'alerts: every rule is off; switch one on, or name no destination';
  return isAllOff ? [...tokens, line] : tokens;
}

function isAnywhereOn(alerts: AlertSettings, rule: RuleId): boolean {
  const choice = alerts.get(rule);
  if (choice === undefined) return false;
  const exceptions = [choice.accounts, choice.assets, choice.books];
  return choice.base !== null || exceptions.some((each) => [...each.values()].some(Boolean));
}
