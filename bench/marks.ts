import type { Position } from '../src/domain/position.ts';
import type { Price } from '../src/domain/units.ts';
import { asPrice, asUsd } from '../src/domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../src/portfolio/snapshot.ts';
import { positionsOf } from '../src/portfolio/snapshot.ts';
import { assessDesk, type DeskRisk } from '../src/risk/assess-desk.ts';
import { unrealizedPnl } from '../src/risk/pnl.ts';
import type { PositionRisk } from '../src/risk/position-risk.ts';
import { reassessDesk } from '../src/risk/reassess-desk.ts';
import { type BigDeskShape, bigDesk } from './big-desk.ts';
import type { Row } from './row.ts';
import { median, quantile, timed } from './timing.ts';

type InstrumentId = Position['instrument']['id'];

const TICKS = 400;
/** Until the engine has seen enough of them to compile what they run. */
const FIRST_TICKS = 200;
export const LARGE = { accounts: 200, positions: 50 } as const;
const USUAL = { accounts: 24, positions: 10 } as const;

/**
 * What a mark costs whoever judges by it: the desk judged again, and every figure of the positions on that
 * instrument read, with the accounts they are in.
 */
export function markRows(): Row[] {
  return [
    markRow({ ...USUAL, marginMode: 'cross' }),
    markRow({ ...LARGE, marginMode: 'isolated' }),
    markRow({ ...LARGE, marginMode: 'cross' }),
  ];
}

function markRow(shape: BigDeskShape): Row {
  const marks = new Map(positionsOf(bigDesk(shape)).map((p) => [p.instrument.id, p.markPrice]));
  const instruments = [...marks.keys()];
  const times: number[] = [];
  const each: number[] = [];
  let risk = assessDesk(bigDesk(shape));
  for (let tick = 0; tick < FIRST_TICKS + TICKS; tick += 1) {
    const id = instruments[(tick * 37) % instruments.length] as InstrumentId;
    const mark = marks.get(id) ?? null;
    if (mark === null) continue;
    const after = marked(risk, id, asPrice(mark.times(tick % 2 === 0 ? '1.0005' : '0.9995')));
    const places = placesOf(after, id);
    const spent = timed(() => {
      risk = reassessDesk(risk, after);
      for (const place of places) readPosition(risk.positions[place] as PositionRisk);
    });
    if (tick < FIRST_TICKS) continue;
    times.push(spent);
    each.push((spent / places.length) * 1000);
  }
  const whole = timed(() => assessDesk(bigDesk(shape)).positions.map(readPosition));
  const held = (shape.accounts * shape.positions) / instruments.length;
  const inTime = `p50 ${median(times).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms`;
  return {
    name: `one mark among ${sizeOf(shape)} positions, ${held.toFixed(0)} on it, each with its account, figures read`,
    figure: `${inTime}; a position p50 ${median(each).toFixed(0)} µs, p99 ${quantile(each, 0.99).toFixed(0)} µs`,
    baseline: `the whole desk ${whole.toFixed(0)} ms`,
    ratio: (quantile(times, 0.99) / whole).toFixed(3),
  };
}

/** Every figure once; how many are known. */
export function readPosition(risk: PositionRisk): number {
  const figures = [
    ...[risk.notionalUsd, risk.collateralUsd, risk.unrealizedPnlUsd],
    ...[risk.estimatedLiquidationPrice, risk.liquidationDistance, risk.healthFactor],
    ...[risk.liquidationState, risk.estimateBasis, risk.disagrees, risk.band],
  ];
  return figures.filter((figure) => figure !== null).length;
}

export function sizeOf({ accounts, positions, marginMode }: BigDeskShape): string {
  return `${accounts * positions} ${marginMode}`;
}

function placesOf(snapshot: Snapshot, id: InstrumentId): number[] {
  return positionsOf(snapshot).flatMap(({ instrument }, place) =>
    instrument.id === id ? [place] : [],
  );
}

/** The desk with one mark moved: the PnL of linear legs is in dollars, and in the equity. */
function marked({ accounts, takenAt }: DeskRisk, id: InstrumentId, mark: Price): Snapshot {
  const isOnIt = (each: Position) => each.instrument.id === id;
  const moved = ({ account }: { readonly account: AccountSnapshot }): AccountSnapshot => {
    const held = account.positions.filter(isOnIt);
    const { margin } = account;
    if (held.length === 0 || margin === null || margin.equityUsd === null) return account;
    const gained = held.reduce((sum, leg) => {
      const { kind, contractSize } = leg.instrument;
      const size = leg.contracts.times(contractSize);
      const entry = leg.markPrice ?? mark;
      const gain = unrealizedPnl({ kind, side: leg.side, size, entry, mark });
      return sum.plus(kind === 'linear' ? gain : gain.times(mark));
    }, margin.equityUsd.times(0));
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
