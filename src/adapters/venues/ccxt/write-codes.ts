import type { WriteRefusalReason } from '../../../ports/venue-writer.ts';

type Meaning = WriteRefusalReason | 'unknown';

/** A venue's codes by what they mean; complete, so that a new reason asks each venue for its codes. */
export type ReasonTable = Readonly<Record<Meaning, readonly string[]>>;

/** From "which codes mean this" to "what means this code". */
export function codeTable(reasons: ReasonTable): ReadonlyMap<string, Meaning> {
  const table = new Map<string, Meaning>();
  for (const [reason, codes] of Object.entries(reasons)) {
    for (const code of codes) table.set(code, reason as Meaning);
  }
  return table;
}
