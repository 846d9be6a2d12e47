import type { Severity } from './reply.ts';

/** ASCII, so that it aligns in every font; colour only repeats it. */
const MARKS: Readonly<Record<Severity, string>> = {
  ok: '',
  watch: '*',
  warn: '!',
  crit: '!!',
  emerg: '!!!',
};

const ORDER: readonly Severity[] = ['ok', 'watch', 'warn', 'crit', 'emerg'];

export function markOf(severity: Severity | null): string {
  return severity === null ? '' : MARKS[severity];
}

/** The worst of those given; null when none says anything. */
export function worstOf(severities: Iterable<Severity | null>): Severity | null {
  let worst: Severity | null = null;
  for (const severity of severities) {
    if (severity === null) continue;
    if (worst === null || ORDER.indexOf(severity) > ORDER.indexOf(worst)) worst = severity;
  }
  return worst;
}
