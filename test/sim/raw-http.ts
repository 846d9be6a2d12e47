import { createHmac } from 'node:crypto';
import { privateKeyToAccount } from 'viem/accounts';
import { dec } from '../../src/domain/decimal.ts';
import { idsOf } from '../../src/sim/derived-ids.ts';
import { createDemoDesk } from '../../src/sim/desk.ts';
import { instrumentOf } from '../../src/sim/instruments.ts';
import type { SimAccount, SimAccountVenue, SimPosition } from '../../src/sim/model.ts';
import { simVenueOf } from '../../src/sim/model.ts';
import { type Sim, startSim } from '../../src/sim/start-sim.ts';

/** The venue's clock of a simulator under test. */
export interface TestClock {
  now: number;
  /** How long a caller waits for an answer. */
  patienceMs: number;
}

export const START = Date.UTC(2026, 0, 5, 8, 30);

/** A simulator over these accounts, whose clock stands until it is moved. */
export async function simOf(
  accounts: readonly SimAccount[] | null,
): Promise<{ readonly sim: Sim; readonly clock: TestClock }> {
  const clock = { now: START, patienceMs: 5_000 };
  const desk = accounts === null ? undefined : () => ({ accounts });
  const options = { seed: 'plimsoll', now: () => clock.now, start: START };
  const sim = await startSim(desk === undefined ? options : { ...options, desk });
  return { sim, clock };
}

/** An account of the demo desk with other contents. */
export function accountOf(id: string, with_: Partial<SimAccount>): SimAccount {
  const found = createDemoDesk('plimsoll', START).accounts.find((each) => each.id === id);
  if (found === undefined) throw new TypeError(`no ${id}`);
  return { ...found, ...with_ };
}

/** A copy under another id, with keys of its own. */
export function sibling(of: SimAccount, id: string, with_: Partial<SimAccount>): SimAccount {
  const credentials = { ...of.credentials, apiKey: `${id}-key`, secret: `${id}-secret` };
  return { ...of, id, uid: idsOf(id).number, credentials, ...with_ };
}

export function positionOf(
  venue: SimAccountVenue,
  symbol: string,
  with_: Partial<SimPosition> & Pick<SimPosition, 'side' | 'contracts' | 'entryPrice'>,
): SimPosition {
  return {
    id: idsOf(`${venue}/${symbol}/${with_.side}`).uuid,
    instrument: instrumentOf(simVenueOf(venue), symbol),
    leverage: dec('10'),
    marginMode: 'isolated',
    isolatedMargin: null,
    takeProfit: null,
    stopLoss: null,
    createdAt: START - 7_200_000,
    updatedAt: START - 3_600_000,
    ...with_,
  };
}

interface RawAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a stranger's JSON, looked at by the assertions.
  readonly json: any;
}

type Params = Readonly<Record<string, unknown>>;

/** One HTTP exchange, waited for as long as the clock's owner says. */
function askerOf(clock: TestClock) {
  return async (url: string, init: RequestInit): Promise<RawAnswer> => {
    const signal = AbortSignal.timeout(clock.patienceMs);
    const response = await fetch(url, { ...init, signal });
    const text = await response.text();
    return { status: response.status, json: text === '' ? null : JSON.parse(text) };
  };
}

const queryOf = (params: Params) =>
  new URLSearchParams(
    Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])),
  ).toString();

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text);

/** A caller of one account, who signs as its venue asks. */
export interface RawCaller {
  get(path: string, params?: Params): Promise<RawAnswer>;
  post(path: string, params?: Params): Promise<RawAnswer>;
  put(path: string, params?: Params): Promise<RawAnswer>;
  delete(path: string, params?: Params): Promise<RawAnswer>;
}

type Call = (method: string, path: string, params: Params) => Promise<RawAnswer>;

function callerOf(call: Call): RawCaller {
  const by =
    (method: string) =>
    (path: string, params: Params = {}) =>
      call(method, path, params);
  return { get: by('GET'), post: by('POST'), put: by('PUT'), delete: by('DELETE') };
}

interface World {
  readonly sim: Sim;
  readonly clock: TestClock;
}

function keysOf({ sim }: World, id: string) {
  const { credentials } = sim.accounts.find((each) => each.id === id) as SimAccount;
  return { ...credentials, apiKey: credentials.apiKey ?? '', secret: credentials.secret ?? '' };
}

