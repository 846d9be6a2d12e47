import { describe, expect, test } from 'vitest';
import { ask, desk, holedDesk, snapshotOf } from './small-desk.ts';

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
    const promised = keys.filter((key) => !/^(venueRiskUse|probability.*|.*Since)$/.test(key));
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
});
