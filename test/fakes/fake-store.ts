import { err, ok } from '../../src/domain/result.ts';
import type { AccountPoint } from '../../src/ports/account-history.ts';
import type { CandleSource, StoredSeries } from '../../src/ports/candle-store.ts';
import type { ForecastKey, ScoredForecast } from '../../src/ports/forecast-store.ts';
import type { FundingPayment } from '../../src/ports/funding-store.ts';
import type { Candle, InstrumentRef } from '../../src/ports/market-data.ts';
import type { SavedReading } from '../../src/ports/reading-store.ts';
import type { Store, StoreAnswer, TimeRange } from '../../src/ports/store.ts';
import type { StoreError } from '../../src/ports/store-error.ts';
import type { StoreHarness } from '../contracts/store-contract.ts';
import { type Answer, emptyActionShelf, fakeActionStore } from './fake-store-actions.ts';
import { emptyAlertShelf, fakeAlertStore } from './fake-store-alerts.ts';

const MINUTE = 60_000;
const DAY = 1440;

const keyOf = (...parts: readonly (string | number)[]) => JSON.stringify(parts);
const ofInstrument = ({ venue, symbol }: InstrumentRef) => keyOf(venue, symbol);
const ofForecast = ({ book, method, day }: ForecastKey) => keyOf(book, method, day);
const minuteOf = ({ at }: AccountPoint) => Math.floor(at / MINUTE);

/** Everything that was written, by key. */
function emptyShelves() {
  return {
    candles: new Map<string, { source: CandleSource; candle: Candle }>(),
    funding: new Map<string, { instrument: string; payment: FundingPayment }>(),
    points: new Map<string, AccountPoint>(),
    forecasts: new Map<string, ScoredForecast>(),
    readings: new Map<string, SavedReading>(),
    facts: new Map<string, string>(),
    actions: emptyActionShelf(),
    alerts: emptyAlertShelf(),
  };
}

type Shelves = ReturnType<typeof emptyShelves>;

function within<T>(rows: Iterable<T>, at: (row: T) => number, { from, to }: TimeRange): T[] {
  return [...rows].filter((row) => at(row) >= from && at(row) < to).sort((a, b) => at(a) - at(b));
}

/** A store in memory. `break(error)` lets it fail from then on, as a full disk or a dead writer would. */
export function fakeStore(shelves: Shelves = emptyShelves()): Store & {
  break(error: StoreError | null): void;
} {
  let broken: StoreError | null = null;
  const answer = async <T>(work: () => T): StoreAnswer<T> => (broken ? err(broken) : ok(work()));
  const checked = async <T>(figures: readonly number[], work: () => T): StoreAnswer<T> =>
    figures.every(Number.isFinite) ? answer(work) : err({ kind: 'refused', code: null });

  return {
    candles: fakeCandles(shelves, answer, checked),
    funding: {
      put: (instrument, payments) =>
        answer(() => {
          for (const payment of payments) {
            const of = ofInstrument(instrument);
            shelves.funding.set(keyOf(of, payment.paidAt), { instrument: of, payment });
          }
          return null;
        }),
      read: (instrument, range) =>
        answer(() => {
          const rows = [...shelves.funding.values()];
          const mine = rows.filter((row) => row.instrument === ofInstrument(instrument));
          return within(
            mine.map(({ payment }) => payment),
            ({ paidAt }) => paidAt,
            range,
          );
        }),
    },
    history: fakeHistory(shelves, answer),
    forecasts: {
      put: (forecast) =>
        checked([forecast.var99Usd, forecast.es975Usd], () => {
          if (shelves.forecasts.has(ofForecast(forecast))) return false;
          shelves.forecasts.set(ofForecast(forecast), { ...forecast, outcome: null });
          return true;
        }),
      settle: (key, outcome) =>
        answer(() => {
          const forecast = shelves.forecasts.get(ofForecast(key));
          if (!forecast || forecast.outcome) return false;
          shelves.forecasts.set(ofForecast(key), { ...forecast, outcome });
          return true;
        }),
      read: ({ book, method }, days) =>
        answer(() => {
          const rows = [...shelves.forecasts.values()];
          const mine = rows.filter((row) => row.book === book && row.method === method);
          return within(mine, ({ day }) => day, days);
        }),
    },
    readings: {
      put: (readings) =>
        answer(() => {
          for (const reading of readings) {
            const before = shelves.readings.get(reading.account);
            if (before && before.readAt > reading.readAt) continue;
            shelves.readings.set(reading.account, reading);
          }
          return null;
        }),
      read: () =>
        answer(() =>
          [...shelves.readings.values()].sort((a, b) => (a.account < b.account ? -1 : 1)),
        ),
    },
    facts: {
      get: (name) => answer(() => shelves.facts.get(name) ?? null),
      put: (name, value) =>
        answer(() => {
          shelves.facts.set(name, value);
          return null;
        }),
      settle: (name, value) =>
        answer(() => {
          const standing = shelves.facts.get(name) ?? value;
          shelves.facts.set(name, standing);
          return standing;
        }),
    },
    actions: fakeActionStore(shelves.actions, answer),
    alerts: fakeAlertStore(shelves.alerts, answer),
    fault: () => broken,
    close: async () => {
      broken = { kind: 'closed' };
    },
    break: (error) => {
      broken = error;
    },
  };
}

