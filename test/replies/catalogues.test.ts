import { describe, expect, test } from 'vitest';
import { en } from '../../src/replies/en.ts';
import type { TextKey } from '../../src/replies/translate.ts';
import { createTranslate } from '../../src/replies/translate.ts';
import { zhCn } from '../../src/replies/zh-cn.ts';

const keys = Object.keys(en) as (keyof typeof en)[];

function variablesOf(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
}

describe('the catalogues', () => {
  test('have the same keys', () => {
    expect(Object.keys(zhCn).sort()).toEqual([...keys].sort());
  });

  test('use the same variables in every text', () => {
    const odd = keys.filter((key) => `${variablesOf(en[key])}` !== `${variablesOf(zhCn[key])}`);
    expect(odd).toEqual([]);
  });

  test('leave nothing empty, and nothing English in Chinese by accident', () => {
    const same = keys.filter((key) => en[key] === zhCn[key]);
    const namesAndPlaceholders =
      /^(network\.|gap\.what\.http$|liq\.nearestText$|margin\.weakestText$|exposure\.topText$|column\.probability$|var\.es975$|alert\.titlePlain$|alert\.column\.id$)/;
    expect(same.filter((key) => !namesAndPlaceholders.test(key))).toEqual([]);
    expect(keys.filter((key) => zhCn[key].trim() === '' || en[key].trim() === '')).toEqual([]);
  });

  test('Chinese says both plural forms alike', () => {
    const plural = keys.filter((key) => key.endsWith('_one'));
    expect(plural.length).toBeGreaterThan(0);
    for (const key of plural) {
      expect(zhCn[key]).toBe(zhCn[key.replace(/_one$/, '_other') as keyof typeof zhCn]);
    }
  });

  test('Chinese uses full-width punctuation between Chinese words', () => {
    const halfWidth = /[\p{sc=Han}][,;:!?]|[,;:!?][\p{sc=Han}]/u;
    expect(keys.filter((key) => halfWidth.test(zhCn[key]))).toEqual([]);
  });
});

describe('saying a text', () => {
  const say = createTranslate('en');

  test('what a person typed is shown as typed, never expanded', () => {
    const name = '{{name}} $t(usage.empty) <b>&';
    expect(say('usage.unknownCommand', { name })).toBe(
      'There is no command /{{name}} $t(usage.empty) <b>&. /help lists them.',
    );
  });

  test('the count chooses the form', () => {
    const one = { count: 1, handles: 'a2zt' };
    expect(say('liq.unknown', one)).toMatch(/^1 position has no/);
    expect(say('liq.unknown', { ...one, count: 2 })).toMatch(/^2 positions have no/);
    expect(createTranslate('zh-CN')('liq.unknown', one)).toMatch(/^1 个持仓强平价未知/);
  });

  test('a wrong key or variable does not compile', () => {
    const unknown: TextKey = 'help.title';
    // @ts-expect-error no such text
    const missing: TextKey = 'help.titel';
    // @ts-expect-error the variable is needed
    say('usage.unknownCommand');
    // @ts-expect-error the variable has another name
    say('usage.unknownCommand', { nome: 'x' });
    // @ts-expect-error this text has no variables
    say('help.title', { name: 'x' });
    expect([unknown, missing]).toHaveLength(2);
  });
});
