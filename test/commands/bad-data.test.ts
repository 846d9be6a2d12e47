import { describe, expect, test } from 'vitest';
import type { MarketView } from '../../src/app/market-view.ts';
import type { AccountMargin } from '../../src/domain/account.ts';
import { Decimal, dec } from '../../src/domain/decimal.ts';
import type { Instrument } from '../../src/domain/instrument.ts';
import type { Position } from '../../src/domain/position.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import { candleSeries } from '../../src/risk/statistics/candle-series.ts';
import { varModel } from '../../src/risk/var/var-model.ts';
import { ask, desk, snapshotOf } from './small-desk.ts';
import { knownMarket, marketContext, NOW } from './small-market.ts';

const COMMANDS = ['exposure', 'positions', 'margin', 'liq', 'stress', 'var', 'rebalance'];
const NOT_A_NUMBER = new Decimal('NaN');
const whole = snapshotOf(...desk);

/** The same desk with every position, or every margin, spoilt in one way. */
const positions = (spoil: (position: Position) => Partial<Position>): Snapshot => ({
  ...whole,
  accounts: whole.accounts.map((account) => ({
    ...account,
    positions: account.positions.map((each) => ({ ...each, ...spoil(each) })),
  })),
});
const instruments = (spoil: Partial<Instrument>) =>
  positions(({ instrument }) => ({ instrument: { ...instrument, ...spoil } }));
const margins = (spoil: (margin: AccountMargin) => Partial<AccountMargin>): Snapshot => ({
  ...whole,
  accounts: whole.accounts.map((account) => ({
    ...account,
    margin: account.margin && { ...account.margin, ...spoil(account.margin) },
  })),
});
const as = <T>(value: Decimal) => value as unknown as T;

const holed = (snapshot: Snapshot): MarketView => {
  const market = knownMarket(snapshot);
  // Every third day is missing, and the last two weeks of the first asset.
  const series = market.series.map(({ asset, candles }, i) =>
    candleSeries(
      asset,
      candles.filter(({ day }, at) => day % 3 !== 0 && (i > 0 || at < candles.length - 14)),
    ),
  );
  const asOfDay = Math.floor(NOW / 86_400_000) - 1;
  return { ...market, series, varModel: varModel({ series, asOfDay }) };
};
const useless = (snapshot: Snapshot): MarketView => ({
  ...knownMarket(snapshot),
  fundingAnnual: new Map(
    snapshot.accounts.flatMap(({ positions: held }) =>
      held.map(({ instrument }) => [instrument.id, Number.NaN] as const),
    ),
  ),
  varModel: null,
  outlooks: new Map(),
  series: [],
});

const SPOILT: readonly {
  readonly why: string;
  readonly snapshot: Snapshot;
  readonly market?: (snapshot: Snapshot) => MarketView;
  /** What `/liq` and `/var` say of it, in part. */
  readonly liq?: string;
  readonly value?: string;
}[] = [
  {
    why: 'marks that are no number',
    snapshot: positions(() => ({ markPrice: as(NOT_A_NUMBER) })),
  },
  {
    why: 'quantities that are no number',
    snapshot: positions(() => ({ quantity: as(NOT_A_NUMBER), contracts: NOT_A_NUMBER })),
  },
  {
    why: 'equity that is no number',
    snapshot: margins(() => ({ equityUsd: as(NOT_A_NUMBER) })),
  },
  {
    why: 'maintenance that is infinite',
    snapshot: margins(() => ({ maintenanceMarginUsd: as(new Decimal('Infinity')) })),
  },
  { why: 'negative equity', snapshot: margins(() => ({ equityUsd: as(dec('-1500')) })) },
  { why: 'equity of zero', snapshot: margins(() => ({ equityUsd: as(dec('0')) })) },
  {
    why: 'no maintenance brackets',
    snapshot: instruments({ tiers: null }),
    liq: 'brackets are not known',
  },
  { why: 'an empty list of brackets', snapshot: instruments({ tiers: [] }) },
  { why: 'leverage of zero', snapshot: positions(() => ({ leverage: as(dec('0')) })) },
  { why: 'a mark of zero', snapshot: positions(() => ({ markPrice: as(dec('0')) })) },
  { why: 'an entry of zero', snapshot: positions(() => ({ entryPrice: as(dec('0')) })) },
  { why: 'a contract size of zero', snapshot: instruments({ contractSize: dec('0') }) },
  {
    why: 'delisted: no mark, no brackets, no price of the venue, no candles',
    snapshot: positions(({ instrument }) => ({
      markPrice: null,
      liquidation: { kind: 'unknown' },
      instrument: { ...instrument, tiers: null, tickSize: null },
    })),
    market: useless,
    liq: 'not known',
    value: 'not known',
  },
  { why: 'candles with holes', snapshot: whole, market: holed },
  { why: 'no market at all', snapshot: whole, market: useless, value: 'not known' },
];

describe.each(SPOILT)('$why', ({ snapshot, market = knownMarket, ...says }) => {
  const asked = (name: string, locale: 'en' | 'zh-CN' = 'en') =>
    ask(snapshot, { name, locale, with: marketContext(snapshot, market) });

  test.each(COMMANDS)('/%s answers, and prints no figure that is none', async (name) => {
    for (const locale of ['en', 'zh-CN'] as const) {
      const { data, text } = await asked(name, locale);
      expect(text(80)).not.toMatch(/NaN|Infinity|undefined|∞|\bnull\b/);
      expect(JSON.stringify(data)).not.toMatch(/NaN|Infinity/);
    }
  });

  test('the reason is said', async () => {
    if (says.liq !== undefined) expect((await asked('liq')).text(300)).toContain(says.liq);
    if (says.value !== undefined) expect((await asked('var')).text(300)).toContain(says.value);
  });
});
