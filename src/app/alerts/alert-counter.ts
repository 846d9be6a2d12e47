import type { Press, Pressed, PressRefusal } from '../../alerts/acknowledge.ts';
import type { Incident } from '../../alerts/incident.ts';
import { type Silence, silences } from '../../alerts/silence.ts';
import { isVisible } from '../../alerts/visible-incident.ts';
import { err, type Result } from '../../domain/result.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Actor } from '../command.ts';
import { type DrillResult, drillOne } from '../self-watch/daily-drill.ts';
import type { AlertDesk } from './alert-desk.ts';
import type { SilenceAsked, SilenceFault } from './change-silence.ts';
import type { KeepFault } from './desk-keeper.ts';

/** `not-kept`: nothing has changed, reminders go on; ask again. */
type NotKept = { readonly kind: 'not-kept'; readonly fault: KeepFault['kind'] };

/** The alert desk as one person may use it. */
export interface AlertCounter {
  /** What fires, the oldest first. */
  open(): readonly Incident[];
  /** Opened, ended or still on since then. */
  since(at: number): readonly Incident[];
  silences(): readonly Silence[];
  isSilenced(member: Incident['members'][string]): boolean;
  press(asked: Omit<Press, 'by'>): Promise<Result<Pressed, PressRefusal | NotKept>>;
  silence(asked: Asked): Promise<Result<Silence, SilenceFault | 'not-kept'>>;
  /** Ids of the places that alerts are sent to. */
  destinations(): readonly string[];
  /** Sends a marked message there and waits for it, a minute at most. */
  drill(destination: string): Promise<DrillResult>;
}

type Asked = SilenceAsked extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'by'>
    : never
  : never;

export function alertCounter(
  desk: AlertDesk,
  of: { readonly actor: Actor; readonly clock: Clock },
): AlertCounter {
  const { person: by, accounts } = of.actor;
  return {
    open: () => desk.open().filter((incident) => isVisible(incident, accounts)),
    since: (at) => desk.since(at).filter((incident) => isVisible(incident, accounts)),
    silences: desk.silences,
    isSilenced: (member) => desk.silences().some((each) => silences(each, member, of.clock.now())),
    press: async (asked) => {
      const incident = desk.incident(asked.incident);
      if (incident && !isVisible(incident, accounts)) return err({ kind: 'unknown' });
      const kept = await desk.press({ ...asked, by });
      return kept.ok ? kept.value : err({ kind: 'not-kept', fault: kept.error.kind });
    },
    silence: async (asked) => {
      const kept = await desk.silence({ ...asked, by } as SilenceAsked);
      return kept.ok ? kept.value : err('not-kept');
    },
    destinations: () => desk.queues().map(({ destination }) => destination),
    drill: (destination) => drillOne(desk, { destination, isSilent: false, clock: of.clock }),
  };
}
