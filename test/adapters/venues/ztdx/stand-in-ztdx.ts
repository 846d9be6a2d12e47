import { createHmac } from 'node:crypto';
import { type Address, type Hex, recoverTypedDataAddress } from 'viem';
import type { VenueConnection } from '../../../../src/ports/venue.ts';
import {
  type StubFault,
  type StubHandler,
  type StubReply,
  type StubRequest,
  startStubHttp,
} from '../../../fakes/stub-http.ts';
import { connectionTo, KEY, SECRET } from '../connection.ts';

/** Well known from every Ethereum tool's test chain; worth nothing. */
export const PRIVATE_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
export const WALLET = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
export const CHAIN_ID = 421614;
export const CONTRACT = '0x00000000000000000000000000000000000000aB';
export const TIMESTAMP = 1_704_070_800_000;

/** The list's sample of the venue's positions page. */
export const SAMPLE = {
  id: '550e8400-e29b-41d4-a716-446655440000',
  user_address: '0x742d35cc6634c0532925a3b844bc9e7595f0beb',
  symbol: 'BTCUSDT',
  side: 'long',
  size_in_tokens: '0.1',
  size_in_usd: '6500.00',
  entry_price: '65000.00',
  mark_price: '65500.00',
  collateral: '650.00',
  leverage: 10,
  unrealized_pnl: '50.00',
  liquidation_price: '60000.00',
  margin_rate: '0.10',
  status: 'open',
  created_at: 1704067200000,
  updated_at: 1704070800000,
};

/** The same page's answer to `GET /positions/:id/liquidation`. */
export const SAMPLE_LIQUIDATION = {
  position_id: SAMPLE.id,
  is_liquidatable: false,
  liquidation_price: '60000.00',
  mark_price: '65500.00',
  distance_to_liquidation: '5500.00',
  distance_to_liquidation_percent: '8.40',
  maintenance_margin: '32.50',
  margin_ratio: '0.10',
  health_factor: '2.0',
};

/** The same page's answer to `GET /positions/:id/tp-sl`. */
export const SAMPLE_STOPS = {
  success: true,
  data: {
    position_id: SAMPLE.id,
    take_profit_price: '70000',
    stop_loss_price: '60000',
    tp_order_id: '660e8400-e29b-41d4-a716-446655440000',
    sl_order_id: '660e8400-e29b-41d4-a716-446655440001',
    updated_at: 1704067200000,
  },
};

/** Field names of the venue notes, section 5; the figures fit the sample position. */
export const ACCOUNT = {
  margin_mode: 'isolated',
  wallet_balance: '1650.00',
  total_equity: '1700.00',
  available_balance: '1000.00',
  total_initial_margin: '650.00',
  total_maintenance_margin: '32.50',
  total_unrealized_pnl: '50.00',
  uni_mmr: '52.307692',
  account_status: 'normal',
};

export function typedData(over: Readonly<Record<string, unknown>> = {}) {
  return {
    types: {
      EIP712Domain: [
        { name: 'name', type: 'string' },
        { name: 'version', type: 'string' },
        { name: 'chainId', type: 'uint256' },
        { name: 'verifyingContract', type: 'address' },
      ],
      Login: [
        { name: 'wallet', type: 'address' },
        { name: 'nonce', type: 'uint256' },
        { name: 'timestamp', type: 'uint256' },
      ],
    },
    primaryType: 'Login',
    domain: { name: 'ZTDX', version: '1', chainId: CHAIN_ID, verifyingContract: CONTRACT },
    message: { wallet: WALLET, nonce: '9007199254740993', timestamp: TIMESTAMP },
    ...over,
  };
}

