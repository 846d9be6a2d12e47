import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import { type Facade, hmacSha256 } from '../../../src/sim/facade.ts';
import { createZtdxFacade } from '../../../src/sim/facades/ztdx.ts';
import type { SimAccount } from '../../../src/sim/model.ts';
import { account, NOW, position, send, worldOf } from './facade-world.ts';

const KEY = `0x${'11'.repeat(32)}` as const;
const OTHER_KEY = `0x${'22'.repeat(32)}` as const;
const CONTRACT = '0x000000000000000000000000000000000000d3a0';

function ztdxAccount(key: `0x${string}`, with_: Partial<SimAccount> = {}): SimAccount {
  const base = account('ztdx', { pool: 'coin', ...with_ });
  return {
    ...base,
    credentials: {
      ...base.credentials,
      wallet: privateKeyToAccount(key).address,
      privateKey: key,
      chainId: 421614,
      verifyingContract: CONTRACT,
    },
  };
}

/** The position of the venue's own page: 0.1 BTC at 65,000 with 650, mark 65,500. */
const PAGE = ztdxAccount(KEY, {
  balances: { USDT: dec('1000') },
  positions: [
    position('ztdx', 'BTCUSDT', {
      side: 'long',
      contracts: dec('0.1'),
      entryPrice: dec('65000'),
      marginMode: 'isolated',
      isolatedMargin: dec('650'),
      takeProfit: dec('70000'),
      stopLoss: dec('60000'),
    }),
    position('ztdx', 'ETHUSDT', {
      side: 'short',
      contracts: dec('2'),
      entryPrice: dec('3400'),
      marginMode: 'isolated',
      isolatedMargin: dec('100.12345678'),
    }),
  ],
});
const STRANGER = ztdxAccount(OTHER_KEY, {
  id: 'ztdx-b',
  positions: [
    position('ztdx', 'SOLUSDT', {
      side: 'long',
      contracts: dec('1'),
      entryPrice: dec('150'),
      marginMode: 'isolated',
      isolatedMargin: dec('15'),
    }),
  ],
});
const ID = PAGE.positions[0]?.id ?? '';

const facade = () => createZtdxFacade(worldOf(PAGE, STRANGER));
const walletOf = (key: `0x${string}`) => privateKeyToAccount(key).address;

interface Login {
  readonly wallet?: `0x${string}`;
  readonly signer?: `0x${string}`;
  readonly now?: number;
  readonly change?: (body: Record<string, unknown>) => Record<string, unknown>;
}

/** Signs whatever typed data the venue sends, as it sends it. */
async function logIn(served: Facade, login: Login = {}) {
  const { wallet = walletOf(KEY), signer = KEY, now = NOW, change = (body) => body } = login;
  const { json } = await send(served, `/api/v1/auth/nonce/${wallet}`);
  const { typed_data } = json as { typed_data: never };
  const { timestamp } = (typed_data as { message: { timestamp: number } }).message;
  const signature = await privateKeyToAccount(signer).signTypedData(typed_data);
  const body = JSON.stringify(change({ address: wallet, signature, timestamp }));
  return send(served, '/api/v1/auth/login', { method: 'POST', body, now });
}

async function read(
  served: Facade,
  path: string,
  options: { key?: `0x${string}`; now?: number } = {},
) {
  const { key = KEY, now = NOW } = options;
  const { json } = await logIn(served, { wallet: walletOf(key), signer: key });
  const headers = { Authorization: `Bearer ${(json as { token: string }).token}` };
  return send(served, path, { headers, now });
}

