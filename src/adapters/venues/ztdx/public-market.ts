import type { Decimal } from '../../../domain/decimal.ts';
import { venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import { settle } from '../wire/settle.ts';
import { type MarketProfile, NO_PROFILE } from './instrument-of.ts';
import { parseMark, parseMarket } from './parse-market.ts';
import { isNotOffered, type ZtdxHttp } from './ztdx-http.ts';

/** The public side of one venue address, for all its accounts. What fails there is only unknown. */
export interface PublicMarket {
  /** Asked for once per symbol and hour, whether or not the venue offers it. */
  profile(symbol: string, signal: AbortSignal): Promise<MarketProfile>;
  mark(symbol: string, signal: AbortSignal): Promise<Decimal | null>;
}

/** A public figure may not keep a position waiting for long. */
const LIMIT_MS = 1_500;
const KEEP_MS = 3_600_000;
/** After a failure: not with every read, since each would wait for the limit again. */
const RETRY_MS = 60_000;

interface Entry {
  profile: MarketProfile;
  askAgainAt: number;
  pending: Promise<void> | null;
}

export function createPublicMarket(http: ZtdxHttp, clock: Clock): PublicMarket {
  const entries = new Map<string, Entry>();
  const get = (path: string, signal: AbortSignal) =>
    http({ method: 'GET', path, limitMs: LIMIT_MS }, signal);

  const ask = async (symbol: string, entry: Entry): Promise<void> => {
    // Not under one reader's signal: its end would cost the others the answer.
    const reply = await get(`/api/v1/markets/${symbol}/config`, new AbortController().signal);
    if (reply.ok) entry.profile = parseMarket(reply.value.json);
    const isSettled = reply.ok || isNotOffered(reply.error);
    entry.askAgainAt = clock.now() + (isSettled ? KEEP_MS : RETRY_MS);
    entry.pending = null;
  };

  return {
    async profile(symbol, signal) {
      const name = encodeURIComponent(symbol);
      const entry = entries.get(name) ?? { profile: NO_PROFILE, askAgainAt: 0, pending: null };
      entries.set(name, entry);
      if (clock.now() >= entry.askAgainAt) entry.pending ??= ask(name, entry);
      const { pending } = entry;
      if (pending !== null) {
        await settle({ signal, limitMs: LIMIT_MS, clock, classify: unexpected }, () => pending);
      }
      return entry.profile;
    },
    async mark(symbol, signal) {
      for (const path of ['mark-price', 'ticker']) {
        const reply = await get(`/api/v1/${path}/${encodeURIComponent(symbol)}`, signal);
        const price = reply.ok ? parseMark(reply.value.json) : null;
        if (price !== null) return price;
      }
      return null;
    },
  };
}

function unexpected() {
  return venueError('unavailable', { code: 'unexpected' });
}
