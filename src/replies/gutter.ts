import type { Inset, Layout, Paint } from './layout.ts';
import { markOf, worstOf } from './mark.ts';
import type { Cell, Severity } from './reply.ts';

/** Room at the left for the longest of these marks; none when there is nothing to mark. */
export function withGutter(severities: readonly (Severity | null)[], layout: Layout): Inset {
  const longest = Math.max(0, ...severities.map((severity) => markOf(severity).length));
  return { ...layout, inset: longest === 0 ? 0 : longest + 1 };
}

/** The mark and the blanks after it, as wide as the gutter. */
export function gutterOf(severity: Severity | null, as: Inset): string {
  const mark = markOf(severity);
  return painted(mark, severity, as.paint) + ' '.repeat(as.inset - mark.length);
}

export function painted(text: string, severity: Severity | null, paint: Paint): string {
  return severity === null || text === '' ? text : paint(text, severity);
}

export function severityOf(row: readonly Cell[]): Severity | null {
  return worstOf(row.map((cell) => cell.severity));
}
