import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { WriteOutcome, WriteRefusalReason } from '../../../ports/venue-writer.ts';
import { settle } from '../wire/settle.ts';
import type { AccountLine } from './account-line.ts';
import { callContext } from './call-context.ts';
import { classifyError } from './classify-error.ts';
import type { RawRecord } from './raw-record.ts';

/** What a venue's answer to a change means. */
export interface WriteRules {
  /** The code that decides, in a whole reply; null: the venue has done it. */
  codeOf(body: object): string | null;
  /** Every code the venue documents. `unknown`: it says itself that it does not know. */
  readonly codes: ReadonlyMap<string, WriteRefusalReason | 'unknown'>;
  /** What the venue calls what it has made. */
  venueRefOf(body: object): string | null;
}

/** One of ccxt's implicit methods. Amounts are text already. */
export interface WriteCall {
  readonly method: string;
  readonly params: RawRecord | readonly RawRecord[];
}

export interface WriteAnswer {
  readonly outcome: Exclude<WriteOutcome, { kind: 'partly' }>;
  /** The whole reply, when one came. */
  readonly body: object | null;
}

interface WriteLine {
  readonly line: AccountLine;
  readonly rules: WriteRules;
  readonly clock: Clock;
  readonly limitMs: number;
}

/**
 * One call that changes something, sent at most once. What the venue answered counts, whatever ccxt
 * makes of it; without an answer it counts whether the request had left.
 */
export async function callWrite(
  { line, rules, clock, limitMs }: WriteLine,
  call: WriteCall,
  signal: AbortSignal,
): Promise<WriteAnswer> {
  const departure = { hasLeft: false };
  const replies: object[] = [];
  const settled = await settle({ signal, limitMs, clock, classify: classifyError }, (own) => {
    const context = { signal: own, replies, departure };
    return callContext.run(context, async () =>
      (await line.session(context)).call(call.method, call.params),
    );
  });
  const body = replies.at(-1) ?? null;
  if (body !== null) return { outcome: outcomeOf(body, rules), body };
  const error = settled.ok ? venueError('malformed', { code: 'empty' }) : settled.error;
  return { outcome: withoutAnswer(error, departure.hasLeft, rules), body: null };
}

/** What never left the house. */
export function refused(
  reason: WriteRefusalReason,
  venueCode: string | null = null,
): Extract<WriteOutcome, { kind: 'refused' }> {
  return { kind: 'refused', reason, venueCode };
}

function outcomeOf(body: object, rules: WriteRules): WriteAnswer['outcome'] {
  const code = rules.codeOf(body);
  if (code === null) return { kind: 'accepted', venueRef: rules.venueRefOf(body) };
  return byCode(code, venueError('unavailable', { code: 'venue', venueCode: code }), rules);
}

/** A code that is not in the table may mean anything. */
function byCode(code: string, error: VenueError, rules: WriteRules): WriteAnswer['outcome'] {
  const meaning = rules.codes.get(code) ?? 'unknown';
  return meaning === 'unknown' ? { kind: 'unknown', error } : refused(meaning, code);
}

function withoutAnswer(
  error: VenueError,
  hasLeft: boolean,
  rules: WriteRules,
): WriteAnswer['outcome'] {
  const { kind, detail } = error;
  if (detail.code === 'venue') return byCode(detail.venueCode, error, rules);
  // Held back by our own lane, the venue has not been asked.
  if (kind === 'rate-limited') return refused(hasLeft ? 'rate-limited' : 'not-sent');
  if (kind === 'unauthorized') return refused('not-permitted');
  // Faults of the handshake come later than these, and look like faults after the request.
  const isBeforeRequest = detail.code === 'refused' || detail.code === 'dns';
  return !hasLeft || isBeforeRequest ? refused('not-sent') : { kind: 'unknown', error };
}
