import type { Locale } from '../replies/translate.ts';

/** The demo desk speaks the language of the shell that started it: it has no desk file to say so. */
export function shellLocale(): Locale {
  const shell = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '';
  return shell.startsWith('zh') ? 'zh-CN' : 'en';
}
