import { describe, expect, test } from 'vitest';
import { ask, desk, holedDesk, snapshotOf } from './small-desk.ts';

/*
 * By hand, from small-desk.ts:
 * BTC   long 0.5 × 60000.1 + 0.2 × 60010; short 20000 (inverse, face value) + 0.3 × 60010;
 *       coin 0.4 × 60005 (the account's own inverse mark)
 * SOL   short 100 × 150.25
 * ETH   long 25 contracts × 0.1 × 3000.2; short 1.5 × 3001
 * PEPE  long 50000 × 0.01234, each unit a thousand PEPE
 * Quotients were computed apart, with Python's decimal at 40 digits.
 */
const BTC = {
  asset: 'BTC',
  longUsd: '42002.05',
  shortUsd: '38003',
  collateralUsd: '24002',
  netUsd: '28001.05',
  grossUsd: '80005.05',
  netQuantity: '0.4666944421298225147904341304891259061745',
  hedgeRatio: '0.5757676991033125997571361151323290010234',
  share: '0.6003391789168786534897158250977390573528',
  accounts: 3,
};

describe('/exposure over four venues', () => {
  test('equals the hand computation to the last digit', async () => {
    const { data, gaps } = await ask(snapshotOf(...desk), { name: 'exposure' });
    expect(gaps).toEqual([]);
    expect(data).toMatchObject({
      totals: {
        longUsd: '50119.55',
        shortUsd: '57529.5',
        netUsd: '16592.05',
        grossUsd: '107649.05',
        equityUsd: '133452.7067',
        positions: 8,
        accounts: 6,
      },
      byAsset: [
        BTC,
        {
          asset: 'SOL',
          longUsd: '0',
          shortUsd: '15025',
          collateralUsd: '0',
          netUsd: '-15025',
          grossUsd: '15025',
          netQuantity: '-100',
          hedgeRatio: '0',
          share: '0.3221342115108576917180955811333335477321',
          accounts: 1,
        },
        {
          asset: 'ETH',
          longUsd: '7500.5',
          shortUsd: '4501.5',
          collateralUsd: '0',
          netUsd: '2999',
          grossUsd: '12002',
          netQuantity: '1',
          hedgeRatio: '0.6001599893340443970401973201786547563496',
          share: '0.0642982030163768530757117236485103034708',
          accounts: 2,
        },
        {
          asset: 'PEPE',
          longUsd: '617',
          shortUsd: '0',
          collateralUsd: '0',
          netUsd: '617',
          grossUsd: '617',
          netQuantity: '50000000',
          hedgeRatio: '0',
          share: '0.01322840655588680171647687012041709144431',
          accounts: 1,
        },
      ],
      byAccount: [
        split('account', 'bybit-quant-a', [
          '30000.05',
          '15025',
          '14975.05',
          '45025.05',
          '21500.4567',
        ]),
        split('account', 'bybit-basis', ['0', '20000', '4002', '20000', '24002']),
        split('account', 'binance-quant-b', ['12619', '18003', '-5384', '30622', '3950.25']),
        split('account', 'okx-mm', ['7500.5', '0', '7500.5', '7500.5', '15000']),
        split('account', 'ztdx-mm', ['0', '4501.5', '-4501.5', '4501.5', '9000']),
        split('account', 'okx-reserve', ['0', '0', '0', '0', '60000']),
      ],
      byVenue: [
        split('venue', 'bybit', ['30000.05', '35025', '18977.05', '65025.05', '45502.4567']),
        split('venue', 'binanceusdm', ['12619', '18003', '-5384', '30622', '3950.25']),
        split('venue', 'okx', ['7500.5', '0', '7500.5', '7500.5', '75000']),
        split('venue', 'ztdx', ['0', '4501.5', '-4501.5', '4501.5', '9000']),
      ],
      concentration: {
        hhi: '0.4684868296194570816976466321477628563087',
        top: { asset: 'BTC', share: BTC.share },
      },
      unpriced: [],
      missing: [],
    });
    // 894.85 − 203.7 + (20000 ÷ 60005 − 20000 ÷ 61250.5) × 60005 − 178 + 27 + 2 + 124.125 + 13.5
    const { totals } = data as { totals: { unrealizedPnlUsd: string } };
    expect(totals.unrealizedPnlUsd).toMatch(/^1086\.4655576281009950939176006726475702/);
  });

  test('of one asset, net is still the sum of what is shown', async () => {
    const whole = { name: 'exposure', options: { asset: 'btc' } };
    const { data } = await ask(snapshotOf(...desk), whole);
    expect(data).toMatchObject({
      totals: { netUsd: '28001.05', longUsd: '42002.05', positions: 4 },
      byAsset: [{ ...BTC, share: '1' }],
    });
  });

  test('of one account, nothing of the others', async () => {
    const options = { account: 'OKX-MM' };
    const { data } = await ask(snapshotOf(...holedDesk), { name: 'exposure', options });
    expect(data).toMatchObject({ byAsset: [], byAccount: [], missing: ['okx-mm'] });
  });

  test('says in the line of the total what is missing from it', async () => {
    const { text, gaps } = await ask(snapshotOf(...holedDesk), { name: 'exposure' });
    expect(gaps.map(({ account, kind }) => [account, kind])).toEqual([
      ['bybit-quant-a', 'rate-limited'],
      ['okx-mm', 'unauthorized'],
    ]);
    expect(text(80)).toContain('Net $9,092 (partial: 1 of 6 accounts missing, 1 stale)');
    expect(text(80)).toContain('Gross $100,149 (partial)');
  });

  test('a flat desk is an answer, not an error', async () => {
    const { text } = await ask(snapshotOf({ id: 'a', venue: 'okx', equity: '10' }), {
      name: 'exposure',
    });
    expect(text(80)).toContain('No open positions and no coin collateral.');
  });
});

function split(kind: 'account' | 'venue', name: string, figures: readonly string[]) {
  const [longUsd, shortUsd, netUsd, grossUsd, equityUsd] = figures;
  return { [kind]: name, longUsd, shortUsd, netUsd, grossUsd, equityUsd };
}
