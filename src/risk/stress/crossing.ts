/** Where a linear way from a to b passes `wanted`; null when it does not. */
export function whereOnWay(a: number, b: number, wanted: number): number | null {
  if (a === b) return null;
  const share = (wanted - a) / (b - a);
  return share >= 0 && share <= 1 ? share : null;
}

const PRECISION = 1e-13;

/**
 * Where the slack falls to zero between a living and a dead share: false position, Illinois rule. The dead
 * end itself where only the exact figures say that it is dead.
 */
export function crossing(slackAt: (share: number) => number, alive: number, dead: number): number {
  let [low, high] = [alive, dead];
  let [above, below] = [slackAt(low), slackAt(high)];
  if (below > 0) return dead;
  for (let round = 0; round < 100 && high - low > PRECISION && above > 0; round += 1) {
    const share = below < 0 ? low + ((high - low) * above) / (above - below) : (low + high) / 2;
    const slack = slackAt(share);
    if (slack === 0) return share;
    if (slack > 0) {
      low = share;
      above = slack;
      below /= 2;
    } else {
      high = share;
      below = slack;
      above /= 2;
    }
  }
  return high;
}
