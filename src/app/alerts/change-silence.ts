import type { Draft } from '../../alerts/draft.ts';
import { freshCode } from '../../alerts/open-incident.ts';
import { makeSilence, type Silence, type SilenceRefusal } from '../../alerts/silence.ts';
import { err, ok, type Result } from '../../domain/result.ts';

/** What an admin wants of the silences. */
export type SilenceAsked =
  | {
      readonly kind: 'make';
      readonly by: string;
      readonly match: Silence['match'];
      readonly level: Silence['level'];
      readonly reason: string;
      readonly forMs: number;
    }
  /** The second person, without whom EMERG stays loud. */
  | { readonly kind: 'agree'; readonly by: string; readonly id: string }
  | { readonly kind: 'end'; readonly by: string; readonly id: string };

export type SilenceFault = SilenceRefusal | 'unknown' | 'same-person';

/** Every change is on record with who made it. */
export function changeSilence(draft: Draft, asked: SilenceAsked): Result<Silence, SilenceFault> {
  const { now } = draft;
  if (asked.kind === 'make') {
    const { kind, ...rest } = asked;
    const made = makeSilence({ ...rest, id: freshCode(draft), starts: now });
    if (!made.ok) return made;
    draft.silence.put(made.value);
    draft.note({
      what: 'silence',
      silence: made.value.id,
      by: asked.by,
      ends: made.value.ends,
      at: now,
    });
    return made;
  }
  const found = draft.silence.get(asked.id);
  if (found === undefined || found.isOver || found.ends <= now) return err('unknown');
  if (asked.kind === 'agree' && asked.by === found.by) return err('same-person');
  // An end goes by the clock's way, so that what fires still is said in one notice.
  const next: Silence =
    asked.kind === 'agree' ? { ...found, secondBy: asked.by } : { ...found, ends: now };
  draft.silence.put(next);
  draft.note({ what: `silence ${asked.kind}`, silence: asked.id, by: asked.by, at: now });
  return ok(next);
}
