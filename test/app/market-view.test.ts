import { describe, expect, test } from 'vitest';
import type { MarketHistory } from '../../src/app/market-history.ts';
import { createMarketView } from '../../src/app/market-view.ts';
import { dec } from '../../src/domain/decimal.ts';
import { err, ok } from '../../src/domain/result.ts';
import { asRatio } from '../../src/domain/units.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { account, desk, instrument, position } from '../risk/sample-desk.ts';

const HOUR = 3_600_000;
const BTC = instrument('BTC/USDT:USDT');
const HELD = desk(
  account({ positions: [position({ instrument: BTC, contracts: '1', mark: '100' })] }),
);

describe('funding over a year', () => {
  test.each([
    { why: 'by the interval the venue tells', told: 8 * HOUR, last: HOUR, annual: 0.1095 },
    {
      why: 'a feed tells none: by that of the last payment',
      told: null,
      last: 4 * HOUR,
      annual: 0.219,
    },
    { why: 'nobody tells: no figure', told: null, last: null, annual: undefined },
  ])('$why', ({ told: intervalMs, last, annual }) => {
    const rate = asRatio(dec('0.0001'));
    const value = { instrument: BTC, rate, intervalMs, paidAt: null };
    const missing = { what: 'candles', subject: 'BTC', reason: { kind: 'not-read-yet' } } as const;
    const history: Pick<MarketHistory, 'candles' | 'funding'> = {
      candles: () => err({ ...missing, lastGoodAt: null }),
      funding: () =>
        ok({
          current: { value, observedAt: 0, source: 'feed' },
          payments: [{ paidAt: 0, rate, intervalMs: last }],
          gap: null,
        }),
    };
    const market = createMarketView(history as MarketHistory, fakeClock())(HELD);
    const found = market.fundingAnnual.get(BTC.id);
    if (annual === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(annual, 12);
    // What is not known of the candles is a gap with a name, and no model is made up.
    expect(market).toMatchObject({ varModel: null, series: [], gaps: [{ subject: 'BTC' }] });
  });
});
