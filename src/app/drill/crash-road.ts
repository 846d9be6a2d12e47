import type { Scenario } from '../../risk/stress/scenario.ts';

/** Share by which an asset has moved since the beginning; absent ones stand still. */
export type Moves = Readonly<Record<string, number>>;

const CALM_MIN = 10;
const FALL_MIN = 60;
const BACK_MIN = 60;
const REST_MIN = 10;

/** Minutes from the first to the last moment of a drill. */
export const ROAD_MIN = CALM_MIN + FALL_MIN + BACK_MIN + REST_MIN;

/**
 * A recorded crash minute by minute. Only its close and trough are on record: the road between is
 * rebuilt in straight lines, an hour down to the trough of every asset at once, an hour to the close.
 */
export function movesAt({ path }: Pick<Scenario, 'path'>, minute: number): Moves {
  const [trough, close] = [path[0]?.moves ?? {}, path[1]?.moves ?? {}];
  const down = share(minute - CALM_MIN, FALL_MIN);
  const back = share(minute - CALM_MIN - FALL_MIN, BACK_MIN);
  const assets = Object.keys(trough);
  return Object.fromEntries(
    assets.map((asset) => {
      const low = trough[asset] ?? 0;
      return [asset, low * down + ((close[asset] ?? low) - low) * back];
    }),
  );
}

/** Coarse steps only where nothing falls: whoever is to be warned is warned in the fall. */
export function nextMinute(minute: number, speed: number): number {
  const isFalling = minute >= CALM_MIN && minute < CALM_MIN + FALL_MIN;
  if (isFalling) return minute + fallStep(speed);
  const step = Math.min(20, Math.max(1, Math.ceil(speed / 600)));
  const stop = minute < CALM_MIN ? CALM_MIN : ROAD_MIN;
  return Math.min(minute + step, Math.max(stop, minute + 1));
}

function fallStep(speed: number): number {
  if (speed > 3000) return 4;
  return speed > 1200 ? 2 : 1;
}

function share(minutes: number, of: number): number {
  return Math.min(1, Math.max(0, minutes / of));
}
