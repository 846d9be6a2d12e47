import { parseDecimal } from '../../../domain/decimal.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { asPrice } from '../../../domain/units.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import type {
  Candle,
  CandleQuery,
  Funding,
  InstrumentRef,
  ListedContract,
  Mark,
  MarketSource,
  Observed,
} from '../../../ports/market-data.ts';
import { type CandleRow, closedCandles } from '../wire/closed-candles.ts';
import { asFields, firstText, payloadOf } from './fields.ts';
import { instrumentOf, NO_PROFILE } from './instrument-of.ts';
import { parseMark } from './parse-market.ts';
import { bookSide, candleRows, fundingPayments, hourlyRate, rowsOf } from './parse-market-data.ts';
import { isNotOffered, type ZtdxHttp } from './ztdx-http.ts';

const VENUE = 'ztdx';
const HOUR_MS = 3_600_000;
const CANDLES_PER_CALL = 1_000;
const MOST_PAGES = 12;

type Got<T> = Result<T, VenueError>;

/** The venue's public endpoints. One that is missing is `unsupported`, and costs only its own figure. */
export function createZtdxMarketData(http: ZtdxHttp, clock: Clock): MarketSource {
  const get = async (path: string, signal: AbortSignal): Promise<Got<object>> => {
    const reply = await http({ method: 'GET', path: `/api/v1/${path}` }, signal);
    if (reply.ok) return ok(reply.value.json);
    return isNotOffered(reply.error) ? unsupported() : reply;
  };
  const observed = <T>(got: Got<T>): Got<Observed<T>> =>
    got.ok ? ok({ value: got.value, observedAt: clock.now(), source: VENUE }) : got;
  const ask = { get, now: () => clock.now() };

  return {
    name: VENUE,
    venues: [VENUE],
    contracts: async (signal) => observed(await listContracts(ask, signal)),
    candles: async (query, signal) => observed(await fetchCandles(ask, query, signal)),
    funding: async (refs, signal) => observed(await fetchFunding(ask, refs, signal)),
    async settledFunding(ref, from, signal) {
      const name = nameOf(ref);
      if (name === null) return unsupported();
      const path = `funding-rate/history?symbol=${name}&limit=${CANDLES_PER_CALL}`;
      const rows = await readRows(ask, { path, names: ['history', 'funding_rates'] }, signal);
      if (!rows.ok) return rows;
      return observed(ok(fundingPayments(rows.value).filter(({ paidAt }) => paidAt >= from)));
    },
    async book(instrument, depth, signal) {
      const name = nameOf(instrument);
      if (name === null) return unsupported();
      const reply = await get(`orderbook/${name}?depth=${depth}`, signal);
      if (!reply.ok) return reply;
      const fields = payloadOf(reply.value);
      const bids = bookSide(fields?.['bids'], 'highest');
      const asks = bookSide(fields?.['asks'], 'lowest');
      if (bids === null || asks === null) return malformed('orderbook');
      const { venue, symbol } = instrument;
      return observed(ok({ instrument: { venue, symbol }, bids, asks }));
    },
    marks: async (signal) => observed(await fetchMarks(ask, signal)),
  };
}

interface Ask {
  get(path: string, signal: AbortSignal): Promise<Got<object>>;
  now(): number;
}

async function readRows(
  ask: Ask,
  where: { readonly path: string; readonly names: readonly string[] },
  signal: AbortSignal,
): Promise<Got<readonly unknown[]>> {
  const reply = await ask.get(where.path, signal);
  if (!reply.ok) return reply;
  const rows = rowsOf(reply.value, where.names);
  return rows === null ? malformed(where.names[0] ?? 'data') : ok(rows);
}

async function listContracts(ask: Ask, signal: AbortSignal): Promise<Got<ListedContract[]>> {
  const rows = await readRows(ask, { path: 'markets', names: ['markets', 'symbols'] }, signal);
  if (!rows.ok) return rows;
  const contracts = rows.value.flatMap((row) => {
    const fields = asFields(row);
    const name = typeof row === 'string' ? row : firstText(fields, ['symbol', 'name']);
    const status = firstText(fields, ['status'])?.toLowerCase() ?? 'active';
    const instrument = name === null ? null : instrumentOf(name, NO_PROFILE);
    if (instrument === null || !['active', 'trading', 'online', 'open'].includes(status)) return [];
    const { venue, symbol, asset, quote, settle, kind } = instrument;
    const unknown = { turnoverUsd24h: null, listedAt: null };
    return [{ venue, symbol, asset, quote, settle, kind, ...unknown }];
  });
  return ok(contracts);
}

