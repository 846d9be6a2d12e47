import { describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import { asAccountId, asRatio, asUsd } from '../../../src/domain/units.ts';
import type { AccountSnapshot } from '../../../src/portfolio/snapshot.ts';
import { assessAccount } from '../../../src/risk/account-risk.ts';
import type { RebalancePlan } from '../../../src/risk/rebalance/plan-rebalance.ts';
import { planRebalance } from '../../../src/risk/rebalance/plan-rebalance.ts';
import { transferableUsd } from '../../../src/risk/rebalance/transferable.ts';
import type { AccountText } from '../sample-desk.ts';
import { account, desk, instrument, position } from '../sample-desk.ts';

interface FundedText extends AccountText {
  readonly available?: string;
  readonly fundedBy?: readonly string[];
}

/** One BTC long at 60,000 unless it says otherwise: accounts without positions have no health. */
function funded(text: FundedText): AccountSnapshot {
  const id = text.id ?? 'a';
  const held = position({
    account: id,
    instrument: instrument('BTC/USDT:USDT'),
    contracts: '1',
    mark: '60000',
    mode: 'cross',
  });
  const made = account({ positions: [held], ...text });
  return {
    ...made,
    account: { ...made.account, fundedBy: (text.fundedBy ?? []).map(asAccountId) },
    margin: made.margin && {
      ...made.margin,
      availableUsd: text.available === undefined ? null : asUsd(dec(text.available)),
    },
  };
}

const TWO = { target: asRatio(dec('2')), donorFloor: null };

function movesOf(plan: RebalancePlan): string[] {
  return plan.transfers.map(
    ({ from, to, amountUsd, currency, executable }) =>
      `${from}>${to} ${amountUsd} ${currency}${executable ? '' : ' by hand'}`,
  );
}

const POOR = { id: 'poor', equity: '700', maintenance: '500', fundedBy: ['rich', 'far'] };
const RICH = { id: 'rich', equity: '9000', maintenance: '500', available: '8000' };

describe('a plan for the desk', () => {
  test('moves what is lacking, and shows every account after', () => {
    const plan = planRebalance(
      desk(
        funded({ ...POOR, coins: [['USDT', '700']] }),
        funded({ ...RICH, coins: [['USDT', '9000']] }),
      ),
      TWO,
    );
    expect(movesOf(plan)).toEqual(['rich>poor 300 USDT']);
    expect(plan.after.map(({ healthFactor }) => healthFactor?.toString())).toEqual(['2', '17.4']);
    expect(plan.after.map(({ availableUsd }) => availableUsd?.toString())).toEqual([
      undefined,
      '7700',
    ]);
    const balances = plan.after.map(({ account: { margin } }) => margin?.collateral[0]?.quantity);
    expect(balances.map(String)).toEqual(['1000', '8700']);
    expect(plan).toMatchObject({
      feasible: true,
      beyondHelp: [],
      unknown: [],
      sendsNothing: [{ account: 'poor', reason: 'no-available' }],
    });
  });

  test('inside a venue before a withdrawal from another, which a person has to make', () => {
    const near = funded({ ...RICH, available: '100' });
    const far = funded({ ...RICH, id: 'far', venue: 'okx' });
    const plan = planRebalance(desk(funded(POOR), near, far), TWO);
    expect(movesOf(plan)).toEqual(['rich>poor 100 null', 'far>poor 200 null by hand']);
  });

  test('cents are rounded so that the receiver gets there', () => {
    const plan = planRebalance(desk(funded({ ...POOR, equity: '699.996' }), funded(RICH)), TWO);
    expect(movesOf(plan)).toEqual(['rich>poor 300.01 null']);
  });

  test('the coin the receiver settles in, then dollars, then coins at their price', () => {
    const rich = funded({
      ...RICH,
      coins: [
        ['USDC', '150'],
        ['BTC', '1'],
        ['USDT', '50'],
      ],
    });
    const plan = planRebalance(desk(funded(POOR), rich), TWO);
    expect(movesOf(plan)).toEqual(['rich>poor 50 USDT', 'rich>poor 150 USDC', 'rich>poor 100 BTC']);
    expect(plan.transfers[2]?.amount?.toSignificantDigits(6).toString()).toBe('0.00166667');
  });

  test('a floor for senders holds also where the target is out of reach', () => {
    const rich = { ...RICH, equity: '1600' };
    const goal = { ...TWO, donorFloor: asRatio(dec('3')) };
    const plan = planRebalance(desk(funded({ ...POOR, equity: '500' }), funded(rich)), goal);
    expect(movesOf(plan)).toEqual(['rich>poor 100 null']);
    expect(plan.feasible).toBe(false);
    expect(plan.after.map(({ healthFactor }) => healthFactor?.toString())).toEqual(['1.2', '3']);
  });

  test.each([
    { why: 'never read', text: { status: 'missing' as const }, reason: 'missing' },
    { why: 'balances never read', text: { equity: null }, reason: 'no-equity' },
    { why: 'no requirement known', text: { equity: '5' }, reason: 'no-maintenance' },
    { why: 'not a number', text: { equity: 'NaN', maintenance: '1' }, reason: 'no-equity' },
  ])('an account $why is left out by name', ({ text, reason }) => {
    const bare = funded({
      id: 'x',
      ...text,
      equity: text.equity === 'NaN' ? '1' : (text.equity ?? null),
    });
    const odd =
      text.equity === 'NaN' && bare.margin
        ? {
            ...bare,
            margin: { ...bare.margin, equityUsd: asUsd(dec('1').div(0).minus(dec('1').div(0))) },
          }
        : bare;
    const plan = planRebalance(desk(funded(POOR), funded(RICH), odd), TWO);
    expect(plan.unknown).toEqual([{ account: 'x', reason }]);
    expect(plan.after).toHaveLength(3);
    expect(movesOf(plan)).toEqual(['rich>poor 300 null']);
  });

  test('nobody who can send may send there', () => {
    const plan = planRebalance(desk(funded({ ...POOR, fundedBy: [] }), funded(RICH)), TWO);
    expect(plan).toMatchObject({ feasible: false, transfers: [], beyondHelp: ['poor'] });
    expect(plan.needUsd.toString()).toBe('300');
    expect(plan.capacityUsd.toString()).toBe('8000');
  });
});

describe('what may leave an account', () => {
  const held = (venue: string, available: string | undefined, initial?: string) =>
    transferableUsd(
      assessAccount(
        funded({
          ...{ venue, equity: '10000', maintenance: '100' },
          ...(available === undefined ? {} : { available }),
          ...(initial === undefined ? {} : { initial }),
        }),
      ),
    );

  test.each([
    { why: 'what the venue calls available', venue: 'bybit', available: '500', is: '500' },
    { why: 'never less than nothing', venue: 'bybit', available: '-5', is: '0' },
    {
      why: 'a tenth of the value stays on Hyperliquid',
      venue: 'hyperliquid',
      available: '9000',
      initial: '1000',
      is: '4000',
    },
    {
      why: 'or the initial margin, when it is more',
      venue: 'hyperliquid',
      available: '9000',
      initial: '7000',
      is: '3000',
    },
    {
      why: 'unless less is available',
      venue: 'hyperliquid',
      available: '50',
      initial: '7000',
      is: '50',
    },
  ])('$why', ({ venue, available, initial, is }) => {
    const may = held(venue, available, initial);
    expect(may.ok && may.value.toString()).toBe(is);
  });

  test('what is not known is named', () => {
    expect(held('bybit', undefined)).toEqual({ ok: false, error: 'no-available' });
    expect(held('hyperliquid', '1')).toEqual({ ok: false, error: 'no-initial-margin' });
  });
});
