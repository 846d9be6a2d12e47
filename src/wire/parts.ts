import { readFileSync } from 'node:fs';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { createLog } from '../adapters/log/pino-log.ts';
import { createFormatter } from '../replies/format.ts';
import { createTranslate, type Locale } from '../replies/translate.ts';

/** One of each per process. */
export const clock = systemClock;
export const log = createLog();
export const startedAt = clock.now();
export const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

export type Voice = ReturnType<typeof voiceOf>;

export function voiceOf(locale: Locale, timezone: string) {
  return { say: createTranslate(locale), format: createFormatter(locale, timezone) };
}
