import type { CommandContext } from '../../src/app/command.ts';
import type { Decimal } from '../../src/domain/decimal.ts';
import type { AccountId } from '../../src/domain/units.ts';
import type { Figure } from '../../src/replies/reply.ts';
import { figure } from '../../src/replies/table-of.ts';
import type { AccountRisk } from '../../src/risk/account-risk.ts';
import { marginUsage } from '../../src/risk/margin-ratio.ts';

/** One figure of one account at its worst, and when that was. */
export interface WorstMoment {
  readonly account: AccountId;
  readonly value: Decimal;
  readonly at: number;
}

export interface DayWorst {
  /** Null: no account was known to have one. */
  readonly health: WorstMoment | null;
  readonly usage: WorstMoment | null;
}

type Points = Awaited<ReturnType<CommandContext['dayPoints']>>;

/** The lowest health and the highest usage among the day's points and what is read now; of equals the first. */
export function worstOfDay(
  accounts: readonly AccountRisk[],
  { points, now }: { readonly points: Points; readonly now: number },
): DayWorst {
  const current = accounts.flatMap(({ account, healthFactor, initialMarginUsd, equityUsd }) => {
    const at = account.margin?.observedAt;
    if (account.status !== 'ok' || at === undefined || at > now) return [];
    return [{ account: account.account.id, at, healthFactor, initialMarginUsd, equityUsd }];
  });
  let health: WorstMoment | null = null;
  let usage: WorstMoment | null = null;
  const all = [...points, ...current].toSorted((a, b) => a.at - b.at);
  for (const { account, at, healthFactor, initialMarginUsd, equityUsd } of all) {
    const used = marginUsage(initialMarginUsd, equityUsd);
    if (healthFactor && (!health || healthFactor.lt(health.value))) {
      health = { account, at, value: healthFactor };
    }
    if (used && (!usage || used.gt(usage.value))) usage = { account, at, value: used };
  }
  return { health, usage };
}

export function worstFigures(
  { health, usage }: DayWorst,
  { say, format }: CommandContext,
): Figure[] {
  const text = (value: string, { account, at }: WorstMoment) =>
    say('report.moment', { value, time: format.time(at), account });
  return [
    ...(health
      ? [figure(say('report.lowestHealth'), text(format.multiple(health.value, 'down'), health))]
      : []),
    ...(usage
      ? [figure(say('report.highestUsage'), text(format.percent(usage.value, 'up'), usage))]
      : []),
  ];
}

export function worstData({ health, usage }: DayWorst) {
  const data = (moment: WorstMoment | null) =>
    moment && { ...moment, at: new Date(moment.at).toISOString() };
  return { lowestHealth: data(health), highestUsage: data(usage) };
}
