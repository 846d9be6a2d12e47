import { commands } from '../../commands/index.ts';
import { jsonFigure } from '../../src/app/answer-json.ts';
import type { Actor, CommandContext, CommandSpec, Options } from '../../src/app/command.ts';
import type { Account, AccountMargin } from '../../src/domain/account.ts';
import { dec } from '../../src/domain/decimal.ts';
import type { Instrument, MaintenanceTier } from '../../src/domain/instrument.ts';
import { money } from '../../src/domain/money.ts';
import type { Position, PriceState, VenueRatio } from '../../src/domain/position.ts';
import type { InstrumentId } from '../../src/domain/units.ts';
import { asAccountId, asPrice, asQuantity, asRatio, asUsd } from '../../src/domain/units.ts';
import type { AccountSnapshot, Gap, Snapshot } from '../../src/portfolio/snapshot.ts';
import { createFormatter } from '../../src/replies/format.ts';
import { renderText } from '../../src/replies/render-text.ts';
import type { Locale } from '../../src/replies/translate.ts';
import { createTranslate } from '../../src/replies/translate.ts';
import { noActions } from '../fakes/no-actions.ts';
import { marketContext, NOW } from './small-market.ts';

export interface Leg {
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly contracts: string;
  readonly contractSize?: string;
  readonly entry: string;
  readonly mark: string | null;
  readonly liq?: string | 'none';
  readonly stop?: string | 'none';
  readonly tick?: string;
  readonly multiplier?: string;
  readonly leverage?: string;
  readonly maintenance?: string;
  /** Its own margin: then it is isolated. */
  readonly margin?: string;
  readonly ageMs?: number;
}

export interface AccountFacts {
  readonly id: string;
  readonly venue: string;
  readonly legs?: readonly Leg[];
  readonly equity?: string;
  readonly available?: string;
  readonly initial?: string;
  readonly maintenance?: string;
  readonly coins?: Readonly<Record<string, string>>;
  readonly ratio?: VenueRatio;
  readonly status?: AccountSnapshot['status'];
  readonly gaps?: readonly Omit<Gap, 'account' | 'venue'>[];
  readonly fundedBy?: readonly string[];
}

export function snapshotOf(...accounts: AccountFacts[]): Snapshot {
  return { accounts: accounts.map(accountOf), takenAt: NOW };
}

function accountOf(facts: AccountFacts): AccountSnapshot {
  const id = asAccountId(facts.id);
  const { venue, status = 'ok' } = facts;
  const fundedBy = (facts.fundedBy ?? []).map(asAccountId);
  const account: Account = { id, name: facts.id, venue, books: [], fundedBy };
  return {
    account,
    status,
    positions: (facts.legs ?? []).map((leg) => positionOf(leg, facts)),
    positionsAt: status === 'missing' ? null : NOW - (facts.legs?.[0]?.ageMs ?? 1000),
    margin: facts.equity === undefined ? null : marginOf(facts),
    gaps: (facts.gaps ?? []).map((gap) => ({ ...gap, account: id, venue })),
  };
}

const usd = (text: string | undefined) => (text === undefined ? null : asUsd(dec(text)));

function marginOf(facts: AccountFacts): AccountMargin {
  return {
    equityUsd: usd(facts.equity),
    availableUsd: usd(facts.available),
    initialMarginUsd: usd(facts.initial),
    orderMarginUsd: null,
    maintenanceMarginUsd: usd(facts.maintenance),
    venueRatio: facts.ratio ?? null,
    venueStatus: null,
    pooling: 'account',
    collateral: Object.entries(facts.coins ?? {}).map(([asset, quantity]) => ({
      asset,
      quantity: dec(quantity),
      venueUsd: null,
      brackets: null,
    })),
    observedAt: NOW - 1000,
    venueUpdatedAt: null,
  };
}

function positionOf(leg: Leg, facts: AccountFacts): Position {
  const instrument = instrumentOf(leg, facts.venue);
  const contracts = dec(leg.contracts);
  const mark = leg.mark === null ? null : dec(leg.mark);
  const size = contracts.times(instrument.contractSize);
  const quantity = instrument.kind === 'linear' ? size : mark && size.div(mark);
  return {
    account: asAccountId(facts.id),
    venue: facts.venue,
    instrument,
    side: leg.side,
    quantity: quantity && asQuantity(quantity),
    contracts,
    entryPrice: asPrice(dec(leg.entry)),
    markPrice: mark && asPrice(mark),
    venueNotionalUsd: null,
    leverage: leg.leverage === undefined ? null : asRatio(dec(leg.leverage)),
    marginMode: leg.margin === undefined ? 'cross' : 'isolated',
    collateral: leg.margin === undefined ? null : money(dec(leg.margin), instrument.settle),
    initialMargin: null,
    maintenanceMargin:
      leg.maintenance === undefined ? null : money(dec(leg.maintenance), instrument.settle),
    unrealizedPnl: null,
    liquidation: stateOf(leg.liq),
    takeProfit: { kind: 'none' },
    stopLoss: stateOf(leg.stop),
    venueRatio: null,
    venueId: null,
    observedAt: NOW - (leg.ageMs ?? 1000),
    venueUpdatedAt: null,
  };
}

