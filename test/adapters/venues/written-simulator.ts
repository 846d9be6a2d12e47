import { type Decimal, dec, ZERO } from '../../../src/domain/decimal.ts';
import { createDemoDesk } from '../../../src/sim/desk.ts';
import { instrumentOf } from '../../../src/sim/instruments.ts';
import { type SimAccount, simVenueOf } from '../../../src/sim/model.ts';
import { startSim } from '../../../src/sim/start-sim.ts';
import type { WriteFault } from '../../contracts/account-writer.ts';
import type { StubFault, StubReply, StubRequest } from '../../fakes/stub-http.ts';
import { startStubHttp } from '../../fakes/stub-http.ts';

const SEED = 'plimsoll';
const MARK = dec('60000');
/** Venues take a time of ours that is late by 5 s; with a clock that stands, that is how long a test may take. */
const AHEAD_MS = 3_500;

export interface WrittenSimulator {
  readonly origin: string;
  readonly account: SimAccount;
  /** Calls that would change something and have arrived; logins are not among them. */
  sent(): readonly StubRequest[];
  meet(fault: WriteFault): void;
  close(): Promise<void>;
}

/**
 * The simulator with the account that the writer contract asks for: 2 BTC long at a mark of 60,000 with
 * 1,000 of margin, 5,000 free. Its clock stands. In front of it somebody who passes everything on, counts,
 * and plays the faults of the way.
 */
export async function startWrittenSimulator(
  demoId: string,
  positionMode: SimAccount['positionMode'] = 'one-way',
): Promise<WrittenSimulator> {
  const now = Date.now() + AHEAD_MS;
  const account = { ...seated(demoId, now), positionMode };
  const desk = () => ({ accounts: [account, mainOf(account)] });
  const sim = await startSim({ seed: SEED, now: () => now, start: now, desk });
  for (let tries = 0; tries < 8 && !sim.market.mark('BTC').eq(MARK); tries += 1) {
    sim.market.move('BTC', MARK.div(sim.market.mark('BTC')).minus(1).toNumber());
  }
  const faults: WriteFault[] = [];
  const sent: StubRequest[] = [];
  const front = await startStubHttp((request) => {
    if (request.method === 'GET' || request.path.includes('/auth/')) return pass(request);
    sent.push(request);
    const fault = faults.shift();
    return fault === undefined ? pass(request) : met(fault, request);
  });
  const forward = async (request: StubRequest) => {
    const { method, path, query, headers, body } = request;
    const { host: _, connection: __, 'content-length': ___, ...kept } = headers;
    const search = query.size === 0 ? '' : `?${query}`;
    const init = { method, headers: kept as Record<string, string> };
    return fetch(sim.origin + path + search, body === '' ? init : { ...init, body });
  };
  const pass =
    (request: StubRequest): StubFault =>
    async (response) => {
      const answer = await forward(request);
      const type = answer.headers.get('content-type') ?? 'application/json';
      response.writeHead(answer.status, { 'content-type': type });
      response.end(await answer.text());
    };
  const met = (fault: WriteFault, request: StubRequest): StubReply | StubFault => {
    switch (fault) {
      case 'silent':
        return () => undefined;
      case 'silent-done':
        // The venue may be closed before it has answered: nobody waits for that.
        return () => void forward(request).catch(() => undefined);
      case 'reset':
        return (response) => response.destroy();
      case 'reset-done':
        return async (response) => {
          await forward(request);
          response.destroy();
        };
      case 'server-error':
        return { status: 502, body: '<html>bad gateway</html>' };
      case 'too-fast':
        return { status: 429, body: {} };
      default:
        throw new TypeError(`not played here: ${fault}`);
    }
  };
  return {
    ...{ origin: front.origin, account, sent: () => sent },
    meet: (fault) => void faults.push(fault),
    close: async () => {
      await front.close();
      await sim.close();
    },
  };
}

/** What the front plays. */
export const FRONT_FAULTS: readonly WriteFault[] = [
  ...(['silent', 'silent-done', 'reset', 'reset-done', 'server-error', 'too-fast'] as const),
];

function seated(demoId: string, now: number): SimAccount {
  const found = createDemoDesk(SEED, now).accounts.find(({ id }) => id === demoId);
  if (found === undefined) throw new TypeError(`no ${demoId}`);
  const symbol = found.venue === 'okx' ? 'BTC-USDT-SWAP' : 'BTCUSDT';
  const instrument = instrumentOf(simVenueOf(found.venue), symbol);
  const margin: Decimal = dec('1000');
  return {
    ...found,
    parent: `${demoId}-main`,
    subAccount: 'a@desk.invalid',
    balances: { USDT: margin.plus('5000') },
    orders: [],
    positions: [
      {
        ...{
          id: '550e8400-e29b-41d4-a716-446655440000',
          instrument,
        },
        ...{ side: 'long', contracts: dec('2'), entryPrice: MARK, leverage: dec('125') },
        ...{ marginMode: 'isolated', isolatedMargin: margin, takeProfit: null, stopLoss: null },
        ...{ createdAt: now - 1, updatedAt: now - 1 },
      },
    ],
  };
}

function mainOf(account: SimAccount): SimAccount {
  return {
    ...account,
    ...{ id: `${account.id}-main`, uid: `${account.uid}9`, parent: null, subAccount: null },
    credentials: {
      ...account.credentials,
      ...{ apiKey: 'M4INKEY', secret: 'M4INSECRET', wallet: null, privateKey: null },
    },
    balances: { USDT: ZERO },
    positions: [],
  };
}
