import { expect, test } from 'vitest';
import type { CommandSpec } from '../../src/app/command.ts';
import { completeLine } from '../../src/app/complete-line.ts';

const command = (name: string, options: CommandSpec['options']): CommandSpec => ({
  name,
  access: 'read',
  options,
  run: () => Promise.reject(new Error('not run here')),
});

const known = {
  commands: [
    command('liq', [
      { name: 'asset', type: 'asset' },
      { name: 'account', type: 'account' },
    ]),
    command('stress', [{ name: 'scenario', type: 'scenario' }]),
    command('help', []),
    command('reduce', [
      { name: 'position', type: 'position' },
      { name: 'size', type: 'size' },
    ]),
  ],
  accounts: ['bybit-a', 'okx-b'],
  assets: ['BTC', 'ETH'],
  positions: ['abcd'],
  scenarios: ['2025-10-10', 'btc+40', 'btc+45', 'usdt-0.97'],
};

test.each([
  {
    why: 'an empty line offers every command',
    line: '',
    expected: ['/liq ', '/stress ', '/help ', '/reduce '],
  },
  { why: 'the slash may be missing', line: 'l', expected: ['/liq '] },
  { why: 'a command without options offers nothing', line: '/help ', expected: [] },
  { why: 'values ignore case', line: '/liq bt', expected: ['BTC'] },
  { why: 'option names too', line: '/liq acc', expected: ['account='] },
  { why: 'scenarios by their id', line: '/stress btc+4', expected: ['btc+40', 'btc+45'] },
  { why: 'of every kind', line: '/stress us', expected: ['usdt-0.97'] },
  { why: 'positions by their handle', line: '/reduce a', expected: ['abcd'] },
  { why: 'values behind a name', line: '/liq account=o', expected: ['account=okx-b'] },
])('$why', ({ line, expected }) => {
  expect(completeLine(line, known)[0]).toEqual(expected);
});
