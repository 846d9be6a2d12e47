import { expect, test } from 'vitest';
import type { Decimal } from '../../../src/domain/decimal.ts';
import type { DeskRisk } from '../../../src/risk/assess-desk.ts';
import { assessDesk } from '../../../src/risk/assess-desk.ts';
import { deathFor } from '../../../src/risk/cross/account-pools.ts';
import type { PositionRisk } from '../../../src/risk/position-risk.ts';
import { type AccountView, type PositionView, viewAccount } from '../../../src/sim/engine.ts';
import { maxPriceOf } from '../../../src/sim/position-view.ts';
import { crashPath } from './crash-paths.ts';
import { simSnapshot } from './sim-snapshot.ts';

const PATHS = 1000;
const STEPS = 3;

/** Every way in which the simulator's engine and the risk engine differ on this account. */
function differences(view: AccountView): string[] {
  const desk = assessDesk(simSnapshot(view));
  return desk.positions.flatMap((risk, index) => {
    const sim = view.positions[index] as PositionView;
    const { instrument, side } = risk.position;
    const what = differenceOf(sim, risk, desk);
    return what === null ? [] : [`${view.account.venue} ${instrument.symbol} ${side}: ${what}`];
  });
}

function differenceOf(sim: PositionView, risk: PositionRisk, desk: DeskRisk): string | null {
  const pools = desk.accounts[0]?.pools;
  const death = pools ? deathFor(risk.position, pools) : null;
  const isPast =
    risk.position.marginMode === 'isolated' ? isPastIsolated(risk) : (death?.isPast ?? null);
  if (isPast !== sim.isLiquidated) return `liquidated ${sim.isLiquidated}, here ${isPast}`;
  // Past it nothing is left to be told where.
  if (isPast) return null;
  const { liquidationPrice: theirs } = sim;
  const ours = risk.estimatedLiquidationPrice;
  // The venue leaves the legs that gain on the way without a price, or (Binance) prints the pool's on them.
  const candidates = death === null ? [ours] : [death.below, death.above];
  if (theirs !== null && !candidates.some((price) => isSame(price, theirs))) {
    return `at ${theirs}, here ${candidates.join(' or ')}`;
  }
  const isTradable = ours?.lte(maxPriceOf(sim.position.instrument)) === true;
  if (theirs === null && isTradable) return `nowhere, here at ${ours}`;
  if (theirs !== null && ours !== null && !isSame(ours, theirs))
    return `at ${theirs}, here ${ours}`;
  return null;
}

function isPastIsolated({ estimatedLiquidationPrice: price, position }: PositionRisk): boolean {
  const { markPrice, side } = position;
  if (price === null || markPrice === null) return false;
  return side === 'long' ? markPrice.lte(price) : markPrice.gte(price);
}

function isSame(a: Decimal | null, b: Decimal): boolean {
  return a?.minus(b).abs().lte(b.abs().times('1e-20')) === true;
}

test('the simulator and the risk engine agree on who is liquidated, and where, along 1,000 crashes', () => {
  const found: string[] = [];
  let died = 0;
  for (let seed = 0; seed < PATHS; seed += 1) {
    const { account, steps } = crashPath(seed, STEPS);
    for (const [step, marks] of steps.entries()) {
      const view = viewAccount(account, marks);
      for (const what of differences(view)) found.push(`${seed}/${step} ${what}`);
      if (!view.positions.some(({ isLiquidated }) => isLiquidated)) continue;
      died += 1;
      break;
    }
  }
  expect(found.slice(0, 20)).toEqual([]);
  // Neither a market in which nobody dies nor one that nobody survives.
  expect(died).toBeGreaterThan(PATHS / 5);
  expect(died).toBeLessThan((PATHS * 4) / 5);
}, 60_000);
