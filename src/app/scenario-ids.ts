import { isDollar } from '../domain/money.ts';
import { positionsOf, type Snapshot } from '../portfolio/snapshot.ts';
import { allScenarios } from '../risk/stress/scenario-grid.ts';

/**
 * Names of all what-ifs that `/stress` may know for what these accounts hold: recorded crashes first. Those
 * that need a volatility are among them, whether it is known yet or not: `/stress` says what is lacking.
 */
export function scenarioIds(snapshot: Snapshot): readonly string[] {
  const coins = snapshot.accounts.flatMap(({ margin }) => margin?.collateral ?? []);
  const legs = positionsOf(snapshot).map(({ instrument }) => instrument);
  const names = new Set([
    ...legs.map(({ asset }) => asset),
    ...legs.map(({ settle }) => settle),
    ...coins.map(({ asset }) => asset),
  ]);
  const assets = [...names].filter((name) => !isDollar(name));
  const dollars = [...names].filter(isDollar);
  const volatility = Object.fromEntries(assets.map((asset) => [asset, 1]));
  return allScenarios({ assets, dollars }, volatility).map(({ id }) => id);
}
