import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layoutChart } from '../../../../src/adapters/charts/canvas/layout/layout-chart.ts';
import type { Picture, Shape, Words } from '../../../../src/adapters/charts/canvas/picture.ts';
import type { BarsChart, LadderChart, LinesChart } from '../../../../src/replies/chart.ts';
import { randomChart } from './random-chart.ts';

/** Near enough to the font: hanzi are square, the rest about half as wide. */
const measure = (text: string, size: number) =>
  [...text].reduce((sum, each) => sum + (/[\u2E80-\uFFFF]/u.test(each) ? 1 : 0.55) * size, 0);

const wordsOf = ({ shapes }: Picture): Words[] => shapes.filter((shape) => shape.kind === 'words');
const textsOf = (picture: Picture) => wordsOf(picture).map(({ text }) => text);

function overlap(a: Words, b: Words): boolean {
  const apartX = a.x + a.width <= b.x || b.x + b.width <= a.x;
  const apartY = a.y + a.height <= b.y || b.y + b.height <= a.y;
  return !apartX && !apartY;
}

function pointsOf(shape: Shape): number[] {
  switch (shape.kind) {
    case 'box':
    case 'words':
      return [shape.x, shape.y, shape.width, shape.height];
    case 'line':
      return shape.points.flatMap(({ x, y }) => [x, y]);
    case 'dot':
    case 'diamond':
      return [shape.x, shape.y];
  }
}

