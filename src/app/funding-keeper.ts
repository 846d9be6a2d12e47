import { err, ok, type Result } from '../domain/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { FundingPayment } from '../ports/funding-store.ts';
import type { Log } from '../ports/log.ts';
import type { Funding, InstrumentRef, MarketSource, Observed } from '../ports/market-data.ts';
import type { Store } from '../ports/store.ts';
import { leftOut, type MarketGap, type MarketGapReason, NOT_READ_YET } from './market-gap.ts';
import { createRetry, type Retry } from './retry.ts';

/** Funding of one instrument: the running rate, and what was paid in the last thirty days. */
export interface FundingHistory {
  readonly current: Observed<Funding>;
  /** Ascending; empty while none is known. */
  readonly payments: readonly FundingPayment[];
  /** Why the running rate is older than it should be; null when it is not. */
  readonly gap: MarketGap | null;
}

export interface FundingKeeperDeps {
  /** In order of preference. */
  readonly sources: readonly MarketSource[];
  readonly store: Pick<Store, 'funding'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface FundingKeeper {
  of(instrument: InstrumentRef): Result<FundingHistory, MarketGap>;
  /** Asks for what is due of these instruments. */
  refresh(instruments: readonly InstrumentRef[], signal: AbortSignal): Promise<void>;
}

interface Entry {
  readonly instrument: InstrumentRef;
  current: Observed<Funding> | null;
  reason: MarketGapReason;
  payments: readonly FundingPayment[];
  isLoaded: boolean;
  readonly rateRetry: Retry;
  readonly paymentRetry: Retry;
}

const EVERY_MS = 300_000;
/** Two rounds may fail before the rate is called old. */
const STALE_MS = 3 * EVERY_MS;
const KEPT_MS = 30 * 86_400_000;
const USUAL_INTERVAL_MS = 8 * 3_600_000;
/** A payment is asked for this long after it was due. */
const SETTLED_MS = 120_000;

export function createFundingKeeper(deps: FundingKeeperDeps): FundingKeeper {
  const { sources, clock } = deps;
  const entries = new Map<string, Entry>();
  const keyOf = ({ venue, symbol }: InstrumentRef) => `${venue} ${symbol}`;
  const entryOf = ({ venue, symbol }: InstrumentRef): Entry => {
    const instrument = { venue, symbol };
    const entry = entries.get(keyOf(instrument)) ?? newEntry(instrument);
    entries.set(keyOf(instrument), entry);
    return entry;
  };
  const isFresh = ({ current }: Entry, withinMs: number) =>
    current !== null && clock.now() - current.observedAt < withinMs;

  /** One source for those of its venues' instruments that no earlier source answered. */
  const askRates = async (source: MarketSource, open: readonly Entry[], signal: AbortSignal) => {
    const asked = open.filter(
      (entry) => source.venues.includes(entry.instrument.venue) && !isFresh(entry, EVERY_MS),
    );
    if (asked.length === 0) return;
    const answer = await source.funding(
      asked.map(({ instrument }) => instrument),
      signal,
    );
    const { name } = source;
    if (!answer.ok) {
      for (const entry of asked) {
        entry.reason = { kind: 'source', source: name, error: answer.error };
      }
      return;
    }
    const { value, observedAt } = answer.value;
    const found = new Map(value.map((funding) => [keyOf(funding.instrument), funding]));
    for (const entry of asked) {
      const funding = found.get(keyOf(entry.instrument));
      if (funding === undefined) entry.reason = leftOut(name);
      else entry.current = { value: funding, observedAt, source: answer.value.source };
    }
  };
  const refreshRates = async (wanted: readonly Entry[], signal: AbortSignal) => {
    const open = wanted.filter(
      (entry) => !isFresh(entry, EVERY_MS) && entry.rateRetry.isDue(clock.now()),
    );
    const shared = sources.filter(({ venues }) => venues.length > 1);
    for (const source of shared) await askRates(source, open, signal);
    const own = sources.filter(({ venues }) => venues.length === 1);
    await Promise.all(own.map((source) => askRates(source, open, signal)));
    for (const entry of open) {
      if (isFresh(entry, EVERY_MS)) entry.rateRetry.succeeded();
      else entry.rateRetry.failed(clock.now());
    }
  };

  return {
    of(instrument) {
      const entry = entries.get(keyOf(instrument));
      const current = entry?.current ?? null;
      const gap: MarketGap = {
        what: 'funding',
        subject: instrument.symbol,
        reason: entry?.reason ?? NOT_READ_YET,
        lastGoodAt: current?.observedAt ?? null,
      };
      if (!entry || current === null) return err(gap);
      const payments = entry.payments;
      return ok({ current, payments, gap: isFresh(entry, STALE_MS) ? null : gap });
    },
    async refresh(instruments, signal) {
      const wanted = [...new Set(instruments.map(entryOf))];
      forgetOthers(entries, wanted);
      await Promise.all([
        refreshRates(wanted, signal),
        Promise.all(wanted.map((entry) => refreshPayments(deps, entry, signal))),
      ]);
    },
  };
}

function newEntry(instrument: InstrumentRef): Entry {
  return {
    instrument,
    current: null,
    reason: NOT_READ_YET,
    payments: [],
    isLoaded: false,
    rateRetry: createRetry(),
    paymentRetry: createRetry(),
  };
}

/** Instruments nobody holds any more; what was paid stays in the store. */
function forgetOthers(entries: Map<string, Entry>, wanted: readonly Entry[]): void {
  const kept = new Set(wanted);
  for (const [key, entry] of entries) if (!kept.has(entry)) entries.delete(key);
}

/** Payments of the last thirty days: from the store once, then only those that have come since. */
async function refreshPayments(
  { sources, store, clock, log }: FundingKeeperDeps,
  entry: Entry,
  signal: AbortSignal,
): Promise<void> {
  const { instrument, paymentRetry: retry } = entry;
  const oldest = clock.now() - KEPT_MS;
  if (!entry.isLoaded) {
    const stored = await store.funding.read(instrument, { from: oldest, to: clock.now() });
    if (stored.ok) entry.payments = stored.value;
    else log.warn('funding not loaded', { kind: stored.error.kind });
    entry.isLoaded = true;
  }
  const source = sources.find(({ name }) => name === instrument.venue);
  if (source === undefined || !retry.isDue(clock.now()) || !isPaymentDue(entry, clock.now()))
    return;
  const last = entry.payments.at(-1)?.paidAt;
  // The last one once more: its interval is only known beside the one before it.
  const from = last === undefined ? oldest : Math.max(oldest, last);
  const answer = await source.settledFunding(instrument, from, signal);
  if (!answer.ok) {
    // The running rate matters more; its gap is told, this one is not.
    retry.failed(clock.now(), answer.error.retryAfterMs);
    return;
  }
  const news = answer.value.value.filter(({ paidAt }) => last === undefined || paidAt > last);
  entry.payments = [...entry.payments, ...news].filter(({ paidAt }) => paidAt >= oldest);
  const put = await store.funding.put(instrument, news);
  if (!put.ok) log.warn('funding not stored', { kind: put.error.kind });
  if (isPaymentDue(entry, clock.now())) retry.failed(clock.now());
  else retry.succeeded();
}

function isPaymentDue({ payments }: Entry, now: number): boolean {
  const last = payments.at(-1);
  if (last === undefined) return true;
  return now >= last.paidAt + (last.intervalMs ?? USUAL_INTERVAL_MS) + SETTLED_MS;
}
