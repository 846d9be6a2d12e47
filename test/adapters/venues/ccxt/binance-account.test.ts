import { expect, test } from 'vitest';
import {
  parseCoinmAccount,
  parsePortfolioAccount,
  parseUsdmAccount,
} from '../../../../src/adapters/venues/ccxt/binance-account.ts';
import { parseMarks } from '../../../../src/adapters/venues/ccxt/binance-marks.ts';
import { parseBinanceTiers } from '../../../../src/adapters/venues/ccxt/binance-tiers.ts';
import { dec } from '../../../../src/domain/decimal.ts';
import { plain } from './contracts-for-tests.ts';

const PRICES: Record<string, string> = { USDT: '1', USDC: '1', BTC: '60000', ETH: '3000' };
const context = {
  observedAt: 1,
  priceOf: (asset: string) => (PRICES[asset] ? dec(PRICES[asset]) : null),
};

/** Synthetic, after the documentation's rows. */
function asset(name: string, marginBalance: string, rest: object = {}) {
  return {
    asset: name,
    walletBalance: marginBalance,
    unrealizedProfit: '0',
    marginBalance,
    maintMargin: '0',
    initialMargin: '0',
    openOrderInitialMargin: '0',
    availableBalance: marginBalance,
    updateTime: 1625474304765,
    ...rest,
  };
}
function usdm(totalMarginBalance: string, assets: object[], rest: object = {}) {
  return {
    totalInitialMargin: '20',
    totalMaintMargin: '5',
    totalMarginBalance,
    totalOpenOrderInitialMargin: '4',
    availableBalance: '80',
    assets,
    ...rest,
  };
}
const usedUsdt = asset('USDT', '100', {
  maintMargin: '5',
  initialMargin: '20',
  openOrderInitialMargin: '4',
  availableBalance: '80',
});
const usedUsdc = asset('USDC', '50', {
  maintMargin: '10',
  initialMargin: '30',
  openOrderInitialMargin: '1',
  availableBalance: '20',
});

test.each([
  {
    why: 'multi-assets mode: the totals are the account, in dollars',
    reply: usdm('149.93', [usedUsdt, usedUsdc]),
    is: {
      equityUsd: '149.93',
      availableUsd: '80',
      initialMarginUsd: '20',
      orderMarginUsd: '4',
      maintenanceMarginUsd: '5',
      venueRatio: { name: 'marginRatio', direction: 'up', liquidatesAt: '1' },
    },
  },
  {
    why: 'single-asset mode: the totals are USDT alone, so the other pools are added',
    reply: usdm('100', [usedUsdt, usedUsdc]),
    is: {
      equityUsd: '150',
      availableUsd: '100',
      initialMarginUsd: '50',
      orderMarginUsd: '5',
      maintenanceMarginUsd: '15',
    },
  },
  {
    why: 'and the venue liquidates the worse pool, not the average',
    reply: usdm('100', [usedUsdt, usedUsdc]),
    is: { venueRatio: { value: '0.2' }, pooling: 'coin' },
  },
  {
    why: 'the mode, where a reply names it, decides',
    reply: usdm('100', [usedUsdt, usedUsdc], { multiAssetsMargin: true }),
    is: { equityUsd: '100', pooling: 'account' },
  },
  {
    why: 'a coin nobody prices leaves the sum of single pools unknown, not smaller',
    reply: usdm('100', [usedUsdt, asset('DOGE', '7')]),
    is: { equityUsd: null, maintenanceMarginUsd: '5' },
  },
  {
    why: 'multi-assets: a coin is worth its mark, and to the venue’s own ratio 5 % less',
    reply: usdm('157', [usedUsdt, asset('BTC', '0.001')], { totalMaintMargin: '15.7' }),
    is: { equityUsd: '160', venueRatio: { value: '0.1' } },
  },
  {
    why: 'multi-assets: with a coin nobody prices the venue’s total, after haircuts, stands in',
    reply: usdm('140', [usedUsdt, asset('DOGE', '7')]),
    is: { equityUsd: '140', collateral: [{ asset: 'USDT' }, { asset: 'DOGE', venueUsd: null }] },
  },
  {
    why: 'coins are collateral at their mark, also when their updateTime is 0 (ccxt skips those)',
    reply: usdm('160', [usedUsdt, asset('BTC', '0.001', { updateTime: '0' }), asset('ETH', '0')]),
    is: {
      collateral: [
        { asset: 'USDT', quantity: '100', venueUsd: '100' },
        { asset: 'BTC', quantity: '0.001', venueUsd: '60' },
      ],
    },
  },
  {
    why: 'a balance below zero is no good ratio but none',
    reply: usdm('-3', [asset('USDT', '-3', { maintMargin: '5' })]),
    is: { equityUsd: '-3', venueRatio: null, maintenanceMarginUsd: '5' },
  },
])('USD-M: $why', ({ reply, is }) => {
  const margin = parseUsdmAccount(reply, context);
  expect(plain(margin.ok && margin.value)).toMatchObject(is);
});

test.each([
  { why: 'no assets', reply: usdm('1', [], { assets: undefined }), field: 'assets' },
  { why: 'no total', reply: usdm('', []), field: 'totalMarginBalance' },
  {
    why: 'an asset without a balance',
    reply: usdm('1', [{ asset: 'BTC' }]),
    field: 'marginBalance',
  },
])('USD-M refuses: $why', ({ reply, field }) => {
  expect(parseUsdmAccount(reply, context)).toEqual({ ok: false, error: field });
});

