import type { Severity } from '../replies/reply.ts';

const WIDTH = 80;

export function widthOf(): number {
  return Math.min(process.stdout.columns ?? WIDTH, 120);
}

/** Colour repeats what marks and words already say, and only where a person looks at it. */
export function paintOf(): { paint?: (text: string, severity: Severity) => string } {
  if (!process.stdout.isTTY || process.env['NO_COLOR']) return {};
  const codes = { ok: '32', watch: '36', warn: '33', crit: '31', emerg: '1;31' };
  return { paint: (text, severity) => `\u001b[${codes[severity]}m${text}\u001b[0m` };
}
