/** Correlation ids: short, unique enough to find one line in a log. */
export interface Ids {
  next(): string;
}
