const SHORTEST_PREFIX = 2;

/**
 * The known word a person most likely meant, or null when none is near: a short word's only
 * completion, else the fewest typing slips (one per three letters, swapped neighbours are one).
 * Case does not matter. Of equally near ones the first.
 */
export function nearest(word: string, known: readonly string[]): string | null {
  const typed = word.toLowerCase();
  const completions = known.filter((candidate) => candidate.toLowerCase().startsWith(typed));
  if (typed.length >= SHORTEST_PREFIX && completions.length === 1) return completions[0] ?? null;
  let best: string | null = null;
  let fewest = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const candidate of known) {
    const slips = slipsBetween(typed, candidate.toLowerCase());
    // One-letter words are one slip from each other, which says nothing.
    if (slips < fewest && slips < candidate.length) {
      best = candidate;
      fewest = slips;
    }
  }
  return best;
}

/** Optimal string alignment distance: insert, delete, replace, swap neighbours. */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const options = [at(current, column - 1) + 1, at(last, column) + 1];
      options.push(at(last, column - 1) + (isSame ? 0 : 1));
      if (isSwap && row > 1 && column > 1) options.push(at(beforeLast, column - 2) + 1);
      current.push(Math.min(...options));
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
