import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLimits } from '../../../../src/adapters/chat/discord/check-limits.ts';
import { guardMessage } from '../../../../src/adapters/chat/discord/guard-message.ts';
import type { DiscordMessage } from '../../../../src/adapters/chat/discord/message.ts';
import { renderMessage } from '../../../../src/adapters/chat/discord/render-message.ts';
import { whisperBody } from '../../../../src/adapters/chat/discord/whisper-body.ts';
import type { ChatView } from '../../../../src/ports/chat.ts';
import type { Cell, Reply, Severity, Table } from '../../../../src/replies/reply.ts';
import { createTranslate } from '../../../../src/replies/translate.ts';
import { REPLY, viewOf } from './discord-world.ts';

const cell = (text: string, severity: Severity | null = null): Cell => ({ text, severity });

const LIQ: Table = {
  caption: null,
  empty: 'No open positions.',
  columns: [
    { label: 'Id', align: 'left', priority: 1 },
    { label: 'Asset', align: 'left', priority: 1 },
    { label: 'Liq', align: 'right', priority: 1 },
    { label: 'Dist', align: 'right', priority: 1 },
    { label: 'Account', align: 'left', priority: 3 },
  ],
  rows: [
    [cell('ab3c'), cell('BTC'), cell('58,200.5'), cell('8.2%', 'crit'), cell('量化策略A')],
    [cell('xy7d'), cell('ETH'), cell('~2,911.04'), cell('19.4%'), cell('okx-basis')],
  ],
};

describe('a liquidation answer', () => {
  const view = viewOf({
    reply: {
      ...REPLY,
      figures: [
        { label: 'Nearest', text: 'BTC long ab3c 8.2%', severity: 'crit' },
        { label: 'No stop', text: '1 of 2', severity: 'warn' },
        { label: 'Pooled health of all accounts together', text: '31.20x', severity: null },
        { label: 'Weakest', text: 'bybit-quant-a 15.57x', severity: null },
        { label: 'Equity', text: '-$1,204.55', severity: 'watch' },
      ],
      tables: [LIQ],
      paragraphs: ['Commentary *with* stars.'],
    },
    picture: { png: new Uint8Array([1]), alt: 'Ladder' },
    buttons: [[{ token: 'v1.a', label: 'Refresh', style: 'danger' }]],
  });
  const { body, files } = renderMessage(view);

  test('has a first line for the notification and a table that aligns', () => {
    expect(body.content).toMatchInlineSnapshot(`
      "🔴 **Liquidation** · Nearest **BTC long ab3c 8.2%** · No stop **1 of 2** · Pooled health of all accounts together **31.20x**
      \`\`\`
         Id   Asset       Liq  Dist Account
      !! ab3c BTC    58,200.5  8.2% 量化策略A
         xy7d ETH   ~2,911.04 19.4% okx-basis
      \`\`\`"
    `);
  });

  test('has the rest in a coloured embed, with its time in the reader’s own zone', () => {
    expect(body.embeds[0]?.description).toMatchInlineSnapshot(`
      "Weakest **bybit-quant-a 15.57x**
      🟡 Equity **-$1,204.55**

      Commentary \\*with\\* stars.

      ⚠️ okx-basis (okx): not answering

      as of <t:1700000000:T>"
    `);
    expect(body.embeds[0]).toMatchObject({
      color: 0xd0_31_2d,
      image: { url: 'attachment://chart.png' },
    });
  });

  test('carries picture, alt text and buttons', () => {
    expect(files.map(({ name }) => name)).toEqual(['chart.png']);
    expect(body.attachments).toEqual([{ id: '0', filename: 'chart.png', description: 'Ladder' }]);
    expect(body.components).toEqual([
      { type: 1, components: [{ type: 2, style: 4, label: 'Refresh', custom_id: 'v1.a' }] },
    ]);
  });

  test('in Chinese says the time in Chinese', () => {
    const { embeds } = renderMessage({ ...view, locale: 'zh-CN' }).body;
    expect(embeds[0]?.description).toContain('<t:1700000000:T>');
    expect(embeds[0]?.description).not.toContain('as of');
  });
});

test('more rows than fit: whole rows, a count of the others, and all of them in a file', () => {
  const rows = Array.from({ length: 400 }, (_, at) => [
    cell(`p${at}`),
    cell('BTC'),
    cell(`${58_000 + at}.25`),
    cell(`${at}.5%`),
    cell(`account-${at}`),
  ]);
  const { body, files } = renderMessage(
    viewOf({ reply: { ...REPLY, tables: [{ ...LIQ, rows }] } }),
  );
  const shown = body.embeds[0]?.description ?? '';
  const missing = Number(/(\d+) more entries/u.exec(shown)?.[1]);
  expect(shown.match(/^p\d+ /gmu)).toHaveLength(400 - missing);
  expect(missing).toBeGreaterThan(0);
  const text = new TextDecoder().decode(files[0]?.data);
  expect(text).toContain('account-399');
  expect(shown).toContain('not answering');
});

