import { createInstance } from 'i18next';
import { en } from './en.ts';
import { zhCn } from './zh-cn.ts';

export type Locale = 'en' | 'zh-CN';

type Catalogue = typeof en;

/** Plural forms share one key: `x_one` and `x_other` are said as `x`. */
type Singular<Key extends string> = Key extends `${infer Base}_one` | `${infer Base}_other`
  ? Base
  : Key;

export type TextKey = Singular<keyof Catalogue>;

type TextOf<Key extends string> = Key extends keyof Catalogue
  ? Catalogue[Key]
  : `${Key}_other` extends keyof Catalogue
    ? Catalogue[`${Key}_other`]
    : never;

type VariablesIn<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | VariablesIn<Rest>
  : never;

type Variables<Key extends TextKey> = Readonly<Record<VariablesIn<TextOf<Key>>, string | number>>;

type Arguments<Key extends TextKey> = [VariablesIn<TextOf<Key>>] extends [never]
  ? []
  : [variables: Variables<Key>];

/** Says a text of the catalogue. Unknown keys, missing and superfluous variables do not compile. */
export type Translate = <Key extends TextKey>(key: Key, ...variables: Arguments<Key>) => string;

const texts = createInstance({
  lng: 'en',
  fallbackLng: 'en',
  supportedLngs: ['en', 'zh-CN'],
  resources: { en: { translation: en }, 'zh-CN': { translation: zhCn } },
  // Renderers escape for their platform; keys are flat and carry dots.
  interpolation: { escapeValue: false },
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
});
void texts.init();

export function createTranslate(locale: Locale): Translate {
  const fixed = texts.getFixedT(locale);
  return (key, ...variables) => {
    const say = fixed as unknown as (key: string, variables?: object) => string;
    return say(key, variables[0]);
  };
}
