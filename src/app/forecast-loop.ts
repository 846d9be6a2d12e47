import type { DailyForecastDeps } from './daily-forecast.ts';

const EVERY_MS = 300_000;

/**
 * Stores each UTC day's value at risk before the day's outcome, as soon as the day before has closed,
 * and the outcome when it is known. The first forecast of a day stands; later rounds change nothing.
 */
export function startDailyForecast(deps: DailyForecastDeps): {
  lastAt(): number | null;
  readonly done: Promise<void>;
} {
  const { clock, signal } = deps;
  let lastAt: number | null = null;
  const run = async () => {
    while (!signal.aborted) {
      await clock.after(EVERY_MS, signal);
      if (signal.aborted) break;
      // The models are read then: a start does not wait for them.
      const { forecastOnce } = await import('./daily-forecast.ts');
      await forecastOnce(deps);
      lastAt = clock.now();
    }
  };
  return { lastAt: () => lastAt, done: run() };
}
