import type { MaintenanceTier } from '../../domain/instrument.ts';

/** Brackets as plain numbers: rate × x − deduction, by the first cap that x does not exceed. */
export interface Steps {
  /** Ascending; the last is infinite. */
  readonly caps: readonly number[];
  readonly rates: readonly number[];
  readonly deductions: readonly number[];
}

export function stepsOf(tiers: readonly MaintenanceTier[]): Steps {
  const last = tiers.length - 1;
  return {
    caps: tiers.map(({ cap }, index) =>
      cap === null || index === last ? Number.POSITIVE_INFINITY : cap.toNumber(),
    ),
    rates: tiers.map(({ rate }) => rate.toNumber()),
    deductions: tiers.map(({ deduction }) => deduction.toNumber()),
  };
}

/** Which bracket x is in; as tierAt, a value exactly at a cap belongs to the bracket below it. */
export function stepAt({ caps }: Steps, x: number): number {
  let index = 0;
  while (index < caps.length - 1 && x > (caps[index] ?? 0)) index += 1;
  return index;
}

export function stepped(steps: Steps, x: number): number {
  const index = stepAt(steps, x);
  return x * (steps.rates[index] ?? 0) - (steps.deductions[index] ?? 0);
}

const JUMP = 1e-9;

/** Caps after which the next bracket does not begin where the one before ended. */
export function jumpsIn({ caps, rates, deductions }: Steps): readonly number[] {
  return caps.filter((cap, index) => {
    if (!Number.isFinite(cap)) return false;
    const rise = cap * ((rates[index + 1] ?? 0) - (rates[index] ?? 0));
    const drop = (deductions[index + 1] ?? 0) - (deductions[index] ?? 0);
    return Math.abs(rise - drop) > JUMP * cap;
  });
}
