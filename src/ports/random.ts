/** Dice, so that a test may know them. */
export interface Random {
  /** From 0 (included) to 1 (not included). */
  unit(): number;
}
