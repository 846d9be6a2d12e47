export interface Scale {
  /** Pixels; values outside the domain lie on its edge. */
  at(value: number): number;
  /** -1 below the domain, 1 above it, else 0. */
  beyond(value: number): -1 | 0 | 1;
}

export interface ScaleRange {
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
}

/** A straight scale that clips. A domain of no width puts everything in its middle. */
export function createScale({ low, high, from, to }: ScaleRange): Scale {
  // Halves, so that the ends of a double's range do not overflow between them.
  const span = high / 2 - low / 2;
  const share = (value: number) => (Math.min(Math.max(value, low), high) / 2 - low / 2) / span;
  return {
    at: (value) => (span > 0 ? from + share(value) * (to - from) : (from + to) / 2),
    beyond: (value) => (value < low ? -1 : value > high ? 1 : 0),
  };
}
