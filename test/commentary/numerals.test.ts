import { describe, expect, it } from 'vitest';
import type { Numeral } from '../../src/commentary/numerals.ts';
import { numeralsIn } from '../../src/commentary/numerals.ts';

const written = ({ value, unit, places }: Numeral) => `${value.toFixed()} ${unit} ${places}`;

describe('numerals of a text', () => {
  const cases: readonly [why: string, text: string, found: readonly string[]][] = [
    ['percent', 'has 72.4% in use', ['72.4 percent 1']],
    ['a multiple', 'factor of 1.42x', ['1.42 multiple 2']],
    ['thousands', 'moving 1,225 USDT', ['1225 plain 0']],
    [
      'millions with cents',
      '$12,345,678.90 free',
      ['12345678.90 plain 2'].map((t) => t.replace('.90', '.9')),
    ],
    ['a sign', 'from -2.6% to 15%', ['-2.6 percent 1', '15 percent 0']],
    ['a real minus', 'from −2.6%', ['-2.6 percent 1']],
    ['a dash between two is no sign', '5-7', ['5 plain 0', '7 plain 0']],
    ['at the end of a sentence', 'of 5. Then 6, and 7', ['5 plain 0', '6 plain 0', '7 plain 0']],
    ['Chinese around it', '为 91.2%，超过 85% 警戒线', ['91.2 percent 1', '85 percent 0']],
    ['Chinese glued to it', '共3个', ['NaN other 0']],
    ['ten thousands', '1.2万', ['NaN other 0']],
    ['a thousand written k', '12k', ['NaN other 0']],
    ['glued to letters before', 'BTC1', ['NaN other 0']],
    ['full-width', '５%', ['NaN other 0']],
    ['Arabic-Indic', '٣', ['NaN other 0']],
    ['grouped as nobody groups', '1,22', ['NaN other 0']],
    ['a zero before it', '07', ['NaN other 0']],
    ['less than one', '0.97x', ['0.97 multiple 2']],
    ['two points', '1.2.3', ['NaN other 0']],
    ['a half', '½', ['NaN other 0']],
    ['a name that was taken out', '□ has 5%', ['5 percent 0']],
    ['nothing', 'no figure here', []],
  ];
  it.each(cases)('%s: %s', (_why, text, found) => {
    expect(numeralsIn(text).map(written)).toEqual(found);
  });
});
