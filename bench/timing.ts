export function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Milliseconds on the clock, and of all the process's threads: other programs do not count in those. */
export function timedCpu(work: () => unknown): { readonly wall: number; readonly cpu: number } {
  const before = process.cpuUsage();
  const wall = timed(work);
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000 };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);
export const best = (values: readonly number[]) => Math.min(...values);
