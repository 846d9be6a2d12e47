import { expect, test } from 'vitest';
import { inspectDesk } from '../../src/app/doctor.ts';
import { err, ok } from '../../src/domain/result.ts';
import { asAccountId } from '../../src/domain/units.ts';
import { venueError } from '../../src/domain/venue-error.ts';
import type { AccountInspection, AccountReader, AccountReading } from '../../src/ports/venue.ts';
import { createFormatter } from '../../src/replies/format.ts';
import { renderText } from '../../src/replies/render-text.ts';
import { createTranslate } from '../../src/replies/translate.ts';
import { fakeClock } from '../fakes/fake-clock.ts';

const sound: AccountInspection = {
  clockOffsetMs: 3,
  mayTrade: false,
  mayWithdraw: false,
  hasIpList: true,
  modes: ['unified'],
  categories: [{ name: 'linear', positions: 2 }],
};
const flat = ok({ positions: [], unreadable: [] });
const refused = err(venueError('unauthorized', { code: 'venue', venueCode: '10003' }));
const unsupported = err(venueError('unsupported', { code: 'not-offered' }));
const readable: AccountReading = { positions: flat, margin: unsupported, stopsError: null };
const unreadable: AccountReading = { positions: refused, margin: refused, stopsError: null };

async function check(
  inspection: Partial<AccountInspection> | 'refused',
  options: { readonly trades?: boolean } = {},
) {
  const account = asAccountId('bybit-a');
  const voice = { say: createTranslate('en'), format: createFormatter('en', 'UTC') };
  const isRefused = inspection === 'refused';
  const reader: AccountReader = {
    account,
    venue: 'bybit',
    read: async () => (isRefused ? unreadable : readable),
    inspect: async () => (isRefused ? refused : ok({ ...sound, ...inspection })),
  };
  const { reply, exit } = await inspectDesk({
    ...voice,
    deskName: 'Desk',
    accounts: [{ id: account, name: 'A', venue: 'bybit', books: [], fundedBy: [] }],
    readers: [reader],
    chats: [],
    places: [],
    tradeAccess: new Set(options.trades ? [account] : []),
    unusedSections: [],
    clock: fakeClock(),
    log: { error: () => {}, warn: () => {} },
    timeoutMs: 1000,
  });
  return { exit, text: renderText(reply, { ...voice, width: 200 }) };
}

test.each([
  { why: 'a sound key', inspection: {}, exit: 0, says: /1 fine, 0 faulty/ },
  {
    why: 'a key that may withdraw is a fault, loudly',
    inspection: { mayWithdraw: true, mayTrade: true },
    exit: 3,
    says: /!!! bybit-a: THIS KEY MAY WITHDRAW/,
  },
  {
    why: 'a read-only key where trading is asked for is a warning',
    inspection: {},
    trades: true,
    exit: 0,
    says: /! bybit-a: access is trade, but the key is read-only/,
  },
  {
    why: 'a key without an IP list is a warning',
    inspection: { hasIpList: false },
    exit: 0,
    says: /! bybit-a: the key works from any address/,
  },
  { why: 'a clock just right', inspection: { clockOffsetMs: 999 }, exit: 0, says: /999 ms/ },
  {
    why: 'a clock off by a second is a warning',
    inspection: { clockOffsetMs: -1000 },
    exit: 0,
    says: /! bybit-a: this clock is -1000 ms off/,
  },
  {
    why: 'a clock off by what venues refuse is a fault',
    inspection: { clockOffsetMs: 5000 },
    exit: 3,
    says: /!! bybit-a: this clock is 5000 ms off/,
  },
  {
    why: 'what could not be read is not known, never none',
    inspection: 'refused' as const,
    exit: 3,
    says: /!! bybit-a +FAILS +not told +– +– +–\n/,
  },
])('$why', async ({ inspection, exit, says, trades }) => {
  const checked = await check(inspection, { trades: trades ?? false });
  expect(checked.text).toMatch(says);
  expect(checked.exit).toBe(exit);
});
