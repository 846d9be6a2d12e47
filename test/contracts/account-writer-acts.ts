import { expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import { type AccountId, asAccountId } from '../../src/domain/units.ts';
import { legOf, REF, type Seat, soon, type WriterSeat, walletOf } from './account-writer-seat.ts';

export function marginSuite(seat: Seat): void {
  const change = (
    at: WriterSeat,
    direction: 'add' | 'remove',
    amount: string,
    position = at.position,
  ) =>
    at.writer.margin?.change(
      {
        position,
        direction,
        amount: money(dec(amount), position.instrument.settle),
        clientRef: REF,
      },
      soon(),
    );

  test.each([
    { direction: 'add', amount: '12.3457', after: '1012.3457' },
    { direction: 'remove', amount: '0.0001', after: '999.9999' },
  ] as const)(
    'margin: $direction $amount, to the last digit',
    async ({ direction, amount, after }) => {
      const at = await seat();
      expect(await change(at, direction, amount)).toMatchObject({ kind: 'accepted' });
      expect((await legOf(at)).collateral?.toString()).toBe(after);
      expect(at.sent()).toBe(1);
    },
  );

  test.each([
    { why: 'more than the account has', direction: 'add', amount: '900000' },
    { why: 'more than the position may lose', direction: 'remove', amount: '900000' },
  ] as const)('margin: $why is refused and changes nothing', async ({ direction, amount }) => {
    const at = await seat();
    const outcome = await change(at, direction, amount);
    expect(outcome?.kind).toBe('refused');
    expect([
      'insufficient-balance',
      'insufficient-collateral',
      'would-liquidate',
      'amount-too-large',
    ]).toContain(outcome?.kind === 'refused' && outcome.reason);
    expect((await legOf(at)).collateral?.toString()).toBe('1000');
  });

  test.each(['cross', 'portfolio'] as const)(
    'margin: a %s position has none of its own',
    async (marginMode) => {
      const at = await seat();
      const position = { ...at.position, marginMode };
      expect(await change(at, 'add', '1', position)).toMatchObject({
        kind: 'refused',
        reason: 'not-isolated',
      });
      expect(at.sent()).toBe(0);
    },
  );
}

export function reduceSuite(seat: Seat): void {
  test.each([
    { why: 'a part', contracts: '0.5', after: '1.5' },
    { why: 'all of it closes the leg', contracts: '2', after: '0' },
  ])('reduce: $why', async ({ contracts, after }) => {
    const at = await seat();
    const order = { position: at.position, contracts: dec(contracts), clientRef: REF };
    expect(await at.writer.reduce?.reduce(order, soon())).toMatchObject({ kind: 'accepted' });
    expect((await legOf(at)).contracts.toString()).toBe(after);
    expect(at.sent()).toBe(1);
  });

  test('reduce: of a part, the margin goes as the writer says', async () => {
    const at = await seat();
    await at.writer.reduce?.reduce(
      { position: at.position, contracts: dec('1'), clientRef: REF },
      soon(),
    );
    const kept = (await legOf(at)).collateral;
    expect(kept?.eq('1000')).toBe(at.writer.marginOnReduce === 'kept');
  });
}

export function transferSuite(seat: Seat): void {
  const transfer = (at: WriterSeat, to: AccountId, amount: string) =>
    at.writer.transfer?.transfer(
      { to, amount: money(dec(amount), at.position.instrument.settle), clientRef: REF },
      soon(),
    );

  test('transfer: what leaves here arrives there, to the last digit', async () => {
    const at = await seat();
    if (at.receiver === null) expect.fail('nobody receives');
    const { settle } = at.position.instrument;
    const before = [await walletOf(at.writer, settle), await walletOf(at.receiver, settle)];
    expect(at.writer.transfer?.reaches(at.receiver.account)).toBe(true);
    expect(await transfer(at, at.receiver.account, '10.5001')).toMatchObject({ kind: 'accepted' });
    expect((await walletOf(at.writer, settle)).toString()).toBe(
      before[0]?.minus('10.5001').toString(),
    );
    expect((await walletOf(at.receiver, settle)).toString()).toBe(
      before[1]?.plus('10.5001').toString(),
    );
    expect(at.sent()).toBe(1);
  });

  test('transfer: more than the account has is refused and moves nothing', async () => {
    const at = await seat();
    const { settle } = at.position.instrument;
    const before = (await walletOf(at.writer, settle)).toString();
    const outcome = await transfer(at, at.receiver?.account as AccountId, '900000');
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'insufficient-balance' });
    expect((await walletOf(at.writer, settle)).toString()).toBe(before);
  });

  test('transfer: to nobody of the desk, or to itself, is not offered', async () => {
    const at = await seat();
    for (const to of [asAccountId('nobody'), at.writer.account]) {
      expect(at.writer.transfer?.reaches(to)).toBe(false);
      expect(await transfer(at, to, '1')).toMatchObject({ kind: 'refused', reason: 'not-offered' });
    }
    expect(at.sent()).toBe(0);
  });
}
