import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import type { Position } from '../../../../src/domain/position.ts';
import type { VenueConnection } from '../../../../src/ports/venue.ts';
import { type StubHandler, type StubHttp, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo } from '../connection.ts';
import { standInBybit } from './stand-in-bybit.ts';
import { standInHyperliquid } from './stand-in-hyperliquid.ts';

/** Real replies of the venues, through the production adapter over HTTP, against the venues' own digits. */
const FOLDER = `${process.env['PLIMSOLL_FIXTURES'] ?? '../shared/fixtures'}/recorded-responses/response`;
const isMissing = !existsSync(FOLDER);

type Json = Readonly<Record<string, unknown>>;
interface Recorded {
  readonly description: string;
  readonly httpResponse: Json;
}

function recorded(venue: string, method: string): Recorded[] {
  if (isMissing) return [];
  const file = JSON.parse(readFileSync(`${FOLDER}/${venue}.json`, 'utf8'));
  return file.methods[method] ?? [];
}

let stub: StubHttp | null = null;
afterEach(async () => {
  await stub?.close();
  stub = null;
});

async function replay(
  venue: string,
  handler: StubHandler,
  credentials: Partial<VenueConnection['credentials']> = {},
) {
  stub = await startStubHttp(handler);
  const connection = connectionTo(venue, stub.origin, { credentials });
  const reader = createCcxtVenues(systemTime()).reader(connection);
  const reading = await reader.read(AbortSignal.timeout(10_000));
  if (!reading.positions.ok) expect.fail(JSON.stringify(reading.positions.error));
  if (!reading.margin.ok) expect.fail(JSON.stringify(reading.margin.error));
  expect(reading.positions.value.unreadable).toEqual([]);
  return { positions: reading.positions.value.positions, margin: reading.margin.value };
}

const digits = (value: { toFixed(): string } | null | undefined) => value?.toFixed() ?? null;
const priceIn = (state: Position['liquidation'] | undefined) =>
  state?.kind === 'price' ? state.price.toFixed() : (state?.kind ?? null);

describe.skipIf(isMissing)('recorded replies of bybit', () => {
  const cases = [...recorded('bybit', 'fetchPositions'), ...recorded('bybit', 'fetchPosition')];

  test.each(cases)('$description', async ({ httpResponse }) => {
    const list = (httpResponse['result'] as Json)['list'] as Json[];
    const { positions } = await replay('bybit', (request) =>
      request.path === '/v5/position/list' && request.query.get('settleCoin') === 'USDT'
        ? { body: httpResponse }
        : standInBybit()(request),
    );
    const expected = list.filter((row) => row['size'] !== '0');
    expect(positions).toHaveLength(expected.length);
    for (const [i, row] of expected.entries()) {
      const position = positions[i];
      expect({
        size: digits(position?.contracts),
        avgPrice: digits(position?.entryPrice),
        markPrice: digits(position?.markPrice),
        leverage: digits(position?.leverage),
        positionIM: digits(position?.initialMargin?.amount),
        positionMM: digits(position?.maintenanceMargin?.amount),
        unrealisedPnl: digits(position?.unrealizedPnl?.amount),
        liqPrice: priceIn(position?.liquidation),
      }).toEqual({
        size: row['size'],
        avgPrice: row['avgPrice'],
        markPrice: row['markPrice'],
        leverage: row['leverage'],
        positionIM: row['positionIM'],
        positionMM: row['positionMM'],
        unrealisedPnl: row['unrealisedPnl'],
        liqPrice: row['liqPrice'] === '' ? 'none' : row['liqPrice'],
      });
      expect(position?.side).toBe(row['side'] === 'Buy' ? 'long' : 'short');
      expect(position?.venueUpdatedAt).toBe(Number(row['updatedTime']));
    }
  });
});

describe.skipIf(isMissing)('recorded replies of hyperliquid', () => {
  test.each(recorded('hyperliquid', 'fetchPositions'))('$description', async ({ httpResponse }) => {
    const entries = httpResponse['assetPositions'] as { position: Json }[];
    const { positions, margin } = await replay('hyperliquid', standInHyperliquid(httpResponse), {
      wallet: '0x0000000000000000000000000000000000000001',
    });
    expect(positions).toHaveLength(entries.length);
    for (const [i, { position: row }] of entries.entries()) {
      const position = positions[i];
      const terms = row['leverage'] as Json;
      const sign = position?.side === 'short' ? '-' : '';
      expect({
        szi: Number(`${sign}${digits(position?.contracts)}`),
        entryPx: Number(digits(position?.entryPrice)),
        positionValue: digits(position?.venueNotionalUsd),
        unrealizedPnl: digits(position?.unrealizedPnl?.amount),
        value: digits(position?.leverage),
        type: position?.marginMode,
        liquidationPx: priceIn(position?.liquidation),
      }).toEqual({
        szi: Number(row['szi']),
        entryPx: Number(row['entryPx']),
        positionValue: row['positionValue'],
        unrealizedPnl: row['unrealizedPnl'],
        value: terms['value'],
        type: terms['type'],
        liquidationPx: row['liquidationPx'] ?? 'none',
      });
      // marginUsed of an isolated position includes its PnL; what was put in is size × entry + rawUsd.
      const assigned = position?.collateral?.amount.plus(position.unrealizedPnl?.amount ?? 0);
      expect(digits(assigned)).toBe(terms['type'] === 'isolated' ? row['marginUsed'] : null);
    }
    const summary = httpResponse['marginSummary'] as Json;
    expect(digits(margin.equityUsd)).toBe(summary['accountValue']);
    expect(digits(margin.initialMarginUsd)).toBe(summary['totalMarginUsed']);
  });
});
