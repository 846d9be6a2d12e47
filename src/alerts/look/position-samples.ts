import { ZERO } from '../../domain/decimal.ts';
import type { Position } from '../../domain/position.ts';
import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import type { JudgedPosition } from '../../risk/probability/judge-desk.ts';
import { headlineOf } from '../../risk/probability/position-probability.ts';
import type { RuleId, Subject } from '../alert.ts';
import type { Sample } from '../sample.ts';
import { BACKSTOP, chancesOf } from './account-samples.ts';
import type { AlertView } from './alert-view.ts';
import { footingOf, sampleAt } from './sample-at.ts';

/** The position as an alert's subject. On OKX an isolated leg may stand beside a cross one. */
export function positionSubject({
  venue,
  account,
  instrument,
  side,
  marginMode,
}: Position): Subject {
  const subject = {
    kind: 'position',
    venue,
    account,
    instrument: instrument.symbol,
    side,
  } as const;
  const isApart = venue === 'okx' && marginMode === 'isolated';
  return isApart ? { ...subject, isolated: true } : subject;
}

/** What every sample of a position has in common. */
export function positionParts(
  view: AlertView,
  risk: JudgedPosition,
  account: AccountSnapshot,
): Pick<Sample, 'scope' | 'data' | 'observedAt' | 'facts'> {
  const { position, handle } = risk;
  const { asset } = position.instrument;
  return {
    scope: { account: position.account, asset, books: account.account.books },
    ...footingOf(account, 'positions', view),
    facts: { handle, asset },
  };
}

/** Distance to liquidation, its chance, and the health of a position that stands alone. */
export function positionSamples(
  view: AlertView,
  risk: JudgedPosition,
  account: AccountSnapshot,
): Sample[] {
  const shared = positionParts(view, risk, account);
  const subject = positionSubject(risk.position);
  const of = (rule: RuleId, given: Pick<Sample, 'value'> & Partial<Sample>) =>
    sampleAt(view, { rule, subject }, { ...shared, ...given });
  const chances = chancesOf(headlineOf(risk.probability));
  const isAlone = risk.position.marginMode === 'isolated';
  return [
    of('liquidationDistance', distanceOf(risk)),
    of('liquidationProbability', chances),
    ...(isAlone
      ? [
          of('healthFactor', {
            value: risk.healthFactor,
            values: chances.value === null ? {} : BACKSTOP,
          }),
        ]
      : []),
  ];
}

const NOWHERE_NEAR = { WARN: 'unused', CRIT: 'unused', EMERG: 'unused' } as const;

/** No price liquidates it: as safe as can be. Past the price already: no way left. */
function distanceOf(risk: JudgedPosition): Pick<Sample, 'value' | 'values'> {
  if (risk.liquidationState === 'none') return { value: null, values: NOWHERE_NEAR };
  const isPast = risk.liquidationDistance === null && risk.estimateMissing === 'past';
  return { value: isPast ? ZERO : risk.liquidationDistance, values: {} };
}
