import type { CommandContext } from '../src/app/command.ts';
import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { gapsOf } from '../src/portfolio/snapshot.ts';
import { note } from '../src/replies/table-of.ts';
import type { AccountRisk } from '../src/risk/account-risk.ts';
import { assessDesk } from '../src/risk/assess-desk.ts';
import { chartIn } from './layout/chart-frame.ts';
import { gapNotes, scopedTitle, severityOf } from './layout/coverage.ts';
import { marginChart } from './layout/margin-chart.ts';
import { accountData, totalsData } from './layout/margin-data.ts';
import { marginFigures, marginTable } from './layout/margin-table.ts';
import { accountsIn } from './layout/narrow.ts';
import { scopeOf } from './layout/scope.ts';

/** Equity, margin and health, per account and pooled. */
export const margin = defineCommand({
  name: 'margin',
  access: 'read',
  options: [{ name: 'account', type: 'account' }],
  async run(context, options) {
    const { say } = context;
    const whole = await context.snapshot();
    const scope = scopeOf(context, whole, options);
    if (!scope.ok) return scope;
    const snapshot = accountsIn(whole, scope.value);
    const { accounts, totals, takenAt } = assessDesk(snapshot);
    const pool = accounts.length > 1 ? [note(say('margin.noTransfer'))] : [];
    return ok({
      data: {
        accounts: accounts.map(accountData),
        totals: totalsData(totals, accounts),
        moves: [],
      },
      gaps: gapsOf(snapshot),
      reply: {
        title: scopedTitle(say('margin.title'), scope.value),
        severity: severityOf(snapshot, [totals.band, ...accounts.map(({ band }) => band)]),
        figures: marginFigures(accounts, totals, context),
        tables: [marginTable(accounts, context)],
        paragraphs: [],
        notes: [...statusNotes(accounts, context), ...gapNotes(snapshot, context), ...pool],
        takenAt,
        ...chartIn(
          marginChart(
            { accounts, totals },
            { title: scopedTitle(say('chart.usage'), scope.value), takenAt },
            context,
          ),
        ),
      },
    });
  },
});

/** A venue that already calls the account anything but normal has taken a step of its own. */
function statusNotes(accounts: readonly AccountRisk[], { say }: CommandContext) {
  return accounts.flatMap(({ account: { account, margin: reading } }) => {
    const status = reading?.venueStatus ?? 'normal';
    if (status === 'normal') return [];
    return [note(say('margin.venueStatus', { account: account.id, status }), 'warn')];
  });
}
