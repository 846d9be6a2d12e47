import { err, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import { boundedFetch } from '../wire/bounded-fetch.ts';
import type { WireReply } from '../wire/classify-reply.ts';
import type { Lane } from '../wire/lane.ts';
import { venueFailure } from '../wire/venue-failure.ts';
import { callContext } from './call-context.ts';
import type { VenueProfile } from './venue-profile.ts';

export type CcxtFetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string | undefined;
  },
) => Promise<Response>;

export interface FetchSetup {
  readonly profile: VenueProfile;
  readonly baseUrl: string | null;
  readonly proxy: string | null;
  readonly clock: Clock;
  /** Per request, the whole body included. */
  readonly limitMs: number;
  readonly ipLane: Lane;
  /** Null for keyless instances. */
  readonly userLane: Lane | null;
}

/**
 * What ccxt sends with. The origin is exchanged here and not in ccxt's `urls`, because ccxt chooses its
 * error tables by the url it thinks it called.
 */
export function createScheduledFetch(setup: FetchSetup): CcxtFetch {
  const { ipLane, userLane, profile } = setup;
  return async (url, init) => {
    const context = callContext.getStore();
    const signal = context?.signal ?? new AbortController().signal;
    const request = {
      url: redirectOrigin(url, setup.baseUrl),
      method: init.method,
      headers: init.headers,
      body: init.body ?? null,
    };
    const bounds = { signal, limitMs: setup.limitMs, proxy: setup.proxy, clock: setup.clock };
    const payer = isSigned(setup, init.headers) ? userLane : null;
    const signedAt = setup.clock.now();
    const send = async () => {
      // ccxt signs before it sends. Sent too late, the venue would blame our clock for our own queue.
      if (payer !== null && setup.clock.now() - signedAt > LONGEST_WAIT_MS) {
        return err(venueError('rate-limited', { code: 'http', status: 429 }));
      }
      if (context?.departure && !signal.aborted) context.departure.hasLeft = true;
      const reply = await boundedFetch(request, bounds, profile.rules);
      // Only what the venue says teaches: the refusal of a closed lane must not close the other.
      learn({ ...setup, userLane: payer }, reply);
      return reply;
    };
    const throughIp = () => ipLane.run(signal, send);
    const reply = await (payer === null ? throughIp() : payer.run(signal, throughIp));
    if (!reply.ok) throw venueFailure(reply.error);
    const { text, status, headers, json } = reply.value;
    context?.replies.push(json);
    return new Response(text, { status, headers });
  };
}

function redirectOrigin(url: string, baseUrl: string | null): string {
  if (baseUrl === null) return url;
  // By text: parsing and printing a signed url could re-encode it.
  return new URL(baseUrl).origin + url.slice(new URL(url).origin.length);
}

/** Shorter than the shortest of the venues' windows: Bybit takes a signature for 5 s. */
const LONGEST_WAIT_MS = 4_000;

/** Public calls of a signed instance count against the IP alone. */
function isSigned({ profile, userLane }: FetchSetup, headers: object): boolean {
  const { keyHeader } = profile.budget.limits;
  if (userLane === null || keyHeader === null) return userLane !== null;
  return Object.keys(headers).some((name) => name.toLowerCase() === keyHeader);
}

/** Feeds the lanes with what the venue says of its limits; `userLane` is null for public calls. */
function learn(setup: FetchSetup, reply: Result<WireReply, VenueError>): void {
  if (reply.ok) learnFromAnswer(setup, reply.value.headers);
  else if (reply.error.kind === 'rate-limited') learnFromRefusal(setup, reply.error);
}

function learnFromRefusal({ profile, ipLane, userLane }: FetchSetup, error: VenueError): void {
  const { limits } = profile.budget;
  const { detail } = error;
  const word =
    detail.code === 'http'
      ? String(detail.status)
      : detail.code === 'venue'
        ? detail.venueCode
        : '';
  const isUsers =
    detail.code === 'http' ? limits.tooMany === 'user' : !limits.ipCodes.includes(word);
  const lane = isUsers && userLane !== null ? userLane : ipLane;
  lane.refused(error.retryAfterMs, limits.leastMs[word]);
}

function learnFromAnswer({ profile, ipLane, userLane, clock }: FetchSetup, headers: Headers): void {
  const now = clock.now();
  ipLane.answered();
  userLane?.answered();
  const resetAt = Number(headers.get('x-bapi-limit-reset-timestamp') ?? Number.NaN);
  if (headers.get('x-bapi-limit-status') === '0' && resetAt > now) {
    userLane?.pause(Math.min(resetAt - now, BYBIT_WINDOW_MS));
  }
  const weight = Number(headers.get('x-mbx-used-weight-1m') ?? Number.NaN);
  const cap = profile.budget.weightPerMinute;
  // Binance counts in whole minutes of its clock.
  if (cap !== null && weight >= cap) ipLane.pause(60_000 - (now % 60_000));
}

/** Bybit's limits count by the second; a longer wait would only be the difference of our clocks. */
const BYBIT_WINDOW_MS = 1_000;
