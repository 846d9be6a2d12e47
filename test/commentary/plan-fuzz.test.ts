import { describe, expect, it } from 'vitest';
import { fuzzPlans } from './plan-fuzz.ts';

/** The full number of plans takes most of a minute. */
const isFull = process.env['COMMENTARY_FULL'] === '1';

describe('against an oracle in plain doubles', () => {
  const size = isFull ? { desks: 500, each: 20 } : { desks: 30, each: 10 };
  const counts = fuzzPlans(size);

  it('agrees on every random plan', () => {
    expect(counts.disagreements).toEqual([]);
    expect(counts.plans).toBe(size.desks * size.each * 2);
    // Plans that are all wrong, or all right, would prove nothing.
    expect(counts.accepted / counts.plans).toBeGreaterThan(0.1);
    expect(counts.accepted / counts.plans).toBeLessThan(0.6);
  });

  it('accepts what is correct', () => {
    expect(counts.correctAccepted).toBe(counts.correct);
  });

  it('shows no figure that a second reckoning does not confirm', () => {
    if (isFull) console.log({ ...counts, disagreements: counts.disagreements.length });
    expect(counts.figures).toBeGreaterThan(size.desks * 4);
    expect(counts.proven).toBe(counts.figures);
    expect(counts.acts).toBeGreaterThan(3);
  });
});
