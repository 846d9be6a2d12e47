import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { createFormatter } from '../../src/replies/format.ts';
import { renderText } from '../../src/replies/render-text.ts';
import type { Cell, Column, Reply, Severity, Table } from '../../src/replies/reply.ts';
import { tableLines } from '../../src/replies/table-lines.ts';
import type { Locale } from '../../src/replies/translate.ts';
import { createTranslate } from '../../src/replies/translate.ts';

const layout = (width: number) => ({ width, paint: (text: string) => text });

function voice(locale: Locale, width: number) {
  return { say: createTranslate(locale), format: createFormatter(locale, 'UTC'), width };
}

const severity = fc.constantFrom<Severity | null>(null, 'ok', 'watch', 'warn', 'crit', 'emerg');
const figureText = fc.oneof(
  fc.stringMatching(/^-?[1-9]\d{0,2}(,\d{3}){0,3}(\.\d{2})?%?$/),
  fc.constant('–'),
  fc.constantFrom('none', '无'),
);
const wordText = fc.oneof(
  fc.stringMatching(/^[a-z][a-z-]{0,17}$/),
  fc.constantFrom('多', '空', '全仓', '逐仓'),
);
const label = fc.constantFrom('Net', 'Liq price', 'Account', '净敞口', '强平价', '账户');

const table: fc.Arbitrary<Table> = fc
  .array(
    fc.record({
      label,
      align: fc.constantFrom<Column['align']>('left', 'right'),
      priority: fc.integer({ min: 1, max: 6 }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .chain((columns) => {
    const cell = (column: Column): fc.Arbitrary<Cell> =>
      fc.record({ text: column.align === 'right' ? figureText : wordText, severity });
    return fc.record({
      caption: fc.option(fc.constantFrom('By asset, USD', '按资产（美元）')),
      columns: fc.constant(columns),
      rows: fc.array(fc.tuple(...columns.map(cell)), { maxLength: 5 }),
      empty: fc.constantFrom('No open positions.', '没有持仓。'),
    });
  });

const sentence = fc
  .array(fc.oneof(wordText, figureText), { minLength: 1, maxLength: 20 })
  .map((parts) => parts.join(' '));

const reply: fc.Arbitrary<Reply> = fc.record({
  title: sentence,
  severity,
  figures: fc.array(fc.record({ label, text: sentence, severity }), { maxLength: 5 }),
  tables: fc.array(table, { maxLength: 2 }),
  paragraphs: fc.array(sentence, { maxLength: 2 }),
  notes: fc.array(fc.record({ text: sentence, severity }), { maxLength: 3 }),
  takenAt: fc.option(fc.constant(0)),
});

const width = fc.integer({ min: 30, max: 120 });
const locale = fc.constantFrom<Locale>('en', 'zh-CN');
const NUMBER = /\d[\d,.]*\d|\d/g;

describe('whatever the reply', () => {
  test('no line is wider than the width, and painting changes nothing but colour', () => {
    fc.assert(
      fc.property(reply, width, locale, (each, columns, language) => {
        const text = renderText(each, voice(language, columns));
        const widest = Math.max(...text.split('\n').map((line) => stringWidth(line)));
        expect(widest).toBeLessThanOrEqual(columns);
        const paint = (part: string) => `\u001b[31m${part}\u001b[39m`;
        const painted = renderText(each, { ...voice(language, columns), paint });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: taking the colour off again
        expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(text);
      }),
      { seed: 3, numRuns: 400 },
    );
  });

  test('notes are always there, word for word', () => {
    fc.assert(
      fc.property(reply, width, locale, (each, columns, language) => {
        const text = renderText(each, voice(language, columns)).replace(/\s/g, '');
        for (const note of each.notes) expect(text).toContain(note.text.replace(/\s/g, ''));
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  test('every number that a table shows is a whole one of its cells', () => {
    fc.assert(
      fc.property(table, width, (each, columns) => {
        const lines = tableLines(each, layout(columns));
        const known = new Set(each.rows.flat().flatMap(({ text }) => text.match(NUMBER) ?? []));
        for (const number of lines.join('\n').match(NUMBER) ?? []) expect(known).toContain(number);
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  test('columns of priority 1 are shown at every width', () => {
    fc.assert(
      fc.property(table, width, (given, columns) => {
        const text = tableLines(given, layout(columns)).join('\n').replace(/\s/g, '');
        const first = given.columns.flatMap(({ priority }, index) => (priority === 1 ? index : []));
        const cells = given.rows.flatMap((row) => first.map((index) => row[index]?.text ?? ''));
        for (const each of cells) expect(text).toContain(each);
      }),
      { seed: 6, numRuns: 400 },
    );
  });
});

test('in a narrow grid nothing stands to the right of Chinese text', () => {
  const rows = tableLines(
    {
      caption: null,
      empty: '',
      columns: [
        { label: '资产', align: 'left', priority: 1 },
        { label: '方向', align: 'left', priority: 1 },
        { label: '止损', align: 'right', priority: 2 },
        { label: '距离', align: 'right', priority: 1 },
      ],
      rows: [
        [cell('BTC'), cell('多'), cell('无'), cell('1.8%', 'crit')],
        [cell('ETH'), cell('空'), cell('3,100'), cell('12.0%')],
      ],
    },
    layout(30),
  );
  expect(rows).toEqual([
    '   资产  距离  止损 方向',
    '!! BTC   1.8%    无 多',
    '   ETH  12.0% 3,100 空',
  ]);
});

function cell(text: string, of: Severity | null = null): Cell {
  return { text, severity: of };
}

test('colour never speaks alone: every severity but ok has a mark', () => {
  const base = { figures: [], tables: [], paragraphs: [], notes: [], takenAt: null };
  const titles = (['ok', 'watch', 'warn', 'crit', 'emerg'] as const).map((each) =>
    renderText({ ...base, title: 'T', severity: each }, voice('en', 30)),
  );
  expect(titles).toEqual(['T', '* T', '! T', '!! T', '!!! T']);
});

test('an empty table says so', () => {
  const empty = { caption: 'Positions', columns: [], rows: [], empty: 'No open positions.' };
  expect(tableLines(empty, layout(30))).toEqual(['No open positions.']);
});
