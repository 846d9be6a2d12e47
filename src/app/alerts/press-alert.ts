import { firingMembers, type Incident } from '../../alerts/incident.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Actor } from '../command.ts';
import { mayUse } from '../people.ts';
import { alertCounter } from './alert-counter.ts';
import type { AlertDesk } from './alert-desk.ts';
import { type AlertVoice, pressWords, valueText, whatOf, whereOf } from './alert-words.ts';

/**
 * A press of a button under an alert: the words for whoever pressed, and for nobody else. Null: the
 * token is not one of the alert desk's. The same rights as for a typed command, asked at the press;
 * every message of the incident is brought up to date by the desk.
 */
export async function pressAlert(
  desk: AlertDesk,
  by: { readonly token: string; readonly actor: Actor; readonly clock: Clock },
  voice: AlertVoice,
): Promise<string | null> {
  const meaning = desk.meaningOf(by.token);
  if (meaning === null) return null;
  const { incident, verb } = meaning;
  const counter = alertCounter(desk, by);
  if (verb === 'details') {
    const covered = desk.covered(incident).map(({ id }) => id);
    const mine = counter.open().filter(({ id }) => covered.includes(id));
    return mine.length === 0
      ? voice.say('alert.press.over', { id: incident })
      : mine.map((each) => detailsOf(each, voice)).join('\n');
  }
  if (!mayUse('act', by.actor)) return voice.say('alert.press.forbidden');
  const done = await counter.press({ incident, verb, forMs: null });
  return pressWords(done, { incident, verb }, voice);
}

/** A line for each alert: what, where, now and limit, since when. */
function detailsOf(incident: Incident, voice: AlertVoice): string {
  const lines = firingMembers(incident).map((member) => {
    const value = valueText(member.rule, member.value, voice);
    const limit = valueText(member.rule, member.threshold, voice);
    const figures = [value, limit].filter((text) => text !== null).join(' / ');
    const what = `${whatOf(member, voice)} ${figures}`.trim();
    return `${whereOf(member.subject, voice)}: ${what}, ${voice.format.time(member.since)}`;
  });
  return [`${incident.id}`, ...lines].join('\n');
}