type Checked = <T>(figures: readonly number[], work: () => T) => StoreAnswer<T>;

function fakeCandles(shelves: Shelves, answer: Answer, checked: Checked): Store['candles'] {
  return {
    put: (source, candles) =>
      checked(
        candles.flatMap(({ open, high, low, close }) => [open, high, low, close]),
        () => {
          for (const candle of candles) {
            const key = keyOf(ofInstrument(source), source.interval, candle.openTime);
            shelves.candles.set(key, { source, candle });
          }
          return null;
        },
      ),
    read: ({ instrument, interval, from, to }) =>
      answer(() => {
        const mine = [...shelves.candles.values()].filter(
          ({ source }) =>
            ofInstrument(source) === ofInstrument(instrument) && source.interval === interval,
        );
        const candles = mine.map(({ candle }) => candle);
        return within(candles, ({ openTime }) => openTime, { from, to });
      }),
    series: (asset) =>
      answer(() => {
        const series = new Map<string, StoredSeries>();
        for (const { source, candle } of shelves.candles.values()) {
          if (source.asset !== asset) continue;
          const { venue, symbol, interval } = source;
          const key = keyOf(venue, symbol, interval);
          const before = series.get(key);
          series.set(key, {
            venue,
            symbol,
            interval,
            asset,
            first: Math.min(before?.first ?? candle.openTime, candle.openTime),
            last: Math.max(before?.last ?? candle.openTime, candle.openTime),
            candles: (before?.candles ?? 0) + 1,
          });
        }
        return [...series].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
      }),
  };
}

function fakeHistory(shelves: Shelves, answer: Answer): Store['history'] {
  const of = (account: string, range: TimeRange) => {
    const mine = [...shelves.points.values()].filter((row) => row.account === account);
    return within(mine, ({ at }) => at, range);
  };
  const thinnedOut = (now: number): AccountPoint[] => {
    const seen = new Set<string>();
    const rows = [...shelves.points.values()].sort((a, b) => a.at - b.at);
    return rows.filter((row) => {
      const age = Math.floor(now / MINUTE) - minuteOf(row);
      const slot = age > 30 * DAY ? DAY : age > 2 * DAY ? 15 : 1;
      const key = keyOf(row.account, slot, Math.floor(minuteOf(row) / slot));
      const isFirst = !seen.has(key);
      // An older point of the same slot counts, whatever rule its own age falls under.
      for (const size of [1, 15, DAY]) {
        seen.add(keyOf(row.account, size, Math.floor(minuteOf(row) / size)));
      }
      return !isFirst;
    });
  };
  return {
    append: (points) =>
      answer(() => {
        for (const row of points) {
          const key = keyOf(row.account, minuteOf(row));
          if (!shelves.points.has(key)) shelves.points.set(key, row);
        }
        return null;
      }),
    read: (account, range) => answer(() => of(account, range)),
    opening: (account, range) => answer(() => of(account, range)[0] ?? null),
    forget: (before) =>
      answer(() => {
        const doomed = [...shelves.points.values()].filter(({ at }) => at < before);
        for (const row of doomed) shelves.points.delete(keyOf(row.account, minuteOf(row)));
        return doomed.length;
      }),
    thin: (now) =>
      answer(() => {
        const doomed = thinnedOut(now);
        for (const row of doomed) shelves.points.delete(keyOf(row.account, minuteOf(row)));
        return doomed.length;
      }),
  };
}

/** A place for fake stores, for the contract suite. */
export function fakeStorePlace(): StoreHarness {
  const shelves = emptyShelves();
  return { open: async () => fakeStore(shelves), close: async () => {} };
}
