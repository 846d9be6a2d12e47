import { describe, expect, test } from 'vitest';
import type { CommandSpec } from '../../src/app/command.ts';
import { parseLine } from '../../src/app/parse-line.ts';
import { createTranslate } from '../../src/replies/translate.ts';

const commands: CommandSpec[] = [
  command('exposure', ['asset', 'account']),
  command('positions', ['asset', 'account']),
  command('liq', ['asset', 'account']),
  command('margin', ['account']),
  command('help', []),
];

function command(name: string, options: ('asset' | 'account')[]): CommandSpec {
  return {
    name,
    access: 'read',
    options: options.map((option) => ({ name: option, type: option })),
    run: () => Promise.reject(new Error('never run here')),
  };
}

describe('a line that can be understood', () => {
  test.each([
    { line: '/liq', name: 'liq', options: {}, why: 'everything may be left out' },
    { line: '  liq  ', name: 'liq', options: {}, why: 'the slash too' },
    { line: '/LIQ btc', name: 'liq', options: { asset: 'btc' }, why: 'names ignore case' },
    {
      line: '/liq@plimsoll_bot BTC',
      name: 'liq',
      options: { asset: 'BTC' },
      why: 'Telegram groups',
    },
    {
      line: '／liq　BTC',
      name: 'liq',
      options: { asset: 'BTC' },
      why: 'full-width slash and blank',
    },
    {
      line: '/liq BTC/USDT:USDT bybit-a',
      name: 'liq',
      options: { asset: 'BTC/USDT:USDT', account: 'bybit-a' },
      why: 'positional in order; a symbol is one word',
    },
    {
      line: '/liq account=bybit-a',
      name: 'liq',
      options: { account: 'bybit-a' },
      why: 'by name, skipping the first',
    },
    {
      line: '/liq BTC Account=bybit-a',
      name: 'liq',
      options: { asset: 'BTC', account: 'bybit-a' },
      why: 'words first, then names of any case',
    },
    {
      line: '/liq account="two words"',
      name: 'liq',
      options: { account: 'two words' },
      why: 'quotes keep blanks',
    },
    { line: "/liq 'a=b'", name: 'liq', options: { asset: 'a=b' }, why: 'a quoted word is a value' },
    { line: '/liq “BTC”', name: 'liq', options: { asset: 'BTC' }, why: 'typographic quotes' },
    { line: '/liq account=a=b', name: 'liq', options: { account: 'a=b' }, why: 'first = counts' },
  ])('$line: $why', ({ line, name, options }) => {
    const parsed = parseLine(line, commands, createTranslate('en'));
    if (!parsed.ok) throw new Error(parsed.error);
    expect(parsed.value.command.name).toBe(name);
    expect(parsed.value.options).toEqual(options);
  });
});

describe('a line that cannot', () => {
  test.each([
    { line: '', says: 'Type a command. /help lists them.' },
    { line: '/', says: 'Type a command. /help lists them.' },
    { line: '/postions', says: 'There is no command /postions. Did you mean /positions?' },
    { line: '/exp', says: 'There is no command /exp. Did you mean /exposure?' },
    { line: '/moon', says: 'There is no command /moon. /help lists them.' },
    {
      line: '/liq BTC a b',
      says: 'Not understood: b. Usage: /liq [asset] [account]',
    },
    { line: '/help me', says: 'Not understood: me. /help takes no arguments.' },
    { line: '/help me=1', says: 'Not understood: me=1. /help takes no arguments.' },
    {
      line: '/liq acount=x',
      says: '/liq has no option acount. Did you mean account? Usage: /liq [asset] [account]',
    },
    {
      line: '/liq colour=x',
      says: '/liq has no option colour. Usage: /liq [asset] [account]',
    },
    {
      line: '/liq BTC asset=ETH',
      says: 'asset is given twice. Give it once: /liq [asset] [account]',
    },
    { line: '/liq asset=', says: 'asset has no value. Usage: /liq [asset] [account]' },
    { line: '/liq ""', says: 'asset has no value. Usage: /liq [asset] [account]' },
    {
      line: '/liq account=x BTC',
      says: 'Write BTC before the named arguments: /liq [asset] [account]',
    },
    { line: '/liq "BTC', says: 'A quote is opened but not closed: /liq "BTC' },
    { line: '/{{id}} $t(x)', says: 'There is no command /{{id}}. /help lists them.' },
    { line: '/__proto__', says: 'There is no command /__proto__. /help lists them.' },
    {
      line: '/liq __proto__=x',
      says: '/liq has no option __proto__. Usage: /liq [asset] [account]',
    },
  ])('$line', ({ line, says }) => {
    expect(parseLine(line, commands, createTranslate('en'))).toEqual({ ok: false, error: says });
  });

  test('is answered in Chinese too', () => {
    expect(parseLine('/liqq', commands, createTranslate('zh-CN'))).toEqual({
      ok: false,
      error: '没有命令 /liqq，您是指 /liq 吗？',
    });
  });
});
