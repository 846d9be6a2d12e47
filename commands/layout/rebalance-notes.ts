import type { CommandContext } from '../../src/app/command.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import { positionsOf } from '../../src/portfolio/snapshot.ts';
import type { Note } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';
import type { RebalancePlan } from '../../src/risk/rebalance/plan-rebalance.ts';

export function rebalanceNotes(
  plan: RebalancePlan,
  snapshot: Snapshot,
  { say }: CommandContext,
): Note[] {
  const { transfers, beyondHelp, unknown, sendsNothing } = plan;
  const coinless = transfers.filter(({ currency }) => currency === null);
  const hasIsolated = positionsOf(snapshot).some(({ marginMode }) => marginMode === 'isolated');
  const accounts = beyondHelp.join(', ');
  return [
    ...(accounts === '' ? [] : [note(say('rebalance.beyondHelp', { accounts }), 'warn')]),
    ...coinless.map(({ from }) => note(say('rebalance.noCoin', { from }), 'warn')),
    ...unknown.map(({ account, reason }) => {
      const why = say(`rebalance.unknown.${reason}`);
      return note(say('rebalance.unknown', { account, reason: why }), 'warn');
    }),
    ...sendsNothing.map(({ account, reason }) => {
      const why = say(`rebalance.sends.${reason}`);
      return note(say('rebalance.sendsNothing', { account, reason: why }));
    }),
    ...(transfers.some(({ executable }) => !executable) ? [note(say('rebalance.byHand'))] : []),
    ...(hasIsolated && transfers.length > 0 ? [note(say('rebalance.isolated'))] : []),
  ];
}
