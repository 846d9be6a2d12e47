import { afterEach, describe, expect, test } from 'vitest';
import { marginSuite, reduceSuite, transferSuite } from './account-writer-acts.ts';
import { faultSuite } from './account-writer-faults.ts';
import {
  type Capability,
  legOf,
  NO_STOPS,
  soon,
  type WriterHarness,
  walletOf,
} from './account-writer-seat.ts';
import { stopsSuite } from './account-writer-stops.ts';

export type { WriteFault, WriterHarness } from './account-writer-seat.ts';

const CAPABILITIES: readonly Capability[] = ['margin', 'stops', 'reduce', 'transfer'];

/** What every AccountWriter keeps, whatever venue is behind it. */
export function accountWriterContract(name: string, harness: WriterHarness): void {
  const seat = () => harness.open();
  describe(`account writer contract: ${name}`, () => {
    afterEach(() => harness.close());

    test('what it does not offer is null', async () => {
      const { writer } = await seat();
      const offered = CAPABILITIES.filter((key) => writer[key] !== null);
      expect(offered).toEqual(CAPABILITIES.filter((key) => harness.offers.includes(key)));
    });

    test('a leg and a wallet as they stand; a leg that is not there has no contracts', async () => {
      const at = await seat();
      const { settle } = at.position.instrument;
      const leg = await legOf(at);
      expect(leg.contracts.toString()).toBe('2');
      expect(leg.collateral?.toString()).toBe('1000');
      expect(leg.stops).toEqual(NO_STOPS);
      expect(leg.markPrice?.toString()).toBe('60000');
      expect(leg.free?.amount.toString()).toBe('5000');
      expect(leg.free?.currency).toBe(settle);
      expect((await walletOf(at.writer, settle)).gte('5000')).toBe(true);
      const gone = await at.writer.leg({ ...at.position, side: 'short' }, soon());
      expect(gone.ok && gone.value.contracts.isZero()).toBe(true);
      expect(at.sent()).toBe(0);
    });

    if (harness.offers.includes('margin')) marginSuite(seat);
    if (harness.offers.includes('stops')) stopsSuite(seat);
    if (harness.offers.includes('reduce')) reduceSuite(seat);
    if (harness.offers.includes('transfer')) transferSuite(seat);
    for (const capability of harness.offers) faultSuite(capability, harness);
  });
}
