import type { Result } from '../../../domain/result.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
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
    const send = () => boundedFetch(request, bounds, profile.rules);
    const throughIp = () => ipLane.run(signal, send);
    const reply = await (userLane === null ? throughIp() : userLane.run(signal, throughIp));
    learn(setup, reply);
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

/** Feeds the lanes: what is said by HTTP status concerns the IP, what is said by a code the user. */
function learn(setup: FetchSetup, reply: Result<WireReply, VenueError>): void {
  const now = setup.clock.now();
  if (!reply.ok) {
    if (reply.error.kind !== 'rate-limited') return;
    const lane =
      reply.error.detail.code === 'http' ? setup.ipLane : (setup.userLane ?? setup.ipLane);
    if (reply.error.retryAfterMs === null) lane.refused();
    else lane.pause(reply.error.retryAfterMs);
    return;
  }
  setup.ipLane.answered();
  setup.userLane?.answered();
  const { headers } = reply.value;
  const resetAt = Number(headers.get('x-bapi-limit-reset-timestamp') ?? Number.NaN);
  if (headers.get('x-bapi-limit-status') === '0' && resetAt > now) {
    setup.userLane?.pause(resetAt - now);
  }
  const weight = Number(headers.get('x-mbx-used-weight-1m') ?? Number.NaN);
  const cap = setup.profile.budget.weightPerMinute;
  // Binance counts in whole minutes of its clock.
  if (cap !== null && weight >= cap) setup.ipLane.pause(60_000 - (now % 60_000));
}
