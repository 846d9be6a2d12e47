import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D, ZERO } from '../../domain/decimal.ts';
import type { TransferAccount, TransferFlow } from './solve-transfers.ts';

const CENTS = 2;

/**
 * Flows in whole cents: up, so that the receiver gets there, where the sender can spare the cent above its
 * floor (a health factor, by account) and in what may leave it; else down. Whoever passes money on is rounded
 * after what it receives. Flows that vanish are left out.
 */
export function roundFlows(
  accounts: readonly TransferAccount[],
  flows: readonly TransferFlow[],
  floors: readonly Decimal[],
): readonly TransferFlow[] {
  const spare = accounts.map((account, index) =>
    spareOf(account, { flows, floor: floors[index] ?? ZERO, index }),
  );
  return sendersFirst(flows).flatMap(({ edge, amount }) => {
    const slack = spare[edge.from] ?? ZERO;
    const up = amount.toDecimalPlaces(CENTS, D.ROUND_UP);
    const down = amount.plus(D.min(slack, ZERO)).toDecimalPlaces(CENTS, D.ROUND_DOWN);
    const rounded = up.minus(amount).lte(slack) ? up : D.max(down, ZERO);
    const more = rounded.minus(amount);
    spare[edge.from] = slack.minus(more);
    spare[edge.to] = (spare[edge.to] ?? ZERO).plus(more.times(edge.rate));
    return rounded.isZero() ? [] : [{ edge, amount: rounded }];
  });
}

/** What a sender could still give after these flows. */
function spareOf(
  { equity, maintenance, transferable }: TransferAccount,
  { flows, floor, index }: { flows: readonly TransferFlow[]; floor: Decimal; index: number },
): Decimal {
  let sent = ZERO;
  let received = ZERO;
  for (const { edge, amount } of flows) {
    if (edge.from === index) sent = sent.plus(amount);
    if (edge.to === index) received = received.plus(amount.times(edge.rate));
  }
  const above = equity.plus(received).minus(sent).minus(maintenance.times(floor));
  return D.min(transferable.minus(sent), above);
}

/** The cheapest flows have no circles, so somebody is always next. */
function sendersFirst(flows: readonly TransferFlow[]): readonly TransferFlow[] {
  const waiting = [...flows];
  const ordered: TransferFlow[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(
      (flow) => !waiting.some(({ edge }) => edge.to === flow.edge.from),
    );
    ordered.push(...waiting.splice(Math.max(next, 0), 1));
  }
  return ordered;
}
