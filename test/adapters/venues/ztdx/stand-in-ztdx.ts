import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recoverTypedDataAddress } from 'viem';
import { asAccountId } from '../../../../src/domain/units.ts';
import type { VenueConnection } from '../../../../src/ports/venue.ts';

/** Well known from every Ethereum tool's test chain; worth nothing. */
export const PRIVATE_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
export const WALLET = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
export const CHAIN_ID = 421614;
export const CONTRACT = '0x00000000000000000000000000000000000000aB';
export const API_KEY = 'demo-key';
export const API_SECRET = 'demo-secret';
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

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What to answer: JSON with 200, a status with JSON, or whatever the test writes itself. */
export type Answer =
  | { readonly json: unknown; readonly status?: number; readonly headers?: Record<string, string> }
  | ((response: ServerResponse) => void);
type Route = (asked: Asked) => Answer | Promise<Answer>;

export interface StandIn {
  readonly baseUrl: string;
  readonly asked: Asked[];
  /** Tokens given out by logins, in order. */
  readonly issued: string[];
  /** Tokens that private paths take. */
  readonly valid: Set<string>;
  /** Replaces the answer of `METHOD /path`, before anything is checked. */
  answer(what: string, route: Route | Answer): void;
  count(what: string): number;
  close(): Promise<void>;
}

const NOT_FOUND: Answer = { status: 404, json: { code: 'NOT_FOUND' } };
const REFUSED: Answer = { status: 401, json: { code: 'UNAUTHORIZED' } };

/** An outsider's ZTDX: the paths and fields of the pages, over real HTTP, and nothing more. */
export async function startStandIn(positions: readonly object[] = [SAMPLE]): Promise<StandIn> {
  const overrides = new Map<string, Route>();
  const asked: Asked[] = [];
  const issued: string[] = [];
  const valid = new Set<string>();

  const login = async ({ body }: Asked): Promise<Answer> => {
    const { address, signature, timestamp } = JSON.parse(body);
    const { domain, types, message } = typedData();
    const signer = await recoverTypedDataAddress({
      domain: { ...domain, verifyingContract: CONTRACT },
      types: { Login: types.Login },
      primaryType: 'Login',
      message: { wallet: WALLET, nonce: BigInt(message.nonce), timestamp: BigInt(TIMESTAMP) },
      signature,
    });
    if (signer !== address || timestamp !== TIMESTAMP) return REFUSED;
    const token = jwt({ sub: address, jti: issued.length });
    issued.push(token);
    valid.add(token);
    return { json: { success: true, data: { token } } };
  };

  const privateAnswer = (path: string): Answer => {
    if (path === '/api/v1/positions') return { json: { positions } };
    if (path.endsWith('/liquidation')) return { json: SAMPLE_LIQUIDATION };
    return path.endsWith('/tp-sl') ? { json: SAMPLE_STOPS } : NOT_FOUND;
  };

  const defaults: Route = (request) => {
    const { path, headers } = request;
    if (path === `/api/v1/auth/nonce/${WALLET}`) {
      return { json: { nonce: typedData().message.nonce, typed_data: typedData() } };
    }
    if (path === '/api/v1/auth/login') return login(request);
    if (path === '/api/v1/unified/account') return signedAnswer(request);
    const token = headers.authorization?.replace('Bearer ', '') ?? '';
    if (path.startsWith('/api/v1/positions'))
      return valid.has(token) ? privateAnswer(path) : REFUSED;
    return NOT_FOUND;
  };

  const server = createServer(async (request, response) => {
    const { pathname: path, search } = new URL(request.url ?? '/', 'http://x');
    let body = '';
    for await (const chunk of request) body += chunk;
    const method = request.method ?? '';
    const one: Asked = { method, path, query: search.slice(1), headers: request.headers, body };
    asked.push(one);
    const answer = await (overrides.get(`${method} ${path}`) ?? defaults)(one);
    if (typeof answer === 'function') return answer(response);
    response.writeHead(answer.status ?? 200, {
      'content-type': 'application/json',
      ...answer.headers,
    });
    response.end(JSON.stringify(answer.json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    issued,
    valid,
    answer: (what, route) =>
      void overrides.set(what, typeof route === 'function' ? (route as Route) : () => route),
    count: (what) => asked.filter(({ method, path }) => `${method} ${path}` === what).length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Binance's manner: the key in a header, the signature at the end of what it signs. */
function signedAnswer({ query, headers }: Asked): Answer {
  const [signed = '', signature] = query.split('&signature=');
  const expected = createHmac('sha256', API_SECRET).update(signed).digest('hex');
  const isFine = headers['x-mbx-apikey'] === API_KEY && signature === expected;
  return isFine ? { json: ACCOUNT } : { status: 401, json: { code: -2015, msg: 'no' } };
}

export function connectionTo(
  baseUrl: string | null,
  credentials: Partial<VenueConnection['credentials']> = {},
): VenueConnection {
  return {
    account: asAccountId('ztdx-a'),
    venue: 'ztdx',
    environment: 'testnet',
    baseUrl,
    proxy: null,
    credentials: {
      apiKey: API_KEY,
      secret: API_SECRET,
      password: null,
      wallet: WALLET,
      privateKey: PRIVATE_KEY,
      token: null,
      chainId: CHAIN_ID,
      verifyingContract: CONTRACT,
      ...credentials,
    },
  };
}
