import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Decimal, dec, ZERO } from '../../src/domain/decimal.ts';
import { freeBalance } from '../../src/sim/free-balance.ts';
import { historyOf } from '../../src/sim/history.ts';
import { createLedger } from '../../src/sim/ledger.ts';
import type { Marks, SimAccount } from '../../src/sim/model.ts';
import { changeMargin } from '../../src/sim/operations/change-margin.ts';
import { isOnRightSide, placeTriggers } from '../../src/sim/operations/change-triggers.ts';
import { closePart } from '../../src/sim/operations/close-part.ts';
import { fireTriggers } from '../../src/sim/operations/fire-triggers.ts';
import { transfer } from '../../src/sim/operations/transfer.ts';
import { triggersOf } from '../../src/sim/triggers.ts';
import { lockedMargin, walletOf } from '../../src/sim/wallet.ts';
import { accountOf, positionOf, START } from './raw-http.ts';

const SEED = { seed: 20_260_105, numRuns: Number(process.env['SIM_RUNS'] ?? 60) };
const VENUES = [
  { venue: 'bybit', id: 'bybit-reserve', symbol: 'ETHUSDT', contracts: '10' },
  { venue: 'binanceusdm', id: 'binance-quant-b', symbol: 'ETHUSDT', contracts: '10' },
  { venue: 'okx', id: 'okx-quant-c', symbol: 'ETH-USDT-SWAP', contracts: '100' },
  { venue: 'ztdx', id: 'ztdx-maker-2', symbol: 'ETHUSDT', contracts: '10' },
] as const;

interface State {
  readonly a: SimAccount;
  readonly b: SimAccount;
  readonly mark: Decimal;
}

type Step = (state: State) => State;

const marksOf =
  (mark: Decimal): Marks =>
  () =>
    mark;

const margin = fc.integer({ min: -500_000, max: 500_000 }).map(
  (cents): Step =>
    (state) => {
      const position = state.a.positions[0];
      if (position === undefined || cents === 0) return state;
      const step = { position, amount: dec(cents).div(100), now: START };
      const changed = changeMargin(state.a, step, marksOf(state.mark));
      return changed.ok ? { ...state, a: changed.value } : state;
    },
);

const close = fc.integer({ min: 1, max: 10 }).map(
  (tenths): Step =>
    (state) => {
      const position = state.a.positions[0];
      if (position === undefined) return state;
      const { lotSize } = position.instrument;
      const contracts = position.contracts.times(tenths).div(10).div(lotSize).ceil().times(lotSize);
      const how = { price: state.mark, clientId: '', cause: 'user' as const, now: START };
      return { ...state, a: closePart(state.a, { position, contracts, ...how }).account };
    },
);

const stop = fc
  .record({
    kind: fc.constantFrom('takeProfit' as const, 'stopLoss' as const),
    percent: fc.integer({ min: 1, max: 15 }),
    contracts: fc.constantFrom(null, dec('2')),
  })
  .map(
    ({ kind, percent, contracts }): Step =>
      (state) => {
        const position = state.a.positions[0];
        if (position === undefined) return state;
        const isUp = (kind === 'takeProfit') === (position.side === 'long');
        const price = state.mark.times(isUp ? 100 + percent : 100 - percent).div(100);
        const at = { side: position.side, mark: state.mark };
        expect(isOnRightSide({ kind, price }, at)).toBe(true);
        const orders = [{ kind, price, contracts }];
        return { ...state, a: placeTriggers(state.a, position, { orders, now: START }).account };
      },
  );

const move = fc.integer({ min: -12, max: 12 }).map(
  (percent): Step =>
    (state) => {
      const mark = state.mark.times(100 + percent).div(100);
      const moment = { marks: marksOf(mark), now: START, isArmed: () => true };
      return { ...state, mark, a: fireTriggers(state.a, moment) };
    },
);

const send = fc.integer({ min: 1, max: 900_000 }).map(
  (cents): Step =>
    (state) => {
      const step = { from: state.a, to: state.b, coin: 'USDT', amount: dec(cents).div(100) };
      const moved = transfer(
        { ...step, wallets: ['trading', 'trading'], clientId: '', now: START },
        marksOf(state.mark),
      );
      if (!moved.ok) return state;
      const [a, b] = moved.value.accounts as [SimAccount, SimAccount];
      return { ...state, a, b };
    },
);

