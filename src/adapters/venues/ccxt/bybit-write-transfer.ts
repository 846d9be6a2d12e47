import { createHash } from 'node:crypto';
import { ok, type Result } from '../../../domain/result.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
import type { ActTrace, SentAct, TransferWriter } from '../../../ports/venue-writer.ts';
import type { AccountLine } from './account-line.ts';
import { textOf } from './raw-record.ts';
import { listAt, recordAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';
import { refused } from './write-call.ts';
import { refusedBy } from './write-refusals.ts';
import type { WriteSetup } from './write-setup.ts';

/** Who a key belongs to, as Bybit numbers its users. */
interface Member {
  readonly id: string;
  /** Of the main account of the family; a main account's own. */
  readonly mainId: string;
  readonly line: AccountLine;
}

export interface BybitTransfers {
  readonly writer: TransferWriter;
  trace(act: SentAct, signal: AbortSignal): Promise<Result<ActTrace, VenueError>>;
}

/**
 * From the unified wallet of one account of the desk to that of another of the same family. A
 * sub-account's key sends only to its main account; between two sub-accounts the main account's key
 * does, when the desk has it.
 */
export function createBybitTransfers(setup: WriteSetup): BybitTransfers {
  const family = createFamily(setup);
  return {
    writer: {
      reaches: (to) => setup.others().some(({ connection }) => connection.account === to),
      async transfer({ to, amount, clientRef }, signal) {
        const target = setup.others().find(({ connection }) => connection.account === to);
        if (target === undefined) return refused('not-offered');
        const own = await family.member(setup.line, signal);
        if (!own.ok) return refusedBy(own.error);
        const receiver = await family.member(target.line, signal);
        if (!receiver.ok) return refusedBy(receiver.error);
        if (receiver.value.mainId !== own.value.mainId) return refused('position-not-owned');
        const isToMain = receiver.value.id === own.value.mainId;
        const signer = isToMain ? own.value : await family.main(own.value, signal);
        if (signer === null) return refused('not-permitted');
        const params = {
          transferId: transferIdOf(clientRef),
          ...{ coin: amount.currency, amount: amount.amount.toFixed() },
          ...{ fromMemberId: Number(own.value.id), toMemberId: Number(receiver.value.id) },
          ...{ fromAccountType: 'UNIFIED', toAccountType: 'UNIFIED' },
        };
        const call = { method: 'privatePostV5AssetTransferUniversalTransfer', params };
        return (await setup.write(call, signal, signer.line)).outcome;
      },
    },
    async trace({ clientRef }, signal) {
      const own = await family.member(setup.line, signal);
      if (!own.ok) return own;
      const main = await family.main(own.value, signal);
      // Whoever signed it knows it; a sub-account's own key may not see what the main one sent.
      for (const { line } of new Set([own.value, ...(main === null ? [] : [main])])) {
        const found = await setup.read(signal, (session) => traceIn(session, clientRef), line);
        if (!found.ok || found.value !== 'absent') return found;
      }
      return ok('absent');
    },
  };
}

interface Family {
  /** Asked of each key once; a failure is asked again. */
  member(line: AccountLine, signal: AbortSignal): Promise<Result<Member, VenueError>>;
  /** The main account of this one, itself perhaps; null: the desk has no key of it that answers. */
  main(own: Member, signal: AbortSignal): Promise<Member | null>;
}

function createFamily(setup: WriteSetup): Family {
  const known = new Map<AccountLine, Member>();
  const family: Family = {
    async member(line, signal) {
      const member = known.get(line);
      if (member !== undefined) return ok(member);
      const read = await setup.read(signal, (session) => fetchMember(session, line), line);
      if (read.ok) known.set(line, read.value);
      return read;
    },
    async main(own, signal) {
      if (own.id === own.mainId) return own;
      const others = await Promise.all(
        setup.others().map(({ line }) => family.member(line, signal)),
      );
      const found = others.find((other) => other.ok && other.value.id === own.mainId);
      return found?.ok ? found.value : null;
    },
  };
  return family;
}

async function fetchMember(session: VenueSession, line: AccountLine): Promise<Member> {
  const key = recordAt(await session.call('privateGetV5UserQueryApi'), 'result');
  const id = String(key['userID']);
  const parent = String(key['parentUid'] ?? '0');
  return { id, mainId: key['isMaster'] === true || parent === '0' ? id : parent, line };
}

async function traceIn(session: VenueSession, clientRef: string): Promise<ActTrace> {
  const query = { transferId: transferIdOf(clientRef) };
  const reply = await session.call('privateGetV5AssetTransferQueryUniversalTransferList', query);
  const [row] = listAt(reply, 'result', 'list').filter(
    ({ transferId }) => transferId === query.transferId,
  );
  switch (row === undefined ? null : textOf(row, 'status')) {
    case 'SUCCESS':
      return 'done';
    case 'FAILED':
      return 'refused';
    default:
      return 'absent';
  }
}

/** Bybit wants a UUID: the same one for the same reference, in the form of a version 5. */
function transferIdOf(clientRef: string): string {
  const hex = createHash('sha256').update(`transfer ${clientRef}`).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`];
  return [...parts, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
