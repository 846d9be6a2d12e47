import type { Snapshot } from '../src/portfolio/snapshot.ts';
import { positionsOf } from '../src/portfolio/snapshot.ts';
import { assessDesk, type DeskRisk } from '../src/risk/assess-desk.ts';
import { type BigDeskShape, bigDesk } from './big-desk.ts';
import { passInDoubles, plainBook } from './doubles.ts';
import { LARGE, markRows, readPosition, sizeOf } from './marks.ts';
import type { Row } from './row.ts';
import { best, median, timed, timedCpu } from './timing.ts';

const PASSES = 25;

/**
 * 10,000 positions with ten brackets each, judged in decimals and every figure of every position read:
 * isolated ones, then cross ones with where each dies with its pool; beside notional, PnL, bracket,
 * maintenance, liquidation price, distance and health of the same positions in doubles. Then one mark
 * after the other.
 */
export function benchRisk(): Row[] {
  return [
    passRow({ ...LARGE, marginMode: 'isolated' }),
    passRow({ ...LARGE, marginMode: 'cross' }),
    ...markRows(),
  ];
}

function passRow(shape: BigDeskShape): Row {
  const snapshot = bigDesk(shape);
  const book = plainBook(positionsOf(snapshot));
  const exact: number[] = [];
  const cpu: number[] = [];
  const doubles: number[] = [];
  for (let pass = 0; pass < PASSES; pass += 1) {
    const unknown = unseen(snapshot);
    const spent = timedCpu(() => readAll(assessDesk(unknown)));
    exact.push(spent.wall);
    cpu.push(spent.cpu);
    doubles.push(timed(() => passInDoubles(book)));
  }
  return {
    name: `exact pass, every figure read, ${sizeOf(shape)} positions, 10 brackets`,
    figure: `${median(exact).toFixed(0)} ms, best ${best(exact).toFixed(0)} ms; cpu ${median(cpu).toFixed(0)} ms, best ${best(cpu).toFixed(0)} ms`,
    baseline: `in doubles, each on its own ${median(doubles).toFixed(2)} ms`,
    ratio: (median(exact) / median(doubles)).toFixed(0),
  };
}

/** Every figure once; how many are known. */
function readAll({ positions }: DeskRisk): number {
  let known = 0;
  for (const risk of positions) known += readPosition(risk);
  return known;
}

/** Other objects with the same figures: what is remembered of a position must not flatter. */
function unseen({ accounts, takenAt }: Snapshot): Snapshot {
  const copies = accounts.map((account) => ({
    ...account,
    positions: account.positions.map((position) => ({ ...position })),
  }));
  return { accounts: copies, takenAt };
}