const HOSTILE = [
  '@everyone',
  '<@80351110224678912>',
  '<#1>',
  '<t:0:R>',
  '```',
  '``',
  '**',
  '__',
  '~~',
  '||',
  '# h',
  '> q',
  '>>> q',
  '- l',
  '1. l',
  '-# s',
  '[a](http://evil)',
  'https://evil.example/x',
  ':smile:',
  '\\',
  '\\\\',
  '\n```\n@here',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'שלום',
  'مرحبا',
  '\u202e\u2066',
  '量化策略，',
  'é́́́',
  '\u0000\u001b[31m',
];
const label = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(...HOSTILE),
  fc.array(fc.constantFrom(...HOSTILE, 'word', ' '), { maxLength: 12 }).map((all) => all.join('')),
  fc.constantFrom('x', '量', '*', '`', '😀', 'a b ', '\\').map((unit) => unit.repeat(10_000)),
);
const severity = fc.constantFrom<Severity | null>(null, 'ok', 'watch', 'warn', 'crit', 'emerg');
const figure = fc.record({ label, text: label, severity });
const table = fc.integer({ min: 1, max: 7 }).chain((width) =>
  fc.record({
    caption: fc.option(label),
    empty: label,
    columns: fc.array(
      fc.record({
        label,
        align: fc.constantFrom<'left' | 'right'>('left', 'right'),
        priority: fc.integer({ min: 1, max: 4 }),
      }),
      { minLength: width, maxLength: width },
    ),
    rows: fc.array(
      fc.array(fc.record({ text: label, severity }), { minLength: width, maxLength: width }),
      { maxLength: 10 },
    ),
  }),
);
const reply: fc.Arbitrary<Reply> = fc.record({
  title: label,
  severity,
  figures: fc.array(figure, { maxLength: 20 }),
  tables: fc.array(table, { maxLength: 4 }),
  paragraphs: fc.array(label, { maxLength: 5 }),
  notes: fc.array(fc.record({ text: label, severity }), { maxLength: 40 }),
  takenAt: fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 })),
});
const view: fc.Arbitrary<ChatView> = fc.record({
  reply,
  locale: fc.constantFrom<'en' | 'zh-CN'>('en', 'zh-CN'),
  picture: fc.option(label.map((alt) => ({ png: new Uint8Array([1]), alt }))),
  buttons: fc
    .array(fc.array(label, { maxLength: 5 }), { maxLength: 5 })
    .map((rows) =>
      rows.map((row, y) =>
        row.map((text, x) => ({ token: `v1.${y}${x}`, label: text, style: 'plain' as const })),
      ),
    ),
});