export function bybitCaller(world: World, id: string): RawCaller {
  const ask = askerOf(world.clock);
  const { apiKey, secret } = keysOf(world, id);
  return callerOf((method, path, params) => {
    const text = method === 'GET' ? queryOf(params) : JSON.stringify(params);
    const timestamp = String(world.clock.now);
    const headers = {
      'X-BAPI-API-KEY': apiKey,
      'X-BAPI-TIMESTAMP': timestamp,
      'X-BAPI-SIGN': hmac(secret, timestamp + apiKey + text).digest('hex'),
      'content-type': 'application/json',
    };
    const url = `${world.sim.origin}/v5/${path}`;
    return method === 'GET'
      ? ask(`${url}?${text}`, { headers })
      : ask(url, { method, headers, body: text });
  });
}

export function binanceCaller(world: World, id: string): RawCaller {
  const ask = askerOf(world.clock);
  const { apiKey, secret } = keysOf(world, id);
  return callerOf((method, path, params) => {
    const text = queryOf({ ...params, timestamp: world.clock.now });
    const signature = hmac(secret, text).digest('hex');
    const url = `${world.sim.origin}/${path}?${text}&signature=${signature}`;
    return ask(url, { method, headers: { 'X-MBX-APIKEY': apiKey } });
  });
}

export function okxCaller(world: World, id: string): RawCaller {
  const ask = askerOf(world.clock);
  const { apiKey, secret, password } = keysOf(world, id);
  return callerOf((method, path, params) => {
    const query = method === 'GET' && Object.keys(params).length > 0 ? `?${queryOf(params)}` : '';
    const body = method === 'GET' ? '' : JSON.stringify(params);
    const target = `/api/v5/${path}${query}`;
    const timestamp = new Date(world.clock.now).toISOString();
    const headers = {
      'OK-ACCESS-KEY': apiKey,
      'OK-ACCESS-PASSPHRASE': password ?? '',
      'OK-ACCESS-TIMESTAMP': timestamp,
      'OK-ACCESS-SIGN': hmac(secret, timestamp + method + target + body).digest('base64'),
      'content-type': 'application/json',
    };
    const url = world.sim.origin + target;
    return ask(url, method === 'GET' ? { headers } : { method, headers, body });
  });
}

/** Logged in by wallet. */
export async function ztdxCaller(world: World, id: string): Promise<RawCaller> {
  const ask = askerOf(world.clock);
  const { privateKey, wallet } = keysOf(world, id);
  const signer = privateKeyToAccount(privateKey as `0x${string}`);
  const root = `${world.sim.origin}/api/v1/`;
  const { json: challenge } = await ask(`${root}auth/nonce/${wallet}`, {});
  const login = {
    address: wallet,
    signature: await signer.signTypedData(challenge.typed_data),
    timestamp: challenge.typed_data.message.timestamp,
  };
  const { json } = await ask(`${root}auth/login`, { method: 'POST', body: JSON.stringify(login) });
  const headers = { authorization: `Bearer ${json.token}`, 'content-type': 'application/json' };
  return callerOf((method, path, params) => {
    const query = method === 'GET' && Object.keys(params).length > 0 ? `?${queryOf(params)}` : '';
    const body = Object.keys(params).length > 0 ? JSON.stringify(params) : '';
    return ask(
      `${root}${path}${query}`,
      method === 'GET' ? { headers } : { method, headers, body },
    );
  });
}

/** An order signed by the account's wallet, as it is sent. */
export async function ztdxOrder(world: World, id: string, change: Params): Promise<Params> {
  const { privateKey, wallet, chainId, verifyingContract } = keysOf(world, id);
  const order = {
    ...{ symbol: 'BTCUSDT', side: 'sell', order_type: 'market', amount: '0.1', price: '0' },
    ...{ leverage: 10, timestamp: Math.floor(world.clock.now / 1000) },
    ...change,
  };
  const { order_type: orderType, ...rest } = order;
  const signature = await privateKeyToAccount(privateKey as `0x${string}`).signTypedData({
    domain: {
      ...{ name: 'ZTDX', version: '1', chainId: chainId as number },
      verifyingContract: verifyingContract as `0x${string}`,
    },
    primaryType: 'CreateOrder',
    types: {
      CreateOrder: [
        { name: 'wallet', type: 'address' },
        { name: 'symbol', type: 'string' },
        { name: 'side', type: 'string' },
        { name: 'orderType', type: 'string' },
        { name: 'price', type: 'string' },
        { name: 'amount', type: 'string' },
        { name: 'leverage', type: 'uint32' },
        { name: 'timestamp', type: 'uint256' },
      ],
    },
    message: {
      ...rest,
      orderType,
      wallet: wallet as `0x${string}`,
      timestamp: BigInt(order.timestamp),
    },
  });
  return { ...order, signature };
}
