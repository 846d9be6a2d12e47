import { describe, expect, test } from 'vitest';
import { ask, desk, holedDesk, snapshotOf } from './small-desk.ts';

interface Row {
  readonly [key: string]: unknown;
  readonly account: string;
  readonly asset: string;
  readonly side: string;
  readonly liquidationDistance: string | null;
  readonly liquidationState: string;
}

async function rowsOf(name: 'liq' | 'positions', accounts = desk, options = {}): Promise<Row[]> {
  const { data } = await ask(snapshotOf(...accounts), { name, options });
  return (data as { positions: Row[] }).positions;
}

/** Every key that the README promises for /positions and /liq. */
const PROMISED = [
  ...['handle', 'account', 'venue', 'instrument', 'asset', 'side', 'quantity', 'entryPrice'],
  ...['markPrice', 'notionalUsd', 'leverage', 'marginMode', 'collateral', 'initialMargin'],
  ...['maintenanceMargin', 'unrealizedPnl', 'settle', 'liquidationPrice'],
  ...['estimatedLiquidationPrice', 'liquidationDistance', 'healthFactor', 'band'],
  ...['liquidationState', 'probability24h', 'takeProfit', 'stopLoss', 'observedAt', 'dataAgeMs'],
];

describe('/liq', () => {
  test('worst first, then unknown ones, then those that cannot be liquidated', async () => {
    const rows = await rowsOf('liq');
    const order = rows.map((row) => `${row.asset} ${row.side} ${row.liquidationState}`);
    expect(order).toEqual([
      'BTC long price',
      'BTC short price',
      'SOL short price',
      'BTC long price',
      'ETH short price',
      'PEPE long unknown',
      'BTC short none',
      'ETH long none',
    ]);
    // (60010 − 58911.25) ÷ 60010
    expect(rows[0]?.liquidationDistance).toMatch(/^0\.0183094484252624562572904/);
    expect(rows[7]?.liquidationDistance).toBe(null);
  });

  test('every promised key is there, with the venue digits', async () => {
    const rows = await rowsOf('liq');
    for (const row of rows) expect(Object.keys(row)).toEqual(expect.arrayContaining(PROMISED));
    expect(rows[1]).toMatchObject({
      account: 'binance-quant-b',
      venue: 'binanceusdm',
      instrument: 'BTC/USDT:USDT',
      quantity: '0.3',
      entryPrice: '60100',
      markPrice: '60010',
      notionalUsd: '18003',
      leverage: '20',
      marginMode: 'isolated',
      collateral: '423.4281',
      settle: 'USDT',
      liquidationPrice: '61205.4',
      estimatedLiquidationPrice: '61205.4',
      probability24h: '0.436128',
      stopLoss: null,
      stopLossState: 'none',
      stopCoverage: 'none',
      takeProfit: null,
      takeProfitState: 'none',
      observedAt: '2026-03-01T14:32:04.000Z',
      dataAgeMs: 1000,
    });
  });

  test('a stop that nobody told of is unknown, not absent', async () => {
    const rows = await rowsOf('liq', desk, { account: 'ztdx-mm' });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ stopLoss: null, stopLossState: 'unknown' });
  });

  test('an inverse position shows its contracts beside the base quantity', async () => {
    const [row] = await rowsOf('liq', desk, { account: 'bybit-basis' });
    expect(row).toMatchObject({
      quantity: '0.3333055578701774852095658695108740938255',
      contracts: '20000',
      contractSize: '1',
      settle: 'BTC',
    });
  });

  test('a price on the wrong side of the mark is negative, first and said', async () => {
    const past = {
      id: 'a',
      venue: 'bybit',
      equity: '1',
      legs: [
        {
          symbol: 'SOL/USDT:USDT',
          side: 'long',
          contracts: '1',
          entry: '150',
          mark: '100',
          liq: '103',
        },
      ],
    } as const;
    const { data, text } = await ask(snapshotOf(...desk, past), { name: 'liq' });
    expect((data as { positions: Row[] }).positions[0]).toMatchObject({
      account: 'a',
      liquidationDistance: '-0.03',
      band: 'emerg',
    });
    expect(text(80)).toMatch(/!!! Worst SOL long \w{4} -3\.0%, past its price/);
  });
});

describe('/positions', () => {
  test('by account in desk order, then by size', async () => {
    const rows = await rowsOf('positions');
    expect(rows.map((row) => `${row.account} ${row['notionalUsd']}`)).toEqual([
      'bybit-quant-a 30000.05',
      'bybit-quant-a 15025',
      'bybit-basis 20000',
      'binance-quant-b 18003',
      'binance-quant-b 12002',
      'binance-quant-b 617',
      'okx-mm 7500.5',
      'ztdx-mm 4501.5',
    ]);
  });

  test('handles are the same in every answer', async () => {
    const handles = (rows: Row[]) => rows.map((row) => String(row['handle'])).sort();
    const all = handles(await rowsOf('positions'));
    expect(new Set(all).size).toBe(8);
    expect(handles(await rowsOf('liq'))).toEqual(all);
    expect(all).toEqual(
      expect.arrayContaining(handles(await rowsOf('positions', desk, { asset: 'eth' }))),
    );
  });

  test('old figures stay, with their age', async () => {
    const rows = await rowsOf('positions', holedDesk, { account: 'bybit-quant-a' });
    expect(rows[0]).toMatchObject({ status: 'stale', dataAgeMs: 41_000 });
  });
});

describe('what an answer speaks of', () => {
  test.each([
    { options: { asset: 'BTC' }, rows: 4, why: 'an asset' },
    { options: { asset: 'btc/usd:btc' }, rows: 4, why: 'a contract on it' },
    { options: { asset: '1000PEPE/USDT:USDT' }, rows: 1, why: 'a contract on a thousand of it' },
    { options: { account: 'Binance-Quant-B' }, rows: 3, why: 'an account in any case' },
    { options: { asset: 'BTC', account: 'binance-quant-b' }, rows: 2, why: 'both' },
  ])('$options: $why', async ({ options, rows }) => {
    expect(await rowsOf('liq', desk, options)).toHaveLength(rows);
  });

  test.each([
    {
      options: { asset: 'BTX' },
      says: 'The desk holds no BTX. Did you mean BTC? Held: BTC, SOL, PEPE, ETH.',
    },
    { options: { asset: 'DOGE' }, says: 'The desk holds no DOGE. Held: BTC, SOL, PEPE, ETH.' },
    {
      options: { account: 'okx-reserv' },
      says:
        'There is no account okx-reserv. Did you mean okx-reserve? Accounts: bybit-quant-a, ' +
        'bybit-basis, binance-quant-b, okx-mm, ztdx-mm, okx-reserve.',
    },
  ])('refuses $options and says what there is', async ({ options, says }) => {
    await expect(rowsOf('liq', desk, options)).rejects.toThrow(says);
  });

  test('does not claim to know what an unread account holds', async () => {
    const { data, gaps } = await ask(snapshotOf(...holedDesk), {
      name: 'liq',
      options: { asset: 'doge' },
    });
    expect(data).toEqual({ positions: [], marketGaps: [] });
    expect(gaps).toHaveLength(2);
  });
});

test('an account named in the place of the asset is understood', async () => {
  const options = { asset: 'BYBIT-quant-a' };
  const { data } = await ask(snapshotOf(...desk), { name: 'liq', options });
  const rows = (data as { positions: { account: string }[] }).positions;
  expect([...new Set(rows.map(({ account }) => account))]).toEqual(['bybit-quant-a']);
});