/** What is left of a text once code blocks, escaped signs and our own markup are taken out. */
function bare(text: string): string {
  return text
    .replaceAll(/```\n[^`]*\n```/gu, '')
    .replaceAll(/\\[^\sA-Za-z0-9]/gu, 'E')
    .replaceAll(/<t:\d+:T>/gu, '')
    .replaceAll('**', '');
}

function texts({ body }: DiscordMessage): string[] {
  return [body.content, ...body.embeds.map(({ description }) => description ?? '')];
}

describe('any desk, any label', () => {
  test('renders within every limit and means itself: no markup, mention, link or emoji', () => {
    fc.assert(
      fc.property(view, (any) => {
        const message = renderMessage(any);
        expect(checkLimits(message)).toEqual([]);
        for (const text of texts(message)) {
          const left = bare(text);
          expect(left).not.toMatch(/[*_~`|<[]|@(?!\u200b)|:\S|^\s*(#|>|[-+]\s|\d+[.)]\s)/mu);
          expect(left).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e]/u);
        }
      }),
      { numRuns: 120, seed: 1 },
    );
  });

  test('to one person as well', () => {
    fc.assert(
      fc.property(label, (any) => {
        const { content } = whisperBody(any);
        expect(content.length).toBeGreaterThan(0);
        expect(content.length).toBeLessThanOrEqual(2000);
        expect(bare(content)).not.toMatch(/[*_~`|<[]|@(?!\u200b)|:\S/u);
      }),
      { numRuns: 150, seed: 3 },
    );
  });

  test('keeps its headline, and every note in the message or the file beside it', () => {
    const note = fc.tuple(
      fc.integer({ min: 100_000, max: 999_999 }),
      fc.integer({ max: 400, min: 0 }),
    );
    fc.assert(
      fc.property(reply, fc.array(note, { maxLength: 60 }), (any, notes) => {
        const named = notes.map(([id, length]) => ({
          text: `gap${id} ${'z'.repeat(length)}`,
          severity: null,
        }));
        const message = renderMessage(
          viewOf({ reply: { ...any, title: 'The title', notes: named } }),
        );
        expect(message.body.content.split('\n')[0]).toContain('**The title**');
        const file = message.files.find(({ name }) => name === 'answer.txt');
        const all = texts(message).join('\n') + new TextDecoder().decode(file?.data);
        for (const [id] of notes) expect(all).toContain(`gap${id}`);
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  test('never shows a part of a number', () => {
    const number = fc
      .bigInt({ min: 1n, max: 10n ** 15n })
      .map((value) => `${value.toLocaleString('en')}.25`);
    const withNumber = fc.tuple(
      fc.constantFrom('word ', 'x'.repeat(55), '保证金', 'y'.repeat(300)),
      number,
    );
    fc.assert(
      fc.property(fc.array(withNumber, { minLength: 1, maxLength: 200 }), (all) => {
        const known = new Set(all.map(([, text]) => text));
        const lines = all.map(([word, text]) => word + text);
        const message = renderMessage(
          viewOf({
            reply: {
              ...REPLY,
              title: lines[0] ?? '',
              takenAt: null,
              figures: lines.slice(0, 9).map((text) => ({ label: 'f', text, severity: null })),
              tables: [
                {
                  ...LIQ,
                  columns: LIQ.columns.slice(0, 1),
                  rows: lines.map((text) => [cell(text)]),
                },
              ],
              paragraphs: [lines.join(' ')],
              notes: lines.slice(0, 60).map((text) => ({ text, severity: null })),
            },
          }),
        );
        for (const text of texts(message)) {
          const said = text.replaceAll(/\d+ more (entry|entries|characters)/gu, '');
          for (const found of said.match(/\d[\d.,]*/gu) ?? []) expect(known).toContain(found);
        }
      }),
      { numRuns: 100, seed: 5 },
    );
  });
});

describe('the last guard', () => {
  const say = createTranslate('en');
  const fine = renderMessage(viewOf());

  test('lets a fitting message through as it is', () => {
    expect(guardMessage(fine, { say, onBreach: () => {} })).toBe(fine);
  });

  test.each([
    { why: 'content one too long', change: { content: `**Head**\n${'x'.repeat(1992)}` } },
    { why: 'a description one too long', change: { embeds: [{ description: 'x'.repeat(4097) }] } },
    {
      why: 'embeds too long together',
      change: { embeds: [4000, 2001].map((length) => ({ description: 'x'.repeat(length) })) },
    },
    {
      why: 'a token of 65 bytes',
      change: {
        components: [
          { type: 1, components: [{ type: 2, style: 2, label: 'a', custom_id: 'x'.repeat(65) }] },
        ],
      },
    },
    {
      why: 'one token twice',
      change: {
        components: [
          {
            type: 1,
            components: [1, 2].map(() => ({ type: 2, style: 2, label: 'a', custom_id: 'x' })),
          },
        ],
      },
    },
  ] as const)('$why: the headline goes alone and says what stayed behind', ({ change }) => {
    const breached: unknown[] = [];
    const body = { ...fine.body, content: '**Head**', ...change } as DiscordMessage['body'];
    const kept = guardMessage(
      { body, files: [] },
      { say, onBreach: (all) => breached.push(...all) },
    );
    expect(checkLimits(kept)).toEqual([]);
    expect(breached.length).toBeGreaterThan(0);
    expect(kept.body.content).toMatch(/^\*\*Head\*\*( … \(\d+ more characters\))?$/u);
  });

  test.each([
    ['content', 2000, (length: number) => ({ content: 'x'.repeat(length) })],
    ['description', 4096, (length: number) => ({ embeds: [{ description: 'x'.repeat(length) }] })],
    ['title', 256, (length: number) => ({ embeds: [{ title: 'x'.repeat(length) }] })],
    [
      'alt text',
      1024,
      (length: number) => ({
        attachments: [{ id: '0', filename: 'a', description: 'x'.repeat(length) }],
      }),
    ],
  ])('knows the limit of %s on both sides', (_, limit, change) => {
    const breachesAt = (length: number) =>
      checkLimits({ body: { ...fine.body, ...change(length) }, files: [] });
    expect([breachesAt(limit).length, breachesAt(limit + 1).length]).toEqual([0, 1]);
  });
});
