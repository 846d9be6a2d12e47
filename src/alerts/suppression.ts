import type { DestinationRule } from './delivery-rules.ts';
import type { Draft } from './draft.ts';
import type { Incident, IntentNote } from './incident.ts';
import { rankOf } from './level.ts';
import { silences } from './silence.ts';

/** Why this is not said aloud there, now; null: it is. Asked when it comes in and again before it goes out. */
export function suppressionOf(
  draft: Draft,
  of: { readonly incident: Incident; readonly intent: IntentNote; readonly rule: DestinationRule },
): string | null {
  const { incident, intent, rule } = of;
  const { now } = draft;
  if (rankOf(intent.level) < rankOf(rule.minLevel)) return 'below-level';
  const silence = draft.silence.values().find((each) => silences(each, intent, now));
  if (silence) return `silence ${silence.id}`;
  const { snooze, ack } = incident;
  if (snooze && now < snooze.until && rankOf(intent.level) <= rankOf(snooze.level)) return 'snooze';
  const isCovered =
    ack !== null &&
    now < ack.until &&
    rankOf(intent.level) <= rankOf(ack.level) &&
    ack.members.includes(intent.fingerprint);
  return isCovered ? 'ack' : null;
}
