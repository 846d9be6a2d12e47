import type { CommandContext } from '../../src/app/command.ts';
import { sumKnown } from '../../src/domain/decimal.ts';
import type { AccountId, Usd } from '../../src/domain/units.ts';
import { asUsd } from '../../src/domain/units.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { AccountRisk } from '../../src/risk/account-risk.ts';
import { fundingPaidUsd } from '../../src/risk/funding-paid.ts';
import { DAY_MS, utcDay } from '../../src/risk/statistics/candle-series.ts';

/** What the UTC day did to an account so far. Null: not known. */
export interface AccountDay {
  readonly account: AccountId;
  /** Transfers and deposits included. */
  readonly equityChangeUsd: Usd | null;
  /** When the reading it is counted from was taken. */
  readonly openedAt: number | null;
  /** Settled rates on the size held now; received is negative. */
  readonly fundingPaidUsd: Usd | null;
}

export async function daysOf(
  accounts: readonly AccountRisk[],
  whole: Snapshot,
  context: CommandContext,
): Promise<AccountDay[]> {
  const openings = await context.openings();
  const { payments } = context.market(whole);
  const from = utcDay(whole.takenAt) * DAY_MS;
  return accounts.map(({ account: { account, status, positions }, equityUsd }) => {
    const opening = openings.get(account.id);
    const before = opening?.equityUsd ?? null;
    const change = equityUsd === null || before === null ? null : equityUsd.minus(before);
    const paid = positions.map((each) =>
      fundingPaidUsd(each, payments.get(each.instrument.id), from),
    );
    const funding = status === 'missing' ? null : sumKnown(paid);
    return {
      account: account.id,
      equityChangeUsd: change && asUsd(change),
      openedAt: change === null ? null : (opening?.at ?? null),
      fundingPaidUsd: funding && asUsd(funding),
    };
  });
}
