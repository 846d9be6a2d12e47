import { type Decimal, dec, ONE } from '../../domain/decimal.ts';
import type { JudgedAccount } from '../../risk/probability/judge-desk.ts';
import type { ProbabilityFigure } from '../../risk/probability/liquidation-probability.ts';
import type { Level, RuleId, Subject } from '../alert.ts';
import { stateValue } from '../rule-defaults.ts';
import type { Sample } from '../sample.ts';
import type { AlertView } from './alert-view.ts';
import { footingOf, isWholeAndFresh, sampleAt } from './sample-at.ts';

/** Margin usage, health, chance of liquidation and the venue's own word, of one account. */
export function accountSamples(view: AlertView, judged: JudgedAccount): Sample[] {
  const { account, margin } = judged.account;
  const subject: Subject = { kind: 'account', venue: account.venue, account: account.id };
  const shared = {
    scope: { account: account.id, asset: null, books: account.books },
    ...footingOf(judged.account, 'margin', view),
    facts: { name: account.name },
  };
  const of = (rule: RuleId, given: Pick<Sample, 'value'> & Partial<Sample>) =>
    sampleAt(view, { rule, subject }, { ...shared, ...given });
  const status = margin?.venueStatus ?? null;
  const isWhole = isWholeAndFresh(judged.account, view);
  const isFlat = judged.account.positions.length === 0;
  return [
    of('marginUsage', { value: usageOf(judged) }),
    of('healthFactor', {
      value: judged.healthFactor,
      values: judged.probability?.['24h'].kind === 'known' ? BACKSTOP : {},
      presence: judged.healthFactor === null && isWhole && isFlat ? 'absent' : 'present',
    }),
    of('liquidationProbability', {
      ...footingOf(judged.account, 'positions', view),
      ...(judged.probability === null ? { value: null } : chancesOf(judged.probability)),
      // Without cross positions there is no account to be liquidated as a whole.
      presence: judged.probability === null && isWhole ? 'absent' : 'present',
    }),
    of('venueStatus', {
      value: margin === null ? null : stateValue(levelOfStatus(status)),
      facts: { ...shared.facts, ...(status === null ? {} : { status }) },
    }),
  ];
}

/** With nothing left to divide by, all of it is in use, and more: 100 % is the least that can be said. */
function usageOf({ marginUsage, equityUsd, initialMarginUsd }: JudgedAccount): Decimal | null {
  if (marginUsage !== null) return marginUsage;
  const isOverdrawn = equityUsd !== null && !equityUsd.gt(0);
  return isOverdrawn && initialMarginUsd?.gt(0) ? ONE : null;
}

/** Health is a backstop: its warnings say nothing where a chance of liquidation is known. */
export const BACKSTOP = { WARN: 'unused', CRIT: 'unused' } as const;

/** Chances as the rule compares them: within a day, for EMERG within the hour. */
export function chancesOf(of: {
  readonly '24h': ProbabilityFigure;
  readonly '1h': ProbabilityFigure;
}): Pick<Sample, 'value' | 'values'> {
  return { value: chance(of['24h']), values: { EMERG: chance(of['1h']) } };
}

function chance(figure: ProbabilityFigure): Decimal | null {
  const isKnown = figure.kind === 'known' && Number.isFinite(figure.probability);
  return isKnown ? dec(figure.probability) : null;
}

const CALM = new Set(['normal', 'ok', 'active']);
const STATUS: Readonly<Record<string, Level>> = {
  reduce_only: 'CRIT',
  margin_call: 'CRIT',
  supply_margin: 'CRIT',
  liquidating: 'EMERG',
  active_liquidation: 'EMERG',
  force_liquidation: 'EMERG',
  bankrupted: 'EMERG',
};

/** What a venue's word for an account calls for. A word nobody knows is no reason to be calm. */
function levelOfStatus(status: string | null): Level | null {
  const word = status?.toLowerCase() ?? 'normal';
  return CALM.has(word) ? null : (STATUS[word] ?? 'WARN');
}
