import { expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import { type StopsState, sameStops } from '../../src/domain/stops.ts';
import { asRatio } from '../../src/domain/units.ts';
import type { WriteOutcome, WriteRefusalReason } from '../../src/ports/venue-writer.ts';
import {
  legOf,
  NO_STOPS,
  REF,
  rung,
  type Seat,
  soon,
  type WriterSeat,
} from './account-writer-seat.ts';

export function stopsSuite(seat: Seat): void {
  const both: StopsState = {
    takeProfit: [rung('70000')],
    stopLoss: [rung('50000')],
    trailing: null,
  };
  // No two acts share a reference.
  let acts = 0;
  const set = async (at: WriterSeat, stops: StopsState) => {
    const { stops: current } = await legOf(at);
    if (current === null) expect.fail('stops: not read');
    acts += 1;
    const clientRef = `${REF.slice(0, -2)}${String(acts).padStart(2, '0')}`;
    return at.writer.stops?.set({ position: at.position, stops, current, clientRef }, soon());
  };
  /** As after: what stands is what was asked for, no trigger more. */
  const expectStanding = async (at: WriterSeat, stops: StopsState) => {
    const standing = (await legOf(at)).stops;
    if (standing === null || !sameStops(standing, stops)) expect(standing).toEqual(stops);
  };

  test.each([
    { why: 'both at once', steps: [both] },
    { why: 'only a stop', steps: [{ ...NO_STOPS, stopLoss: [rung('50000')] }] },
    { why: 'a second replaces the first', steps: [both, { ...both, stopLoss: [rung('52000')] }] },
    {
      why: 'one changes, the other stays',
      steps: [both, { ...both, takeProfit: [rung('80000')] }],
    },
    { why: 'one goes, the other stays', steps: [both, { ...both, takeProfit: [] }] },
    { why: 'one comes, the other stays', steps: [{ ...both, takeProfit: [] }, both] },
    { why: 'both go', steps: [both, NO_STOPS] },
  ])('stops: $why', async ({ steps }) => {
    const at = await seat();
    for (const stops of steps) {
      expect(await set(at, stops)).toMatchObject({ kind: 'accepted' });
      await expectStanding(at, stops);
    }
  });

  const ladder = { ...both, takeProfit: [rung('70000', '0.5'), rung('72000', '0.25')] };
  test.each([
    { why: 'a ladder beside a stop', steps: [ladder] },
    { why: 'a ladder in place of one', steps: [both, ladder] },
    { why: 'one in place of a ladder', steps: [ladder, both] },
    {
      why: 'a rung moved',
      steps: [ladder, { ...ladder, takeProfit: [rung('70000', '0.5'), rung('75000', '0.25')] }],
    },
    { why: 'no ladder any more', steps: [ladder, NO_STOPS] },
  ])('stops: $why', async ({ steps }) => {
    const at = await seat();
    if (!at.writer.stops?.hasLadder) return expectNotOffered(at, await set(at, ladder));
    for (const stops of steps) {
      expect(await set(at, stops)).toMatchObject({ kind: 'accepted' });
      await expectStanding(at, stops);
    }
  });

  test('stops: a trailing one comes, changes and goes; the others stay', async () => {
    const at = await seat();
    const trailing = (share: string) => ({ ...both, trailing: asRatio(dec(share)) });
    if (!at.writer.stops?.hasTrailing) return expectNotOffered(at, await set(at, trailing('0.01')));
    for (const stops of [both, trailing('0.01'), trailing('0.02'), both]) {
      expect(await set(at, stops)).toMatchObject({ kind: 'accepted' });
      await expectStanding(at, stops);
    }
  });

  const expectNotOffered = (at: WriterSeat, outcome: WriteOutcome | undefined) => {
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: 'not-offered' satisfies WriteRefusalReason,
    });
    expect(at.sent()).toBe(0);
  };
}
