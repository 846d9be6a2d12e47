import { type Decimal, ratioOf } from '../../domain/decimal.ts';
import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import type { JudgedPosition } from '../../risk/probability/judge-desk.ts';
import { stopCoverage } from '../../risk/stop-coverage.ts';
import type { Level } from '../alert.ts';
import { stateValue } from '../rule-defaults.ts';
import type { RuleSettings } from '../rule-settings.ts';
import type { Sample } from '../sample.ts';
import type { AlertView } from './alert-view.ts';
import { positionParts, positionSubject } from './position-samples.ts';
import { sampleAt } from './sample-at.ts';

interface StopState {
  readonly level: Level | null;
  readonly stop: 'missing' | 'beyond' | 'too-far' | 'fine';
}

/**
 * Whether a stop is there and does its work. Not known, or with nothing to compare it with, is never
 * missing: the alert holds and says that nobody can tell.
 */
export function stopSample(
  view: AlertView,
  risk: JudgedPosition,
  of: { readonly account: AccountSnapshot; readonly settings: RuleSettings },
): Sample {
  const shared = positionParts(view, risk, of.account);
  const names = { rule: 'missingStop', subject: positionSubject(risk.position) } as const;
  const hidesStops = of.account.gaps.some(({ scope }) => scope === 'stops');
  const state = hidesStops ? null : stateOf(risk, of.settings);
  if (state === null) {
    const data = shared.data === 'fresh' ? 'error' : shared.data;
    return sampleAt(view, names, { ...shared, value: null, data });
  }
  const { level, stop } = state;
  const warnMs = of.settings.levels.WARN?.forMs ?? 0;
  return sampleAt(view, names, {
    ...shared,
    value: stateValue(level),
    // Behind a stop that comes too late people feel safe: it does not get the time a missing one gets.
    forMs: stop === 'beyond' ? { CRIT: warnMs } : {},
    facts: { ...shared.facts, stop },
  });
}

function stateOf(risk: JudgedPosition, { options }: RuleSettings): StopState | null {
  switch (stopCoverage(risk)) {
    case 'none':
      return { level: isLarge(risk, options['above']) ? 'CRIT' : 'WARN', stop: 'missing' };
    case 'beyond':
      return { level: 'CRIT', stop: 'beyond' };
    case 'before':
      return isTooFar(risk, options['tooFar'])
        ? { level: 'WARN', stop: 'too-far' }
        : { level: null, stop: 'fine' };
    default:
      return null;
  }
}

/** A position of unknown size is taken for a large one. */
function isLarge({ notionalUsd }: JudgedPosition, above: Decimal | undefined): boolean {
  return above === undefined || notionalUsd === null || notionalUsd.gte(above);
}

/** Most of the way to liquidation is gone before it triggers. */
function isTooFar(risk: JudgedPosition, most: Decimal | undefined): boolean {
  const { stopLoss, liquidation, markPrice } = risk.position;
  const price = liquidation.kind === 'price' ? liquidation.price : risk.estimatedLiquidationPrice;
  if (most === undefined || stopLoss.kind !== 'price' || markPrice === null || price === null) {
    return false;
  }
  const way = markPrice.minus(price);
  const used = ratioOf(markPrice.minus(stopLoss.price), way);
  return used?.gt(most) ?? false;
}