/**
 * Newest first, page by page backwards by `end_time`. That parameter is undocumented: where it is
 * ignored the same page comes again, and what that page holds is all there is.
 */
async function fetchCandles(
  ask: Ask,
  query: CandleQuery,
  signal: AbortSignal,
): Promise<Got<Candle[]>> {
  const name = nameOf(query.instrument);
  if (name === null) return unsupported();
  const rows: CandleRow[] = [];
  let end = query.to;
  for (let page = 0; page < MOST_PAGES && end > query.from; page += 1) {
    const limits = `interval=${query.interval}&limit=${CANDLES_PER_CALL}&end_time=${end - 1}`;
    const names = ['klines', 'candles'];
    const listed = await readRows(ask, { path: `klines/${name}?${limits}`, names }, signal);
    if (!listed.ok) return listed;
    const found = candleRows(listed.value);
    rows.push(...found);
    const times = found.map(([time]) => time).filter((time) => typeof time === 'number');
    const oldest = Math.min(...times, end);
    if (oldest === end) break;
    end = oldest;
  }
  return ok(closedCandles(rows, query, ask.now()));
}

/** The ticker's hourly rate: the only running rate the pages show. */
async function fetchFunding(
  ask: Ask,
  refs: readonly InstrumentRef[],
  signal: AbortSignal,
): Promise<Got<Funding[]>> {
  const asked = await Promise.all(
    refs.map(async (ref): Promise<Got<Funding | null>> => {
      const name = nameOf(ref);
      if (name === null) return ok(null);
      const reply = await ask.get(`ticker/${name}`, signal);
      const rate = reply.ok ? hourlyRate(reply.value) : null;
      if (rate === null) return reply.ok ? ok(null) : reply;
      const instrument = { venue: ref.venue, symbol: ref.symbol };
      return ok({ instrument, rate, intervalMs: HOUR_MS, paidAt: null });
    }),
  );
  const found = asked.flatMap((each) => (each.ok && each.value !== null ? [each.value] : []));
  const failed = asked.find((each) => !each.ok);
  return found.length === 0 && failed !== undefined && !failed.ok ? failed : ok(found);
}

async function fetchMarks(ask: Ask, signal: AbortSignal): Promise<Got<Mark[]>> {
  const contracts = await listContracts(ask, signal);
  if (!contracts.ok) return contracts;
  const asked = await Promise.all(
    contracts.value.map(async ({ venue, symbol }) => {
      const instrument = { venue, symbol };
      const reply = await ask.get(`mark-price/${nameOf(instrument)}`, signal);
      return { instrument, reply };
    }),
  );
  const marks = asked.flatMap(({ instrument, reply }) => {
    const price = reply.ok ? parseMark(reply.value) : null;
    if (!reply.ok || price === null) return [];
    const indexPrice = parseDecimal(payloadOf(reply.value)?.['index_price']);
    return [{ instrument, markPrice: asPrice(price), indexPrice }];
  });
  const failed = asked.find(({ reply }) => !reply.ok)?.reply;
  if (marks.length > 0 || failed === undefined || failed.ok) return ok(marks);
  return failed;
}

/** `BTC/USDT:USDT` is `BTCUSDT` here, ready for a path. */
function nameOf({ venue, symbol }: InstrumentRef): string | null {
  const pair = /^([A-Z0-9]+)\/([A-Z]+):[A-Z]+$/.exec(symbol);
  return venue === VENUE && pair ? `${pair[1]}${pair[2]}` : null;
}

function unsupported(): Got<never> {
  return err(venueError('unsupported', { code: 'not-offered' }));
}

function malformed(field: string): Got<never> {
  return err(venueError('malformed', { code: 'field', field }));
}
