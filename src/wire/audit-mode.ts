import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { openAudit } from '../adapters/store/open-audit.ts';
import { isPostgresUrl, placeText } from '../adapters/store/store-place.ts';
import { auditText, isIntact } from '../app/audit-text.ts';
import { checkAudit } from '../app/check-audit.ts';
import { storeErrorText } from '../app/store-error-text.ts';
import { createTranslate, type Locale } from '../replies/translate.ts';
import { chooseDesk, localeOf, storePath } from './setup.ts';
import { shellLocale } from './shell-locale.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Checks the audit of the file named, which may be a copy far from any desk, or else of this desk. */
export async function auditMode([verb, file, ...rest]: readonly string[]): Promise<number> {
  const wanted = verb === 'verify' && rest.length === 0 ? await placeOf(file) : null;
  const say = createTranslate(wanted?.locale ?? shellLocale());
  const refuse = (line: string): number => {
    process.stderr.write(`${line}\n`);
    return 2;
  };
  if (verb !== 'verify' || rest.length > 0) return refuse(say('verify.usage'));
  if (wanted === null) return 2;
  const path = wanted.place;
  const place = placeText(path);
  if (!isPostgresUrl(path) && !existsSync(path)) return refuse(say('verify.noFile', { place }));
  const audit = await openAudit(path);
  if (!audit.ok) return refuse(storeErrorText(audit.error, { path: place, say }));
  const verdict = await checkAudit(audit.value, sha256);
  await audit.value.close();
  if (!verdict.ok) return refuse(storeErrorText(verdict.error, { path: place, say }));
  const lines = auditText(verdict.value, { place, say });
  for (const line of lines) process.stdout.write(`${line}\n`);
  return isIntact(verdict.value) ? 0 : 1;
}

async function placeOf(
  file: string | undefined,
): Promise<{ readonly place: string; readonly locale: Locale } | null> {
  if (file !== undefined) return { place: file, locale: shellLocale() };
  const opened = await chooseDesk();
  return opened && { place: storePath(opened), locale: localeOf(opened) };
}
