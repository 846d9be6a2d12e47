import type { AccountMargin } from '../../../domain/account.ts';
import type { AccountInspection } from '../../../ports/venue.ts';
import { clockOffset } from './clock-offset.ts';
import { malformed } from './malformed.ts';
import { parseOkxAccount } from './okx-account.ts';
import {
  fetchOkxBook,
  fetchOkxConfig,
  fetchOkxRows,
  isOpenOkxRow,
  onlyRecord,
} from './okx-book.ts';
import { createOkxWriter } from './okx-writer.ts';
import { type RawRecord, textOf } from './raw-record.ts';
import { okxRules } from './venue-codes.ts';
import { listAt } from './venue-list.ts';
import type { VenueProfile, VenueSession } from './venue-profile.ts';

/** OKX v5: swaps and dated futures. */
export const okxProfile: VenueProfile = {
  venue: 'okx',
  ccxtId: 'okx',
  // OKX's demo is its simulated-trading header; ccxt's own demo mode breaks the addresses.
  environments: { testnet: null, demo: 'sandbox' },
  options: { fetchMarkets: { types: ['swap', 'future'] } },
  rules: okxRules,
  // Private calls are limited per user: 10 in 2 s for balance and positions each, 20 for algo orders.
  budget: {
    perIp: { requests: 100, perMs: 2_000 },
    perUser: { requests: 10, perMs: 2_000 },
    weightPerMinute: null,
    // position-tiers: 10 in 2 s for all accounts behind the IP.
    tiers: { requests: 8, perMs: 2_000 },
    // "Private: per user ID, public: per IP" (OKX v5, Rate Limits).
    limits: { keyHeader: 'ok-access-key', tooMany: 'user', ipCodes: [], leastMs: {} },
  },
  fetchBook: fetchOkxBook,
  fetchMargin,
  inspect,
  createWriter: createOkxWriter,
};

async function fetchMargin(session: VenueSession): Promise<AccountMargin> {
  const [balance, positions] = await Promise.all([
    session.call('privateGetAccountBalance'),
    // Isolated margins are only there. Without them the sums that need them are not known.
    fetchOkxRows(session).catch(() => null),
  ]);
  const observedAt = session.clock.now();
  const margin = parseOkxAccount(onlyRecord(balance), { positions, observedAt });
  if (!margin.ok) throw malformed(margin.error);
  return margin.value;
}

async function inspect(session: VenueSession): Promise<AccountInspection> {
  const [clockOffsetMs, config, rows] = await Promise.all([
    clockOffset(session, 'publicGetPublicTime', (reply) => listAt(reply, 'data')[0]?.['ts']),
    fetchOkxConfig(session),
    fetchOkxRows(session),
  ]);
  const permissions = textOf(config, 'perm')?.split(',') ?? null;
  const addresses = config['ip'];
  return {
    clockOffsetMs,
    mayTrade: permissions?.includes('trade') ?? null,
    mayWithdraw: permissions?.includes('withdraw') ?? null,
    hasIpList: typeof addresses === 'string' ? addresses !== '' : null,
    modes: modesOf(config),
    categories: categoriesOf(rows.filter(isOpenOkxRow)),
  };
}

const LEVELS = new Map([
  ['2', 'single-currency'],
  ['3', 'multi-currency'],
  ['4', 'portfolio'],
]);

function modesOf(config: RawRecord): string[] {
  const level = LEVELS.get(textOf(config, 'acctLv') ?? '');
  const position = config['posMode'];
  return [
    ...(level === undefined ? [] : [level]),
    ...(position === 'long_short_mode' ? ['hedge'] : position === 'net_mode' ? ['one-way'] : []),
  ];
}

/** Swaps are named even when there are none. */
function categoriesOf(rows: readonly RawRecord[]): AccountInspection['categories'] {
  const counts = new Map([['SWAP', 0]]);
  for (const row of rows) {
    const type = textOf(row, 'instType') ?? '?';
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].map(([name, positions]) => ({ name, positions }));
}
