/** A value that has a place on a scale. */
export function isFiniteNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}
