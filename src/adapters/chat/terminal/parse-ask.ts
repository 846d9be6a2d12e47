import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../../domain/result.ts';

/** What `npm run ask` was told. */
export interface AskArguments {
  readonly line: string;
  readonly person: string | null;
  readonly locale: 'en' | 'zh-CN' | null;
  readonly json: boolean;
}

const USAGE = "usage: npm run ask -- '/liq BTC' [--json] [--locale en|zh-CN] [--as PERSON]";

/** The error is one line that says how to write it. */
export function parseAsk(words: readonly string[]): Result<AskArguments, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        locale: { type: 'string' },
        as: { type: 'string' },
      },
    });
    const locale = values.locale ?? null;
    if (locale !== null && locale !== 'en' && locale !== 'zh-CN') {
      return err(`--locale ${locale}: expected en or zh-CN; ${USAGE}`);
    }
    const line = positionals.join(' ');
    if (line.trim() === '') return err(`no command given; ${USAGE}`);
    return ok({ line, person: values.as ?? null, locale, json: values.json });
  } catch {
    return err(`arguments not understood; ${USAGE}`);
  }
}
