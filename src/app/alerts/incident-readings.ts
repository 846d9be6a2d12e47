import type { SendOrder } from '../../alerts/claim.ts';
import { isDrill } from '../../alerts/drill.ts';
import { firingMembers, type Incident } from '../../alerts/incident.ts';
import { isAtLeast } from '../../alerts/level.ts';
import { queueReading } from '../../alerts/queue-reading.ts';
import { faultTrace } from '../../domain/fault-trace.ts';
import type { Log } from '../../ports/log.ts';
import type { Locale } from '../../replies/translate.ts';
import type { DeskKeeper } from './desk-keeper.ts';
import type { ReadIncident } from './read-incident.ts';

/** Readings of incidents, made after their messages have arrived and never waited for. */
export interface IncidentReadings {
  /** What was read of it as it is now; empty: nothing. */
  of(incident: Incident, locale: Locale): readonly string[];
  /** A message has arrived, and `drawn` was its reading. Returns at once. */
  delivered(
    order: SendOrder,
    as: { readonly locale: Locale; readonly drawn: readonly string[] },
  ): void;
}

export interface IncidentReadingsDeps {
  readonly keeper: DeskKeeper;
  readonly log: Log;
  /** Absent: nothing is read. */
  readonly read?: ReadIncident;
}

const MOST_KEPT = 100;

export function createIncidentReadings({
  keeper,
  log,
  read,
}: IncidentReadingsDeps): IncidentReadings {
  const known = new Map<string, { readonly face: string; readonly text: readonly string[] }>();

  const show = async (order: SendOrder, locale: Locale, text: readonly string[]) => {
    const { incident, row } = order;
    known.delete(keyOf(incident, locale));
    known.set(keyOf(incident, locale), { face: faceOf(incident), text });
    const [oldest] = known.keys();
    if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
    const of = { incident, destination: row.destination };
    await keeper.change((draft) => queueReading(draft, of), { point: 'reading' });
  };

  const follow = async (order: SendOrder, locale: Locale, drawn: readonly string[]) => {
    const found = (await read?.(order.incident, locale)) ?? null;
    if (found === null) return;
    if (!isSame(found.now, drawn)) await show(order, locale, found.now);
    const later = await found.later();
    if (later !== null && !isSame(later, found.now)) await show(order, locale, later);
  };

  return {
    of(incident, locale) {
      const found = known.get(keyOf(incident, locale));
      return found?.face === faceOf(incident) ? found.text : [];
    },
    delivered(order, { locale, drawn }) {
      if (read === undefined || !isRead(order)) return;
      follow(order, locale, drawn).catch((cause: unknown) => {
        log.error('alert not read', { incident: order.incident.id, error: faultTrace(cause) });
      });
    },
  };
}

/** What was said aloud of something critical that goes on. */
function isRead({ incident, row }: SendOrder): boolean {
  const isLoud = row.op === 'send' && !row.isSilent && row.stage === 0;
  const isOn = incident.kind === 'normal' && incident.closed === null && !isDrill(incident);
  return isLoud && isOn && isAtLeast(row.level, 'CRIT');
}

/** Who has it in hand changes nothing of what is read; a figure does. */
function faceOf(incident: Incident): string {
  const parts = firingMembers(incident).map((each) => [each.fingerprint, each.level, each.value]);
  return JSON.stringify([incident.closed, parts]);
}

const keyOf = ({ id }: Incident, locale: Locale) => `${id} ${locale}`;

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, place) => text === b[place]);
}
