import { expect, test } from 'vitest';
import { parseOkxAccount } from '../../../../src/adapters/venues/ccxt/okx-account.ts';
import { plain } from './contracts-for-tests.ts';

/** Synthetic, after the fields of a recorded `account/balance` reply in multi-currency mode. */
const MULTI = {
  totalEq: '10000.5',
  adjEq: '9800',
  availEq: '7000',
  imr: '2000',
  mmr: '300',
  mgnRatio: '30.5',
  ordFroz: '150',
  isoEq: '0',
  uTime: '1752243327154',
  details: [
    {
      ccy: 'USDT',
      eq: '4000',
      eqUsd: '3998.5',
      availEq: '3500',
      ordFrozen: '150',
      imr: '',
      mmr: '',
      mgnRatio: '',
    },
    {
      ccy: 'BTC',
      eq: '0.1',
      eqUsd: '6000',
      availEq: '0.08',
      ordFrozen: '0',
      imr: '',
      mmr: '',
      mgnRatio: '',
    },
    {
      ccy: 'LTC',
      eq: '0',
      eqUsd: '0',
      availEq: '0',
      ordFrozen: '0',
      imr: '',
      mmr: '',
      mgnRatio: '',
    },
  ],
};

/** Spot and futures mode: what belongs to the account as a whole is empty. */
const SINGLE = {
  ...MULTI,
  ...{ adjEq: '', availEq: '', imr: '', mmr: '', mgnRatio: '', ordFroz: '' },
  details: [
    { ...MULTI.details[0], imr: '1000', mmr: '120', mgnRatio: '25' },
    { ...MULTI.details[1], imr: '0.02', mmr: '0.003', mgnRatio: '12' },
    MULTI.details[2],
  ],
};
const isolatedUsdt = {
  mgnMode: 'isolated',
  ccy: 'USDT',
  pos: '5',
  margin: '400',
  mmr: '40',
  usdPx: '',
};
const isolatedBtc = {
  mgnMode: 'isolated',
  ccy: 'BTC',
  pos: '5',
  margin: '0.01',
  mmr: '0.001',
  usdPx: '61000',
};
const crossUsdt = { mgnMode: 'cross', ccy: 'USDT', pos: '5', margin: '', mmr: '120' };

test.each([
  {
    why: 'the account’s own dollars',
    balance: MULTI,
    positions: [crossUsdt],
    is: {
      equityUsd: '10000.5',
      availableUsd: '7000',
      initialMarginUsd: '2000',
      orderMarginUsd: '150',
      maintenanceMarginUsd: '300',
      venueRatio: { name: 'mgnRatio', value: '30.5', direction: 'down', liquidatesAt: '1' },
      venueUpdatedAt: 1752243327154,
    },
  },
  {
    why: 'its requirements are of cross margin: isolated positions come on top',
    balance: { ...MULTI, isoEq: '1010' },
    positions: [crossUsdt, isolatedUsdt, isolatedBtc],
    is: { initialMarginUsd: '3010', maintenanceMarginUsd: '401' },
  },
  {
    why: 'with isolated equity and no positions at hand they are not known, and not the cross part alone',
    balance: { ...MULTI, isoEq: '1010' },
    positions: null,
    is: { initialMarginUsd: null, maintenanceMarginUsd: null, equityUsd: '10000.5' },
  },
  {
    why: 'without isolated equity nobody needs the positions',
    balance: MULTI,
    positions: null,
    is: { initialMarginUsd: '2000', maintenanceMarginUsd: '300' },
  },
  {
    why: 'single-currency: each currency × its price, dollar coins at par; the worst ratio',
    balance: SINGLE,
    positions: [crossUsdt],
    is: {
      availableUsd: '8300',
      initialMarginUsd: '2200',
      orderMarginUsd: '150',
      maintenanceMarginUsd: '300',
      venueRatio: { value: '12' },
    },
  },
  {
    why: 'an empty currency with orders but no cross position binds what the orders freeze',
    balance: { ...SINGLE, details: MULTI.details },
    positions: [],
    is: { initialMarginUsd: '150', maintenanceMarginUsd: '0' },
  },
  {
    why: 'an empty currency with a cross position is unknown',
    balance: { ...SINGLE, details: MULTI.details },
    positions: [crossUsdt],
    is: { initialMarginUsd: null, maintenanceMarginUsd: null },
  },
  {
    why: 'collateral is every currency held, with the venue’s own valuation',
    balance: MULTI,
    positions: [],
    is: {
      collateral: [
        { asset: 'USDT', quantity: '4000', venueUsd: '3998.5' },
        { asset: 'BTC', quantity: '0.1', venueUsd: '6000' },
      ],
    },
  },
  {
    why: 'the discount a currency gets is its haircut; adjusted equity tells one pool',
    balance: {
      ...MULTI,
      details: [MULTI.details[0], { ...MULTI.details[1], disEq: '5700' }],
    },
    positions: [],
    is: {
      pooling: 'account',
      collateral: [{ brackets: null }, { brackets: [{ floor: '0', rate: '0.95' }] }],
    },
  },
  {
    why: 'single-currency: each currency is a pool of its own',
    balance: SINGLE,
    positions: [crossUsdt],
    is: { pooling: 'coin' },
  },
])('$why', ({ balance, positions, is }) => {
  const margin = parseOkxAccount(balance, { positions, observedAt: 1 });
  expect(plain(margin.ok && margin.value)).toMatchObject(is);
});

test.each([
  { why: 'no equity', balance: { ...MULTI, totalEq: '' }, field: 'totalEq' },
  { why: 'no currencies', balance: { ...MULTI, details: null }, field: 'details' },
  {
    why: 'a currency without equity',
    balance: { ...MULTI, details: [{ ccy: 'BTC', eq: '' }] },
    field: 'eq',
  },
])('refuses: $why', ({ balance, field }) => {
  const margin = parseOkxAccount(balance, { positions: [], observedAt: 1 });
  expect(margin).toEqual({ ok: false, error: field });
});
