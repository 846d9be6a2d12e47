import type { Position } from '../src/domain/position.ts';
import type { Price } from '../src/domain/units.ts';
import { asPrice, asUsd } from '../src/domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../src/portfolio/snapshot.ts';
import { positionsOf } from '../src/portfolio/snapshot.ts';
import { assessDesk, type DeskRisk } from '../src/risk/assess-desk.ts';
import { unrealizedPnl } from '../src/risk/pnl.ts';
import { reassessDesk } from '../src/risk/reassess-desk.ts';
import { type BigDeskShape, bigDesk } from './big-desk.ts';
import { passInDoubles, plainBook } from './doubles.ts';
import type { Row } from './row.ts';

const PASSES = 15;
const TICKS = 300;
const LARGE = { accounts: 200, positions: 50 } as const;
const USUAL = { accounts: 24, positions: 10 } as const;

/**
 * 10,000 positions with ten brackets each, judged in decimals: isolated ones, then cross ones with where
 * every pool dies of every asset; beside notional, PnL, bracket, maintenance, liquidation price, distance
 * and health of the same positions in doubles. Then one mark after the other.
 */
export function benchRisk(): Row[] {
  return [
    passRow({ ...LARGE, marginMode: 'isolated' }),
    passRow({ ...LARGE, marginMode: 'cross' }),
    tickRow({ ...LARGE, marginMode: 'isolated' }, TICKS),
    tickRow({ ...USUAL, marginMode: 'cross' }, TICKS),
    // Every pool of fifty positions that holds it dies elsewhere of all its assets.
    tickRow({ ...LARGE, marginMode: 'cross' }, TICKS / 10),
  ];
}

function passRow(shape: BigDeskShape): Row {
  const snapshot = bigDesk(shape);
  const exact: number[] = [];
  const doubles: number[] = [];
  const book = plainBook(positionsOf(snapshot));
  for (let pass = 0; pass < PASSES; pass += 1) {
    const unknown = unseen(snapshot);
    exact.push(timed(() => assessDesk(unknown)));
    doubles.push(timed(() => passInDoubles(book)));
  }
  const [ours, plain] = [quantile(exact, 0.5), quantile(doubles, 0.5)];
  return {
    name: `exact pass, ${sizeOf(shape)} positions, 10 brackets`,
    figure: `${ours.toFixed(0)} ms, best ${Math.min(...exact).toFixed(0)} ms`,
    baseline: `in doubles, each on its own ${plain.toFixed(2)} ms`,
    ratio: (ours / plain).toFixed(0),
  };
}

function tickRow(shape: BigDeskShape, ticks: number): Row {
  const snapshot = bigDesk(shape);
  const marks = new Map(positionsOf(snapshot).map((each) => [each.instrument.id, each.markPrice]));
  const instruments = [...marks.keys()];
  const times: number[] = [];
  let risk: DeskRisk = assessDesk(snapshot);
  for (let tick = 0; tick < ticks; tick += 1) {
    const id = instruments[(tick * 37) % instruments.length];
    const mark = marks.get(id as Position['instrument']['id']);
    if (!mark) continue;
    const factor = tick % 2 === 0 ? '1.0005' : '0.9995';
    const after = marked(risk, id as Position['instrument']['id'], asPrice(mark.times(factor)));
    const start = performance.now();
    risk = reassessDesk(risk, after);
    times.push(performance.now() - start);
  }
  const fresh = { accounts: risk.accounts.map(({ account }) => account), takenAt: 0 };
  const whole = timed(() => assessDesk(unseen(fresh)));
  const p99 = quantile(times, 0.99);
  const held = Math.round((shape.accounts * shape.positions) / instruments.length);
  return {
    name: `one mark among ${sizeOf(shape)} positions, ${held} on it, with their accounts`,
    figure: `p50 ${quantile(times, 0.5).toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
    baseline: `the whole desk ${whole.toFixed(0)} ms`,
    ratio: (p99 / whole).toFixed(3),
  };
}

function sizeOf({ accounts, positions, marginMode }: BigDeskShape): string {
  return `${accounts * positions} ${marginMode}`;
}

/** Other objects with the same figures: what is remembered of a position must not flatter. */
function unseen({ accounts, takenAt }: Snapshot): Snapshot {
  const copies = accounts.map((account) => ({
    ...account,
    positions: account.positions.map((position) => ({ ...position })),
  }));
  return { accounts: copies, takenAt };
}

/** The desk with one mark moved: the PnL of linear legs is in dollars, and in the equity. */
function marked(
  { accounts, takenAt }: DeskRisk,
  id: Position['instrument']['id'],
  mark: Price,
): Snapshot {
  const moved = ({ account }: { readonly account: AccountSnapshot }): AccountSnapshot => {
    const held = account.positions.filter(({ instrument }) => instrument.id === id);
    const { margin } = account;
    if (held.length === 0 || margin === null || margin.equityUsd === null) return account;
    const gained = held.reduce((sum, leg) => {
      const { kind, contractSize } = leg.instrument;
      const size = leg.contracts.times(contractSize);
      const entry = leg.markPrice ?? mark;
      const gain = unrealizedPnl({ kind, side: leg.side, size, entry, mark });
      return sum.plus(kind === 'linear' ? gain : gain.times(mark));
    }, margin.equityUsd.times(0));
    const isOnIt = (each: Position) => each.instrument.id === id;
    return {
      ...account,
      positions: account.positions.map((each) =>
        isOnIt(each) ? { ...each, markPrice: mark } : each,
      ),
      margin: { ...margin, equityUsd: asUsd(margin.equityUsd.plus(gained)) },
    };
  };
  return { accounts: accounts.map(moved), takenAt: takenAt + 1 };
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
