import { canonicalJson } from './canonical-json.ts';
import type { HashText } from './hash-text.ts';

/** One line of the audit; `sequence` counts from 1 without a hole. */
export interface AuditLine {
  readonly sequence: number;
  readonly entry: AuditEntry;
  /** Of the line before; the first one's is START. */
  readonly previous: string;
  /** Over sequence, previous and entry. */
  readonly hash: string;
}

/** Whatever is recorded. It must come back from the store exactly as it went in. */
export type AuditEntry = Readonly<Record<string, unknown>>;

/** What the first line follows. */
export const START = '0'.repeat(64);

/** Where the chain ends, kept apart from the lines: only it tells that the last lines are gone. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

export function nextLine(last: AuditHead | null, entry: AuditEntry, hash: HashText): AuditLine {
  const sequence = (last?.sequence ?? 0) + 1;
  const previous = last?.hash ?? START;
  return { sequence, previous, entry, hash: hashOf({ sequence, previous, entry }, hash) };
}

function hashOf({ sequence, previous, entry }: Omit<AuditLine, 'hash'>, hash: HashText): string {
  return hash(canonicalJson([sequence, previous, entry]));
}

/**
 * What is wrong, and where: `position` counts the lines given, from 1. `changed`: the line is not what
 * was hashed. `missing`: lines between this one and the one before are not there; past the last line,
 * the end is cut off. `reordered`: it stands after one that was written later, or twice. `unlinked`:
 * whole in itself, but it continues another chain.
 */
export interface AuditFault {
  readonly position: number;
  readonly kind: 'changed' | 'missing' | 'reordered' | 'unlinked';
}

/** Every fault of a copy. Without a head a cut end cannot be seen. Empty: nothing was touched. */
export function auditFaults(
  lines: readonly AuditLine[],
  { head, hash }: { readonly head: AuditHead | null; readonly hash: HashText },
): AuditFault[] {
  const faults: AuditFault[] = [];
  const present = new Set(lines.map(({ sequence }) => sequence));
  let highest: AuditHead = { sequence: 0, hash: START };
  for (const [index, line] of lines.entries()) {
    const kind = hashOf(line, hash) === line.hash ? misplacedAs(line, highest, present) : 'changed';
    if (kind !== null) faults.push({ position: index + 1, kind });
    // A changed line counts as the one that should be here, so that those after it are not blamed.
    if (kind === 'changed') highest = { sequence: highest.sequence + 1, hash: line.hash };
    else if (line.sequence > highest.sequence) highest = line;
  }
  if (head !== null) {
    const position = lines.length + 1;
    if (highest.sequence < head.sequence) faults.push({ position, kind: 'missing' });
    else if (highest.sequence > head.sequence || highest.hash !== head.hash) {
      faults.push({ position, kind: 'unlinked' });
    }
  }
  return faults;
}

function misplacedAs(
  line: AuditLine,
  before: AuditHead,
  present: ReadonlySet<number>,
): AuditFault['kind'] | null {
  if (line.sequence <= before.sequence) return 'reordered';
  if (line.sequence === before.sequence + 1) {
    return line.previous === before.hash ? null : 'unlinked';
  }
  // Lines that were skipped here and stand farther down are named there.
  for (let skipped = before.sequence + 1; skipped < line.sequence; skipped += 1) {
    if (!present.has(skipped)) return 'missing';
  }
  return null;
}
