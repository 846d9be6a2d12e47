import type { Scenario } from './scenario.ts';
import { TODAY } from './scenario.ts';

/** Trough and close against the close before, in percent. */
type Moves = readonly [trough: number, close: number];

interface Crash {
  readonly id: string;
  readonly moves: Readonly<Record<string, Moves>>;
  /** Trough of an asset without a record, in percent; null: as the worst recorded one. */
  readonly proxy: ((asset: string) => number) | null;
}

const ASSETS = ['BTC', 'ETH', 'SOL', 'BNB', 'XRP', 'DOGE', 'AVAX', 'LINK', 'ADA'] as const;

/** Columns in the order of ASSETS; computed from daily UTC candles, aggregated spot (risk model 5.1). */
const RECORDS: readonly Crash[] = [
  crash('2020-03-12', solThen, [-38.6, -37.2], [-42.9, -42.3], null, [-42.4, -41.9]),
  crash('2020-03-12_13', solThen, [-48.1, -29.7], [-51.2, -31.6], null, [-57.9, -34.4]),
  crash(
    '2021-05-19',
    null,
    ...([
      [-28.5, -13.8],
      [-42.2, -27.2],
      [-47.4, -37.2],
      [-44.2, -33.3],
      [-45.0, -32.7],
    ] as const),
    ...([
      [-54.2, -30.0],
      [-49.3, -36.5],
      [-50.0, -37.2],
      [-48.7, -26.0],
    ] as const),
  ),
  // LUNA
  crash(
    '2022-05-09_12',
    null,
    ...([
      [-22.6, -14.7],
      [-30.6, -22.1],
      [-49.4, -40.6],
      [-39.1, -24.2],
      [-39.1, -32.0],
    ] as const),
    ...([
      [-43.6, -33.4],
      [-54.3, -41.1],
      [-43.6, -34.2],
      [-45.0, -35.9],
    ] as const),
  ),
  crash(
    '2022-06-13',
    null,
    ...([
      [-17.3, -16.0],
      [-18.2, -16.7],
      [-15.0, -8.3],
      [-16.2, -13.1],
      [-12.1, -10.0],
    ] as const),
    ...([
      [-17.6, -16.2],
      [-15.5, -7.9],
      [-15.4, -7.2],
      [-11.6, -6.8],
    ] as const),
  ),
  crash(
    '2022-06-10_18',
    null,
    ...([
      [-41.2, -36.8],
      [-49.9, -44.5],
      [-34.8, -20.4],
      [-36.3, -32.0],
      [-27.4, -23.0],
    ] as const),
    ...([
      [-37.3, -33.2],
      [-43.3, -39.2],
      [-42.2, -36.0],
      [-33.1, -27.9],
    ] as const),
  ),
  // FTX
  crash(
    '2022-11-08_09',
    null,
    ...([
      [-23.9, -22.9],
      [-30.9, -29.9],
      [-57.8, -52.9],
      [-22.3, -20.8],
      [-30.1, -28.5],
    ] as const),
    ...([
      [-35.2, -33.3],
      [-32.0, -28.5],
      [-33.6, -30.0],
      [-22.7, -21.4],
    ] as const),
  ),
  crash(
    '2024-08-05',
    null,
    ...([
      [-15.5, -7.1],
      [-21.0, -10.0],
      [-19.9, -5.9],
      [-18.0, -6.5],
      [-17.2, -6.5],
    ] as const),
    ...([
      [-22.1, -8.9],
      [-17.6, -7.9],
      [-25.1, -12.6],
      [-18.6, -9.0],
    ] as const),
  ),
  crash(
    '2024-08-02_05',
    null,
    ...([
      [-24.8, -17.4],
      [-33.7, -24.5],
      [-34.0, -22.5],
      [-29.1, -19.2],
      [-27.3, -17.9],
    ] as const),
    ...([
      [-32.2, -20.7],
      [-32.0, -24.0],
      [-36.9, -26.3],
      [-28.7, -20.3],
    ] as const),
  ),
  crash(
    '2025-10-10',
    bySizeOfCoin,
    ...([
      [-14.1, -7.0],
      [-20.8, -12.0],
      [-21.2, -14.6],
      [-23.4, -11.9],
      [-45.5, -15.9],
    ] as const),
  ),
];

/**
 * The recorded crashes played on these assets: all at their trough at once, then at the close. An asset
 * without a record takes a proxy and is named in `proxies`: −55 % for 2020-03 (SOL did not trade yet),
 * −50, −70 or −90 % by size for 2025-10-10, else the worst recorded trough of the crash. A proxy's close
 * keeps the share of the trough that the recorded assets kept on average.
 */
export function recordedCrashes(assets: readonly string[]): readonly Scenario[] {
  return RECORDS.map(({ id, moves, proxy }) => {
    const recorded = Object.values(moves);
    const kept =
      recorded.reduce((sum, [trough, close]) => sum + close / trough, 0) / recorded.length;
    const worst = Math.min(...recorded.map(([trough]) => trough));
    const movesOf = (asset: string): Moves => {
      const trough = proxy?.(asset) ?? worst;
      return moves[asset] ?? [trough, trough * kept];
    };
    const point = (at: 0 | 1) => ({
      ...TODAY,
      moves: Object.fromEntries(assets.map((asset) => [asset, asShare(movesOf(asset)[at])])),
    });
    const proxies = assets.filter((asset) => moves[asset] === undefined);
    return { id, kind: 'recorded', path: [point(0), point(1)], proxies, deleveraged: 0 };
  });
}

function crash(id: string, proxy: Crash['proxy'], ...columns: readonly (Moves | null)[]): Crash {
  const moves: Record<string, Moves> = {};
  for (const [index, asset] of ASSETS.entries()) {
    const column = columns[index] ?? null;
    if (column !== null) moves[asset] = column;
  }
  return { id, moves, proxy };
}

/** Percent to share, without a last digit that is only the machine's. */
function asShare(percent: number): number {
  return Math.round(percent * 1e4) / 1e6;
}

function solThen(): number {
  return -55;
}

const LARGE = new Set(
  'DOGE AVAX LINK ADA TRX TON SUI DOT BCH LTC XLM HBAR SHIB UNI HYPE'.split(' '),
);
const MIDDLE = new Set(
  'AAVE APT ARB ATOM ETC FIL ICP INJ NEAR OP PEPE POL RENDER SEI TAO WLD ENA ONDO TIA FET'.split(
    ' ',
  ),
);

/** Press and token averages of the day: large about −50 %, middle −70 %, the rest −90 %. */
function bySizeOfCoin(asset: string): number {
  if (LARGE.has(asset)) return -50;
  return MIDDLE.has(asset) ? -70 : -90;
}
