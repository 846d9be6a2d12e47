import { recordedCrashes } from '../risk/stress/recorded-crashes.ts';
import { priceGrid } from '../risk/stress/scenario-grid.ts';

/** Names of what-ifs that `/stress` knows for these assets: recorded crashes first. */
export function scenarioIds(assets: readonly string[]): readonly string[] {
  return [...recordedCrashes(assets), ...priceGrid(assets)].map(({ id }) => id);
}
