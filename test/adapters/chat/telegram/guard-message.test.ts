import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkLimits } from '../../../../src/adapters/chat/telegram/check-limits.ts';
import { cutAt } from '../../../../src/adapters/chat/telegram/cut-text.ts';
import { guardMessage } from '../../../../src/adapters/chat/telegram/guard-message.ts';
import { readHtml } from '../../../../src/adapters/chat/telegram/html-text.ts';
import { createTranslate } from '../../../../src/replies/translate.ts';

const say = createTranslate('en');
const NO_BUTTONS = { inline_keyboard: [] };
const button = (text: string, callback_data: string) => ({ text, callback_data });

test.each([
  { why: 'exactly full', html: 'x'.repeat(4096), as: 'text', found: 0 },
  { why: 'one too many', html: 'x'.repeat(4097), as: 'text', found: 1 },
  { why: 'a caption exactly full', html: 'x'.repeat(1024), as: 'caption', found: 0 },
  { why: 'a caption with one too many', html: 'x'.repeat(1025), as: 'caption', found: 1 },
  {
    why: 'markup and entities count as what they show',
    html: `<b>${'&lt;'.repeat(4096)}</b>`,
    as: 'text',
    found: 0,
  },
  { why: 'nothing to read', html: '<b> </b>', as: 'text', found: 1 },
  { why: 'a tag left open', html: '<b>x', as: 'text', found: 1 },
  { why: 'crossed tags', html: '<pre><code>x</pre></code>', as: 'text', found: 2 },
  { why: 'a tag of no one', html: '<script>x', as: 'text', found: 1 },
  { why: 'a bare ampersand', html: 'a & b', as: 'text', found: 1 },
  { why: '100 entities', html: '<b>x</b>'.repeat(100), as: 'text', found: 0 },
  { why: '101 entities', html: '<b>x</b>'.repeat(101), as: 'text', found: 1 },
] as const)('$why', ({ html, as, found }) => {
  const card = { html, keyboard: NO_BUTTONS };
  expect(checkLimits(card, as)).toHaveLength(found);
  const guarded = guardMessage(card, { kind: as, say });
  expect(guarded.problems).toHaveLength(found);
  expect(checkLimits(guarded.card, as)).toEqual([]);
  if (found === 0) expect(guarded.card).toEqual(card);
});

test.each([
  { why: '64 bytes', data: 'x'.repeat(64), kept: 1 },
  { why: '65 bytes', data: 'x'.repeat(65), kept: 0 },
  { why: '21 Chinese characters are 63 bytes', data: '字'.repeat(21), kept: 1 },
  { why: '22 Chinese characters are 66 bytes', data: '字'.repeat(22), kept: 0 },
  { why: 'nothing', data: '', kept: 0 },
])('a button with $why', ({ data, kept }) => {
  const card = { html: 'x', keyboard: { inline_keyboard: [[button('OK', data)]] } };
  const guarded = guardMessage(card, { kind: 'text', say });
  expect(guarded.card.keyboard.inline_keyboard.flat()).toHaveLength(kept);
});

test('too many buttons: rows of eight, a hundred in all', () => {
  const rows = Array.from({ length: 20 }, () => Array.from({ length: 9 }, () => button('OK', 'x')));
  const card = { html: 'x', keyboard: { inline_keyboard: rows } };
  const guarded = guardMessage(card, { kind: 'text', say }).card;
  expect(checkLimits(guarded, 'text')).toEqual([]);
  expect(guarded.keyboard.inline_keyboard.flat()).toHaveLength(96);
});

test('what is cut keeps its beginning, closes its tags and says how much is missing', () => {
  const html = `<b>Headline</b>\n<pre><code>${'row 1,234.5\n'.repeat(500)}</code></pre>`;
  const { html: cut } = guardMessage({ html, keyboard: NO_BUTTONS }, { kind: 'text', say }).card;
  expect(cut.startsWith('<b>Headline</b>\n<pre><code>row 1,234.5')).toBe(true);
  expect(cut).toMatch(/(row 1,234\.5\n?|row)\s*<\/code><\/pre>\n… \(\d+ more characters\)$/);
  expect(readHtml(cut).problems).toEqual([]);
});

test('a cut lies between numbers and between what people see as one character', () => {
  const piece = fc.constantFrom(
    'a',
    ' ',
    '1,234.5',
    '-5%',
    '$0.01',
    '$123万',
    '🏳️‍🌈',
    'e\u0301',
    '字',
    '10x',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.nat({ max: 120 }), (pieces, most) => {
      const text = pieces.join('');
      const at = cutAt(text, most);
      expect(at).toBeLessThanOrEqual(Math.max(0, most));
      if (at === text.length || at === 0) return;
      const around = [text.charAt(at - 1), text.charAt(at)];
      expect(around.some((sign) => /\d/.test(sign)) && !around.includes(' ')).toBe(false);
      expect(text.slice(0, at).isWellFormed()).toBe(true);
    }),
    { numRuns: 300, seed: 4 },
  );
});
