import type { AccountInspection } from '../../../ports/venue.ts';
import { fetchBybitAccountMode } from './bybit-account-mode.ts';
import { type BybitRows, fetchBybitRows } from './bybit-book.ts';
import { clockOffset } from './clock-offset.ts';
import { isRecord, type RawRecord } from './raw-record.ts';
import { recordAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';

/** What a key may do, from the venue's own account of it. Demo accounts cannot ask about their key. */
export async function inspectBybit(session: VenueSession): Promise<AccountInspection> {
  const [clockOffsetMs, mode, key, lists] = await Promise.all([
    clockOffset(session, 'publicGetV5MarketTime', (reply) => recordAt(reply)['time']),
    fetchBybitAccountMode(session),
    session.environment === 'demo' ? null : fetchKey(session),
    fetchBybitRows(session),
  ]);
  const mayWrite = key === null ? null : String(key['readOnly']) === '0';
  return {
    clockOffsetMs,
    mayTrade: mayWrite === null ? null : mayWrite && has(key, 'ContractTrade', 'Order'),
    mayWithdraw: mayWrite === null ? null : mayWrite && has(key, 'Wallet', 'Withdraw'),
    hasIpList: key === null ? null : hasIpList(key['ips']),
    modes: [
      mode.isUnified ? 'unified' : 'classic',
      ...(mode.marginMode === null ? [] : [mode.marginMode]),
      ...positionMode(lists),
    ],
    categories: lists.map(({ list, rows }) => ({ name: list.name, positions: rows.length })),
  };
}

async function fetchKey(session: VenueSession): Promise<RawRecord> {
  return recordAt(await session.call('privateGetV5UserQueryApi'), 'result');
}

function has(key: RawRecord | null, area: string, permission: string): boolean {
  const permissions = key?.['permissions'];
  const granted = isRecord(permissions) ? permissions[area] : undefined;
  return Array.isArray(granted) && granted.includes(permission);
}

/** `["*"]` is Bybit's "any address". */
function hasIpList(ips: unknown): boolean | null {
  return Array.isArray(ips) ? ips.length > 0 && !ips.includes('*') : null;
}

/** Bybit tells the position mode only in the rows: index 0 is one-way, 1 and 2 are hedge legs. */
function positionMode(lists: readonly BybitRows[]): string[] {
  const indexes = lists.flatMap(({ rows }) => rows.map((row) => String(row['positionIdx'])));
  if (indexes.length === 0) return [];
  return [indexes.some((index) => index === '1' || index === '2') ? 'hedge' : 'one-way'];
}
