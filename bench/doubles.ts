import type { Position } from '../src/domain/position.ts';

/** The columns of a book as doubles, brackets beside each position. */
interface PlainPosition {
  readonly isLinear: boolean;
  readonly sign: 1 | -1;
  readonly size: number;
  readonly entry: number;
  readonly mark: number;
  readonly margin: number;
  readonly caps: readonly number[];
  readonly rates: readonly number[];
  readonly deductions: readonly number[];
}

export function plainBook(positions: readonly Position[]): readonly PlainPosition[] {
  return positions.map(({ instrument, side, contracts, entryPrice, markPrice, collateral }) => {
    const tiers = instrument.tiers ?? [];
    const isLinear = instrument.kind === 'linear';
    const size = contracts.times(instrument.contractSize).toNumber();
    const mark = markPrice?.toNumber() ?? Number.NaN;
    return {
      ...{ isLinear, sign: side === 'long' ? 1 : -1, size, mark },
      entry: entryPrice?.toNumber() ?? Number.NaN,
      margin: collateral?.amount.toNumber() ?? (isLinear ? size * mark : size / mark) * 0.12,
      caps: tiers.map(({ cap }) => cap?.toNumber() ?? Number.POSITIVE_INFINITY),
      rates: tiers.map(({ rate }) => rate.toNumber()),
      deductions: tiers.map(({ deduction }) => deduction.toNumber()),
    };
  });
}

/**
 * Notional, PnL, maintenance, liquidation price with its bracket, distance and health of every position,
 * and their totals: the arithmetic of the exact pass over positions that stand alone, by doubles.
 */
export function passInDoubles(book: readonly PlainPosition[]): number {
  let total = 0;
  for (const { isLinear, sign, size, entry, mark, margin, caps, rates, deductions } of book) {
    const value = isLinear ? size * mark : size / mark;
    const entryValue = isLinear ? size * entry : size / entry;
    const gain = isLinear ? sign : -sign;
    const pnl = gain * (value - entryValue);
    const tier = caps.findIndex((cap) => value <= cap);
    const maintenance = value * (rates[tier] ?? 0) - (deductions[tier] ?? 0);
    const base = margin - gain * entryValue;
    let liquidation = Number.NaN;
    for (let at = 0; at < caps.length; at += 1) {
      const dies = (base + (deductions[at] ?? 0)) / ((rates[at] ?? 0) - gain);
      if (dies > (caps[at - 1] ?? 0) && dies <= (caps[at] ?? 0)) {
        liquidation = isLinear ? dies / size : size / dies;
      }
    }
    const distance = (sign * (mark - liquidation)) / mark;
    const health = (margin + pnl) / maintenance;
    total += value + pnl + maintenance + (distance > 0 ? distance : 0) + health;
  }
  return total;
}
