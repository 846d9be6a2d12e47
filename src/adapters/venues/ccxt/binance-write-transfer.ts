import { ok, type Result } from '../../../domain/result.ts';
import type { AccountId } from '../../../domain/units.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
import type { ActTrace, SentAct, TransferWriter } from '../../../ports/venue-writer.ts';
import { isRecord, type RawRecord, textOf } from './raw-record.ts';
import { listAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';
import { refused } from './write-call.ts';
import type { WriteSetup } from './write-setup.ts';

/** What universal transfers call a futures wallet. */
export type BinanceWallet = 'USDT_FUTURE' | 'COIN_FUTURE';

export interface BinanceTransfers {
  readonly writer: TransferWriter;
  trace(act: SentAct, signal: AbortSignal): Promise<Result<ActTrace, VenueError>>;
}

/**
 * Between accounts of one family, named by the e-mail of each sub-account; the main account has none in
 * the desk file and is left out of the call. Only the main account's key may do this, so it signs where
 * the desk has it; else the account's own, and the venue says no. The venue's list of pairs (read
 * 2026-11-26) names spot with futures and not futures with futures: not verified, and a refusal if so.
 */
export function createBinanceTransfers(setup: WriteSetup, wallet: BinanceWallet): BinanceTransfers {
  const own = setup.connection.subAccount;
  const find = (to: AccountId) => {
    const target = setup.others().find(({ connection }) => connection.account === to);
    // Two without an e-mail are not two: at least one has to be named.
    return own === null && target?.connection.subAccount === null ? undefined : target;
  };
  const signer = () => {
    const main = setup.others().find(({ connection }) => connection.subAccount === null);
    return own === null ? setup.line : (main?.line ?? setup.line);
  };
  return {
    writer: {
      reaches: (to) => find(to) !== undefined,
      async transfer({ to, amount, clientRef }, signal) {
        const target = find(to);
        if (target === undefined) return refused('not-offered');
        const { subAccount } = target.connection;
        const params: RawRecord = {
          ...(own !== null && { fromEmail: own }),
          ...(subAccount !== null && { toEmail: subAccount }),
          fromAccountType: wallet,
          toAccountType: wallet,
          clientTranId: clientRef,
          asset: amount.currency,
          amount: amount.amount.toFixed(),
        };
        const call = { method: 'sapiPostSubAccountUniversalTransfer', params };
        return (await setup.write(call, signal, signer())).outcome;
      },
    },
    async trace({ clientRef }, signal) {
      const read = (session: VenueSession) => traceIn(session, clientRef);
      const found = await setup.read(signal, read, signer());
      return found.ok ? ok(found.value) : found;
    },
  };
}

async function traceIn(session: VenueSession, clientTranId: string): Promise<ActTrace> {
  const reply = await session.call('sapiGetSubAccountUniversalTransfer', { clientTranId });
  const row = listAt(reply, 'result').find((each) => each['clientTranId'] === clientTranId);
  switch (isRecord(row) ? textOf(row, 'status') : null) {
    case 'SUCCESS':
      return 'done';
    case 'FAILURE':
    case 'FAILED':
      return 'refused';
    default:
      return 'absent';
  }
}