describe('any chart at all', () => {
  test('has no two texts over one another, none outside the page, none too small', () => {
    fc.assert(
      fc.property(randomChart, (chart) => {
        const picture = layoutChart(chart, measure);
        const words = wordsOf(picture).filter(({ width }) => width > 0);
        for (const [index, one] of words.entries()) {
          expect(one.x).toBeGreaterThanOrEqual(0);
          expect(one.x + one.width).toBeLessThanOrEqual(picture.width);
          expect(one.y + one.height).toBeLessThanOrEqual(picture.height);
          expect(one.size).toBeGreaterThanOrEqual(18);
          const clashing = words.slice(index + 1).find((other) => overlap(one, other));
          expect(clashing && [one, clashing]).toBeUndefined();
        }
      }),
      { numRuns: 300 },
    );
  });

  test('fits what Telegram and Discord take, and every shape has a finite place on it', () => {
    fc.assert(
      fc.property(randomChart, (chart) => {
        const { width, height, shapes } = layoutChart(chart, measure);
        // Telegram: width and height together at most 10,000, at most 20 to 1 (Bot API, sendPhoto).
        expect(width).toBe(1280);
        expect(height).toBeGreaterThan(64);
        expect(height).toBeLessThan(1400);
        for (const shape of shapes) {
          expect(pointsOf(shape).every(Number.isFinite), JSON.stringify(shape)).toBe(true);
          if (shape.kind === 'box') expect(shape.width).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('never cuts a figure: it is there whole, or not at all', () => {
    const texts = ['$123,456,789,012.33', '9'.repeat(80)];
    for (const text of texts) {
      const picture = layoutChart(barsOf([{ ...ROW, text }]), measure);
      const shown = textsOf(picture).filter(
        (each) => /[\d]{2}|…/.test(each) && !each.includes('%'),
      );
      expect([text, '…']).toContain(shown.at(-1));
    }
  });
});

const ROW: BarsChart['rows'][number] = { label: 'a', value: 0.9, text: '90%', severity: 'emerg' };
const MARKS = [
  { at: 0.15, severity: 'warn' },
  { at: 0.08, severity: 'crit' },
  { at: 0.03, severity: 'emerg' },
] as const;

function barsOf(rows: BarsChart['rows']): BarsChart {
  return { kind: 'bars', title: 'Usage', empty: 'No accounts.', rows, marks: [] };
}

function ladderOf(rows: readonly Partial<LadderChart['rows'][number]>[]): LadderChart {
  const row = { label: 'a', distance: null, text: 'x', severity: null, stopDistance: null };
  return {
    kind: 'ladder',
    title: 'Distance',
    empty: 'Nothing.',
    legend: { liquidation: 'liquidation', mark: 'mark', stop: 'stop' },
    rows: rows.map((each) => ({ ...row, ...each })),
    marks: MARKS,
  };
}

describe('what a picture says without colour', () => {
  test('a mark stands before each row that is not calm, and at each threshold', () => {
    const rows = [
      { ...ROW, severity: 'emerg' as const },
      { ...ROW, severity: 'ok' as const },
    ];
    expect(
      textsOf(layoutChart(barsOf(rows), measure)).filter((text) => text === '!!!'),
    ).toHaveLength(1);
    const ladder = textsOf(layoutChart(ladderOf([{ distance: 0.1 }]), measure));
    expect(ladder).toEqual(expect.arrayContaining(['!!! 3%', '!! 8%', '! 15%']));
  });

  test('rows that find no room are counted', () => {
    const picture = layoutChart(barsOf(Array.from({ length: 20 }, () => ROW)), measure);
    expect(textsOf(picture)).toContain('+4 …');
    expect(textsOf(picture).filter((text) => text === '90%')).toHaveLength(16);
  });

  test('an empty chart says its sentence, and still its notes', () => {
    const notes = [{ text: 'partial: 1 of 4 accounts missing', severity: 'warn' as const }];
    const texts = textsOf(layoutChart({ ...barsOf([]), notes }, measure));
    expect(texts).toEqual(['No accounts.', 'Usage', '! partial: 1 of 4 accounts missing']);
  });
});

describe('the ladder', () => {
  const dots = (picture: Picture) =>
    picture.shapes.flatMap((shape) =>
      shape.kind === 'dot' && shape.tone !== 'muted' ? [shape.x] : [],
    );
  const zeroOf = ({ shapes }: Picture) =>
    shapes.find((shape) => shape.kind === 'box' && shape.tone === 'text' && shape.height > 40);

  test.each([
    { why: 'near is near the zero line', distance: 0.02, side: 'right' },
    { why: 'at it', distance: 0, side: 'on' },
    { why: 'past it is on the other side', distance: -0.02, side: 'left' },
  ])('$why', ({ distance, side }) => {
    const picture = layoutChart(ladderOf([{ distance, severity: 'emerg' }]), measure);
    const zero = zeroOf(picture);
    const at = (dots(picture)[0] ?? Number.NaN) - (zero?.kind === 'box' ? zero.x + 3 : Number.NaN);
    expect(Math.sign(at)).toBe({ right: 1, on: 0, left: -1 }[side]);
  });

  test('one position far away does not squeeze those that are near', () => {
    const near = { distance: 0.05, severity: 'crit' as const };
    const alone = dots(layoutChart(ladderOf([near]), measure))[0];
    const beside = layoutChart(ladderOf([near, { distance: 12, severity: 'ok' }]), measure);
    expect(dots(beside)).toEqual([alone]);
  });
});

test('a gap in the data is a gap in the line, a lonely reading is a point', () => {
  const values = [1, 2, null, null, 3, null, 4, 5];
  const chart: LinesChart = {
    kind: 'lines',
    title: 'Equity',
    empty: 'No history.',
    series: [
      {
        label: 'Equity',
        points: values.map((value, at) => ({ at, value })),
        text: '$5',
        lowText: '$1',
        highText: '$5',
      },
    ],
    timeLabels: [],
  };
  const runs = layoutChart(chart, measure).shapes.flatMap((shape) =>
    shape.kind === 'line' && shape.tone === 'long' ? [shape.points] : [],
  );
  expect(runs.map((points) => points.length)).toEqual([2, 2, 2]);
  expect(runs[1]?.[0]).toEqual(runs[1]?.[1]);
});
