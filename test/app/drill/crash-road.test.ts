import { describe, expect, test } from 'vitest';
import { movesAt, nextMinute, ROAD_MIN } from '../../../src/app/drill/crash-road.ts';
import { recordedCrashes } from '../../../src/risk/stress/recorded-crashes.ts';
import { SIM_ASSETS } from '../../../src/sim/model.ts';

describe.each(recordedCrashes(SIM_ASSETS))('$id', (crash) => {
  const [trough, close] = [crash.path[0]?.moves ?? {}, crash.path[1]?.moves ?? {}];

  test('begins where the market is, touches every trough and ends at the close', () => {
    for (const asset of SIM_ASSETS) {
      const road = Array.from(
        { length: ROAD_MIN + 1 },
        (_, minute) => movesAt(crash, minute)[asset],
      );
      expect(road[0]).toBe(0);
      expect(Math.min(...(road as number[]))).toBeCloseTo(trough[asset] ?? Number.NaN, 12);
      expect(road.at(-1)).toBeCloseTo(close[asset] ?? Number.NaN, 12);
      expect(trough[asset]).toBeLessThan(0);
    }
  });

  test.each([60, 600, 1201, 100_000])(
    'at %d times real time the trough and the end are seen',
    (speed) => {
      const seen: number[] = [];
      for (let minute = 0; minute <= ROAD_MIN; minute = nextMinute(minute, speed))
        seen.push(minute);
      expect(seen).toContain(70);
      expect(seen.at(-1)).toBe(ROAD_MIN);
      const falls = seen.filter((minute) => minute >= 10 && minute <= 70);
      expect(falls.length).toBeGreaterThanOrEqual(16);
    },
  );
});
