import { expect, test } from 'vitest';
import { createZtdxVenues } from '../../../../src/adapters/venues/ztdx/ztdx-venues.ts';
import type { VenueCredentials } from '../../../../src/ports/venue.ts';
import {
  bookIn,
  CONFIG,
  clock,
  freshStandIn,
  LIST,
  never,
  OF_SAMPLE,
  plain,
  readerAt,
} from './asking.ts';
import { SAMPLE, SAMPLE_LIQUIDATION, ztdxConnection } from './stand-in-ztdx.ts';

const venue = freshStandIn();
const readerFor = (credentials: Partial<VenueCredentials> = {}) => readerAt(venue(), credentials);
const read = (credentials: Partial<VenueCredentials> = {}) => readerFor(credentials).read(never());

test('without a market config the documented rate stands, and it is asked for once', async () => {
  const readers = createZtdxVenues(clock).reader;
  for (let i = 0; i < 3; i += 1) {
    const reader = readers(ztdxConnection(venue().origin));
    const [position] = bookIn(await reader.read(never())).positions;
    expect(plain(position?.instrument)).toMatchObject({
      tickSize: null,
      takerFee: null,
      tiers: [{ floor: '0', cap: null, rate: '0.005', deduction: '0' }],
    });
  }
  expect(venue().count(CONFIG)).toBe(1);
});

test('with one, its tick, rate and fee are used', async () => {
  const data = { tick_size: '0.1', maintenance_margin_rate: '0.004', taker_fee_rate: '0.0005' };
  venue().answer(CONFIG, { body: { success: true, data } });
  const [position] = bookIn(await read()).positions;
  expect(plain(position?.instrument)).toMatchObject({
    tickSize: '0.1',
    takerFee: '0.0005',
    tiers: [{ rate: '0.004' }],
  });
});

test('a mark is taken from the state, then from the public price, else it is not known', async () => {
  venue().answer(LIST, { body: { positions: [{ ...SAMPLE, mark_price: null }] } });
  const marks = async () => bookIn(await read()).positions.map((p) => plain(p.markPrice));
  expect(await marks()).toEqual(['65500']);
  const { mark_price: _, ...unmarked } = SAMPLE_LIQUIDATION;
  venue().answer(`${OF_SAMPLE}/liquidation`, { body: unmarked });
  expect(await marks()).toEqual([null]);
  venue().answer('GET /api/v1/mark-price/BTCUSDT', { body: { mark_price: '65499.5' } });
  expect(await marks()).toEqual(['65499.5']);
});
