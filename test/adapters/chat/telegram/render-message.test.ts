import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { checkLimits } from '../../../../src/adapters/chat/telegram/check-limits.ts';
import { readHtml } from '../../../../src/adapters/chat/telegram/html-text.ts';
import { renderButtons } from '../../../../src/adapters/chat/telegram/render-buttons.ts';
import { renderMessage } from '../../../../src/adapters/chat/telegram/render-message.ts';
import type { Reply, Severity } from '../../../../src/replies/reply.ts';
import { readStrictHtml } from '../../../fakes/fake-telegram/strict-html.ts';

const RUNS = { numRuns: 60, seed: 20261125 };
const NO_BUTTONS = { inline_keyboard: [] };

const reply = (change: Partial<Reply>): Reply => ({
  title: 'Liquidation',
  severity: null,
  figures: [],
  tables: [],
  paragraphs: [],
  notes: [],
  takenAt: null,
  ...change,
});

const severity = fc.constantFrom<Severity | null>(null, 'ok', 'watch', 'warn', 'crit', 'emerg');
/** What people and strangers put into labels. */
const nasty = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '<b>bold</b>',
    '</code></pre><a href="https://evil.example">x</a>',
    '&lt;&amp;&#60;',
    '<tg-time unix="1">',
    '@everyone @durov',
    'tg://user?id=1 https://evil.example',
    'حساب 1,234.50',
    'חשבון\u202e-5%\u2066',
    '👩‍👩‍👧‍👦🏳️‍🌈',
    'e\u0301'.repeat(60),
    '\ud800 lone',
    '量化策略A',
    '-1,234,567.89',
    '',
    ' \n\t ',
  ),
  fc.nat({ max: 9 }).map((digit) => String(digit).repeat(10_000)),
  fc
    .constantFrom('<&>"', '字', 'a b ', '🙂')
    .map((text) => text.repeat(Math.ceil(10_000 / text.length))),
);
const cell = fc.record({ text: nasty, severity });
const table = fc
  .record({ width: fc.integer({ min: 1, max: 5 }), height: fc.integer({ min: 0, max: 30 }) })
  .chain(({ width, height }) =>
    fc.record({
      caption: fc.option(nasty),
      columns: fc.array(
        fc.record({
          label: nasty,
          align: fc.constantFrom('left' as const, 'right' as const),
          priority: fc.integer({ min: 1, max: 4 }),
        }),
        { minLength: width, maxLength: width },
      ),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
      empty: nasty,
    }),
  );
const anyReply: fc.Arbitrary<Reply> = fc.record({
  title: nasty,
  severity,
  figures: fc.array(fc.record({ label: nasty, text: nasty, severity }), { maxLength: 12 }),
  tables: fc.array(table, { maxLength: 3 }),
  paragraphs: fc.array(nasty, { maxLength: 3 }),
  notes: fc.array(fc.record({ text: nasty, severity }), { maxLength: 12 }),
  takenAt: fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 })),
});

describe('any reply', () => {
  test('keeps every limit, and the real reading of its markup finds no entity that we did not write', () => {
    fc.assert(
      fc.property(anyReply, fc.constantFrom('en' as const, 'zh-CN' as const), (any, locale) => {
        const html = renderMessage(any, locale);
        expect(checkLimits({ html, keyboard: NO_BUTTONS }, 'text')).toEqual([]);
        const { text, entities } = readStrictHtml(html);
        expect(text).toBe(readHtml(html).text.trim());
        const ours = new Set(['bold', 'pre', 'code', 'blockquote', 'date_time']);
        expect(entities.filter(({ type }) => !ours.has(type))).toEqual([]);
        expect(html.isWellFormed()).toBe(true);
        expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      }),
      RUNS,
    );
  });

  test('no line of a code block is wider than a phone, except a number that is wider itself', () => {
    fc.assert(
      fc.property(anyReply, (any) => {
        for (const [, block = ''] of renderMessage(any, 'en').matchAll(
          /<code>([\s\S]*?)<\/code>/g,
        )) {
          for (const line of readHtml(block).text.split('\n')) {
            if (!/\d{20}/.test(line)) expect(stringWidth(line)).toBeLessThanOrEqual(30);
          }
        }
      }),
      RUNS,
    );
  });

  test('any label of a button', () => {
    fc.assert(
      fc.property(nasty, (label) => {
        const keyboard = renderButtons([[{ token: 'v1.x', label, style: 'danger' }]]);
        expect(checkLimits({ html: 'x', keyboard }, 'text')).toEqual([]);
      }),
      RUNS,
    );
  });
});

