import type { Decimal } from '../domain/decimal.ts';
import { createDemoDesk } from './desk.ts';
import type { Facade, SimWorld } from './facade.ts';
import { createListenKeyFacade } from './facades/binance-socket.ts';
import { createBinanceUsdmFacade } from './facades/binance-usdm.ts';
import { createBybitFacade } from './facades/bybit.ts';
import { createOkxFacade } from './facades/okx.ts';
import { createZtdxFacade } from './facades/ztdx.ts';
import type { SimFault, SimFaultScope } from './fault.ts';
import { createFaultScript, isAboutWrites, isWrite } from './fault-script.ts';
import { INSTRUMENTS } from './instruments.ts';
import { fromKept, toKept } from './kept-ledger.ts';
import { createLedger, type Ledger, type SimEffect } from './ledger.ts';
import { createMarket } from './market.ts';
import type { SimAccount, SimAsset, SimCredentials, SimDesk } from './model.ts';
import { startSimServer } from './server.ts';
import { createSimSockets, type SocketFaults } from './sockets.ts';

export interface SimOptions {
  /** The same seed gives the same market, desk and keys. */
  readonly seed: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** When the market has its starting prices; without it, now. */
  readonly start?: number;
  readonly port?: number;
  /** Another desk in place of the demo one; `start` is the market's first moment. */
  readonly desk?: (start: number) => SimDesk;
  /** What the last simulator of this seed and start has given to keep. */
  readonly kept?: string;
  /** Is handed all that a next simulator has to know, before the venue says what it has done. */
  readonly keep?: (kept: string) => Promise<void>;
}

export interface Sim {
  /** `http://127.0.0.1:PORT`: what `baseUrl` of every account is set to. */
  readonly origin: string;
  /** As they stand now. */
  readonly accounts: readonly SimAccount[];
  readonly market: SimMarket;
  /** Switches a fault of one account on, or off with null. */
  fault(accountId: string, fault: SimFault | null): void;
  /** Switches a fault on for the requests in scope; the answer switches it off. */
  script(fault: SimFault, scope: SimFaultScope): () => void;
  /** Faults of the venues' WebSockets, which are at the same address as their REST calls. */
  readonly sockets: SocketFaults;
  /** What was really done, oldest first: to be held against what is claimed. */
  effects(): readonly SimEffect[];
  close(): Promise<void>;
}

interface SimMarket {
  mark(asset: SimAsset): Decimal;
  /** From now on every price of the asset is × (1 + fraction). */
  move(asset: SimAsset, fraction: number): void;
}

const NO_CREDENTIALS: SimCredentials = {
  apiKey: null,
  secret: null,
  password: null,
  wallet: null,
  privateKey: null,
  chainId: null,
  verifyingContract: null,
};

/** The exchanges of the demo desk on one loopback port, each in its own wire format. */
export async function startSim(options: SimOptions): Promise<Sim> {
  const now = options.now ?? Date.now;
  const start = options.start ?? now();
  const market = createMarket({ seed: options.seed, start });
  const { accounts } = options.desk?.(start) ?? createDemoDesk(options.seed, start);
  const memory = options.kept === undefined ? null : fromKept(options.kept);
  const ledger = createLedger(accounts, { market, start: now(), ...(memory && { memory }) });
  const faults = new Map<string, SimFault>();
  const script = createFaultScript();
  const known = (account: SimAccount): SimAccount =>
    faults.get(account.id)?.kind === 'revoked'
      ? { ...account, credentials: NO_CREDENTIALS }
      : account;
  const world: SimWorld = {
    market,
    ledger,
    desk: (request) => {
      const lag = request?.method === 'GET' ? (request.quirks?.lagMs ?? 0) : 0;
      const at = lag === 0 ? Number.POSITIVE_INFINITY : now() - lag;
      return { accounts: ledger.accounts(at).map(known) };
    },
    instruments: (venue) => INSTRUMENTS[venue],
  };
  const ztdx = createZtdxFacade(world);
  const sockets = createSimSockets(world, { now, tokens: { ownerOf: tokenOwner(ztdx, now) } });
  const server = await startSimServer({
    facades: keepFirst(createFacades(world, ztdx), ledger, options.keep),
    upgrade: sockets.upgrade,
    now,
    port: options.port ?? 0,
    faultOf: (request, owner) => {
      const scripted = script.take(request, owner);
      if (scripted !== null) return scripted;
      const fault = faults.get(owner.id) ?? null;
      return fault === null || (isAboutWrites(fault) && !isWrite(request)) ? null : fault;
    },
    settle: ledger.settle,
  });
  return {
    origin: server.origin,
    get accounts() {
      return ledger.accounts(Number.POSITIVE_INFINITY);
    },
    market: {
      mark: (asset) => market.mark(asset, now()),
      move: (asset, fraction) => {
        market.move(asset, fraction, now());
        ledger.settle(now());
        sockets.flush();
      },
    },
    sockets: sockets.faults,
    fault: (accountId, fault) => {
      if (fault === null) faults.delete(accountId);
      else faults.set(accountId, fault);
    },
    script: script.add,
    effects: ledger.effects,
    close: async () => {
      sockets.close();
      await server.close();
    },
  };
}

/** Nothing is answered before what was done is kept: who has heard a yes finds it at the next start. */
function keepFirst(
  facades: readonly Facade[],
  ledger: Ledger,
  keep: SimOptions['keep'],
): readonly Facade[] {
  if (keep === undefined) return facades;
  let keptChanges = 0;
  let writing = Promise.resolve();
  const kept = async () => {
    const changes = ledger.changes();
    if (changes > keptChanges) {
      keptChanges = changes;
      writing = keep(toKept(ledger.memory()));
    }
    await writing;
  };
  return facades.map((facade) => ({
    ...facade,
    respond: (request) => {
      const answer = facade.respond(request);
      return answer && Promise.resolve(answer).then((response) => kept().then(() => response));
    },
  }));
}

function createFacades(world: SimWorld, ztdx: Facade): Facade[] {
  return [
    createBybitFacade(world),
    createListenKeyFacade(world, createBinanceUsdmFacade(world)),
    createOkxFacade(world),
    ztdx,
  ];
}

/** A stream is opened with the token of a login. */
function tokenOwner(ztdx: Facade, now: () => number): (token: string) => SimAccount | null {
  return (token) =>
    ztdx.identify({
      ...{ method: 'GET', path: '/ws', query: new URLSearchParams(), rawQuery: '', body: '' },
      headers: { authorization: `Bearer ${token}` },
      now: now(),
    });
}
