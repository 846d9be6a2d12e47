import { parseDecimal } from '../../../domain/decimal.ts';
import type { MaintenanceTier } from '../../../domain/instrument.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
import { recall } from './account-memory.ts';
import { classifyError } from './classify-error.ts';
import { collectBook } from './collect-book.ts';
import type { StopOrder } from './full-size-stop.ts';
import { malformed } from './malformed.ts';
import { parseOkxPosition } from './okx-position.ts';
import { parseOkxStops } from './okx-stops.ts';
import { parseOkxTiers } from './okx-tiers.ts';
import { isRecord, type RawRecord, textOf } from './raw-record.ts';
import { listAt } from './venue-list.ts';
import type { BookReading, VenueSession } from './venue-profile.ts';

/** Rows of `account/positions`, which both halves of a read need. */
export function fetchOkxRows(session: VenueSession): Promise<RawRecord[]> {
  return recall(session, {
    key: 'positions',
    freshMs: 0,
    load: async () => listAt(await session.call('privateGetAccountPositions'), 'data'),
  });
}

const HOUR_MS = 3_600_000;

/** `account/config`: account level, position mode, the key's permissions and addresses. */
export function fetchOkxConfig(session: VenueSession): Promise<RawRecord> {
  return recall(session, {
    key: 'config',
    freshMs: HOUR_MS,
    load: async () => onlyRecord(await session.call('privateGetAccountConfig')),
  });
}

/** OKX wraps a single answer in a list. */
export function onlyRecord(reply: unknown): RawRecord {
  const [first] = listAt(reply, 'data');
  if (first === undefined) throw malformed('data');
  return first;
}

export function isOpenOkxRow(row: RawRecord): boolean {
  return parseDecimal(row['pos'])?.isZero() !== true;
}

/** Account level of portfolio margin. */
const PORTFOLIO = '4';

export async function fetchOkxBook(session: VenueSession): Promise<BookReading> {
  const rows = await fetchOkxRows(session);
  const observedAt = session.clock.now();
  const open = rows.filter(isOpenOkxRow);
  if (open.length === 0) return { book: { positions: [], unreadable: [] }, stopsError: null };
  await session.loadMarkets();
  const [stops, level, tiers] = await Promise.all([
    readStops(session),
    // Without it a cross position is called cross, which is what its row says.
    fetchOkxConfig(session).then(
      (config) => textOf(config, 'acctLv'),
      () => null,
    ),
    fetchTiers(session, open),
  ]);
  const book = collectBook(open, (row) =>
    parseOkxPosition(row, {
      account: session.account,
      venue: session.venue,
      observedAt,
      isPortfolio: level === PORTFOLIO,
      stops: stops.orders,
      instrumentOf(marketId, mode) {
        const market = session.market(marketId);
        const brackets = tiers.get(tierKey(session, marketId, mode) ?? '') ?? null;
        return market && session.instrument(market, { tiers: brackets, tierUnit: 'contracts' });
      },
    }),
  );
  return { book, stopsError: stops.error };
}

const PAGE = 100;
const MOST_PAGES = 20;

/** Every pending TP/SL order: 100 a page, the older ones after the last id. */
async function readStops(
  session: VenueSession,
): Promise<{ orders: readonly StopOrder[] | null; error: VenueError | null }> {
  try {
    const rows: RawRecord[] = [];
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const last = rows.at(-1);
      const after = last === undefined ? {} : { after: last['algoId'] };
      const query = { ordType: 'conditional,oco', limit: PAGE, ...after };
      const found = listAt(await session.call('privateGetTradeOrdersAlgoPending', query), 'data');
      rows.push(...found);
      if (found.length < PAGE) return { orders: parseOkxStops(rows), error: null };
    }
    throw malformed('algoId');
  } catch (thrown) {
    return { orders: null, error: classifyError(thrown) };
  }
}

interface TierQuery {
  readonly instType: string;
  readonly tdMode: string;
  readonly instFamily: string;
}

/** Tiers belong to a family of instruments and a mode: BTC-USDT, cross. */
function tierQuery(session: VenueSession, market: string, mode: string): TierQuery | null {
  const info: unknown = session.market(market)?.info;
  if (!isRecord(info)) return null;
  const instFamily = textOf(info, 'instFamily') ?? textOf(info, 'uly');
  const instType = textOf(info, 'instType');
  return instFamily && instType ? { instType, tdMode: mode, instFamily } : null;
}

function tierKey(session: VenueSession, market: string, mode: string): string | null {
  const query = tierQuery(session, market, mode);
  return query && `tiers ${query.instType} ${query.instFamily} ${query.tdMode}`;
}

async function fetchTiers(
  session: VenueSession,
  rows: readonly RawRecord[],
): Promise<ReadonlyMap<string, readonly MaintenanceTier[]>> {
  const wanted = new Map<string, TierQuery>();
  for (const row of rows) {
    const market = textOf(row, 'instId') ?? '';
    const mode = textOf(row, 'mgnMode') ?? '';
    const query = tierQuery(session, market, mode);
    const key = tierKey(session, market, mode);
    if (query !== null && key !== null) wanted.set(key, query);
  }
  const known = new Map<string, readonly MaintenanceTier[]>();
  await Promise.all(
    [...wanted].map(async ([key, query]) => {
      const tiers = await session.tiers(key, async () => {
        const reply = await session.call('publicGetPublicPositionTiers', { ...query });
        const parsed = parseOkxTiers(listAt(reply, 'data'));
        if (parsed === null) throw malformed('position-tiers');
        return parsed;
      });
      if (tiers !== null) known.set(key, tiers);
    }),
  );
  return known;
}