describe('logging in', () => {
  test('asks for exactly one Login of this wallet on this chain and contract', async () => {
    const { json } = await send(facade(), `/api/v1/auth/nonce/${walletOf(KEY)}`);
    expect(json).toMatchObject({
      typed_data: {
        primaryType: 'Login',
        domain: { name: 'ZTDX', version: '1', chainId: 421614, verifyingContract: CONTRACT },
        types: {
          Login: [
            { name: 'wallet', type: 'address' },
            { name: 'nonce', type: 'uint256' },
            { name: 'timestamp', type: 'uint256' },
          ],
        },
        message: { wallet: walletOf(KEY), timestamp: NOW },
      },
    });
    const { nonce, typed_data } = json as {
      nonce: string;
      typed_data: { message: { nonce: string } };
    };
    expect(typed_data.message.nonce).toBe(nonce);
  });

  test('a signed nonce opens the account until the token itself says', async () => {
    const served = facade();
    const { json } = await logIn(served);
    const [, claims = ''] = (json as { token: string }).token.split('.');
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    expect(exp).toBe(Math.floor(NOW / 1000) + 86_400);
    const before = await read(served, '/api/v1/positions', { now: exp * 1000 - 1 });
    expect(before.status).toBe(200);
    const at = await read(served, '/api/v1/positions', { now: exp * 1000 });
    expect(at).toMatchObject({ status: 401, json: { error: { code: 'UNAUTHORIZED' } } });
  });

  test.each<Login & { why: string }>([
    { why: 'another wallet’s signature', signer: OTHER_KEY },
    { why: 'a nonce older than five minutes', now: NOW + 300_001 },
    { why: 'another timestamp', change: (body) => ({ ...body, timestamp: NOW + 1 }) },
    { why: 'no signature', change: ({ signature: _, ...body }) => body },
    { why: 'a signature that is none', change: (body) => ({ ...body, signature: '0x00' }) },
    { why: 'another address', change: (body) => ({ ...body, address: walletOf(OTHER_KEY) }) },
  ])('$why is refused', async (login) => {
    expect(await logIn(facade(), login)).toMatchObject({
      status: 401,
      json: { error: { code: 'INVALID_SIGNATURE' } },
    });
  });

  test('exactly five minutes later it still counts', async () => {
    expect(await logIn(facade(), { now: NOW + 300_000 })).toMatchObject({ status: 200 });
  });

  test('a nonce is good once', async () => {
    const served = facade();
    let sent = '';
    await logIn(served, {
      change: (body) => {
        sent = JSON.stringify(body);
        return body;
      },
    });
    const again = await send(served, '/api/v1/auth/login', { method: 'POST', body: sent });
    expect(again.status).toBe(401);
  });

  test.each([
    { why: 'no token', headers: {} },
    {
      why: 'a token of our own making',
      headers: { authorization: 'Bearer e30.eyJleHAiOjl9.AAAA' },
    },
    { why: 'no token at all behind the word', headers: { authorization: 'Bearer x' } },
  ])('$why is 401', async ({ headers }) => {
    expect((await send(facade(), '/api/v1/positions', { headers })).status).toBe(401);
  });
});

describe('positions', () => {
  test('print the fields of the venue’s page, in its digits', async () => {
    const { json } = await read(facade(), '/api/v1/positions');
    const { positions } = json as { positions: unknown[] };
    expect(positions).toHaveLength(2);
    expect(positions[0]).toEqual({
      id: ID,
      user_address: walletOf(KEY).toLowerCase(),
      symbol: 'BTCUSDT',
      side: 'long',
      size_in_tokens: '0.1',
      size_in_usd: '6500.00',
      entry_price: '65000',
      mark_price: '65500',
      collateral: '650.00',
      leverage: 10,
      unrealized_pnl: '50.00',
      // By the page's formula; its sample of 60,000 contradicts it.
      liquidation_price: '58825',
      margin_rate: '0.1000',
      status: 'open',
      created_at: NOW - 7_200_000,
      updated_at: NOW - 3_600_000,
    });
    expect(positions[1]).toMatchObject({ side: 'short', collateral: '100.12345678' });
  });

  test('one of them alone is the same row', async () => {
    const served = facade();
    const { json } = await read(served, '/api/v1/positions');
    const one = await read(served, `/api/v1/positions/${ID}`);
    expect(one.json).toEqual((json as { positions: unknown[] }).positions[0]);
  });

  test('say how near liquidation is, from the mark', async () => {
    expect((await read(facade(), `/api/v1/positions/${ID}/liquidation`)).json).toEqual({
      position_id: ID,
      is_liquidatable: false,
      liquidation_price: '58825',
      mark_price: '65500',
      distance_to_liquidation: '6675',
      distance_to_liquidation_percent: '10.19',
      maintenance_margin: '32.50',
      margin_ratio: '0.1000',
      health_factor: '20.0000',
    });
  });

  test('carry take-profit and stop-loss, null where there is none', async () => {
    const served = facade();
    expect((await read(served, `/api/v1/positions/${ID}/tp-sl`)).json).toMatchObject({
      success: true,
      data: { position_id: ID, take_profit_price: '70000', stop_loss_price: '60000' },
    });
    const bare = await read(served, `/api/v1/positions/${PAGE.positions[1]?.id}/tp-sl`);
    expect(bare.json).toMatchObject({
      data: { take_profit_price: null, stop_loss_price: null, tp_order_id: null },
    });
  });

  test.each([
    { why: 'not there', id: 'none', status: 404, code: 'POSITION_NOT_FOUND' },
    {
      why: 'somebody else’s',
      id: STRANGER.positions[0]?.id,
      status: 403,
      code: 'POSITION_NOT_OWNED',
    },
  ])('$why: $code', async ({ id, status, code }) => {
    const answer = await read(facade(), `/api/v1/positions/${id}/liquidation`);
    expect(answer).toMatchObject({ status, json: { error: { code } } });
  });
});

