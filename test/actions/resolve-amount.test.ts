import { describe, expect, test } from 'vitest';
import type {
  AmountRefusal,
  MarginAsk,
  SizeAsk,
  SizeRoom,
} from '../../src/actions/resolve-amount.ts';
import { contractsToClose, marginToAdd, marginToRemove } from '../../src/actions/resolve-amount.ts';
import type { Decimal } from '../../src/domain/decimal.ts';
import { dec, ONE } from '../../src/domain/decimal.ts';
import type { Money } from '../../src/domain/money.ts';
import { money } from '../../src/domain/money.ts';
import type { Result } from '../../src/domain/result.ts';
import type { MarginSubject } from '../../src/risk/cross/margin-target.ts';
import { instrument } from '../risk/sample-desk.ts';
import { aSubject, BTC } from './a-scene.ts';

const free = money(dec(2_000), 'USDT');
const step = dec('0.01');
const amount = (value: string | number): MarginAsk => ({ kind: 'amount', amount: dec(value) });
const share = (value: string | number) => ({ kind: 'share' as const, share: dec(value) });
const liq = (price: number): MarginAsk => ({ kind: 'liquidation-price', price: dec(price) });
const hf = (value: number) => ({ kind: 'health-factor' as const, value: dec(value) });
const cross: MarginSubject = aSubject({ mode: 'cross' });

const textOf = (result: Result<Money | Decimal, AmountRefusal>) => {
  if (!result.ok) return result.error;
  return 'amount' in result.value ? result.value.amount.toString() : result.value.toString();
};

interface Row<Ask> {
  readonly why: string;
  readonly ask: Ask;
  readonly subject?: MarginSubject;
  readonly is: string;
}

describe('margin to add', () => {
  test.each<Row<MarginAsk>>([
    { why: 'as said', ask: amount(100), is: '100' },
    { why: 'down to the step', ask: amount('100.019'), is: '100.01' },
    { why: 'less than a step', ask: amount('0.009'), is: 'too-small' },
    { why: 'nothing', ask: amount(0), is: 'not-positive' },
    { why: 'below nothing', ask: amount(-5), is: 'not-positive' },
    { why: 'all that is free', ask: amount(2_000), is: '2000' },
    { why: 'a cent more', ask: amount('2000.01'), is: 'more-than-free' },
    { why: 'a tenth of its margin', ask: share('0.1'), is: '500' },
    // 45,000 × 1 % − 200 = 250 is required there, and 5,000 are lost on the way.
    { why: 'to a liquidation at 45,000', ask: liq(45_000), is: '250' },
    // 300 × 17.0001 = 5,100.03.
    { why: 'to a health of 17.0001', ask: hf(17.0001), is: '100.03' },
    { why: 'a target up to the step', ask: hf(17.00001), is: '100.01' },
    { why: 'to a health it has', ask: hf(16), is: 'there-already' },
    { why: 'a price it is away from already', ask: liq(46_000), is: 'there-already' },
    { why: 'on the other side of the mark', ask: liq(51_000), is: 'wrong-side' },
    { why: 'farther than the money goes', ask: liq(40_000), is: 'more-than-free' },
    { why: 'cross has none of its own', ask: amount(100), subject: cross, is: 'cross-margin' },
    {
      why: 'nobody says which',
      ask: amount(100),
      subject: { ...cross, position: { ...cross.position, marginMode: null } },
      is: 'no-margin-mode',
    },
  ])('$why: $is', ({ ask, subject = aSubject(), is }) => {
    expect(textOf(marginToAdd(subject, ask, { step, free }))).toBe(is);
  });

  test('what is free and not known, or another coin, is the venue to say', () => {
    const answers = [null, money(ONE, 'BTC')].map((each) =>
      textOf(marginToAdd(aSubject(), amount(9_999), { step: null, free: each })),
    );
    expect(answers).toEqual(['9999', '9999']);
  });
});

describe('margin to remove', () => {
  test.each<Row<MarginAsk>>([
    { why: 'down to the step', ask: amount('99.999'), is: '99.99' },
    { why: 'more than there is', ask: amount('5000.01'), is: 'more-than-collateral' },
    // 4,800 must stay: 16 × 300.
    { why: 'down to a health of 16', ask: hf(16), is: '200' },
    // 4,800.0003 must stay, and what is taken is rounded down.
    { why: 'never a step too much', ask: hf(16.000001), is: '199.99' },
    { why: 'to a health it does not have', ask: hf(20), is: 'there-already' },
    // 46,000 × 1 % − 200 = 260, and 4,000 are lost on the way.
    { why: 'to a liquidation at 46,000', ask: liq(46_000), is: '740' },
    { why: 'cross has none of its own', ask: amount(100), subject: cross, is: 'cross-margin' },
  ])('$why: $is', ({ ask, subject = aSubject(), is }) => {
    expect(textOf(marginToRemove(subject, ask, step))).toBe(is);
  });
});

const INVERSE = instrument('BTC/USD:BTC', { venue: 'bybit' });
const coin = aSubject({ instrument: INVERSE, contracts: '25000', collateral: '0.1' });
const dust = aSubject({ contracts: '1.00049' });
const quantity = (value: string): SizeAsk => ({ kind: 'quantity', quantity: dec(value) });

describe('contracts to close', () => {
  test.each<Row<SizeAsk> & { readonly room?: Partial<SizeRoom> }>([
    { why: 'a quarter', ask: share('0.25'), is: '0.25' },
    { why: 'down to the step', ask: share('0.3339'), is: '0.333' },
    { why: 'all of it, dust as well', ask: share(1), subject: dust, is: '1.00049' },
    { why: 'the same said in base units', ask: quantity('1.00049'), subject: dust, is: '1.00049' },
    { why: 'more than all', ask: share('1.01'), is: 'more-than-position' },
    { why: 'nothing', ask: share(0), is: 'not-positive' },
    { why: 'less than a step', ask: share('0.0009'), is: 'too-small' },
    { why: 'coins of an inverse one', ask: quantity('0.1'), subject: coin, is: '5000' },
    {
      why: 'coins without a mark',
      ask: quantity('0.1'),
      subject: aSubject({ instrument: INVERSE, contracts: '25000', mark: null }),
      is: 'no-mark',
    },
    { why: 'margin goes with the part', ask: hf(20), is: 'not-by-reducing' },
    // At 40,000 the requirement is 200, and closing a fifth costs 5: 4,995 ÷ 200 is 24.975.
    { why: 'margin stays', ask: hf(24.975), room: { marginOnReduce: 'kept' }, is: '0.2' },
    { why: 'a health it has', ask: hf(2), room: { marginOnReduce: 'kept' }, is: 'there-already' },
    { why: 'of a cross one, by its account', ask: hf(44.975), subject: cross, is: '0.2' },
  ])('$why: $is', ({ ask, subject = aSubject(), room, is }) => {
    const closingFee = BTC.takerFee ?? ONE;
    const place = { step: dec('0.001'), closingFee, marginOnReduce: 'released', ...room } as const;
    expect(textOf(contractsToClose(subject, ask, place))).toBe(is);
  });
});
