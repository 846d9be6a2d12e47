import { describe, expect, test } from 'vitest';
import { type AccountFacts, ask, desk, holedDesk, snapshotOf } from './small-desk.ts';
import { unreadMarket } from './small-market.ts';

describe('/margin', () => {
  test('every account in one convention, the venue ratio beside it', async () => {
    const { data } = await ask(snapshotOf(...desk), { name: 'margin' });
    const { accounts, moves } = data as { accounts: Record<string, unknown>[]; moves: unknown };
    expect(accounts.map(({ account }) => account)).toEqual(desk.map(({ id }) => id));
    expect(accounts[3]).toEqual({
      account: 'okx-mm',
      venue: 'okx',
      status: 'ok',
      equityUsd: '15000',
      availableUsd: '12000',
      initialMarginUsd: '1500',
      orderMarginUsd: null,
      maintenanceMarginUsd: '75',
      marginUsage: '0.1',
      riskUse: '0.005',
      healthFactor: '200',
      venueRatio: { name: 'mgnRatio', value: '200.004' },
      venueRiskUse: expect.stringMatching(/^0\.00499990000199/),
      band: 'ok',
      probability24h: '0',
      probability8h: '0',
      probability1h: '0',
      probabilityMethod: 'certain',
      probabilityCalibrated: true,
      probabilityMissing: null,
      equityChangeUsd: '2',
      equityChangeSince: '2026-03-01T00:00:20.000Z',
      fundingPaidTodayUsd: '1.5001',
      observedAt: '2026-03-01T14:32:04.000Z',
      liquidatedAt: expect.objectContaining({ missing: null }),
    });
    expect(accounts[5]).toMatchObject({ healthFactor: null, riskUse: '0', marginUsage: '0' });
    expect(moves).toEqual([{ from: 'okx-reserve', to: 'binance-quant-b', amountUsd: '2871.15' }]);
  });

  test('totals under the same keys, over the accounts that are known', async () => {
    const { data } = await ask(snapshotOf(...holedDesk), { name: 'margin' });
    const { accounts, totals } = data as Record<'accounts' | 'totals', Record<string, unknown>>;
    expect(totals).toMatchObject({
      status: 'missing',
      equityUsd: '118452.7067',
      availableUsd: '91477',
      initialMarginUsd: '19400.1',
      maintenanceMarginUsd: '5056.4',
      missing: ['okx-mm'],
    });
    const keys = Object.keys((accounts as unknown as object[])[0] ?? {});
    const promised = keys.filter(
      (key) => !/^(venueRiskUse|probability.*|.*Since|liquidatedAt)$/.test(key),
    );
    expect(Object.keys(totals)).toEqual(expect.arrayContaining(promised));
  });

  test('an account that was never read is missing, with nothing made up', async () => {
    const { data, text } = await ask(snapshotOf(...holedDesk), {
      name: 'margin',
      options: { account: 'okx-mm' },
    });
    expect(data).toMatchObject({
      accounts: [
        {
          account: 'okx-mm',
          status: 'missing',
          equityUsd: null,
          healthFactor: null,
          venueRatio: null,
          observedAt: null,
        },
      ],
    });
    expect(text(80)).toContain('Equity – (partial: 1 of 1 accounts missing)');
  });

  describe('where an account dies', () => {
    // 1 BTC at 60,000 and 20 ETH at 3,000; 30,000 of equity, brackets 0.5 %.
    const leg = { contracts: '1', entry: '60000', mark: '60000', maintenance: '300' };
    const two: AccountFacts = {
      id: 'bybit-two',
      venue: 'bybit',
      equity: '30000',
      maintenance: '600',
      coins: { USDT: '30000' },
      legs: [
        { ...leg, symbol: 'BTC/USDT:USDT', side: 'long' },
        { ...leg, symbol: 'ETH/USDT:USDT', side: 'long', contracts: '20', mark: '3000' },
      ],
    };
    const at = async (...accounts: AccountFacts[]) => {
      const options = { account: 'bybit-two' };
      return ask(snapshotOf(...accounts), { name: 'margin', options });
    };

    test('of each price alone, and of all together by beta', async () => {
      const { data, text } = await at(two);
      const [account] = (data as { accounts: { liquidatedAt: Deaths }[] }).accounts;
      const { ifOneMoves, ifAllMove } = account?.liquidatedAt ?? { ifOneMoves: [] };
      // 30,000 − (60,000 − x) = 300 + 0.005 x
      expect(ifOneMoves[0]).toMatchObject({ asset: 'BTC', above: null, missing: null });
      expect(Number(ifOneMoves[0]?.['below'])).toBeCloseTo(30300 / 0.995, 6);
      expect(ifOneMoves[1]).toMatchObject({ asset: 'ETH' });
      // Both lose with the same value, but ETH falls by its beta, so BTC needs to fall less than half as far.
      const beta = Number(ifAllMove?.betas['ETH']);
      expect(beta).toBeGreaterThan(1.2);
      const fall = -(30000 - 600) / (60000 * (1 + beta) * 0.995);
      expect(Number(ifAllMove?.fall)).toBeCloseTo(fall, 9);
      expect(ifAllMove).toMatchObject({ benchmark: 'BTC', rise: null, assumed: [] });
      expect(text(80)).toContain('all, by beta to BTC');
    });

    test('an asset without candles is moved one to one, and that is said', async () => {
      const { data, text } = await ask(snapshotOf(two), {
        name: 'margin',
        with: { market: unreadMarket },
      });
      expect(data).toMatchObject({
        accounts: [{ liquidatedAt: { ifAllMove: { assumed: ['ETH'], betas: { ETH: '1' } } } }],
      });
      expect(text(80)).toContain('Beta not known, moved one to one: ETH.');
    });

    test('a price that nobody will ever trade at is no price on screen', async () => {
      const [btc] = two.legs ?? [];
      // Hedged to the coin: only maintenance grows, by 1 % of the price.
      const hedge = { ...btc, side: 'short', contracts: '1', maintenance: '300' };
      const { data, text } = await at({
        ...two,
        equity: '100000',
        coins: { USDT: '100000' },
        legs: [btc, hedge],
      } as AccountFacts);
      const [death] = (data as { accounts: { liquidatedAt: Deaths }[] }).accounts[0]?.liquidatedAt
        .ifOneMoves ?? [{}];
      expect(Number(death?.['above'])).toBeGreaterThan(1_000_000);
      expect(text(80)).toMatch(/BTC +60,000 +– +– +– +–/);
    });

    test('a requirement that nobody knows is a reason, not a price', async () => {
      const [btc, eth] = two.legs ?? [];
      const holed = { ...two, legs: [btc, { ...eth, symbol: 'DOGE/USDT:USDT' }] } as AccountFacts;
      const { data, text } = await at(holed);
      expect(data).toMatchObject({
        accounts: [
          {
            liquidatedAt: {
              ifOneMoves: [{ missing: null }, { asset: 'DOGE', below: null, missing: 'no-tiers' }],
              ifAllMove: { fall: null, rise: null, missing: 'no-tiers' },
            },
          },
        ],
      });
      expect(text(80)).toContain(
        'Where a move of DOGE ends is not known: the maintenance brackets',
      );
    });
  });
});

interface Deaths {
  readonly ifOneMoves: readonly Record<string, unknown>[];
  readonly ifAllMove?: {
    readonly betas: Readonly<Record<string, string>>;
    readonly fall: string;
  };
}
