import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeLabels } from '../../../../src/adapters/charts/canvas/layout/place-labels.ts';

const room = { from: 0, to: 1000, gap: 10, maxShift: 60 };
const label = fc.record({
  center: fc.double({ min: -200, max: 1200, noNaN: true }),
  width: fc.double({ min: 1, max: 300, noNaN: true }),
  priority: fc.integer({ min: 0, max: 4 }),
});

describe('labels along a line', () => {
  test('never touch, never leave their room, never stand far off their place', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 12 }), (wanted) => {
        const placed = placeLabels(wanted, room).map(({ index, left }) => {
          const width = wanted[index]?.width ?? Number.NaN;
          const home = (wanted[index]?.center ?? Number.NaN) - width / 2;
          return { left, right: left + width, home: Math.min(Math.max(home, 0), 1000 - width) };
        });
        placed.sort((a, b) => a.left - b.left);
        for (const [index, { left, right, home }] of placed.entries()) {
          expect(left).toBeGreaterThanOrEqual(room.from);
          expect(right).toBeLessThanOrEqual(room.to + 1e-6);
          expect(Math.abs(left - home)).toBeLessThanOrEqual(room.maxShift);
          const next = placed[index + 1];
          if (next) expect(next.left - right).toBeGreaterThanOrEqual(room.gap - 1e-5);
        }
      }),
    );
  });

  test('the most important has its place exactly', () => {
    const wanted = [
      { center: 500, width: 100, priority: 1 },
      { center: 510, width: 100, priority: 0 },
    ];
    const placed = placeLabels(wanted, room);
    expect(placed).toContainEqual({ index: 1, left: 460 });
    expect(placed).toHaveLength(1);
  });

  test.each([
    { why: 'moved as far as it may', maxShift: 110, left: [450, 340] },
    { why: 'a pixel less is too far', maxShift: 109, left: [450] },
  ])('a label in the way is $why', ({ maxShift, left }) => {
    const same = { center: 500, width: 100, priority: 0 };
    expect(placeLabels([same, same], { ...room, maxShift }).map((each) => each.left)).toEqual(left);
  });
});
