import {
  type AuditFault,
  type AuditHead,
  type AuditLine,
  auditFaults,
} from '../actions/audit-chain.ts';
import type { HashText } from '../actions/hash-text.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { ActionStore } from '../ports/action-store.ts';
import type { StoreError } from '../ports/store-error.ts';

type AuditSource = Pick<ActionStore, 'auditAfter' | 'auditHead'>;

/** What a chain looks like to somebody who trusts nobody. */
export interface AuditVerdict {
  /** Lines that could be read. */
  readonly lines: number;
  readonly last: AuditLine | null;
  /** Null: there is none although there are lines, or nothing was ever written. */
  readonly head: AuditHead | null;
  /** `line` null: what is wrong is past the last line. */
  readonly faults: readonly {
    readonly kind: AuditFault['kind'];
    readonly line: AuditLine | null;
  }[];
  /** How many lines precede the one that cannot be read at all; null: every one can. */
  readonly unreadableAfter: number | null;
}

const PAGE = 1000;

/**
 * Checks a whole chain in pages, however long it is. Only when a page is at fault the rest is held in
 * memory, to tell what is missing from what merely stands elsewhere. An error: it cannot be read at all.
 */
export async function checkAudit(
  source: AuditSource,
  hash: HashText,
): Promise<Result<AuditVerdict, StoreError>> {
  const head = await source.auditHead();
  if (!head.ok && head.error.kind !== 'corrupt') return head;
  const end = head.ok ? head.value : null;
  let anchor: AuditLine | null = null;
  let suspects: AuditLine[] = [];
  let lines = 0;
  for (;;) {
    const page = await pageAfter(source, suspects.at(-1) ?? anchor);
    if (!page.ok && page.error.kind !== 'corrupt') return page;
    const found: readonly AuditLine[] = page.ok ? page.value : [];
    lines += found.length;
    suspects.push(...found);
    const isOver = found.length === 0;
    const faults = faultsAfter(anchor, suspects, { head: isOver && page.ok ? end : null, hash });
    if (isOver) {
      const last: AuditLine | null = suspects.at(-1) ?? anchor;
      return ok({ lines, last, head: end, faults, unreadableAfter: page.ok ? null : lines });
    }
    if (faults.length > 0) continue;
    anchor = suspects.at(-1) ?? anchor;
    suspects = [];
  }
}

/** Also before the first: somebody may have put a line there. */
async function pageAfter(
  source: AuditSource,
  line: AuditLine | null,
): Promise<Result<readonly AuditLine[], StoreError>> {
  const after = line?.sequence ?? Number.MIN_SAFE_INTEGER;
  const page = await source.auditAfter(after, PAGE);
  if (page.ok || page.error.kind !== 'corrupt') return page;
  // One line of it cannot be read: one by one up to that.
  const one = await source.auditAfter(after, 1);
  return one.ok || one.error.kind === 'corrupt' ? one : err(one.error);
}

/** `anchor` is a line that was found whole and in its place: what comes before it is not asked again. */
function faultsAfter(
  anchor: AuditLine | null,
  lines: readonly AuditLine[],
  by: Parameters<typeof auditFaults>[1],
): AuditVerdict['faults'] {
  const all = anchor === null ? lines : [anchor, ...lines];
  return auditFaults(all, by)
    .filter(({ position }) => anchor === null || position > 1)
    .map(({ kind, position }) => ({ kind, line: all[position - 1] ?? null }));
}