/** A JWT whose claims are as given; nobody here checks its signature. */
export function jwt(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.c2ln`;
}

export interface StandIn {
  readonly origin: string;
  readonly asked: readonly StubRequest[];
  /** Tokens given out by logins, in order. */
  readonly issued: readonly string[];
  /** Tokens that private paths take. */
  readonly valid: Set<string>;
  /** Replaces the answer of `METHOD /path`, before anything is checked. */
  answer(what: string, route: StubHandler | StubReply): void;
  count(what: string): number;
  close(): Promise<void>;
}

const NOT_FOUND: StubReply = { status: 404, body: { code: 'NOT_FOUND' } };
const REFUSED: StubReply = { status: 401, body: { code: 'UNAUTHORIZED' } };

/** An outsider's ZTDX: the paths and fields of the pages, over real HTTP, and nothing more. */
export async function startStandIn(positions: readonly object[] = [SAMPLE]): Promise<StandIn> {
  const overrides = new Map<string, StubHandler>();
  const issued: string[] = [];
  const valid = new Set<string>();

  const logIn = async ({ body }: StubRequest): Promise<StubReply> => {
    const { address, signature, timestamp } = JSON.parse(body);
    if ((await signerOf(signature)) !== address || timestamp !== TIMESTAMP) return REFUSED;
    const token = jwt({ sub: address, jti: issued.length });
    issued.push(token);
    valid.add(token);
    return { body: { success: true, data: { token } } };
  };

  const defaults: StubHandler = (request) => {
    const { path, headers } = request;
    if (path === `/api/v1/auth/nonce/${WALLET}`) {
      return { body: { nonce: typedData().message.nonce, typed_data: typedData() } };
    }
    if (path === '/api/v1/auth/login') return later(logIn(request));
    if (path === '/api/v1/unified/account') return signedAnswer(request);
    if (!path.startsWith('/api/v1/positions')) return NOT_FOUND;
    if (!valid.has(headers.authorization?.replace('Bearer ', '') ?? '')) return REFUSED;
    if (path === '/api/v1/positions') return { body: { positions } };
    if (path.endsWith('/liquidation')) return { body: SAMPLE_LIQUIDATION };
    return path.endsWith('/tp-sl') ? { body: SAMPLE_STOPS } : NOT_FOUND;
  };

  const stub = await startStubHttp((request) =>
    (overrides.get(`${request.method} ${request.path}`) ?? defaults)(request),
  );
  return {
    origin: stub.origin,
    asked: stub.requests,
    issued,
    valid,
    answer: (what, route) =>
      void overrides.set(what, typeof route === 'function' ? route : () => route),
    count: (what) =>
      stub.requests.filter(({ method, path }) => `${method} ${path}` === what).length,
    close: stub.close,
  };
}

/** An answer that takes its time. */
export function later(reply: Promise<StubReply>): StubFault {
  return async (response) => {
    const { status = 200, body } = await reply;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}

async function signerOf(signature: Hex): Promise<Address | null> {
  const { types, message } = typedData();
  return recoverTypedDataAddress({
    domain: {
      name: 'ZTDX',
      version: '1',
      chainId: CHAIN_ID,
      verifyingContract: CONTRACT.toLowerCase() as Address,
    },
    types: { Login: types.Login },
    primaryType: 'Login',
    message: { wallet: WALLET, nonce: BigInt(message.nonce), timestamp: BigInt(TIMESTAMP) },
    signature,
  }).catch(() => null);
}

/** Binance's manner: the key in a header, the signature at the end of what it signs. */
function signedAnswer({ query, headers }: StubRequest): StubReply {
  const [signed = '', signature] = query.toString().split('&signature=');
  const expected = createHmac('sha256', SECRET).update(signed).digest('hex');
  const isFine = headers['x-mbx-apikey'] === KEY && signature === expected;
  return isFine ? { body: ACCOUNT } : { status: 401, body: { code: -2015, msg: 'no' } };
}

/** With everything there is: a key to log in and a pair to sign. */
export function ztdxConnection(
  baseUrl: string | null,
  credentials: Partial<VenueConnection['credentials']> = {},
): VenueConnection {
  const signing = { wallet: WALLET, chainId: CHAIN_ID, verifyingContract: CONTRACT };
  const all = { ...signing, privateKey: PRIVATE_KEY, ...credentials };
  return { ...connectionTo('ztdx', '', { credentials: all }), baseUrl };
}