describe('the unified account', () => {
  const PATH = '/api/v1/unified/account';
  const signed = (query: string, secret = 'the-secret') =>
    `${PATH}?${query}&signature=${hmacSha256(secret, query, 'hex')}`;
  const headers = { 'X-MBX-APIKEY': 'the-key' };

  test('opens with the key pair and with the token alike', async () => {
    const byKey = await send(facade(), signed(`recvWindow=5000&timestamp=${NOW}`), { headers });
    expect(byKey.json).toEqual({
      margin_mode: 'isolated',
      wallet_balance: '1000.00',
      total_equity: '1050.00',
      available_balance: '249.87654322',
      total_initial_margin: '750.12345678',
      total_maintenance_margin: '66.50',
      total_unrealized_pnl: '50.00',
      uni_mmr: '15.7895',
      account_status: 'normal',
    });
    expect((await read(facade(), PATH)).json).toEqual(byKey.json);
  });

  test.each([
    {
      why: 'stale by more than the default window',
      url: signed(`timestamp=${NOW - 5_001}`),
      status: 400,
      code: -1021,
    },
    {
      why: 'ahead by more than a second',
      url: signed(`timestamp=${NOW + 1_001}`),
      status: 400,
      code: -1021,
    },
    {
      why: 'signed with another secret',
      url: signed(`timestamp=${NOW}`, 'other'),
      status: 400,
      code: -1022,
    },
    { why: 'another key', url: signed(`timestamp=${NOW}`), key: 'other', status: 401, code: -2015 },
  ])('$why is $code', async ({ url, key = 'the-key', status, code }) => {
    const answer = await send(facade(), url, { headers: { 'X-MBX-APIKEY': key } });
    expect(answer).toMatchObject({ status, json: { code } });
  });
});

test.each([
  {
    path: '/api/v1/markets',
    has: { markets: expect.arrayContaining([expect.objectContaining({ symbol: 'BTCUSDT' })]) },
  },
  {
    path: '/api/v1/markets/BTCUSDT/config',
    has: { maintenance_margin_rate: '0.005', taker_fee_rate: '0.0005' },
  },
  {
    path: '/api/v1/ticker/BTCUSDT',
    has: { mark_price: '65500', funding_rate_1h: '+0.0050%', price_change_percent_24h: '100.00' },
  },
  { path: '/api/v1/mark-price/ETHUSDT', has: { mark_price: '3400', index_price: '3400' } },
  {
    path: '/api/v1/orderbook/BTCUSDT?limit=1',
    has: { bids: [{ price: '65500', size: '0.5' }], timestamp: NOW },
  },
  {
    path: '/api/v1/klines/BTCUSDT?interval=1h&limit=1',
    has: { interval: '1h', klines: [{ open: '65500' }] },
  },
  {
    path: '/api/v1/funding-rate/history?symbol=BTCUSDT&limit=1',
    has: { history: [{ funding_rate: '0.0001' }] },
  },
])('$path is open to everybody', async ({ path, has }) => {
  expect((await send(facade(), path)).json).toMatchObject(has);
});

test('an unknown symbol is named as such, an unknown path is 404', async () => {
  expect(await send(facade(), '/api/v1/ticker/NOPE')).toMatchObject({
    status: 400,
    json: { error: { code: 'INVALID_SYMBOL' } },
  });
  expect((await send(facade(), '/api/v1/nothing')).status).toBe(404);
});

test('a request is known by key, token, wallet in the path or in the login', async () => {
  const served = facade();
  const { json } = await logIn(served);
  const request = {
    method: 'GET',
    path: '/api/v1/positions',
    query: new URLSearchParams(),
    rawQuery: '',
    body: '',
    now: NOW,
  };
  const whose = (part: object) => served.identify({ ...request, headers: {}, ...part })?.id ?? null;
  const wallet = walletOf(OTHER_KEY);
  expect(whose({ headers: { authorization: `Bearer ${(json as { token: string }).token}` } })).toBe(
    PAGE.id,
  );
  expect(whose({ path: `/api/v1/auth/nonce/${wallet}` })).toBe('ztdx-b');
  expect(whose({ path: '/api/v1/auth/login', body: JSON.stringify({ address: wallet }) })).toBe(
    'ztdx-b',
  );
  expect(whose({ headers: { 'x-mbx-apikey': 'the-key' } })).toBe(PAGE.id);
  expect(whose({})).toBeNull();
});