function stateOf(text: string | undefined): PriceState {
  if (text === undefined) return { kind: 'unknown' };
  return text === 'none' ? { kind: 'none' } : { kind: 'price', price: asPrice(dec(text)) };
}

function instrumentOf(leg: Leg, venue: string): Instrument {
  const [base = '', rest = ''] = leg.symbol.split('/');
  const [quote = '', settle = ''] = rest.split(':');
  const multiplier = dec(leg.multiplier ?? '1');
  return {
    id: `${venue}:${leg.symbol}` as InstrumentId,
    venue,
    symbol: leg.symbol,
    asset: base.replace(/^1000/, ''),
    quote,
    settle,
    kind: settle === base ? 'inverse' : 'linear',
    contractSize: dec(leg.contractSize ?? '1'),
    tickSize: leg.tick === undefined ? null : dec(leg.tick),
    multiplier,
    tiers: tiersOf(base),
    tierUnit: 'quote',
    takerFee: asRatio(dec('0.0005')),
  };
}

/** Brackets as on a venue for the majors, none read for the rest. */
function tiersOf(base: string): readonly MaintenanceTier[] | null {
  if (!['BTC', 'ETH', 'SOL'].includes(base)) return null;
  const rate = asRatio(dec(base === 'SOL' ? '0.01' : '0.005'));
  return [{ floor: dec('0'), cap: null, rate, deduction: dec('0') }];
}

const trader: Actor = { person: 'trader', roles: ['trader'], accounts: null, network: 'terminal' };

export function contextFor(snapshot: Snapshot, locale: Locale = 'en'): CommandContext {
  return {
    actor: trader,
    deskName: 'Main desk',
    isDemo: true,
    accounts: snapshot.accounts.map(({ account }) => account),
    snapshot: () => Promise.resolve(snapshot),
    status: () => ({
      version: '0.1.0',
      startedAt: NOW - 3_720_000,
      networks: [],
      storeFault: null,
      loops: [
        { name: 'refresh', lastAt: NOW - 2000 },
        { name: 'marks', lastAt: null },
      ],
    }),
    ...marketContext(snapshot),
    actions: noActions,
    commands,
    now: NOW,
    say: createTranslate(locale),
    format: createFormatter(locale, 'UTC'),
  };
}

export interface Asked {
  /** As `ask --json` would show it. */
  readonly data: unknown;
  readonly text: (width: number) => string;
  readonly gaps: readonly Gap[];
}

/** Runs a command; a refusal is thrown as its sentence. */
export async function ask(
  snapshot: Snapshot,
  of: { name: string; options?: Options; locale?: Locale; with?: Partial<CommandContext> },
): Promise<Asked> {
  const context = { ...contextFor(snapshot, of.locale), ...of.with };
  const command: CommandSpec | undefined = commands.find(({ name }) => name === of.name);
  const result = await command?.run(context, of.options ?? {});
  if (result === undefined) throw new Error(`no command ${of.name}`);
  if (!result.ok) throw new Error(result.error.text);
  const { data, gaps, reply } = result.value;
  return {
    data: JSON.parse(JSON.stringify(data, jsonFigure)),
    gaps,
    text: (width) => renderText(reply, { ...context, width }),
  };
}

/**
 * Four venues: linear, inverse with coin collateral, contracts of 0.1, hedge mode, a multiplier,
 * one account starving beside an idle reserve.
 */
