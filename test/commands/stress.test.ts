import { describe, expect, test } from 'vitest';
import { ask, desk, snapshotOf } from './small-desk.ts';
import { marketContext, unreadMarket } from './small-market.ts';

interface Scenario {
  readonly id: string;
  readonly accounts: readonly {
    readonly account: string;
    readonly equityUsd: string | null;
    readonly maintenanceMarginUsd: string | null;
    readonly liquidated: boolean | null;
  }[];
  readonly pooledHealthFactor: string | null;
  readonly liquidatedAccounts: number;
  readonly lossUsd: string;
  readonly prevention: {
    readonly transfers: readonly { readonly to: string; readonly amountUsd: string }[];
  } | null;
}

const whole = snapshotOf(...desk);

async function scenarios(scenario?: string): Promise<Scenario[]> {
  const options = scenario === undefined ? {} : { scenario };
  const { data } = await ask(whole, { name: 'stress', options });
  return (data as { scenarios: Scenario[] }).scenarios;
}

describe('/stress', () => {
  test('all of them say of each account what is promised; one alone says everything', async () => {
    const [brief] = await scenarios();
    const [account] = brief?.accounts ?? [];
    const promised = ['account', 'equityUsd', 'liquidated', 'maintenanceMarginUsd'];
    expect(Object.keys(account ?? {}).sort()).toEqual(promised);
    const [whole] = await scenarios('2025-10-10');
    expect(Object.keys(whole?.accounts[0] ?? {})).toEqual(
      expect.arrayContaining([...promised, 'liquidations', 'deleveraged', 'endEquityUsd']),
    );
  });

  test('every scenario, worst first, with what it does to each account', async () => {
    const all = await scenarios();
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const order = all.map((each) => [each.liquidatedAccounts, Number(each.lossUsd)] as const);
    expect(order).toEqual(order.toSorted(([a, x], [b, y]) => b - a || y - x));
    for (const { accounts } of all) {
      expect(accounts.map(({ account }) => account)).toEqual(desk.map(({ id }) => id));
    }
    expect(all.filter(({ prevention }) => prevention !== null)).toHaveLength(12);
  });

  test('one scenario: where an account ends, and what would have saved it', async () => {
    const [crash, ...others] = await scenarios('2025-10-10');
    expect(others).toEqual([]);
    const [quant] = crash?.accounts ?? [];
    // Its isolated long of 0.5 BTC is gone at 52,336.7; its short of 100 SOL gains 21.2 %.
    expect(quant).toMatchObject({ account: 'bybit-quant-a', liquidated: true });
    expect(crash?.accounts[2]).toMatchObject({ liquidated: null });
    expect(crash?.prevention?.transfers).toMatchObject([{ to: 'bybit-quant-a', executable: true }]);
  });

  test.each([
    { typed: 'ALL-30', says: /^.*Stress: all-30 /, why: 'ignores case' },
    { typed: 'usdt-0.97', says: /Stress: usdt-0\.97 .*\n.*stablecoin off its peg/, why: 'a kind' },
  ])('$typed: $why', async ({ typed, says }) => {
    const { text } = await ask(whole, { name: 'stress', options: { scenario: typed } });
    expect(text(80)).toMatch(says);
  });

  test.each([
    { typed: 'all30', says: 'There is no scenario all30. Did you mean all-30?' },
    { typed: '2025-10-11', says: 'There is no scenario 2025-10-11. Did you mean 2025-10-10?' },
    { typed: 'ftx', says: 'There is no scenario ftx. Such as: 2025-10-10, all-30, corr1-20,' },
    {
      typed: 'vol-x2-down',
      says: 'Volatility scenarios are left out: the volatility of PEPE is not known.',
    },
  ])('refuses $typed and says what there is', async ({ typed, says }) => {
    await expect(scenarios(typed)).rejects.toThrow(says);
  });

  test('volatility scenarios are there when every asset has a volatility, and said when not', async () => {
    const known = snapshotOf(...desk.filter(({ id }) => id !== 'binance-quant-b'));
    const idsWith = async (context = {}) => {
      const { data, text } = await ask(known, { name: 'stress', with: context });
      return { ids: (data as { scenarios: Scenario[] }).scenarios.map(({ id }) => id), text };
    };
    const all = await idsWith();
    expect(all.ids).toEqual(expect.arrayContaining(['vol-x2-down', 'vol-x2-up']));
    const unread = await idsWith(marketContext(known, unreadMarket));
    expect(unread.ids).not.toContain('vol-x2-down');
    expect(unread.text(80)).toContain('the volatility of BTC, SOL, ETH is not');
    expect(unread.text(80)).toContain('Price history of BTC, SOL, ETH: not read yet.');
  });

  test('an account of which nobody can say is neither alive nor dead', async () => {
    const { text } = await ask(whole, { name: 'stress' });
    expect(text(100)).toMatch(/2025-10-10 +1\+ of 6/);
    expect(text(100)).toContain('binance-quant-b: whether it is liquidated cannot be said');
  });
});
