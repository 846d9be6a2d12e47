import { unreachable } from '../domain/result.ts';
import type { VenueError, VenueErrorDetail } from '../domain/venue-error.ts';
import type { Gap } from '../portfolio/snapshot.ts';
import type { Formatter } from './format.ts';
import type { Translate } from './translate.ts';

interface Voice {
  readonly say: Translate;
  readonly format: Formatter;
  /** Epoch ms, for the age of what is still shown. */
  readonly now: number;
}

/** What happened, to whom, what to do, and how old the figures shown instead are. */
export function gapText(gap: Gap, voice: Voice): string {
  const { account, venue } = gap;
  return voice.say('gap.line', { account, venue, reason: gapReason(gap, voice) });
}

/** The same without the account, for places that name it beside. */
export function gapReason(gap: Gap, voice: Voice): string {
  const { say } = voice;
  const what = whatHappened(gap, voice);
  const todo = whatToDo(gap, voice);
  const reason =
    gap.scope === 'account'
      ? say('gap.reason', { what, todo })
      : say('gap.scopedReason', { scope: say(`gap.scope.${gap.scope}`), what, todo });
  return say('gap.withAge', { reason, age: whatIsShown(gap, voice) });
}

/** What a source answered in place of data, and what to do: `rate limited, try again in 12 s.` */
export function errorText(error: VenueError, voice: Omit<Voice, 'now'>): string {
  const what = whatHappened(error, voice);
  return voice.say('gap.reason', { what, todo: whatToDo(error, voice) });
}

function whatIsShown(gap: Gap, { say, format, now }: Voice): string {
  if (gap.lastGoodAt === null) return say(`gap.nothing.${gap.scope}`);
  return say('gap.lastGood', { age: format.age(now - gap.lastGoodAt) });
}

function whatHappened(gap: VenueError, voice: Omit<Voice, 'now'>): string {
  const { say } = voice;
  switch (gap.kind) {
    case 'unavailable':
    case 'malformed':
      return detailText(gap.detail, voice);
    case 'unauthorized':
      return gap.detail.code === 'http' || gap.detail.code === 'venue'
        ? say('gap.what.unauthorizedBy', { detail: detailText(gap.detail, voice) })
        : say('gap.what.unauthorized');
    case 'rate-limited':
      return say('gap.what.rateLimited');
    case 'clock':
      return say('gap.what.clock');
    case 'stale':
      return gap.detail.code === 'age' ? detailText(gap.detail, voice) : say('gap.what.stale');
    case 'unsupported':
      return say('gap.what.notOffered');
    default:
      return unreachable(gap.kind);
  }
}

function detailText(detail: VenueErrorDetail, { say, format }: Omit<Voice, 'now'>): string {
  switch (detail.code) {
    case 'timeout':
      return say('gap.what.timeout', { age: format.age(detail.ms) });
    case 'age':
      return say('gap.what.age', { age: format.age(detail.ms) });
    case 'http':
      return say('gap.what.http', { status: detail.status });
    case 'venue':
      return say('gap.what.venue', { code: detail.venueCode });
    case 'field':
      return say('gap.what.field', { field: detail.field });
    case 'not-offered':
      return say('gap.what.notOffered');
    default:
      return say(`gap.what.${detail.code}`);
  }
}

function whatToDo(gap: VenueError, { say, format }: Omit<Voice, 'now'>): string {
  if (gap.retryAfterMs !== null) {
    return say('gap.todo.retryIn', { age: format.age(gap.retryAfterMs) });
  }
  switch (gap.kind) {
    case 'unavailable':
      return say(isUnreached(gap.detail) ? 'gap.todo.reach' : 'gap.todo.wait');
    case 'unauthorized':
      return say('gap.todo.key');
    case 'rate-limited':
      return say('gap.todo.retrySoon');
    case 'clock':
      return say('gap.todo.clock');
    case 'malformed':
      if (gap.detail.code === 'html') return say('gap.todo.reach');
      return say(gap.detail.code === 'field' ? 'gap.todo.report' : 'gap.todo.next');
    case 'stale':
      return say('gap.todo.next');
    case 'unsupported':
      return say('gap.todo.elsewhere');
    default:
      return unreachable(gap.kind);
  }
}

/** Nothing came back from the venue itself: the way there is the likelier fault. */
function isUnreached(detail: VenueErrorDetail): boolean {
  return ['refused', 'dns', 'tls', 'redirect'].includes(detail.code);
}