test('COIN-M: each coin × its mark; the worst coin is the ratio; coins are the collateral', () => {
  const assets = [
    asset('BTC', '0.5', { maintMargin: '0.01', initialMargin: '0.05', availableBalance: '0.45' }),
    asset('ETH', '2', { maintMargin: '0.5', initialMargin: '1', availableBalance: '1' }),
    asset('BNB', '0'),
  ];
  const margin = parseCoinmAccount({ assets, positions: [] }, context);
  expect(plain(margin.ok && margin.value)).toMatchObject({
    equityUsd: '36000',
    availableUsd: '30000',
    initialMarginUsd: '6000',
    maintenanceMarginUsd: '2100',
    venueRatio: { value: '0.25', direction: 'up' },
    collateral: [
      { asset: 'BTC', quantity: '0.5', venueUsd: '30000' },
      { asset: 'ETH', quantity: '2', venueUsd: '6000' },
    ],
    venueUpdatedAt: 1625474304765,
  });
});

const PM = {
  uniMMR: '1.87987800',
  accountEquity: '11500.25',
  actualEquity: '12200.75',
  accountInitialMargin: '9000',
  accountMaintMargin: '6117.55',
  accountStatus: 'REDUCE_ONLY',
  virtualMaxWithdrawAmount: '1500',
  totalAvailableBalance: '',
  updateTime: 1657707212154,
};
const BALANCE = [
  {
    asset: 'BTC',
    totalWalletBalance: '0.2',
    umUnrealizedPNL: '0',
    cmUnrealizedPNL: '-0.05',
    crossMarginBorrowed: '0.01',
    crossMarginInterest: '0.001',
  },
  {
    asset: 'USDT',
    totalWalletBalance: '1000',
    umUnrealizedPNL: '-1300.5',
    cmUnrealizedPNL: '0',
    crossMarginBorrowed: '0',
    crossMarginInterest: '0',
  },
];

test.each([
  {
    why: 'equity is before haircuts; uniMMR falls toward 1.05; the state is the venue’s word',
    account: PM,
    is: {
      equityUsd: '12200.75',
      availableUsd: '1500',
      initialMarginUsd: '9000',
      maintenanceMarginUsd: '6117.55',
      venueRatio: { name: 'uniMMR', value: '1.879878', direction: 'down', liquidatesAt: '1.05' },
      venueStatus: 'reduce_only',
    },
  },
  {
    why: 'after haircuts when nothing else is told',
    account: { ...PM, actualEquity: undefined },
    is: { equityUsd: '11500.25' },
  },
  {
    why: 'a coin is wallet and PnL of both sides less what is borrowed, and may be negative',
    account: PM,
    is: {
      collateral: [
        { asset: 'BTC', quantity: '0.139', venueUsd: '8340' },
        { asset: 'USDT', quantity: '-300.5', venueUsd: '-300.5' },
      ],
    },
  },
])('portfolio margin: $why', ({ account, is }) => {
  const margin = parsePortfolioAccount({ account, balance: BALANCE }, context);
  expect(plain(margin.ok && margin.value)).toMatchObject(is);
});

test('marks: perpetuals against the dollar, thousands split, dated contracts left out', () => {
  const marks = parseMarks([
    { symbol: 'BTCUSDT', markPrice: '60000.1' },
    { symbol: 'BTCUSDT_261225', markPrice: '61000' },
    { symbol: 'BTCUSD_261225', markPrice: '61001' },
    { symbol: 'ETHUSD_PERP', markPrice: '3000' },
    { symbol: '1000PEPEUSDT', markPrice: '0.012' },
    { symbol: 'OLDUSDT', markPrice: '0.00000000' },
  ]);
  expect(plain(Object.fromEntries(marks))).toEqual({
    BTC: '60000.1',
    ETH: '3000',
    '1000PEPE': '0.012',
    PEPE: '0.000012',
  });
});

const bracket = (floor: number, cap: number, rate: number, cum: number, unit: string) => ({
  bracket: 1,
  initialLeverage: 50,
  [`${unit}Cap`]: cap,
  [`${unit}Floor`]: floor,
  maintMarginRatio: rate,
  cum,
});

test.each([
  { why: 'USD-M brackets are notional', unit: 'notional' },
  { why: 'COIN-M brackets are quantities, whatever ccxt calls them', unit: 'qty' },
])('tiers: $why; `cum` is the deduction; the last has no end', ({ unit }) => {
  const read = parseBinanceTiers([
    { symbol: 'X', brackets: [bracket(50, 250, 0.01, 0.25, unit), bracket(0, 50, 0.005, 0, unit)] },
  ]);
  expect(plain(read?.bySymbol.get('X'))).toEqual([
    { floor: '0', cap: '50', rate: '0.005', deduction: '0' },
    { floor: '50', cap: null, rate: '0.01', deduction: '0.25' },
  ]);
});

test.each([
  {
    why: 'a multiplier of this account alone makes the table its own',
    notionalCoef: 1.5,
    isPersonal: true,
  },
  { why: 'a multiplier of one is nobody’s', notionalCoef: 1, isPersonal: false },
])('tiers: $why', ({ notionalCoef, isPersonal }) => {
  const brackets = [bracket(0, 50, 0.005, 0, 'notional')];
  expect(parseBinanceTiers([{ symbol: 'X', notionalCoef, brackets }])?.isPersonal).toBe(isPersonal);
});

test('tiers: half a table is no table', () => {
  const brackets = [bracket(0, 50, 0.005, 0, 'notional'), { bracket: 2 }];
  expect(parseBinanceTiers([{ symbol: 'X', brackets }])?.bySymbol.has('X')).toBe(false);
  expect(parseBinanceTiers({})).toBeNull();
});
