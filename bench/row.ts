/** One line of the README's performance table: a figure beside the same run's baseline. */
export interface Row {
  readonly name: string;
  readonly figure: string;
  readonly baseline: string;
  /** Figure ÷ baseline; empty where the two are not of one kind. */
  readonly ratio: string;
}