const row = (...texts: string[]) => texts.map((text) => ({ text, severity: null }));
const LADDER = {
  caption: null,
  columns: [
    { label: 'Pos', align: 'left', priority: 1 },
    { label: 'Dist', align: 'right', priority: 1 },
    { label: 'Liq', align: 'right', priority: 2 },
  ],
  rows: [row('k7mq', '4.2%', '58,000'), row('a2bc', '18.0%', '1,210.5')],
  empty: 'No positions.',
} as const satisfies Reply['tables'][number];

test('a reply as a phone gets it', () => {
  const html = renderMessage(
    reply({
      title: 'Liquidation <BTC>',
      severity: 'crit',
      figures: [
        { label: 'Nearest', text: '4.2%', severity: 'crit' },
        { label: 'Positions', text: '2', severity: null },
      ],
      tables: [LADDER, { ...LADDER, caption: 'Others', rows: [] }],
      paragraphs: ['Move 500 from @reserve.'],
      notes: [{ text: 'okx-mm: not answering', severity: 'warn' }],
      takenAt: 1_700_000_000_000,
    }),
    'en',
  );
  expect(html).toBe(
    [
      '<b>🔴 Liquidation &lt;BTC&gt;</b>',
      'as of <tg-time unix="1700000000" format="T">22:13:20 UTC</tg-time>',
      '',
      '🔴 Nearest <b>4.2%</b>',
      'Positions <b>2</b>',
      '',
      '<pre><code>Pos   Dist     Liq',
      'k7mq  4.2%  58,000',
      'a2bc 18.0% 1,210.5</code></pre>',
      '',
      'Others',
      'No positions.',
      '',
      'Move 500 from @\u2060reserve.',
      '',
      '⚠️ okx-mm: not answering',
    ].join('\n'),
  );
});

describe('more than a message holds', () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      row(`p${index}`, `${index}.25%`, `${index * 1000}.5`),
    );

  test('the table loses whole rows from its end and says how many; head and notes stay', () => {
    const html = renderMessage(
      reply({
        figures: [{ label: 'Nearest', text: '4.2%', severity: null }],
        tables: [{ ...LADDER, rows: rows(400) }],
        notes: [{ text: 'last word', severity: null }],
      }),
      'en',
    );
    const { text } = readHtml(html);
    const shown = [...text.matchAll(/^p\d+ +\d+\.25% +\d+\.5$/gm)].length;
    expect(text).toContain(`${400 - shown} more entries are not shown.`);
    expect(shown).toBeGreaterThan(100);
    expect(text.startsWith('Liquidation\n\nNearest 4.2%')).toBe(true);
    expect(text.endsWith('• last word')).toBe(true);
  });

  test('many notes fold away and all stay; only beyond a message the mildest are counted', () => {
    const notes = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        text: `note ${index} ${'x'.repeat(90)}`,
        severity: index === count - 1 ? ('crit' as const) : null,
      }));
    const some = renderMessage(reply({ tables: [LADDER], notes: notes(15) }), 'zh-CN');
    expect(some).toContain('<blockquote expandable>');
    for (let index = 0; index < 15; index += 1) expect(some).toContain(`note ${index} `);
    const many = readHtml(renderMessage(reply({ tables: [LADDER], notes: notes(60) }), 'en')).text;
    expect(many).toContain('note 59 ');
    expect(many).toContain('more entries are not shown.');
    expect(many).toContain('a2bc 18.0% 1,210.5');
  });

  test('a long text ends before a number, never in it', () => {
    const text = `${'a'.repeat(3000)} 1,234.56 USD ${'9'.repeat(3000)}`;
    const shown = readHtml(renderMessage(reply({ paragraphs: [text] }), 'en')).text;
    expect(shown).toContain('1,234.56 USD… (3000 more characters)');
  });
});