export const desk: readonly AccountFacts[] = [
  {
    id: 'bybit-quant-a',
    venue: 'bybit',
    equity: '21500.4567',
    available: '4321.9',
    initial: '12900.1',
    maintenance: '1480.2',
    ratio: ratio('accountMMRate', '0.0688', 'up'),
    legs: [
      {
        symbol: 'BTC/USDT:USDT',
        side: 'long',
        contracts: '0.5',
        entry: '58210.4',
        mark: '60000.1',
        liq: '52310.5',
        margin: '3080.72625',
        stop: '56000',
        tick: '0.1',
        leverage: '10',
      },
      {
        symbol: 'SOL/USDT:USDT',
        side: 'short',
        contracts: '100',
        entry: '148.213',
        mark: '150.25',
        liq: '158.912',
        margin: '1228.812',
        stop: 'none',
        tick: '0.001',
        leverage: '20',
      },
    ],
  },
  {
    id: 'bybit-basis',
    venue: 'bybit',
    equity: '24002',
    available: '20100',
    initial: '2000',
    maintenance: '120.5',
    coins: { BTC: '0.4', USDT: '150' },
    legs: [
      {
        symbol: 'BTC/USD:BTC',
        side: 'short',
        contracts: '20000',
        entry: '61250.5',
        mark: '60005',
        liq: 'none',
        stop: 'none',
        tick: '0.5',
        leverage: '10',
      },
    ],
  },
  {
    id: 'binance-quant-b',
    venue: 'binanceusdm',
    fundedBy: ['okx-reserve', 'bybit-basis'],
    equity: '3950.25',
    available: '55.1',
    initial: '3600',
    maintenance: '3410.7',
    ratio: ratio('marginRatio', '0.8634', 'up'),
    legs: [
      {
        symbol: 'BTC/USDT:USDT',
        side: 'long',
        contracts: '0.2',
        entry: '60900',
        mark: '60010',
        liq: '58911.25',
        margin: '456.66125',
        stop: '59500',
        tick: '0.1',
        leverage: '20',
      },
      {
        symbol: 'BTC/USDT:USDT',
        side: 'short',
        contracts: '0.3',
        entry: '60100',
        mark: '60010',
        liq: '61205.4',
        margin: '423.4281',
        stop: 'none',
        tick: '0.1',
        leverage: '20',
      },
      {
        symbol: '1000PEPE/USDT:USDT',
        side: 'long',
        contracts: '50000',
        entry: '0.0123',
        mark: '0.01234',
        multiplier: '1000',
        tick: '0.0000001',
        leverage: '5',
      },
    ],
  },
  {
    id: 'okx-mm',
    venue: 'okx',
    fundedBy: ['okx-reserve'],
    equity: '15000',
    available: '12000',
    initial: '1500',
    maintenance: '75',
    ratio: ratio('mgnRatio', '200.004', 'down'),
    legs: [
      {
        symbol: 'ETH/USDT:USDT',
        side: 'long',
        contracts: '25',
        contractSize: '0.1',
        entry: '2950.55',
        mark: '3000.2',
        stop: '2800',
        tick: '0.01',
        leverage: '5',
      },
    ],
  },
  {
    id: 'ztdx-mm',
    venue: 'ztdx',
    equity: '9000',
    available: '7000',
    initial: '900',
    maintenance: '45',
    legs: [
      {
        symbol: 'ETH/USDT:USDT',
        side: 'short',
        contracts: '1.5',
        entry: '3010',
        mark: '3001',
        liq: '8971',
        tick: '0.1',
        leverage: '5',
      },
    ],
  },
  {
    id: 'okx-reserve',
    venue: 'okx',
    equity: '60000',
    coins: { USDT: '60000' },
    available: '60000',
    initial: '0',
    maintenance: '0',
  },
];

/** The same desk with one account never read and one shown from an older reading. */
export const holedDesk: readonly AccountFacts[] = desk.map((facts) => {
  if (facts.id === 'okx-mm') {
    return {
      id: facts.id,
      venue: facts.venue,
      status: 'missing',
      gaps: [gap({ kind: 'unauthorized', detail: { code: 'venue', venueCode: '50111' } })],
    };
  }
  if (facts.id !== 'bybit-quant-a') return facts;
  const rateLimited = gap({
    kind: 'rate-limited',
    detail: { code: 'http', status: 429 },
    retryAfterMs: 12_000,
    lastGoodAt: NOW - 41_000,
  });
  const legs = (facts.legs ?? []).map((leg) => ({ ...leg, ageMs: 41_000 }));
  return { ...facts, legs, status: 'stale', gaps: [rateLimited] };
});

function gap(facts: Partial<Gap> & Pick<Gap, 'kind' | 'detail'>): Omit<Gap, 'account' | 'venue'> {
  return { scope: 'account', retryAfterMs: null, lastGoodAt: null, ...facts };
}

function ratio(name: string, value: string, direction: 'up' | 'down'): VenueRatio {
  return { name, value: dec(value), direction, liquidatesAt: dec('1') };
}
