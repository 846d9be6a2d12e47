import type { PositionAsk } from '../../actions/preview-position.ts';
import type { Account } from '../../domain/account.ts';
import { ONE } from '../../domain/decimal.ts';
import { err, ok, type Result, unreachable } from '../../domain/result.ts';
import type { Rung } from '../../domain/stops.ts';
import type { AccountWriter } from '../../ports/venue-writer.ts';
import type { ActionDeps } from './action-deps.ts';
import type { Acting } from './action-desk.ts';
import type { ActionRequest } from './action-record.ts';
import type { ActionRefusal } from './action-refusal.ts';
import type { Way } from './look-at-wallets.ts';

type NotOffered = Extract<ActionRefusal, { kind: 'not-offered' }>['what'];

/** The writer of an account, when its venue and credentials have what is asked: said before any preview. */
export function offeredOnLeg(
  ask: PositionAsk,
  { id, venue }: Account,
  { writers }: Pick<ActionDeps, 'writers'>,
): Result<AccountWriter, ActionRefusal> {
  const writer = writers.get(id);
  const missing = writer ? missingFor(ask, writer) : ask.kind;
  if (!writer || missing !== null) {
    return err({ kind: 'not-offered', what: missing ?? ask.kind, account: id, venue });
  }
  return ok(writer);
}

function missingFor(ask: PositionAsk, writer: AccountWriter): NotOffered | null {
  switch (ask.kind) {
    case 'add-margin':
    case 'remove-margin':
      return writer.margin ? null : ask.kind;
    case 'reduce':
      return writer.reduce ? null : ask.kind;
    case 'set-stops': {
      const { stops } = writer;
      if (!stops) return ask.kind;
      const { takeProfit, stopLoss, trailing } = ask.change;
      const isLadder = [takeProfit, stopLoss].some(
        (part) => typeof part !== 'string' && hasSteps(part),
      );
      if (isLadder && !stops.hasLadder) return 'ladder';
      return typeof trailing !== 'string' && !stops.hasTrailing ? 'trailing' : null;
    }
    default:
      return unreachable(ask);
  }
}

function hasSteps(rungs: readonly Rung[]): boolean {
  return rungs.length > 1 || rungs.some(({ share }) => !share.eq(ONE));
}

/** Both ends of a transfer, when there is a way. */
export function wayBetween(
  { from, to, currency }: Extract<ActionRequest, { kind: 'transfer' }>,
  by: Acting,
  { accounts, writers, tradeAccess }: Pick<ActionDeps, 'accounts' | 'writers' | 'tradeAccess'>,
): Result<Way, ActionRefusal> {
  const known = accounts.filter(({ id }) => by.accounts?.includes(id) ?? true);
  const accountOf = (typed: string) => known.find(({ id }) => id === typed.toLowerCase());
  const [payer, receiver] = [accountOf(from), accountOf(to)];
  if (!payer || !receiver) {
    const account = payer ? to : from;
    return err({ kind: 'unknown-account', account, known: known.map(({ id }) => id) });
  }
  if (payer === receiver) return err({ kind: 'amount', reason: 'same-account' });
  if (payer.venue !== receiver.venue) return err({ kind: 'amount', reason: 'other-venue' });
  if (!receiver.fundedBy.includes(payer.id))
    return err({ kind: 'amount', reason: 'not-funded-by' });
  if (![payer, receiver].every(({ id }) => tradeAccess.has(id))) {
    return err({ kind: 'consent', reason: 'account-read-only' });
  }
  const [sends, receives] = [writers.get(payer.id), writers.get(receiver.id)];
  if (!sends?.transfer || !receives) {
    return err({ kind: 'not-offered', what: 'transfer', account: payer.id, venue: payer.venue });
  }
  if (!sends.transfer.reaches(receiver.id)) return err({ kind: 'no-way', from, to });
  return ok({ from: sends, to: receives, currency });
}