const steps = fc.array(fc.oneof(margin, close, stop, move, send), { minLength: 1, maxLength: 12 });

function start(at: (typeof VENUES)[number], side: 'long' | 'short'): State {
  const position = positionOf(at.venue, at.symbol, {
    ...{ side, contracts: dec(at.contracts), entryPrice: dec('3400') },
    isolatedMargin: dec('4000'),
  });
  const a = accountOf(at.id, {
    ...{ balances: { USDT: dec('10000') }, positions: [position], orders: [] },
  });
  const b = { ...a, id: 'b', balances: { USDT: dec('500') }, positions: [] };
  return { a, b, mark: dec('3400') };
}

const sum = (values: readonly Decimal[]) => values.reduce((all, each) => all.plus(each), ZERO);

test.each(VENUES)('whatever is done at $venue, money is only moved, earned or paid', (at) => {
  fc.assert(
    fc.property(steps, fc.constantFrom('long' as const, 'short' as const), (list, side) => {
      const first = start(at, side);
      const { a, b, mark } = list.reduce((state, step) => step(state), first);
      const { executions, triggers } = historyOf(a);
      const earned = sum(executions.map(({ realizedPnl, fee }) => realizedPnl.minus(fee)));
      const [mine, theirs] = [walletOf(a, 'USDT'), walletOf(b, 'USDT')];
      expect(mine.plus(theirs).toFixed()).toBe(earned.plus('10500').toFixed());
      // What is assigned to positions is there, and nothing is below zero.
      expect(lockedMargin(a, 'USDT').lte(mine)).toBe(true);
      expect(mine.isNegative() || lockedMargin(a, 'USDT').isNegative()).toBe(false);
      expect(freeBalance(a, 'USDT', marksOf(mark)).isNegative()).toBe(false);
      // A trigger waits or is over, once, and only beside a position.
      const ids = [
        ...triggers.map(({ trigger }) => trigger.id),
        ...triggersOf(a).map(({ id }) => id),
      ];
      expect(new Set(ids).size).toBe(ids.length);
      const held = a.positions.map(({ id }) => id);
      expect(triggersOf(a).every(({ positionId }) => held.includes(positionId))).toBe(true);
      const sold = sum(executions.map(({ filled }) => filled));
      const left = a.positions[0]?.contracts ?? ZERO;
      expect(sold.plus(left).toFixed()).toBe(at.contracts);
    }),
    SEED,
  );
});

test.each(VENUES)('margin that goes in and out at $venue is conserved to the digit', (at) => {
  fc.assert(
    fc.property(fc.array(margin, { minLength: 1, maxLength: 8 }), (list) => {
      const { a } = list.reduce((state, step) => step(state), start(at, 'long'));
      const changes = sum(historyOf(a).margins.map(({ amount }) => amount));
      expect(a.positions[0]?.isolatedMargin?.toFixed()).toBe(changes.plus('4000').toFixed());
      expect(walletOf(a, 'USDT').toFixed()).toBe('10000');
    }),
    SEED,
  );
});

test('a stop fires once, when the mark comes to it, however often it is looked at', () => {
  const { a } = start(VENUES[0], 'long');
  let mark = dec('3400');
  const ledger = createLedger([a], { market: { mark: () => mark }, start: START });
  const [position] = a.positions;
  const orders = [{ kind: 'stopLoss' as const, price: dec('3300'), contracts: dec('4') }];
  const placed = placeTriggers(a, position as NonNullable<typeof position>, { orders, now: START });
  const effect = { accountId: a.id, kind: 'stops' as const, clientId: '', at: START };
  ledger.accept({ accounts: [placed.account], effect });
  const left = () =>
    ledger.accounts(Number.POSITIVE_INFINITY)[0]?.positions[0]?.contracts.toFixed();
  for (const [price, contracts] of [
    ...[['3300.01', '10'] as const, ['3300', '6'] as const],
    ...[['3200', '6'] as const, ['3400', '6'] as const, ['3100', '6'] as const],
  ]) {
    mark = dec(price);
    ledger.settle(START + 1_000);
    ledger.settle(START + 1_000);
    expect(left()).toBe(contracts);
  }
  expect(ledger.effects().map(({ kind }) => kind)).toEqual(['stops', 'fired']);
});
