import { expect, test } from 'vitest';
import { ZERO } from '../../src/domain/decimal.ts';
import { createDemoDesk } from '../../src/sim/desk.ts';
import { type AccountView, viewAccount } from '../../src/sim/engine.ts';
import { createMarket } from '../../src/sim/market.ts';

const SEED = 'plimsoll';
const START = Date.UTC(2026, 0, 5, 8, 30);
const market = createMarket({ seed: SEED, start: START });
const desk = createDemoDesk(SEED, START);
const views = desk.accounts.map((account) =>
  viewAccount(account, (asset) => market.mark(asset, START)),
);
const positions = views.flatMap((view) => view.positions);

function view(id: string): AccountView {
  const found = views.find((each) => each.account.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

const usage = ({ initialMarginUsd, equityUsd }: AccountView) =>
  initialMarginUsd.div(equityUsd).toNumber();

test('six accounts as in the story: three strategies, two market makers, a reserve', () => {
  expect(desk.accounts.map(({ name, venue }) => `${name} ${venue}`)).toEqual([
    '量化策略A bybit',
    '量化策略B binanceusdm',
    '量化策略C okx',
    '做市账户1 bybit',
    '做市账户2 ztdx',
    '风控备用 bybit',
  ]);
  expect(positions.length).toBeGreaterThanOrEqual(12);
  expect(positions.length).toBeLessThanOrEqual(18);
});

test('alone every account is below the 70 % line; together more than half is in use', () => {
  for (const each of views) expect(usage(each)).toBeLessThan(0.7);
  const sum = (pick: (each: AccountView) => typeof ZERO) =>
    views.reduce((total, each) => total.plus(pick(each)), ZERO);
  const pooled = sum((each) => each.initialMarginUsd).div(sum((each) => each.equityUsd));
  expect(pooled.toNumber()).toBeGreaterThan(0.5);
});

test('one account starves 6 to 9 % from its liquidation, its reserve sits idle', () => {
  const starving = view('bybit-quant-a');
  const distances = starving.positions.flatMap(({ liquidationPrice, markPrice }) =>
    liquidationPrice ? [markPrice.minus(liquidationPrice).div(markPrice).toNumber()] : [],
  );
  expect(distances).toHaveLength(1);
  expect(distances[0]).toBeGreaterThan(0.06);
  expect(distances[0]).toBeLessThan(0.09);
  const nearest = positions
    .flatMap(({ liquidationPrice, markPrice }) =>
      liquidationPrice ? [liquidationPrice.div(markPrice).minus(1).abs().toNumber()] : [],
    )
    .sort((a, b) => a - b);
  expect(nearest[0]).toBe(distances[0]);
  expect(starving.account.fundedBy).toEqual(['bybit-reserve']);
  const reserve = view('bybit-reserve');
  expect(reserve.positions).toEqual([]);
  expect(reserve.availableUsd.eq(reserve.equityUsd)).toBe(true);
});

test('exactly one position has no stop, and every stop is before the liquidation', () => {
  const bare = positions.filter(({ position }) => position.stopLoss === null);
  expect(bare.map(({ position }) => position.instrument.symbol)).toEqual(['SOL-USDT-SWAP']);
  for (const { position, markPrice, liquidationPrice } of positions) {
    const { side, stopLoss, takeProfit } = position;
    const isLong = side === 'long';
    if (stopLoss) expect(stopLoss.lt(markPrice)).toBe(isLong);
    if (takeProfit) expect(takeProfit.gt(markPrice)).toBe(isLong);
    if (stopLoss && liquidationPrice) expect(stopLoss.gt(liquidationPrice)).toBe(isLong);
  }
});

test('it holds one of everything a reader can get wrong', () => {
  const traits = new Set(
    positions.flatMap(({ position }) => [
      position.side,
      position.instrument.kind,
      position.marginMode,
      position.instrument.settle,
    ]),
  );
  expect([...traits].sort()).toEqual(
    ['BTC', 'USDC', 'USDT', 'cross', 'inverse', 'isolated', 'linear', 'long', 'short'].sort(),
  );
  const hedged = view('bybit-maker-1');
  const legs = hedged.positions.filter(({ position }) => position.instrument.symbol === 'BTCUSDT');
  expect(legs.map(({ position }) => position.side)).toEqual(['long', 'short']);
  expect(view('bybit-quant-a').orderInitialMarginUsd.gt(1000)).toBe(true);
  expect(view('bybit-quant-a').coins.map(({ coin }) => coin)).toContain('BTC');
  expect(positions.some(({ position }) => !position.instrument.contractSize.eq(1))).toBe(true);
});

test('the seed gives keys that look fake, a wallet of its own and stable ids', () => {
  const again = createDemoDesk(SEED, START);
  expect(again).toEqual(desk);
  const [first] = desk.accounts;
  expect(first?.credentials.apiKey).toBe('demo-bybit-quant-a-key');
  const wallets = [desk, createDemoDesk('other', START)].map(
    ({ accounts }) => accounts.find(({ venue }) => venue === 'ztdx')?.credentials.wallet,
  );
  expect(wallets[0]).toMatch(/^0x[0-9a-fA-F]{40}$/);
  expect(wallets[1]).not.toBe(wallets[0]);
  expect(new Set(positions.map(({ position }) => position.id)).size).toBe(positions.length);
});
