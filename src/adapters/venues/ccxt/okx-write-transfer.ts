import type { Result } from '../../../domain/result.ts';
import type { AccountId } from '../../../domain/units.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
import type { ActTrace, SentAct, TransferWriter } from '../../../ports/venue-writer.ts';
import { failureOf } from '../wire/venue-failure.ts';
import { textOf } from './raw-record.ts';
import { listAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';
import { refused } from './write-call.ts';
import type { WriteSetup } from './write-setup.ts';

export interface OkxTransfers {
  readonly writer: TransferWriter;
  trace(act: SentAct, signal: AbortSignal): Promise<Result<ActTrace, VenueError>>;
}

/** OKX's number for the trading account. */
const TRADING = '18';

/**
 * Between the trading accounts of the desk, with the payer's own key: the main account to a sub-account
 * (type 1), a sub-account to the main one (3) or to another one (4; OKX must have allowed it).
 */
export function createOkxTransfers(setup: WriteSetup): OkxTransfers {
  const { subAccount: own } = setup.connection;
  const receiverOf = (to: AccountId) => {
    const found = setup.others().find(({ connection }) => connection.account === to);
    // Two keys of one account reach nothing by sending.
    return found === undefined || found.connection.subAccount === own ? null : found.connection;
  };
  return {
    writer: {
      reaches: (to) => receiverOf(to) !== null,
      async transfer({ to, amount, clientRef }, signal) {
        const receiver = receiverOf(to);
        if (receiver === null) return refused('not-offered');
        const { subAccount } = receiver;
        const params = {
          type: typeOf(own, subAccount),
          ...{ ccy: amount.currency, amt: amount.amount.toFixed(), from: TRADING, to: TRADING },
          ...(subAccount === null ? {} : { subAcct: subAccount }),
          clientId: clientRef,
        };
        return (await setup.write({ method: 'privatePostAssetTransfer', params }, signal)).outcome;
      },
    },
    trace: ({ clientRef }, signal) =>
      setup.read(signal, async (session) => {
        // It must be asked by its type, and the reference alone does not say to whom it went.
        for (const type of own === null ? ['1'] : ['3', '4']) {
          const found = await traceIn(session, { clientId: clientRef, type });
          if (found !== 'absent') return found;
        }
        return 'absent';
      }),
  };
}

function typeOf(from: string | null, to: string | null): '1' | '3' | '4' {
  if (from === null) return '1';
  return to === null ? '3' : '4';
}

async function traceIn(
  session: VenueSession,
  query: { readonly clientId: string; readonly type: string },
): Promise<ActTrace> {
  const rows = await orNone(session, 'privateGetAssetTransferState', query);
  const row = rows.find(({ clientId }) => clientId === query.clientId);
  switch (row === undefined ? null : textOf(row, 'state')) {
    case 'success':
      return 'done';
    case 'failed':
      return 'refused';
    default:
      return 'absent';
  }
}

/** What OKX says of an order or a transfer that it does not have. */
const UNKNOWN_THERE = new Set(['51603', '58123', '58129']);

/** The rows of an answer; none when OKX knows nothing of the kind. */
export async function orNone(session: VenueSession, method: string, query: object) {
  try {
    return listAt(await session.call(method, { ...query }), 'data');
  } catch (thrown) {
    const detail = failureOf(thrown)?.detail;
    if (detail?.code === 'venue' && UNKNOWN_THERE.has(detail.venueCode)) return [];
    throw thrown;
  }
}
