import { describe, expect, test } from 'vitest';
import { ask, desk, snapshotOf } from './small-desk.ts';
import { marketContext, unreadMarket } from './small-market.ts';

interface VarData {
  readonly [key: string]: unknown;
  readonly var99Usd: string | null;
  readonly es975Usd: string | null;
  readonly byAsset: readonly {
    readonly asset: string;
    readonly componentUsd: string;
    readonly es975ComponentUsd: string;
  }[];
}

const whole = snapshotOf(...desk);

async function asked(context = {}, snapshot = whole) {
  const { data, text } = await ask(snapshot, { name: 'var', with: context });
  return { data: data as VarData, text: text(100) };
}

const cents = (amounts: readonly string[]) =>
  amounts.reduce((sum, amount) => sum + Math.round(Number(amount) * 100), 0);

describe('/var', () => {
  test('parts that add up to the cent, with method and day', async () => {
    const { data } = await asked();
    expect(data).toMatchObject({
      horizon: '1d',
      method: 'fhs',
      fallback: null,
      asOfDay: '2026-02-28',
      forDay: '2026-03-01',
      omitted: [{ asset: 'PEPE', exposureUsd: '617', reason: 'no-candles' }],
      completed: [{ asset: 'SOL', observedDays: 369, drawnDays: 131, after: 'BTC' }],
    });
    expect(data.byAsset.map(({ asset }) => asset)).toEqual(['BTC', 'ETH', 'SOL']);
    const parts = data.byAsset.map(({ componentUsd }) => componentUsd);
    expect(cents(parts)).toBe(cents([data.var99Usd ?? '']));
    const shortfalls = data.byAsset.map(({ es975ComponentUsd }) => es975ComponentUsd);
    expect(cents(shortfalls)).toBe(cents([data.es975Usd ?? '']));
  });

  test('a day on which an account is old gets no stored forecast, and it says so', async () => {
    const [first, ...others] = desk;
    if (!first) throw new TypeError('the small desk has accounts');
    const old = await asked({}, snapshotOf({ ...first, status: 'stale' }, ...others));
    expect(old.text).toContain(`only while every account is read; ${first.id}`);
    const { text } = await asked({}, snapshotOf(...desk.filter(({ status }) => !status)));
    expect(text).not.toContain('only while every account is read');
  });

  test('scores in words', async () => {
    const { data, text } = await asked();
    expect(text).toContain('VaR 99%: 17 breaks in 1000 days, 10 expected: too many (p 4.3%).');
    expect(text).toContain('VaR 95%: breaks follow each other (p 0.26%)');
    expect(data['score']).toMatchObject({
      var99: { scoredDays: 1000, breaks: 17, expectedBreaks: '10', kupiecP: '0.0431128' },
    });
    const none = await asked({ varScore: () => Promise.resolve(null) });
    expect(none.text).toContain('No forecast has been held against its day yet.');
  });

  test('nothing known of the market: no figure, and it says why where the figure would be', async () => {
    const context = marketContext(whole, unreadMarket);
    const { data, text } = await asked(context);
    expect(data).toMatchObject({ var99Usd: null, es975Usd: null, method: null, byAsset: [] });
    expect(text).toContain('VaR 99%, 1 day not known: no price history');
    expect(text).toContain('Price history of BTC, SOL, PEPE, ETH: not read yet.');
    expect(text).toContain('Not in the figures: BTC ($28,001), no price history.');
  });

  test('a desk without exposure has nothing at risk', async () => {
    const flat = snapshotOf({ id: 'a', venue: 'okx', equity: '60000', maintenance: '0' });
    const { data, text } = await asked(marketContext(flat), flat);
    expect(data).toMatchObject({ var99Usd: '0', es975Usd: '0', byAsset: [] });
    expect(text).toContain('No net exposure, so nothing at risk.');
  });
});
