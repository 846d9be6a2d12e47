import { describe, expect, test } from 'vitest';
import type { AccountFacts } from './small-desk.ts';
import { ask, desk, snapshotOf } from './small-desk.ts';

const asked = async (...accounts: readonly AccountFacts[]) => {
  const { data, text } = await ask(snapshotOf(...accounts), { name: 'rebalance' });
  return { data: data as Record<string, unknown>, text: text(100) };
};

const poor: AccountFacts = {
  ...{ id: 'poor', venue: 'okx', equity: '1000', available: '0', maintenance: '1000' },
  ...{ initial: '1000', fundedBy: ['rich'] },
  legs: [{ symbol: 'BTC/USDT:USDT', side: 'long', contracts: '1', entry: '60000', mark: '60000' }],
};
const rich: AccountFacts = {
  ...{ id: 'rich', venue: 'okx', equity: '5000', available: '5000', initial: '0' },
  ...{ maintenance: '0', coins: { USDT: '5000' } },
};

describe('/rebalance', () => {
  test('the least to move, in which coin, by whom, and what everybody has then', async () => {
    const { data } = await asked(...desk);
    expect(data).toMatchObject({
      feasible: true,
      targetHealthFactor: '2',
      // 2 × 3,410.70 − 3,950.25
      transfers: [
        {
          from: 'okx-reserve',
          to: 'binance-quant-b',
          amountUsd: '2871.15',
          currency: 'USDT',
          executable: false,
        },
      ],
    });
    const after = data['after'] as { account: string; healthFactor: string | null }[];
    expect(after.map(({ account }) => account)).toEqual(desk.map(({ id }) => id));
    expect(after[2]?.healthFactor).toBe('2');
  });

  test('inside a venue the console can do it', async () => {
    const { data, text } = await asked(poor, rich);
    expect(data['transfers']).toMatchObject([{ amountUsd: '1000', executable: true }]);
    expect(text).toMatch(/rich +poor +1,000 +1,000 USDT +console/);
    expect(text).not.toContain('By hand');
  });

  test('out of reach: as far as it goes, and the best health all could have', async () => {
    const { data, text } = await asked(poor, { ...rich, available: '400', equity: '400' });
    expect(data).toMatchObject({ feasible: false, transfers: [{ amountUsd: '400' }] });
    expect(data['bestCommonHealthFactor']).toMatch(/^1\.4|^1\.39999/);
    expect(text).toContain('Plan falls short: $400 in 1 transfer');
    expect(text).toMatch(/Best health all could have 1\.(40|39)x/);
  });

  test('nobody may send: it says whose desk file line is missing', async () => {
    const { data, text } = await asked({ ...poor, fundedBy: [] }, rich);
    expect(data).toMatchObject({ feasible: false, transfers: [], beyondHelp: ['poor'] });
    expect(text).toContain('poor: below the target, and no account that can spare anything');
  });

  test('an account that was never read is named, not planned for', async () => {
    const unread: AccountFacts = { id: 'x', venue: 'bybit', status: 'missing' };
    const { data, text } = await asked(poor, rich, unread);
    expect(data['unknown']).toEqual([{ account: 'x', reason: 'missing' }]);
    expect(text).toContain('Not in the plan: x, it was never read.');
  });

  test('nothing to move is not said of a desk that is near liquidation without saying so', async () => {
    const near: AccountFacts = {
      ...{ id: 'near', venue: 'okx', equity: '9000', available: '5000', maintenance: '300' },
      initial: '600',
      legs: [
        {
          ...{ symbol: 'BTC/USDT:USDT', side: 'long', contracts: '1', entry: '60000' },
          ...{ mark: '60000', liq: '58500', margin: '1700', maintenance: '300' },
        },
      ],
    };
    const { data, text } = await asked(near);
    expect(data).toMatchObject({ feasible: true, transfers: [] });
    expect(text).toContain('nothing to move: every account is at 2.00x or above');
    expect(text).toMatch(/Near liquidation all the same BTC long \w{4} 2\.5%/);
    expect(text).toMatch(/isolated positions \((\w{4})\): .*\/addmargin\s+\1\s+AMOUNT/s);
    const { text: calm } = await asked(rich);
    expect(calm).not.toContain('Near liquidation');
  });
});
